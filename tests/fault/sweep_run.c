#include "fault/sweep_run.h"

#include "cli/command.h"
#include "testing/processes.h"
#include "testing/testing.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

const char *const sweep_files[SWEEP_FILES] = {"out/result", "out/times.json", "out/times.csv",
                                              "out/times.md", "out/result.manifest"};

bool is_written(const struct scenario *scenario, int file)
{
    for (int i = 0; scenario->words[i]; i++) {
        const char *path = strstr(scenario->words[i], sweep_files[file]);
        if (path && strcmp(path, sweep_files[file]) == 0)
            return true;
        if (file == SWEEP_MANIFEST && strcmp(scenario->words[i], "--manifest") == 0)
            return true;
    }
    return false;
}

static const char *const kept[] = {"out/result.dmatrix-part", "out/result.dmatrix-journal"};

static void remove_kept(const char *folder)
{
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        char *path = path_in(folder, kept[i]);
        unlink(path);
        free(path);
    }
}

static size_t count_kept(const char *folder)
{
    size_t count = 0;
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        char *path = path_in(folder, kept[i]);
        count += access(path, F_OK) == 0;
        free(path);
    }
    return count;
}

/* Old files for all that is written, and nothing else. */
static void make_ready(const char *folder, const struct scenario *scenario)
{
    for (int i = 0; i < SWEEP_FILES; i++) {
        char *path = path_in(folder, sweep_files[i]);
        unlink(path);
        if (is_written(scenario, i) && !scenario->is_new)
            write_text(path, SWEEP_OLD);
        free(path);
    }
    remove_kept(folder);
}

static void redirect(int file, const char *path, int flags)
{
    int opened = open(path, flags, 0600);
    if (opened < 0 || dup2(opened, file) < 0)
        _exit(99);
    close(opened);
}

/* Leaves as main() does, so that a sanitizer may say what was leaked. */
static _Noreturn void live(const char *folder, const struct scenario *scenario)
{
    char words[SCENARIO_WORDS][64], *argv[SCENARIO_WORDS + 1] = {words[0]};
    int argc = 1;
    if (chdir(folder) != 0)
        _exit(99);
    strcpy(words[0], "dmatrix");
    for (; scenario->words[argc - 1]; argc++) {
        snprintf(words[argc], sizeof *words, "%s", scenario->words[argc - 1]);
        argv[argc] = words[argc];
    }
    redirect(STDIN_FILENO, scenario->input ? scenario->input : "/dev/null", O_RDONLY);
    redirect(STDOUT_FILENO, "stdout", O_WRONLY | O_CREAT | O_TRUNC);
    redirect(STDERR_FILENO, "stderr", O_WRONLY | O_CREAT | O_TRUNC);
    points_begin();
    int code = dm_command(argc, argv, NULL);
    points_end();
    exit(code);
}

static char *read_in(const char *folder, const char *name, size_t *length)
{
    char *path = path_in(folder, name);
    char *text = access(path, F_OK) == 0 ? read_file(path, length) : NULL;
    free(path);
    return text;
}

static struct left look(const char *folder)
{
    struct left left = {0};
    char *outputs = path_in(folder, "out");
    left.others = count_files(outputs);
    free(outputs);
    for (int i = 0; i < SWEEP_FILES; i++) {
        left.text[i] = read_in(folder, sweep_files[i], &left.length[i]);
        left.others -= left.text[i] != NULL;
    }
    left.out = read_in(folder, "stdout", NULL);
    left.err = read_in(folder, "stderr", NULL);
    return left;
}

/* Runs the command in a process of its own. Returns its status. */
static int run(const char *folder, const struct scenario *scenario)
{
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        live(folder, scenario);
    return end_of(child);
}

/* Runs it again, and lets nothing fail. */
static void go_on(const char *folder, const struct scenario *scenario, struct left *left)
{
    left->others -= count_kept(folder);
    points_choose(POINT_COUNT, 0);
    left->status_again = run(folder, scenario);
    struct left again = look(folder);
    left->text_again = again.text[0];
    left->length_again = again.length[0];
    left->others_again = again.others;
    again.text[0] = NULL;
    left_free(&again);
}

struct left run_point(const char *folder, const struct scenario *scenario, enum point_kind kind,
                      unsigned nth)
{
    make_ready(folder, scenario);
    points_choose(kind, nth);
    int status = run(folder, scenario);
    /* What it left behind is a child of this process now. */
    bool orphans = waitpid(-1, NULL, WNOHANG) >= 0 || errno != ECHILD;
    struct left left = look(folder);
    left.status = status;
    left.happened = points_happened();
    for (enum point_kind i = 0; i < POINT_COUNT; i++)
        left.calls[i] = points_calls(i);
    left.orphans = orphans;
    if (scenario->goes_on)
        go_on(folder, scenario, &left);
    return left;
}

void left_free(struct left *left)
{
    for (int i = 0; i < SWEEP_FILES; i++)
        free(left->text[i]);
    free(left->text_again);
    free(left->out);
    free(left->err);
}
