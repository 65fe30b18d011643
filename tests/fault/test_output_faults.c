/* A file appears whole or not at all, whichever system call fails: each call of each kind fails
 * once, in a run of its own, and what is then in the folder is looked at. */
#include "fault/faults.h"
#include "fault/few_bands.h"
#include "testing/testing.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char old_text[] = "what was there before\n";

/* A kind of run, and what it writes. */
struct setting {
    const struct few_bands *run;
    struct dm_run_options options;
    char *target;
    bool exists; /* the target, with the old text, before each run */
    char *bytes;
    size_t length;
};

static void put_old(const struct setting *setting)
{
    unlink(setting->target);
    if (!setting->exists)
        return;
    write_text(setting->target, old_text);
    assert_int_equal(chmod(setting->target, 0640), 0);
}

static void assert_bytes(const char *path, const char *bytes, size_t length)
{
    size_t actual;
    char *text = read_file(path, &actual);
    assert_int_equal(actual, length);
    assert_memory_equal(text, bytes, length);
    free(text);
}

static void assert_new(const struct setting *setting)
{
    struct stat status;
    assert_bytes(setting->target, setting->bytes, setting->length);
    assert_int_equal(stat(setting->target, &status), 0);
    if (setting->exists)
        assert_int_equal(status.st_mode & 0777, 0640);
    assert_int_equal(count_files(setting->run->outputs), 1);
}

static void assert_old(const struct setting *setting)
{
    if (setting->exists)
        assert_bytes(setting->target, old_text, sizeof old_text - 1);
    assert_int_equal(count_files(setting->run->outputs), setting->exists ? 1 : 0);
}

static void assert_told(const struct setting *setting, const struct dm_error *error, int reason)
{
    assert_ptr_equal(strstr(error->message, setting->target), error->message);
    if (!strstr(error->message, strerror(reason)))
        fail_msg("\"%s\" does not say \"%s\"", error->message, strerror(reason));
}

static enum dm_status run_with(const struct setting *setting, struct fault fault, bool *happened,
                               struct dm_error *error)
{
    put_old(setting);
    faults_begin(setting->run->outputs, setting->target, fault);
    enum dm_status status = few_bands_run(&setting->options, error);
    *happened = faults_end();
    return status;
}

/* ---- every call fails once ---- */

/* Calls whose failure is not the run's: it goes on. */
static bool is_survived(const struct fault *fault)
{
    switch (fault->call) {
    case CALL_fstat: /* of standard output, which then is another file */
    case CALL_lstat: /* of a target that is not there, which fails anyhow */
    case CALL_sync_file_range:
    case CALL_open_folder:
    case CALL_fsync_folder:
    case CALL_close_folder:
        return true;
    case CALL_open:
    case CALL_fsync:
    case CALL_close:
        return fault->reason == EINTR;
    case CALL_writev:
        return fault->reason == EINTR || fault->reason == EAGAIN;
    default:
        return false;
    }
}

/* A target that cannot be looked at may be found not to be the input, and be looked at again. */
static bool may_be_survived(const struct fault *fault)
{
    return fault->call == CALL_stat || is_survived(fault);
}

static void assert_whole_or_old(const struct setting *setting, const struct fault *fault,
                                enum dm_status status, const struct dm_error *error)
{
    if (status == DM_OK) {
        assert_true(may_be_survived(fault));
        assert_new(setting);
    } else {
        assert_int_equal(status, DM_IO);
        assert_false(is_survived(fault));
        assert_old(setting);
        assert_told(setting, error, fault->reason);
    }
}

/* Lets the first call of the kind fail, then the second, ... and returns how many there are. */
static unsigned fail_each(const struct setting *setting, enum call call, int reason)
{
    for (unsigned nth = 1;; nth++) {
        struct fault fault = {.call = call, .nth = nth, .reason = reason};
        struct dm_error error;
        bool happened;
        enum dm_status status = run_with(setting, fault, &happened, &error);
        if (!happened) {
            assert_int_equal(status, DM_OK);
            assert_new(setting);
            return nth - 1;
        }
        assert_whole_or_old(setting, &fault, status, &error);
    }
}

/* How often an output of a few bands makes a call at least. */
static unsigned calls_at_least(enum call call, const struct setting *setting)
{
    bool exists = setting->exists;
    switch (call) {
    case CALL_writev:
        return setting->options.format->absorb ? 2 : 4; /* a summary: its header and its lines */
    case CALL_access:
    case CALL_realpath:
    case CALL_fchmod:
        return exists ? 1 : 0;
    case CALL_lstat:
        return exists ? 0 : 1;
    case CALL_stat:
    case CALL_open:
    case CALL_fsync:
    case CALL_close:
    case CALL_rename:
    case CALL_open_folder:
    case CALL_fsync_folder:
    case CALL_close_folder:
        return 1;
    default:
        return 0;
    }
}

static void fail_every_call(struct setting *setting)
{
    static const int reasons[] = {ENOSPC, EINTR, EAGAIN};
    for (enum call call = 0; call < CALL_COUNT; call++) {
        for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
            unsigned calls = fail_each(setting, call, reasons[i]);
            assert_true(calls >= calls_at_least(call, setting));
        }
    }
}

/* Stops at each call in turn, which for those that wait ends with EINTR: too late means whole. */
static void stop_at_every_call(struct setting *setting)
{
    dm_flag stop;
    setting->options.stop = &stop;
    for (enum call call = 0; call < CALL_COUNT; call++) {
        bool waits =
            call == CALL_open || call == CALL_writev || call == CALL_fsync || call == CALL_close;
        bool happened = true;
        for (unsigned i = 0; happened; i++) {
            struct fault fault = {.call = call,
                                  .nth = i / 2 + 1,
                                  .reason = waits && i % 2 ? EINTR : 0,
                                  .raise = &stop};
            struct dm_error error;
            atomic_store(&stop, false);
            enum dm_status status = run_with(setting, fault, &happened, &error);
            bool too_late = !happened || call == CALL_rename || call == CALL_open_folder ||
                            call == CALL_fsync_folder || call == CALL_close_folder;
            assert_int_equal(status, too_late ? DM_OK : DM_STOPPED);
            too_late ? assert_new(setting) : assert_old(setting);
        }
    }
    setting->options.stop = NULL;
}

/* Does something with every format, for a target that is there and for one that is not, on every
 * executor in turn. */
static void for_settings(const struct few_bands *run, void (*each)(struct setting *))
{
    const struct dm_executor_ops *const *executor = dm_executors();
    size_t formats = 0;
    while (dm_formats()[formats])
        formats++;
    for (size_t f = 0; f < formats; f += FEW_BANDS_STEP) {
        const struct dm_format *format = dm_formats()[f];
        if (!format->shapes) /* for the results of a search */
            continue;
        struct setting setting = {.run = run, .target = path_in(run->outputs, "out")};
        setting.bytes = few_bands_bytes(run, format, &setting.length);
        for (int i = 0; i < 2; i++) {
            if (!*executor)
                executor = dm_executors();
            setting.options = few_bands_options(run, format, *executor++);
            setting.options.output = setting.target;
            setting.exists = i == 0;
            each(&setting);
            unlink(setting.target);
        }
        free(setting.bytes);
        free(setting.target);
    }
}

static void any_call_may_fail(void **state)
{
    for_settings(*state, fail_every_call);
}

static void a_stop_may_come_at_any_call(void **state)
{
    for_settings(*state, stop_at_every_call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(any_call_may_fail, few_bands_make, few_bands_clean),
        cmocka_unit_test_setup_teardown(a_stop_may_come_at_any_call, few_bands_make,
                                        few_bands_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
