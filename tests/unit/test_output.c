#define _XOPEN_SOURCE 700 /* symlink(), mkfifo() */
#include "output/path.h"
#include "testing/testing.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int make(void **state)
{
    *state = make_folder();
    return 0;
}

static int clean(void **state)
{
    remove_folder(*state);
    return 0;
}

static struct dm_output *open_output(const char *path)
{
    struct dm_output *output = NULL;
    struct dm_error error;
    if (dm_output_open(path, NULL, &output, &error) != DM_OK)
        fail_msg("%s", error.message);
    return output;
}

static void put(struct dm_output *output, const char *text)
{
    struct iovec pieces[] = {
        {"", 0}, {(void *)text, 1}, {"", 0}, {(void *)(text + 1), strlen(text) - 1}};
    assert_int_equal(dm_output_write(output, pieces, 4, NULL), DM_OK);
}

static void assert_holds(const char *path, const char *wanted)
{
    char *text = read_file(path, NULL);
    assert_string_equal(text, wanted);
    free(text);
}

static void appears_when_complete(void **state)
{
    char *path = path_in(*state, "out.csv");
    struct dm_output *output = open_output(path);
    put(output, "one,");
    put(output, "two\n");
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(dm_output_finish(output, NULL), DM_OK);
    assert_int_equal(output->bytes, 8);
    dm_output_close(output);
    assert_holds(path, "one,two\n");
    assert_int_equal(count_files(*state), 1);
    free(path);
}

static void leaves_the_old_file_alone_otherwise(void **state)
{
    char *path = path_in(*state, "out.csv");
    write_text(path, "old");
    struct dm_output *output = open_output(path);
    put(output, "new");
    assert_int_equal(count_files(*state), 2);
    dm_output_close(output);
    assert_holds(path, "old");
    assert_int_equal(count_files(*state), 1);
    free(path);
}

static mode_t mode_of(const char *path)
{
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    return status.st_mode & 0777;
}

static void keeps_the_mode(void **state)
{
    char *old = path_in(*state, "old"), *new = path_in(*state, "new");
    write_text(old, "old");
    assert_int_equal(chmod(old, 0640), 0);
    mode_t mask = umask(022);
    const char *paths[] = {old, new};
    for (int i = 0; i < 2; i++) {
        struct dm_output *output = open_output(paths[i]);
        assert_int_equal(dm_output_finish(output, NULL), DM_OK);
        dm_output_close(output);
    }
    umask(mask);
    assert_int_equal(mode_of(old), 0640);
    assert_int_equal(mode_of(new), 0644);
    free(old);
    free(new);
}

