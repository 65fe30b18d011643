/* Standard output, FIFOs and devices are written straight: whatever fails, they are never removed,
 * renamed over, cut, preallocated or synced, and what has come through is how the whole begins. */
#include "fault/faults.h"
#include "fault/few_bands.h"
#include "testing/testing.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char header[] = "what others wrote before\n";

/* Where a run writes to. */
struct target {
    enum { A_FILE, A_FIFO, A_DEVICE } what;
    bool standard;      /* it is standard output, and not named */
    char *path;         /* of it */
    char *received;     /* the file that received the bytes; NULL for a device */
    pid_t reader;       /* of the FIFO, into that file */
    struct stat before; /* what it was */
};

/* Copies what comes through a FIFO, in a process of its own. */
static pid_t start_reader(const char *fifo, const char *received)
{
    pid_t reader = fork();
    assert_true(reader >= 0);
    if (reader > 0)
        return reader;
    char buffer[4096];
    alarm(60);
    int from = open(fifo, O_RDONLY), to = open(received, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    for (;;) {
        ssize_t length = read(from, buffer, sizeof buffer);
        if (length <= 0 || write(to, buffer, (size_t)length) != length)
            _exit(length == 0 ? 0 : 1);
    }
}

/* It reads until nobody writes any more; where nobody ever did, it still waits for a writer. */
static void end_reader(const struct target *target)
{
    int status;
    while (waitpid(target->reader, &status, WNOHANG) == 0)
        close(open(target->path, O_RDWR));
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void make_target(const struct few_bands *run, struct target *target)
{
    switch (target->what) {
    case A_FILE:
        target->path = path_in(run->outputs, "file");
        target->received = path_in(run->outputs, "file");
        write_text(target->path, header);
        break;
    case A_FIFO:
        target->path = path_in(run->outputs, "fifo");
        target->received = path_in(run->inputs, "received");
        assert_int_equal(mkfifo(target->path, 0600), 0);
        break;
    case A_DEVICE:
        target->path = make_device(run->outputs, "null");
        break;
    }
    assert_int_equal(stat(target->path, &target->before), 0);
}

static void remove_target(const struct few_bands *run, struct target *target)
{
    if (target->what == A_FIFO)
        unlink(target->received);
    if (strncmp(target->path, run->outputs, strlen(run->outputs)) == 0)
        assert_int_equal(unlink(target->path), 0);
    free(target->path);
    free(target->received);
    target->path = target->received = NULL;
}

/* Runs with the fault, standard output led to the target for so long where that is asked for. */
static enum dm_status run_with(const struct few_bands *run, struct target *target,
                               struct dm_run_options options, struct fault fault, bool *happened,
                               struct dm_error *error)
{
    int terminal = -1;
    if (target->what == A_FIFO)
        target->reader = start_reader(target->path, target->received);
    if (target->standard) {
        int file = open(target->path, O_WRONLY | O_APPEND);
        fflush(stdout);
        terminal = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
        dup2(file, STDOUT_FILENO);
        close(file);
    }
    options.output = target->standard ? "-" : target->path;
    faults_begin(run->outputs, target->path, fault);
    enum dm_status status = few_bands_run(&options, error);
    *happened = faults_end();
    if (target->standard) {
        dup2(terminal, STDOUT_FILENO);
        close(terminal);
    }
    if (target->what == A_FIFO)
        end_reader(target);
    return status;
}

static void assert_left_alone(const struct few_bands *run, const struct target *target)
{
    static const enum call never[] = {CALL_rename,          CALL_unlink,    CALL_ftruncate,
                                      CALL_truncate,        CALL_fallocate, CALL_posix_fallocate,
                                      CALL_sync_file_range, CALL_fsync,     CALL_open_folder,
                                      CALL_fchmod};
    struct stat now;
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (faults_calls(never[i]) > 0)
            fail_msg("%s was called", call_names[never[i]]);
    assert_int_equal(stat(target->path, &now), 0);
    assert_int_equal(now.st_ino, target->before.st_ino);
    assert_int_equal(now.st_mode, target->before.st_mode);
    assert_int_equal(count_files(run->outputs),
                     strncmp(target->path, run->outputs, strlen(run->outputs)) == 0 ? 1 : 0);
}

/* What came through is the whole or how it begins, after what was there. */
static void assert_received(const struct target *target, const char *bytes, size_t length,
                            bool whole)
{
    size_t actual, skip = target->what == A_FILE ? sizeof header - 1 : 0;
    if (!target->received)
        return;
    char *text = read_file(target->received, &actual);
    assert_true(actual >= skip && actual - skip <= length);
    assert_memory_equal(text, header, skip);
    assert_memory_equal(text + skip, bytes, actual - skip);
    if (whole)
        assert_int_equal(actual - skip, length);
    free(text);
}

static bool is_survived(const struct fault *fault)
{
    switch (fault->call) {
    case CALL_stat:  /* when it is looked for among the inputs */
    case CALL_fstat: /* the same */
        return true;
    case CALL_open:
    case CALL_dup:
    case CALL_close:
        return fault->reason == EINTR;
    case CALL_writev:
        return fault->reason == EINTR || fault->reason == EAGAIN;
    default:
        return false;
    }
}

static void assert_told(const struct target *target, const struct dm_error *error, int reason)
{
    const char *name = target->standard ? "standard output" : target->path;
    assert_ptr_equal(strstr(error->message, name), error->message);
    assert_non_null(strstr(error->message, strerror(reason)));
    assert_null(strstr(error->message, "nothing was written"));
}

/* Lets the first call of the kind fail, then the second, ... and returns how many there are. */
static unsigned fail_each(const struct few_bands *run, struct target *target,
                          const struct dm_format *format, enum call call, int reason)
{
    struct dm_run_options options = few_bands_options(run, format, &dm_executor_pool);
    size_t length;
    char *bytes = few_bands_bytes(run, format, &length);
    bool happened = true;
    unsigned nth = 0;
    while (happened) {
        struct fault fault = {.call = call, .nth = ++nth, .reason = reason};
        struct dm_error error;
        make_target(run, target);
        enum dm_status status = run_with(run, target, options, fault, &happened, &error);
        bool stat_failed = call == CALL_stat && status == DM_IO;
        bool works = !happened || (is_survived(&fault) && !stat_failed);
        assert_left_alone(run, target);
        assert_int_equal(status, works ? DM_OK : DM_IO);
        assert_received(target, bytes, length, works);
        if (!works)
            assert_told(target, &error, reason);
        remove_target(run, target);
    }
    free(bytes);
    return nth - 1;
}

static void fail_every_call(const struct few_bands *run, struct target *target)
{
    static const int reasons[] = {ENOSPC, EIO, EINTR, EAGAIN};
    static const struct dm_format *const formats[] = {&dm_format_csv, &dm_format_npy};
    for (size_t i = 0; i < 8; i += FEW_BANDS_STEP) {
        for (enum call call = 0; call < CALL_COUNT; call++) {
            unsigned calls = fail_each(run, target, formats[i / 4], call, reasons[i % 4]);
            if (call == CALL_writev)
                assert_true(calls >= 4);
            if (call == CALL_close || call == (target->standard ? CALL_dup : CALL_open))
                assert_int_equal(calls, 1);
        }
    }
}

static void standard_output_is_a_file(void **state)
{
    fail_every_call(*state, &(struct target){.what = A_FILE, .standard = true});
}

static void standard_output_is_a_pipe(void **state)
{
    fail_every_call(*state, &(struct target){.what = A_FIFO, .standard = true});
}

static void standard_output_is_a_device(void **state)
{
    fail_every_call(*state, &(struct target){.what = A_DEVICE, .standard = true});
}

static void output_is_a_fifo(void **state)
{
    fail_every_call(*state, &(struct target){.what = A_FIFO});
}

static void output_is_a_device(void **state)
{
    fail_every_call(*state, &(struct target){.what = A_DEVICE});
}

int main(void)
{
#define IN_FOLDERS(test) cmocka_unit_test_setup_teardown(test, few_bands_make, few_bands_clean)
    const struct CMUnitTest tests[] = {
        IN_FOLDERS(standard_output_is_a_file),   IN_FOLDERS(standard_output_is_a_pipe),
        IN_FOLDERS(standard_output_is_a_device), IN_FOLDERS(output_is_a_fifo),
        IN_FOLDERS(output_is_a_device),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
