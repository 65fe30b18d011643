#define _GNU_SOURCE /* sync_file_range(), fallocate() */
#include "fault/faults.h"
#include "fault/wrap.h"
#include "testing/testing.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

const char *const call_names[CALL_COUNT] = {
#define CALL_NAME(name) #name,
    CALLS(CALL_NAME)
#undef CALL_NAME
};

enum { DESCRIPTORS = 256 };
enum kind { NONE, OUTPUT, FOLDER };

static bool on, happened;
static const char *folder, *target;
static struct fault fault;
static struct random sizes;
static unsigned counts[CALL_COUNT], created_mode;
static enum kind kinds[DESCRIPTORS];
static char order[4096];
static enum call before;

void faults_begin(const char *in, const char *to, struct fault wanted)
{
    folder = in;
    target = to;
    fault = wanted;
    happened = false;
    sizes.state = 31;
    memset(counts, 0, sizeof counts);
    memset(kinds, NONE, sizeof kinds);
    kinds[STDOUT_FILENO] = OUTPUT;
    order[0] = '\0';
    before = CALL_COUNT;
    on = true;
}

bool faults_end(void)
{
    on = false;
    return happened;
}

unsigned faults_calls(enum call call)
{
    return counts[call];
}

unsigned faults_created_mode(void)
{
    return created_mode;
}

const char *faults_order(void)
{
    return order;
}

/* Counts a call and says whether it fails; then errno is set. */
static bool fails(enum call call)
{
    size_t used = strlen(order);
    if (call != before)
        snprintf(order + used, sizeof order - used, "%s%s", used > 0 ? " " : "", call_names[call]);
    before = call;
    if (++counts[call] != fault.nth || call != fault.call)
        return false;
    happened = true;
    if (fault.raise)
        atomic_store(fault.raise, true);
    errno = fault.reason;
    return fault.reason != 0;
}

static bool concerns(const char *path)
{
    return on && (strcmp(path, target) == 0 || strncmp(path, folder, strlen(folder)) == 0);
}

static enum kind kind_of(int file)
{
    return on && file >= 0 && file < DESCRIPTORS ? kinds[file] : NONE;
}

static int note_kind(int file, enum kind kind)
{
    if (file >= 0 && file < DESCRIPTORS)
        kinds[file] = kind;
    return file;
}

/* ---- what the linker puts in the place of the system's ---- */

WRAP(int, stat, (const char *path, struct stat *status))
{
    return concerns(path) && fails(CALL_stat) ? -1 : __real_stat(path, status);
}

WRAP(int, lstat, (const char *path, struct stat *status))
{
    return concerns(path) && fails(CALL_lstat) ? -1 : __real_lstat(path, status);
}

WRAP(int, fstat, (int file, struct stat *status))
{
    return kind_of(file) && fails(CALL_fstat) ? -1 : __real_fstat(file, status);
}

WRAP(int, access, (const char *path, int mode))
{
    return concerns(path) && fails(CALL_access) ? -1 : __real_access(path, mode);
}

WRAP(char *, realpath, (const char *path, char *resolved))
{
    return concerns(path) && fails(CALL_realpath) ? NULL : __real_realpath(path, resolved);
}

WRAP(int, open, (const char *path, int flags, ...))
{
    va_list rest;
    va_start(rest, flags);
    unsigned mode = mode_of(flags, rest);
    va_end(rest);
    if (!concerns(path))
        return __real_open(path, flags, mode);
    created_mode = flags & O_CREAT ? mode : created_mode;
    bool is_folder = flags & O_DIRECTORY;
    if (fails(is_folder ? CALL_open_folder : CALL_open))
        return -1;
    return note_kind(__real_open(path, flags, mode), is_folder ? FOLDER : OUTPUT);
}

WRAP(int, fchmod, (int file, mode_t mode))
{
    return kind_of(file) && fails(CALL_fchmod) ? -1 : __real_fchmod(file, mode);
}

/* Writes only the first `bytes` of the pieces, of which the first is not empty. */
static ssize_t write_first(int file, const struct iovec *pieces, size_t bytes)
{
    struct iovec some[IOV_MAX];
    int count = 0;
    for (; bytes > 0; count++) {
        some[count] = pieces[count];
        if (some[count].iov_len > bytes)
            some[count].iov_len = bytes;
        bytes -= some[count].iov_len;
    }
    ssize_t __real_writev(int, const struct iovec *, int);
    return __real_writev(file, some, count);
}

WRAP(ssize_t, writev, (int file, const struct iovec *pieces, int count))
{
    size_t bytes = 0;
    if (!kind_of(file))
        return __real_writev(file, pieces, count);
    if (fails(CALL_writev))
        return -1;
    for (int i = 0; i < count; i++)
        bytes += pieces[i].iov_len;
    switch (fault.taking) {
    case TAKE_ALL:
        break;
    case TAKE_ONE_BYTE:
        return write_first(file, pieces, 1);
    case TAKE_SOME:
        return write_first(file, pieces, 1 + random_below(&sizes, bytes));
    case TAKE_NOTHING:
        return 0;
    }
    return __real_writev(file, pieces, count);
}

WRAP(int, sync_file_range, (int file, off64_t offset, off64_t bytes, unsigned flags))
{
    if (kind_of(file) && fails(CALL_sync_file_range))
        return -1;
    return __real_sync_file_range(file, offset, bytes, flags);
}

WRAP(int, fsync, (int file))
{
    enum kind kind = kind_of(file);
    if (!kind)
        return __real_fsync(file);
    return fails(kind == FOLDER ? CALL_fsync_folder : CALL_fsync) ? -1 : 0;
}

WRAP(int, dup, (int file))
{
    enum kind kind = kind_of(file);
    if (!kind)
        return __real_dup(file);
    return fails(CALL_dup) ? -1 : note_kind(__real_dup(file), kind);
}

/* A close that fails closes nevertheless. */
WRAP(int, close, (int file))
{
    enum kind kind = kind_of(file);
    if (!kind)
        return __real_close(file);
    note_kind(file, NONE);
    int result = __real_close(file);
    return fails(kind == FOLDER ? CALL_close_folder : CALL_close) ? -1 : result;
}

WRAP(int, rename, (const char *from, const char *to))
{
    return on && fails(CALL_rename) ? -1 : __real_rename(from, to);
}

WRAP(int, unlink, (const char *path))
{
    return on && fails(CALL_unlink) ? -1 : __real_unlink(path);
}

WRAP(int, ftruncate, (int file, off_t length))
{
    return on && fails(CALL_ftruncate) ? -1 : __real_ftruncate(file, length);
}

WRAP(int, truncate, (const char *path, off_t length))
{
    return on && fails(CALL_truncate) ? -1 : __real_truncate(path, length);
}

WRAP(int, posix_fallocate, (int file, off_t offset, off_t length))
{
    return on && fails(CALL_posix_fallocate) ? errno : __real_posix_fallocate(file, offset, length);
}

WRAP(int, fallocate, (int file, int mode, off_t offset, off_t length))
{
    return on && fails(CALL_fallocate) ? -1 : __real_fallocate(file, mode, offset, length);
}
