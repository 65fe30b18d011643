#include "base/text.h"

#include <dmatrix/status.h>

#include <stdarg.h>
#include <stdio.h>

static DM_PRINTF(4, 0) void fill(struct dm_error *error, enum dm_field field, enum dm_status status,
                                 const char *format, va_list arguments)
{
    error->status = status;
    error->field = field;
    error->suggestion_count = 0;
    int length = vsnprintf(error->message, sizeof error->message, format, arguments);
    if (length >= (int)sizeof error->message)
        error->message[dm_whole_characters(error->message, sizeof error->message - 1)] = '\0';
}

enum dm_status dm_fail(struct dm_error *error, enum dm_status status, const char *format, ...)
{
    if (error) {
        va_list arguments;
        va_start(arguments, format);
        fill(error, DM_FIELD_NONE, status, format, arguments);
        va_end(arguments);
    }
    return status;
}

enum dm_status dm_fail_field(struct dm_error *error, enum dm_field field, enum dm_status status,
                             const char *format, ...)
{
    if (error) {
        va_list arguments;
        va_start(arguments, format);
        fill(error, field, status, format, arguments);
        va_end(arguments);
    }
    return status;
}

static void suggest(struct dm_error *error, enum dm_field field, bool instead, const char *format,
                    va_list arguments) DM_PRINTF(4, 0);

static void suggest(struct dm_error *error, enum dm_field field, bool instead, const char *format,
                    va_list arguments)
{
    if (!error || error->suggestion_count == DM_SUGGESTIONS_MAX)
        return;
    struct dm_suggestion *suggestion = &error->suggestions[error->suggestion_count];
    int length = vsnprintf(suggestion->value, sizeof suggestion->value, format, arguments);
    suggestion->field = field;
    suggestion->instead = instead;
    if (length >= 0 && length < (int)sizeof suggestion->value)
        error->suggestion_count++;
}

void dm_suggest(struct dm_error *error, enum dm_field field, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    suggest(error, field, false, format, arguments);
    va_end(arguments);
}

void dm_suggest_instead(struct dm_error *error, enum dm_field field, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    suggest(error, field, true, format, arguments);
    va_end(arguments);
}

const char *dm_field_name(enum dm_field field)
{
    static const char *const names[] = {
#define DM_FIELD_NAME_ENTRY(name, text) [name] = text,
        DM_FIELD_MAP(DM_FIELD_NAME_ENTRY)
#undef DM_FIELD_NAME_ENTRY
    };
    return (size_t)field < DM_FIELD_COUNT ? names[field] : "";
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
