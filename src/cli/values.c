#include "cli/values.h"

#include "base/number.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum dm_status dm_fail_value(const char *option, const char *value, const char *wanted,
                             struct dm_error *error)
{
    char quoted[DM_QUOTED_LENGTH];
    dm_quote(quoted, value, strlen(value));
    return dm_fail(error, DM_USAGE, "--%s=%s: expected %s", option, quoted, wanted);
}

enum dm_status dm_read_word(const char *option, const char *value, const char *const *words,
                            int *place, struct dm_error *error)
{
    char list[128] = "";
    size_t used = 0;
    struct dm_nearest nearest = dm_nearest_to(value);
    for (int i = 0; words[i]; i++) {
        if (strcmp(words[i], value) == 0) {
            *place = i;
            return DM_OK;
        }
        dm_nearest_offer(&nearest, words[i]);
        used = dm_append_item(list, sizeof list, used, ", ", words[i]);
    }
    if (nearest.best) {
        char quoted[DM_QUOTED_LENGTH];
        dm_quote(quoted, value, strlen(value));
        return dm_fail(error, DM_USAGE, "--%s=%s: did you mean %s? (expected one of %s)", option,
                       quoted, nearest.best, list);
    }
    char wanted[160];
    snprintf(wanted, sizeof wanted, "one of %s", list);
    return dm_fail_value(option, value, wanted, error);
}

static const struct {
    char separator;
    const char *word;
    bool awkward; /* as a character on the command line */
} separators[] = {{'\t', "tab", true},   {'\t', "\\t", false},      {' ', "space", true},
                  {',', "comma", false}, {';', "semicolon", false}, {'|', "pipe", false},
                  {'.', "point", false}};

bool dm_read_separator(const char *value, char *separator)
{
    if (*value && !value[1]) {
        *separator = *value;
        return true;
    }
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++)
        if (strcmp(separators[i].word, value) == 0) {
            *separator = separators[i].separator;
            return true;
        }
    return false;
}

const char *dm_separator_word(char separator)
{
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++)
        if (separators[i].awkward && separators[i].separator == separator)
            return separators[i].word;
    return NULL;
}

bool dm_read_size(const char *value, uint64_t *bytes)
{
    static const char units[] = "KMGkmg";
    char digits[24];
    size_t length = strspn(value, "0123456789");
    if (length == 0 || length >= sizeof digits)
        return false;
    memcpy(digits, value, length);
    digits[length] = '\0';
    unsigned shift = 0;
    if (value[length]) {
        const char *unit = strchr(units, value[length]);
        if (!unit)
            return false;
        shift = 10 * (unsigned)((unit - units) % 3 + 1);
        const char *rest = value + length + 1;
        if (strcmp(rest, "") != 0 && strcmp(rest, "B") != 0 && strcmp(rest, "iB") != 0)
            return false;
    }
    uint64_t number;
    if (!dm_integer_parse(digits, UINT64_MAX >> shift, &number) || number == 0)
        return false;
    *bytes = number << shift;
    return true;
}

/* Parse a number with a unit of time, in nanoseconds. */
static bool read_time(const char *value, double *ns)
{
    static const struct {
        const char *name;
        double ns;
    } units[] = {{"ns", 1}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}, {"min", 60e9}, {"h", 3600e9}};
    size_t length = strspn(value, "0123456789.");
    double number;
    if (dm_number_parse(value, length, &number) != DM_NUMBER_OK)
        return false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strcmp(value + length, units[i].name) == 0) {
            *ns = number * units[i].ns;
            return true;
        }
    }
    return false;
}

bool dm_read_duration(const char *value, uint64_t *ns)
{
    double time;
    if (!read_time(value, &time) || time > DM_DURATION_MAX_NS)
        return false;
    *ns = (uint64_t)time;
    return true;
}

bool dm_read_seconds(const char *value, double *seconds)
{
    double ns;
    if (!read_time(value, &ns))
        return false;
    *seconds = ns / 1e9;
    return true;
}

bool dm_read_distance(const char *value, double *distance, const struct dm_unit **unit)
{
    size_t length = strcspn(value, "kmnf"); /* the first letters of the units */
    *unit = NULL;
    return dm_number_parse(value, length, distance) == DM_NUMBER_OK && *distance >= 0 &&
           (!value[length] || dm_unit_find(value + length, unit, NULL) == DM_OK);
}

bool dm_unit_is_unknown(const char *value, struct dm_error *error)
{
    const struct dm_unit *unit;
    double number;
    size_t length = strspn(value, "0123456789.");
    const char *name = value + length + strspn(value + length, " \t");
    bool letter = (*name >= 'a' && *name <= 'z') || (*name >= 'A' && *name <= 'Z');
    if (!letter || dm_number_parse(value, length, &number) != DM_NUMBER_OK)
        return false;
    return dm_unit_find(name, &unit, error) != DM_OK;
}

bool dm_read_item(const char **rest, char *item, size_t size)
{
    if (!*rest)
        return false;
    size_t length = strcspn(*rest, ",");
    if (length < size)
        dm_append(item, size, "%.*s", (int)length, *rest);
    else
        dm_append(item, size, "%.*s...", (int)dm_whole_characters(*rest, size - sizeof "..."),
                  *rest);
    *rest = (*rest)[length] ? *rest + length + 1 : NULL;
    return true;
}