static void replaces_what_a_link_points_to(void **state)
{
    char *link = path_in(*state, "link"), *target = path_in(*state, "target");
    write_text(target, "old");
    assert_int_equal(symlink("target", link), 0);
    struct dm_output *output = open_output(link);
    put(output, "new");
    assert_int_equal(dm_output_finish(output, NULL), DM_OK);
    dm_output_close(output);
    struct stat status;
    assert_int_equal(lstat(link, &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_holds(target, "new");
    free(link);
    free(target);
}

static void writes_devices_straight(void **state)
{
    char *null = make_device(*state, "null");
    struct dm_output *output = open_output(null);
    put(output, "gone");
    assert_int_equal(dm_output_finish(output, NULL), DM_OK);
    dm_output_close(output);
    struct stat status;
    assert_int_equal(stat(null, &status), 0);
    assert_true(S_ISCHR(status.st_mode));
    free(null);
}

static void *read_all(void *path)
{
    static char text[64];
    int file = open(path, O_RDONLY);
    ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    text[length > 0 ? length : 0] = '\0';
    return text;
}

static void writes_a_fifo_straight(void **state)
{
    char *path = path_in(*state, "fifo");
    void *text;
    pthread_t reader;
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(pthread_create(&reader, NULL, read_all, path), 0);
    struct dm_output *output = open_output(path);
    put(output, "through");
    assert_int_equal(dm_output_finish(output, NULL), DM_OK);
    dm_output_close(output);
    assert_int_equal(pthread_join(reader, &text), 0);
    assert_string_equal(text, "through");
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_true(S_ISFIFO(status.st_mode));
    free(path);
}

static void notices_a_reader_that_has_gone(void **state)
{
    (void)state;
    int ends[2], before = dup(STDOUT_FILENO);
    struct dm_error error;
    signal(SIGPIPE, SIG_IGN);
    assert_int_equal(pipe(ends), 0);
    fflush(stdout);
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    struct dm_output *output = open_output("-");
    struct iovec piece = {"x", 1};
    enum dm_status status = dm_output_write(output, &piece, 1, &error);
    dm_output_close(output);
    dup2(before, STDOUT_FILENO);
    close(before);
    close(ends[1]);
    assert_int_equal(status, DM_CLOSED);
}

/* A pipe that somebody else has made non-blocking, and that holds less than is written. */
static void waits_for_a_slow_reader(void **state)
{
    enum { LENGTH = 1 << 20 };
    char *path = path_in(*state, "fifo"), *text = malloc(LENGTH), buffer[4096];
    assert_int_equal(mkfifo(path, 0600), 0);
    int ends = open(path, O_RDWR), before = dup(STDOUT_FILENO);
    assert_int_equal(fcntl(ends, F_SETFL, O_NONBLOCK), 0);
    memset(text, 'x', LENGTH);
    pid_t child = fork();
    if (child == 0) {
        size_t got = 0;
        alarm(60); /* should the writer fail */
        while (got < LENGTH) {
            ssize_t length = read(ends, buffer, sizeof buffer);
            got += length > 0 ? (size_t)length : 0;
        }
        _exit(0);
    }
    fflush(stdout);
    dup2(ends, STDOUT_FILENO);
    struct dm_output *output = open_output("-");
    struct iovec piece = {text, LENGTH};
    enum dm_status status = dm_output_write(output, &piece, 1, NULL);
    dm_output_close(output);
    dup2(before, STDOUT_FILENO);
    close(before);
    close(ends);
    assert_int_equal(status, DM_OK);
    assert_int_equal(waitpid(child, NULL, 0), child);
    free(text);
    free(path);
}

static void says_what_is_wrong(void **state)
{
    struct dm_output *output = NULL;
    struct dm_error error;
    assert_int_equal(dm_output_open(*state, NULL, &output, &error), DM_IO);
    assert_non_null(strstr(error.message, ": is a folder (name a file in it)"));
    char *path = path_in(*state, "missing/out.csv");
    assert_int_equal(dm_output_open(path, NULL, &output, &error), DM_IO);
    assert_non_null(strstr(error.message, "missing/out.csv: cannot create a file in its folder: No "
                                          "such file or directory"));
    free(path);

    path = make_device(*state, "full");
    output = open_output(path);
    struct iovec piece = {"x", 1};
    assert_int_equal(dm_output_write(output, &piece, 1, &error), DM_IO);
    assert_non_null(strstr(error.message, "/full: cannot write: No space left on device"));
    dm_output_close(output);
    free(path);
}

/* More pieces than one writev() takes, into a pipe that holds only some of them at a time. */
static void writes_any_number_of_pieces(void **state)
{
    enum { PIECES = 5000 };
    char *path = path_in(*state, "many");
    struct iovec *pieces = calloc(PIECES, sizeof *pieces);
    for (int i = 0; i < PIECES; i++)
        pieces[i] = (struct iovec){"0123456789", (size_t)(i % 11)};
    struct dm_output *output = open_output(path);
    assert_int_equal(dm_output_write(output, pieces, PIECES, NULL), DM_OK);
    assert_int_equal(dm_output_finish(output, NULL), DM_OK);
    dm_output_close(output);
    size_t length, at = 0;
    char *text = read_file(path, &length);
    for (size_t i = 0; i < PIECES; at += i++ % 11)
        assert_memory_equal(text + at, "0123456789", i % 11);
    assert_int_equal(at, length);
    free(text);
    free(pieces);
    free(path);
}

static void does_not_appear_after_a_stop(void **state)
{
    char *path = path_in(*state, "out.csv");
    dm_flag stop = false;
    struct dm_output *output = NULL;
    assert_int_equal(dm_output_open(path, &stop, &output, NULL), DM_OK);
    put(output, "x");
    stop = true;
    assert_int_equal(dm_output_finish(output, NULL), DM_STOPPED);
    dm_output_close(output);
    assert_int_equal(count_files(*state), 0);
    free(path);
}

/* Whether an output that is opened there would be closed in programs that are run. The file that is
 * opened next is the first that is free. */
static bool is_kept_from_others(const char *path)
{
    int next = dup(STDIN_FILENO);
    close(next);
    struct dm_output *output = open_output(path);
    int flags = fcntl(next, F_GETFD);
    dm_output_close(output);
    assert_true(flags >= 0);
    return flags & FD_CLOEXEC;
}

static void other_programs_do_not_inherit_it(void **state)
{
    char *path = path_in(*state, "out.csv"), *null = make_device(*state, "null");
    assert_true(is_kept_from_others(path));
    assert_true(is_kept_from_others(null));
    free(null);
    free(path);
}

int main(void)
{
#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, make, clean)
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(appears_when_complete),
        IN_A_FOLDER(leaves_the_old_file_alone_otherwise),
        IN_A_FOLDER(keeps_the_mode),
        IN_A_FOLDER(replaces_what_a_link_points_to),
        IN_A_FOLDER(writes_devices_straight),
        IN_A_FOLDER(writes_a_fifo_straight),
        cmocka_unit_test(notices_a_reader_that_has_gone),
        IN_A_FOLDER(waits_for_a_slow_reader),
        IN_A_FOLDER(says_what_is_wrong),
        IN_A_FOLDER(writes_any_number_of_pieces),
        IN_A_FOLDER(does_not_appear_after_a_stop),
        IN_A_FOLDER(other_programs_do_not_inherit_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
