#include "base/ending.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

int dm_exit_status(enum dm_status status)
{
    switch (status) {
    case DM_OK:
        return EXIT_SUCCESS;
    case DM_USAGE:
        return DM_EXIT_USAGE;
    case DM_STOPPED:
        return DM_EXIT_INTERRUPTED;
    case DM_CLOSED:
        return DM_EXIT_PIPE;
    default:
        return EXIT_FAILURE;
    }
}

int dm_ending(const char *program, enum dm_status status, const struct dm_error *error)
{
    if (status != DM_OK && status != DM_CLOSED) {
        fprintf(stderr, "%s: ", program);
        dm_put_safely(stderr, status == DM_STOPPED ? "interrupted" : error->message);
        fputc('\n', stderr);
    }
    return dm_exit_status(status);
}
