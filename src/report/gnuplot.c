#include "report/gnuplot.h"

#include "base/try.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static bool is_program(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

/* Find gnuplot in the absolute folders of the PATH: anybody may have put one into the current
 * folder. */
static bool find(char program[PATH_MAX])
{
    const char *folder = getenv("PATH");
    while (folder && *folder) {
        size_t length = strcspn(folder, ":");
        int wanted = snprintf(program, PATH_MAX, "%.*s/gnuplot", (int)length, folder);
        if (*folder == '/' && wanted < PATH_MAX && is_program(program))
            return true;
        folder += length + (folder[length] == ':');
    }
    return false;
}

bool dm_gnuplot_is_there(void)
{
    char program[PATH_MAX];
    return find(program);
}

/* gnuplot while it runs. */
struct child {
    pid_t pid;
    int input, output; /* our ends of the pipes; -1: closed */
};

static void close_end(int *file)
{
    if (*file >= 0)
        close(*file);
    *file = -1;
}

static int spawn(struct child *child, const char *program, int input, int output)
{
    char *const words[] = {"gnuplot", "-d", "-", NULL}; /* -d: nobody's start-up file */
    posix_spawn_file_actions_t actions;
    int reason = posix_spawn_file_actions_init(&actions);
    if (reason != 0)
        return reason;
    reason = posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    if (reason == 0)
        reason = posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    if (reason == 0)
        reason = posix_spawn(&child->pid, program, &actions, NULL, words, environ);
    posix_spawn_file_actions_destroy(&actions);
    return reason;
}

/* Make a pipe of which no end stays open in a child by itself. */
static int make_pipe(int ends[2])
{
    if (pipe(ends) != 0)
        return errno;
    for (int i = 0; i < 2; i++)
        fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    return 0;
}

static enum dm_status start(struct child *child, struct dm_error *error)
{
    char program[PATH_MAX];
    int to[2] = {-1, -1}, from[2] = {-1, -1};
    if (!find(program))
        return dm_fail(error, DM_SYSTEM, "gnuplot is not on the PATH");
    int reason = make_pipe(to);
    if (reason == 0)
        reason = make_pipe(from);
    if (reason == 0)
        reason = spawn(child, program, to[0], from[1]);
    close_end(&to[0]);
    close_end(&from[1]);
    if (reason != 0) {
        close_end(&to[1]);
        close_end(&from[0]);
        return dm_fail(error, DM_SYSTEM, "cannot run gnuplot: %s", strerror(reason));
    }
    fcntl(to[1], F_SETFL, O_NONBLOCK); /* it may write before it has read everything */
    child->input = to[1];
    child->output = from[0];
    return DM_OK;
}

/* Write what there is room for. After all of it, or when gnuplot has gone, close the pipe. */
static void feed(struct child *child, const char **script)
{
    ssize_t written = write(child->input, *script, strlen(*script));
    if (written > 0)
        *script += written;
    bool failed = written < 0 && errno != EAGAIN && errno != EINTR;
    if (failed || !**script)
        close_end(&child->input);
}

/* Append what gnuplot has written. After the end, close the pipe. Return false without memory. */
static bool collect(struct child *child, char **picture, size_t *length)
{
    enum { STEP = 65536 };
    char *longer = realloc(*picture, *length + STEP);
    if (!longer)
        return false;
    *picture = longer;
    ssize_t count = read(child->output, longer + *length, STEP);
    if (count > 0)
        *length += (size_t)count;
    else if (count == 0 || errno != EINTR)
        close_end(&child->output);
    return true;
}

/* Write the script and read the picture, in whichever order gnuplot takes and gives them. */
static bool talk(struct child *child, const char *script, char **picture, size_t *length)
{
    while (child->output >= 0) {
        struct pollfd ends[] = {{.fd = child->output, .events = POLLIN},
                                {.fd = child->input, .events = POLLOUT}};
        if (poll(ends, 2, -1) < 0)
            continue; /* EINTR: a signal ends gnuplot as well, or is not meant for this */
        if (ends[1].revents)
            feed(child, &script);
        if (ends[0].revents && !collect(child, picture, length))
            return false;
    }
    return true;
}

static enum dm_status wait_for(pid_t child, const dm_flag *stop, struct dm_error *error)
{
    int status;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return dm_fail(error, DM_SYSTEM, "cannot wait for gnuplot: %s", strerror(errno));
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return DM_OK;
    if (dm_stop_asked(stop))
        return dm_fail(error, DM_STOPPED, "interrupted");
    if (!WIFSIGNALED(status))
        return dm_fail(error, DM_IO, "gnuplot failed (exit status %d)", WEXITSTATUS(status));
    return dm_fail(error, DM_IO, "gnuplot was ended by signal %d, %s", WTERMSIG(status),
                   strsignal(WTERMSIG(status)));
}

enum dm_status dm_gnuplot_run(const char *script, const dm_flag *stop, char **picture,
                              size_t *length, struct dm_error *error)
{
    struct child child = {.input = -1, .output = -1};
    char *made = NULL;
    size_t count = 0;
    DM_TRY(start(&child, error));
    bool enough = talk(&child, script, &made, &count);
    close_end(&child.input);
    close_end(&child.output);
    enum dm_status status = wait_for(child.pid, stop, error);
    if (!enough)
        status = dm_fail_memory(error, "the picture");
    else if (status == DM_OK && count == 0)
        status = dm_fail(error, DM_IO, "gnuplot drew nothing (is this version too old?)");
    if (status != DM_OK) {
        free(made);
        return status;
    }
    *picture = made;
    *length = count;
    return DM_OK;
}
