#include "fuzz/csv_model.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- rows and fields ---- */

struct cursor {
    const char *at, *end;
    char delimiter;
    char *text; /* where the next field's bytes go */
};

static bool is_line_end(const struct cursor *cursor)
{
    return cursor->at == cursor->end || *cursor->at == '\n' || *cursor->at == '\r';
}

static bool is_field_end(const struct cursor *cursor)
{
    return is_line_end(cursor) || *cursor->at == cursor->delimiter;
}

static void pass_blanks(struct cursor *cursor)
{
    while (!is_field_end(cursor) && (*cursor->at == ' ' || *cursor->at == '\t'))
        cursor->at++;
}

/* The rest of a field after its opening quote. False: another follows where none may. */
static bool read_quoted(struct model *model, struct cursor *cursor, struct model_field *field)
{
    for (; cursor->at < cursor->end; cursor->at++) {
        bool quote = *cursor->at == '"';
        if (quote && (cursor->at + 1 == cursor->end || cursor->at[1] != '"')) {
            cursor->at++;
            pass_blanks(cursor);
            return is_field_end(cursor);
        }
        cursor->at += quote;
        cursor->text[field->length++] = *cursor->at;
    }
    model->unclosed = true;
    return true;
}

static bool read_unquoted(struct cursor *cursor, struct model_field *field)
{
    for (; !is_field_end(cursor); cursor->at++) {
        if (*cursor->at == '"')
            return false;
        cursor->text[field->length++] = *cursor->at;
    }
    while (field->length > 0 && strchr(" \t", cursor->text[field->length - 1]) &&
           cursor->text[field->length - 1])
        field->length--;
    return true;
}

static bool read_field(struct model *model, struct cursor *cursor, struct model_field *field)
{
    *field = (struct model_field){.text = cursor->text};
    pass_blanks(cursor);
    bool good;
    if (cursor->at < cursor->end && *cursor->at == '"') {
        cursor->at++;
        good = read_quoted(model, cursor, field);
    } else {
        good = read_unquoted(cursor, field);
    }
    cursor->text[field->length] = '\0';
    cursor->text += field->length + 1;
    return good;
}

/* A row up to its line's end. Blank lines are none. */
static void read_row(struct model *model, struct cursor *cursor)
{
    pass_blanks(cursor);
    if (is_line_end(cursor)) {
        cursor->at += cursor->at < cursor->end;
        return;
    }
    struct model_row *row = &model->rows[model->row_count++];
    for (;;) {
        if (row->count == MODEL_FIELDS || model->row_count == MODEL_ROWS) {
            model->beyond = true;
            cursor->at = cursor->end;
            return;
        }
        row->broken = !read_field(model, cursor, &row->fields[row->count]);
        row->count++;
        if (row->broken || is_line_end(cursor))
            break;
        cursor->at++;
    }
    while (!is_line_end(cursor))
        cursor->at++;
}

/* ---- numbers and words ---- */

