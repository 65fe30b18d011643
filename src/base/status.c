#include "base/text.h"

#include <dmatrix/status.h>

#include <stdarg.h>
#include <stdio.h>

enum dm_status dm_fail(struct dm_error *error, enum dm_status status, const char *format, ...)
{
    if (error) {
        va_list arguments;
        va_start(arguments, format);
        error->status = status;
        int length = vsnprintf(error->message, sizeof error->message, format, arguments);
        if (length >= (int)sizeof error->message)
            error->message[dm_whole_characters(error->message, sizeof error->message - 1)] = '\0';
        va_end(arguments);
    }
    return status;
}

const char *dm_status_text(enum dm_status status)
{
    static const char *const texts[] = {
#define DM_STATUS_TEXT(name, text) [name] = text,
        DM_STATUS_MAP(DM_STATUS_TEXT)
#undef DM_STATUS_TEXT
    };
    size_t known = sizeof texts / sizeof *texts;
    return (size_t)status < known ? texts[status] : "unknown status";
}
