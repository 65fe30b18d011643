#define _GNU_SOURCE /* memfd_create() */
#include "run/inputs.h"

#include "base/checked.h"
#include "base/number.h"
#include "base/retry.h"
#include "base/try.h"
#include "load/input.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 1 << 24 }; /* bytes that are sent at once */

static bool is_standard(const char *path)
{
    return strcmp(path, "-") == 0;
}

/* Return true if the path can be read again. */
static bool is_lasting(const char *path)
{
    struct stat status;
    return !is_standard(path) && stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

static enum dm_status append(int file, const char *bytes, size_t count, struct dm_error *error)
{
    return dm_retry_write(file, bytes, count)
               ? DM_OK
               : dm_fail(error, DM_SYSTEM, "cannot keep an input in memory: %s", strerror(errno));
}

/* Copy what is at the path to the file. */
static enum dm_status copy(const char *path, const dm_flag *stop, int file, struct dm_error *error)
{
    struct dm_input input;
    DM_TRY(dm_input_open(path, stop, &input, error));
    enum dm_status status = dm_input_read(&input, error);
    while (status == DM_OK && input.length > 0) {
        status = append(file, input.block, input.length, error);
        if (status == DM_OK)
            status = dm_input_read(&input, error);
    }
    dm_input_close(&input);
    return status;
}

/* Send the bytes of rank 0's file to the files of the others. */
static enum dm_status send(struct dm_team *team, int file, struct dm_error *error)
{
    struct stat status = {0};
    enum dm_status result = DM_OK;
    char *block = malloc(BLOCK);
    if (!block || fstat(file, &status) != 0)
        result = dm_fail_memory(error, "the inputs");
    uint64_t size = (uint64_t)status.st_size;
    result = dm_team_agree(team, result, error);
    if (result == DM_OK)
        result = dm_team_share(team, &size, sizeof size, error);
    for (uint64_t at = 0; result == DM_OK && at < size; at += BLOCK) {
        size_t count = (size_t)dm_min_u64(BLOCK, size - at);
        if (team->rank == 0 && pread(file, block, count, (off_t)at) != (ssize_t)count)
            result = dm_fail(error, DM_SYSTEM, "cannot read an input in memory");
        result = dm_team_agree(team, result, error);
        if (result == DM_OK)
            result = dm_team_share(team, block, count, error);
        if (result == DM_OK && team->rank > 0)
            result = append(file, block, count, error);
    }
    free(block);
    return dm_team_agree(team, result, error);
}

/* Let the path name the file in memory. Standard input and a path such as /dev/fd/63, which a shell
 * has made, keep their names, for messages. */
static enum dm_status replace_path(const struct dm_team *team, const char **path, int file,
                                   char name[32], struct dm_error *error)
{
    static const char shell[] = "/dev/fd/";
    uint64_t opened = STDIN_FILENO;
    bool from_shell = team->rank == 0 && strncmp(*path, shell, strlen(shell)) == 0 &&
                      dm_integer_parse(*path + strlen(shell), INT_MAX, &opened);
    if (is_standard(*path) || from_shell) {
        if (lseek(file, 0, SEEK_SET) != 0 || dup2(file, (int)opened) < 0)
            return dm_fail(error, DM_SYSTEM, "cannot replace an input: %s", strerror(errno));
        return DM_OK;
    }
    snprintf(name, 32, "/dev/fd/%d", file);
    *path = name;
    return DM_OK;
}

static enum dm_status share(struct dm_team *team, const char **path, const dm_flag *stop, int *file,
                            char name[32], struct dm_error *error)
{
    bool lasting = team->rank == 0 && is_lasting(*path);
    enum dm_status status = DM_OK;
    *file = memfd_create("input", MFD_CLOEXEC);
    if (*file < 0)
        status = dm_fail(error, DM_SYSTEM, "cannot keep an input in memory: %s", strerror(errno));
    if (status == DM_OK && team->rank == 0)
        status = copy(*path, stop, *file, error);
    DM_TRY(dm_team_agree(team, status, error));
    DM_TRY(send(team, *file, error));
    return lasting ? DM_OK : replace_path(team, path, *file, name, error);
}

enum dm_status dm_inputs_share(struct dm_team *team, struct dm_run_options *options,
                               struct dm_inputs *inputs, struct dm_error *error)
{
    const char **paths[] = {&options->origins, &options->destinations};
    if (!team)
        return DM_OK;
    for (int i = 0; i < 2 && *paths[i]; i++)
        DM_TRY(share(team, paths[i], options->stop, &inputs->files[i], inputs->paths[i], error));
    return DM_OK;
}

void dm_inputs_free(struct dm_inputs *inputs)
{
    for (int i = 0; i < 2; i++)
        if (inputs->files[i] > 0)
            close(inputs->files[i]);
    *inputs = (struct dm_inputs){0};
}
