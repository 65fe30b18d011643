#include "cli/meant.h"

#include "base/text.h"
#include "cli/options.h"

#include <dmatrix/dmatrix.h>

#include <string.h>

/* Return the bytes of a typographic dash at the beginning (U+2010..U+2015, U+2212), or 0. */
static size_t typographic_dash(const char *text)
{
    const unsigned char *c = (const unsigned char *)text;
    bool dash = c[0] == 0xE2 && c[1] == 0x80 && c[2] >= 0x90 && c[2] <= 0x95;
    bool minus = c[0] == 0xE2 && c[1] == 0x88 && c[2] == 0x92;
    return dash || minus ? 3 : 0;
}

const char *dm_after_dashes(const char *word, bool *typographic)
{
    *typographic = false;
    for (;;) {
        size_t bytes = typographic_dash(word);
        *typographic = *typographic || bytes > 0;
        if (bytes == 0 && *word != '-')
            return word;
        word += bytes > 0 ? bytes : 1;
    }
}

/* Return true if the word is the option's name, with or without a value. */
static bool names(const char *word, const struct dm_option *option)
{
    size_t length = strcspn(word, "=");
    return strlen(option->name) == length && strncmp(option->name, word, length) == 0;
}

bool dm_option_meant(const char *word, char meant[DM_MEANT_LENGTH])
{
    bool typographic;
    const char *rest = dm_after_dashes(word, &typographic);
    for (const struct dm_option *option = dm_option_table; option->name; option++) {
        bool letter = rest > word && option->letter && rest[0] == option->letter && !rest[1];
        if (!letter && !names(rest, option))
            continue;
        if (strlen(rest) + sizeof "--" > DM_MEANT_LENGTH)
            return false;
        dm_append(meant, DM_MEANT_LENGTH, "%s%s", letter ? "-" : "--", rest);
        return true;
    }
    return dm_value_meant(rest, meant);
}

bool dm_value_meant(const char *word, char meant[DM_MEANT_LENGTH])
{
    const struct dm_executor_ops *executor;
    const struct dm_metric *metric;
    const struct dm_format *format;
    const struct dm_shape *shape;
    const struct dm_unit *unit;
    const char *option = dm_executor_find(word, &executor, NULL) == DM_OK ? "executor"
                         : dm_metric_find(word, &metric, NULL) == DM_OK   ? "metric"
                         : dm_format_find(word, &format, NULL) == DM_OK   ? "format"
                         : dm_shape_find(word, &shape, NULL) == DM_OK     ? "shape"
                         : dm_unit_find(word, &unit, NULL) == DM_OK       ? "unit"
                                                                          : NULL;
    if (option)
        dm_append(meant, DM_MEANT_LENGTH, "--%s=%s", option, word);
    return option != NULL;
}
