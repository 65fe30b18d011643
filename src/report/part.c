#include "report/part.h"

#include "base/crc.h"
#include "base/fail_io.h"
#include "base/retry.h"
#include "base/stop.h"
#include "base/try.h"
#include "output/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER_BYTES = 1 << 20 };

int dm_part_open(const char *path)
{
    return dm_retry_open(path, O_RDONLY | O_NONBLOCK); /* a FIFO is not waited for */
}

static enum dm_status check_regular(const char *path, const struct stat *status,
                                    struct dm_error *error)
{
    return S_ISREG(status->st_mode)
               ? DM_OK
               : dm_fail(error, DM_DATA, "%s: is not a regular file, so not a part of an output",
                         path);
}

enum dm_status dm_part_size(const char *path, uint64_t *bytes, struct dm_error *error)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return dm_fail_io(path, "find it", error);
    DM_TRY(check_regular(path, &status, error));
    *bytes = (uint64_t)status.st_size;
    return DM_OK;
}

static enum dm_status read_open(int file, const char *path, uint64_t most, const dm_flag *stop,
                                char *buffer, struct dm_output *output, struct dm_part_sum *sum,
                                struct dm_error *error)
{
    struct dm_part_sum found = {0};
    ssize_t got = 1;
    while (got != 0 && found.bytes <= most) {
        if (dm_stop_asked(stop))
            return dm_fail(error, DM_STOPPED, "%s: stopped while reading", path);
        got = read(file, buffer, BUFFER_BYTES);
        if (got < 0 && errno != EINTR)
            return dm_fail_io(path, "read it", error);
        if (got <= 0)
            continue;
        found.bytes += (uint64_t)got;
        found.crc = dm_crc(found.crc, buffer, (size_t)got);
        struct iovec piece = {buffer, (size_t)got};
        if (output && found.bytes <= most)
            DM_TRY(dm_output_write(output, &piece, 1, error));
    }
    *sum = found;
    return DM_OK;
}

enum dm_status dm_part_read(const char *path, uint64_t most, const dm_flag *stop,
                            struct dm_output *output, struct dm_part_sum *sum,
                            struct dm_error *error)
{
    struct stat status;
    int file = dm_part_open(path);
    char *buffer = malloc(BUFFER_BYTES);
    enum dm_status result = DM_OK;
    if (file < 0)
        result = dm_fail_io(path, "open it", error);
    else if (!buffer)
        result = dm_fail_memory(error, "reading a part");
    else if (fstat(file, &status) == 0)
        result = check_regular(path, &status, error);
    if (result == DM_OK)
        result = read_open(file, path, most, stop, buffer, output, sum, error);
    free(buffer);
    if (file >= 0)
        close(file);
    return result;
}
