#include "format/separators.h"

#include "base/text.h"
#include "base/try.h"

#include <string.h>

static bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Return why the character cannot be between fields; NULL: it can. */
static const char *objection(char delimiter)
{
    if (is_letter_or_digit(delimiter) || strchr("_.+-", delimiter))
        return "occurs in numbers or in the header";
    if (strchr("\"'\r\n", delimiter))
        return "is a quote or the end of a line";
    if ((unsigned char)delimiter >= 0x80)
        return "is not an ASCII character";
    return NULL;
}

static enum dm_status check_delimiter(char delimiter, struct dm_error *error)
{
    char quoted[DM_QUOTED_LENGTH];
    const char *why = objection(delimiter);
    if (!why)
        return DM_OK;
    dm_quote(quoted, &delimiter, 1);
    dm_fail_field(error, DM_FIELD_FORMAT_DELIMITER, DM_USAGE,
                  "%s %s, so it cannot be the delimiter; use a comma, a semicolon, a tab, a space "
                  "or |",
                  quoted, why);
    dm_suggest(error, DM_FIELD_FORMAT_DELIMITER, ";");
    return DM_USAGE;
}

static enum dm_status check_decimal(char decimal, struct dm_error *error)
{
    char quoted[DM_QUOTED_LENGTH];
    if (decimal == '.' || decimal == ',')
        return DM_OK;
    dm_quote(quoted, &decimal, 1);
    return dm_fail_field(error, DM_FIELD_FORMAT_DECIMAL, DM_USAGE,
                         "%s cannot be the decimal mark; use a point or a comma", quoted);
}

enum dm_status dm_separators_choose(const struct dm_format_options *options,
                                    struct dm_separators *separators, struct dm_error *error)
{
    const struct dm_separators chosen = {
        .delimiter = options->delimiter ? options->delimiter : ',',
        .decimal = options->decimal ? options->decimal : '.',
    };
    DM_TRY(check_delimiter(chosen.delimiter, error));
    DM_TRY(check_decimal(chosen.decimal, error));
    if (chosen.delimiter == chosen.decimal) {
        dm_fail_field(error, DM_FIELD_FORMAT_DECIMAL, DM_USAGE,
                      "the decimal mark cannot be a comma if the delimiter is one, too");
        dm_suggest(error, DM_FIELD_FORMAT_DELIMITER, ";");
        return DM_USAGE;
    }
    *separators = chosen;
    return DM_OK;
}