static bool is_number(const struct model_field *field, double *value)
{
    const char *at = field->text, *end = field->text + field->length;
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    while (at < end && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    const char *begin = at;
    at += at < end && (*at == '+' || *at == '-');
    size_t digits = 0;
    for (; at < end && isdigit((unsigned char)*at); at++)
        digits++;
    if (at < end && *at == '.')
        for (at++; at < end && isdigit((unsigned char)*at); at++)
            digits++;
    if (digits > 0 && at < end && (*at == 'e' || *at == 'E')) {
        at++;
        at += at < end && (*at == '+' || *at == '-');
        digits = 0;
        for (; at < end && isdigit((unsigned char)*at); at++)
            digits++;
    }
    *value = digits > 0 && at == end ? strtod(begin, NULL) : NAN;
    return isfinite(*value);
}

static bool is_word(const struct model_field *field, const char *word)
{
    return field->length == strlen(word) && strncasecmp(field->text, word, field->length) == 0;
}

/* Whether it is one of the words in the list, which are separated by blanks. */
static bool is_listed(const struct model_field *field, const char *list)
{
    char word[16];
    int used;
    for (; sscanf(list, "%15s%n", word, &used) == 1; list += used)
        if (is_word(field, word))
            return true;
    return false;
}

static bool has_listed_word(const struct model_field *field, const char *list)
{
    for (size_t i = 0; i < field->length;) {
        struct model_field word = {.text = field->text + i};
        while (i < field->length && (isalnum((unsigned char)field->text[i]) || field->text[i] < 0))
            i++, word.length++;
        if (is_listed(&word, list))
            return true;
        i++;
    }
    return false;
}

/* ---- columns ---- */

enum { NONE = -1, SEVERAL = -2 };

struct columns {
    int name, lat, lon;
    bool header;
};

/* The column that a choice numbers, from 0; NONE: it is no number. */
static int numbered(const char *choice)
{
    return choice && isdigit((unsigned char)*choice) ? atoi(choice) - 1 : NONE;
}

static int called(const struct model_row *row, const char *choice)
{
    int found = NONE;
    for (int i = 0; i < (int)row->count; i++)
        if (is_word(&row->fields[i], choice))
            found = found == NONE ? i : SEVERAL;
    return found;
}

/* The one column that is called by one of the words, else the one that has one of them in its
 * header, other than two that are taken. */
static int worded(const struct model_row *row, const char *list, int taken, int taken_too)
{
    for (int whole = 1; whole >= 0; whole--) {
        int found = NONE;
        for (int i = 0; i < (int)row->count; i++) {
            const struct model_field *field = &row->fields[i];
            if (i != taken && i != taken_too &&
                (is_listed(field, list) || (!whole && has_listed_word(field, list))))
                found = found == NONE ? i : SEVERAL;
        }
        if (found != NONE)
            return found;
    }
    return NONE;
}

static int coordinate_under_header(const struct model_row *row, const char *choice,
                                   const char *list)
{
    if (numbered(choice) != NONE)
        return numbered(choice);
    return choice ? called(row, choice) : worded(row, list, NONE, NONE);
}

static bool has_number_at(const struct model_row *row, int column)
{
    double value;
    return column >= 0 && column < (int)row->count && is_number(&row->fields[column], &value);
}

static bool is_empty_at(const struct model_row *row, int column)
{
    return column >= (int)row->count || row->fields[column].length == 0;
}

static bool has_any_number(const struct model_row *row)
{
    for (int i = 0; i < (int)row->count; i++)
        if (has_number_at(row, i))
            return true;
    return false;
}

static bool is_named(const char *choice)
{
    return choice && numbered(choice) == NONE;
}

static void columns_without_header(const struct dm_load_options *options, struct columns *columns)
{
    bool planar = options->coordinates == DM_PLANAR;
    columns->header = false;
    columns->lat = numbered(options->lat) != NONE ? numbered(options->lat) : planar ? 2 : 1;
    columns->lon = numbered(options->lon) != NONE ? numbered(options->lon) : planar ? 1 : 2;
}

/* Where the coordinates are, and whether the first row is a header. Return false if that is not
 * known. */
static bool find_coordinates(const struct model_row *row, const struct dm_load_options *options,
                             struct columns *columns)
{
    bool planar = options->coordinates == DM_PLANAR;
    bool by_name = is_named(options->name) || is_named(options->lat) || is_named(options->lon);
    bool by_number = numbered(options->lat) != NONE && numbered(options->lon) != NONE && !by_name;
    if (options->header == DM_HEADER_NO || (options->header == DM_HEADER_AUTO && by_number)) {
        columns_without_header(options, columns);
        columns->header = options->header == DM_HEADER_AUTO && !has_number_at(row, columns->lat) &&
                          !has_number_at(row, columns->lon) && !is_empty_at(row, columns->lat) &&
                          !is_empty_at(row, columns->lon);
        return options->header == DM_HEADER_AUTO || !by_name;
    }
    columns->header = true;
    columns->lat = coordinate_under_header(
        row, options->lat, planar ? "y northing northings north" : "lat latitude y");
    columns->lon = coordinate_under_header(
        row, options->lon, planar ? "x easting eastings east" : "lon lng long longitude x");
    bool found = columns->lat >= 0 && columns->lon >= 0;
    if (options->header == DM_HEADER_YES || by_name || !has_any_number(row))
        return found;
    if (!found || has_number_at(row, columns->lat) || has_number_at(row, columns->lon))
        columns_without_header(options, columns);
    return true;
}

static bool find_name(const struct model_row *row, const struct dm_load_options *options,
                      struct columns *columns)
{
    columns->name = numbered(options->name);
    if (is_named(options->name))
        columns->name = called(row, options->name);
    else if (!options->name && columns->header)
        columns->name = worded(row, "name id city label", columns->lat, columns->lon);
    if (columns->name == SEVERAL || (columns->name == NONE && options->name))
        return false;
    for (int i = 0; columns->name == NONE && i < (int)row->count; i++)
        if (i != columns->lat && i != columns->lon)
            columns->name = i;
    return true;
}

static bool find_columns(const struct model_row *row, const struct dm_load_options *options,
                         struct columns *columns)
{
    const int count = (int)row->count;
    if (count < 2 || (count == 2 && strncmp(row->fields[0].text, "sep=", 4) == 0))
        return false;
    if (numbered(options->name) >= count || numbered(options->lat) >= count ||
        numbered(options->lon) >= count)
        return false;
    return find_coordinates(row, options, columns) && columns->lat != columns->lon &&
           find_name(row, options, columns);
}

/* ---- locations ---- */

static bool holds_nul(const struct model_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (memchr(row->fields[i].text, '\0', row->fields[i].length))
            return true;
    return false;
}

static bool fits(const struct model_row *row, size_t width, const struct columns *columns)
{
    const int count = (int)row->count;
    for (size_t i = width; i < row->count; i++)
        if (row->fields[i].length > 0)
            return false;
    return columns->lat < count && columns->lon < count && columns->name < count;
}

static bool is_within(const struct model_location *location, enum dm_coordinates coordinates)
{
    double lat = coordinates == DM_PLANAR ? 1e15 : 90, lon = coordinates == DM_PLANAR ? 1e15 : 180;
    return fabs(location->lat) <= lat && fabs(location->lon) <= lon;
}

static bool is_good(const struct model_row *row, size_t width, const struct columns *columns,
                    enum dm_coordinates coordinates, struct model_location *location)
{
    return !row->broken && !holds_nul(row) && fits(row, width, columns) &&
           is_number(&row->fields[columns->lat], &location->lat) &&
           is_number(&row->fields[columns->lon], &location->lon) &&
           is_within(location, coordinates);
}

static void take_rows(struct model *model, const struct columns *columns,
                      const struct dm_load_options *options)
{
    size_t width = model->rows[0].count;
    for (size_t i = columns->header; i < model->row_count; i++) {
        const struct model_row *row = &model->rows[i];
        struct model_location *location = &model->locations[model->count];
        size_t number = i + !columns->header;
        if (!is_good(row, width, columns, options->coordinates, location)) {
            model->skipped++;
            continue;
        }
        if (columns->name >= 0) {
            location->name = row->fields[columns->name];
        } else {
            snprintf(model->numbers[i], sizeof model->numbers[i], "%zu", number);
            location->name = (struct model_field){model->numbers[i], strlen(model->numbers[i])};
        }
        model->count++;
    }
}

void model_read(struct model *model, const char *bytes, size_t length,
                const struct dm_load_options *options)
{
    struct columns columns = {0};
    struct cursor cursor = {.at = bytes,
                            .end = bytes + length,
                            .delimiter = options->delimiter ? options->delimiter : ',',
                            .text = model->text};
    memset(model, 0, sizeof *model);
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        cursor.at += 3;
    while (cursor.at < cursor.end)
        read_row(model, &cursor);
    if (model->row_count == 0 || model->unclosed || model->rows[0].broken ||
        holds_nul(&model->rows[0]) || !find_columns(&model->rows[0], options, &columns))
        return;
    take_rows(model, &columns, options);
    model->valid = model->count > 0 && (options->skip_invalid || model->skipped == 0);
}
