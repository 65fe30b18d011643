#include "fuzz/csv_model.h"

#include "load/angle.h"
#include "load/angle_pair.h"
#include "load/missing.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* ---- options ---- */

/* Read "2,3,1". Return false if it is not a list of numbers. */
static bool read_list(const char *text, struct model_list *list)
{
    *list = (struct model_list){.count = 0};
    if (!text || text[strspn(text, "0123456789,")] != '\0')
        return false;
    for (char *end; *text && list->count < MODEL_NAMES; text = end + (*end == ',')) {
        size_t column = (size_t)strtoul(text, &end, 10);
        if (column == 0)
            return false;
        list->column[list->count++] = column - 1;
    }
    return list->count > 0;
}

bool model_applies(const struct dm_load_options *options)
{
    struct model_list name, lat, lon, both;
    bool pair = read_list(options->lat, &lat) && read_list(options->lon, &lon);
    bool one = read_list(options->latlon ? options->latlon : options->lonlat, &both);
    bool others = options->lat || options->lon || (options->latlon && options->lonlat);
    return options->delimiter && options->quote != DM_QUOTE_AUTO &&
           options->header != DM_HEADER_AUTO && !options->encoding && !options->crs &&
           read_list(options->name, &name) &&
           (one ? !others && both.count == 1 : pair && !options->latlon && !options->lonlat);
}

/* ---- rows and fields ---- */

struct cursor {
    const char *at, *end;
    char delimiter; /* ' ': blanks and tabs */
    bool quotes;
};

static bool is_line_end(const struct cursor *cursor)
{
    return cursor->at == cursor->end || *cursor->at == '\n' || *cursor->at == '\r';
}

static bool is_delimiter(const struct cursor *cursor)
{
    return cursor->delimiter == ' ' ? is_blank(*cursor->at) : *cursor->at == cursor->delimiter;
}

static bool is_field_end(const struct cursor *cursor)
{
    return is_line_end(cursor) || is_delimiter(cursor);
}

static void pass_blanks(struct cursor *cursor)
{
    while (!is_field_end(cursor) && is_blank(*cursor->at))
        cursor->at++;
}

static void pass_lines(struct cursor *cursor, uint64_t count)
{
    for (; count > 0 && cursor->at < cursor->end; count--) {
        while (!is_line_end(cursor))
            cursor->at++;
        bool pair = cursor->end - cursor->at > 1 && memcmp(cursor->at, "\r\n", 2) == 0;
        cursor->at += pair ? 2 : cursor->at < cursor->end;
    }
}

/* Pass the line "sep=;" of spreadsheets. */
static void pass_separator(struct cursor *cursor)
{
    const char *line = cursor->at;
    struct cursor next = *cursor;
    size_t quote = line < cursor->end && *line == '"';
    pass_lines(&next, 1);
    size_t length = (size_t)(next.at - line);
    if (length >= 6 + 2 * quote && memcmp(line + quote, "sep=", 4) == 0 &&
        !strchr("\r\n\"", line[quote + 4]) && strchr("\r\n", line[5 + 2 * quote]))
        *cursor = next;
}

static void add(struct model *model, struct model_field *field, char c)
{
    *model->next_text++ = c;
    field->length++;
}

/* Read the rest of a field after its opening quote. Return false if something follows that must
 * not. */
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
        add(model, field, *cursor->at);
    }
    model->unclosed = true;
    return true;
}

static void read_unquoted(struct model *model, struct cursor *cursor, struct model_field *field)
{
    for (; !is_field_end(cursor); cursor->at++)
        add(model, field, *cursor->at);
    for (; field->length > 0 && is_blank(model->next_text[-1]); field->length--)
        model->next_text--;
}

static bool read_field(struct model *model, struct cursor *cursor, struct model_field *field)
{
    *field = (struct model_field){.text = model->next_text};
    bool good = true;
    pass_blanks(cursor);
    if (cursor->quotes && cursor->at < cursor->end && *cursor->at == '"') {
        cursor->at++;
        good = read_quoted(model, cursor, field);
    } else {
        read_unquoted(model, cursor, field);
    }
    *model->next_text++ = '\0';
    return good;
}

/* Pass what separates fields. Return false if the row ends there. */
static bool pass_delimiter(struct cursor *cursor)
{
    if (is_line_end(cursor))
        return false;
    while (cursor->delimiter == ' ' && !is_line_end(cursor) && is_blank(*cursor->at))
        cursor->at++;
    cursor->at += cursor->delimiter != ' ';
    return cursor->delimiter != ' ' || !is_line_end(cursor);
}

/* Read a row up to the end of its line. A blank line is none. */
static void read_row(struct model *model, struct cursor *cursor)
{
    struct model_row *row = &model->rows[model->row_count];
    while (!is_line_end(cursor) && is_blank(*cursor->at) &&
           (cursor->delimiter == ' ' || !is_delimiter(cursor)))
        cursor->at++;
    if (is_line_end(cursor)) {
        cursor->at += cursor->at < cursor->end;
        return;
    }
    model->row_count++;
    do {
        if (row->count == MODEL_FIELDS || model->row_count == MODEL_ROWS) {
            model->unsaid = true;
            cursor->at = cursor->end;
            return;
        }
        row->broken = !read_field(model, cursor, &row->fields[row->count]);
        row->count += !row->broken;
    } while (!row->broken && pass_delimiter(cursor));
    while (!is_line_end(cursor))
        cursor->at++;
    row->unended = cursor->at == cursor->end;
}

/* ---- what the model does not know ---- */

static size_t filled(const struct model_row *row)
{
    size_t count = row->broken ? 2 : 0;
    for (size_t i = 0; i < row->count; i++)
        count += row->fields[i].text[strspn(row->fields[i].text, " \t")] != '\0';
    return count;
}

/* Return true if the first row may be a title or a comment. */
static bool may_be_above(const struct model *model)
{
    const struct model_row *first = &model->rows[0];
    size_t widest = 0;
    for (size_t i = 0; i < model->row_count; i++)
        widest = model->rows[i].count > widest ? model->rows[i].count : widest;
    bool title = filled(first) <= 1 && widest > 1;
    bool narrow = model->row_count > 1 && first->count < model->rows[1].count;
    return title || narrow || (first->count > 0 && *first->fields[0].text == '#');
}

/* Return true if the row may have units, "deg", or the types of RDB files, "10n": no cell has a
 * digit, or each begins with one. */
static bool may_be_units(const struct model_row *row)
{
    size_t with_digit = 0, first = 0;
    for (size_t i = 0; i < row->count; i++) {
        with_digit += strpbrk(row->fields[i].text, "0123456789") != NULL;
        first += isdigit((unsigned char)*row->fields[i].text) &&
                 strpbrk(row->fields[i].text, "sdn") != NULL;
    }
    return with_digit == 0 || first == row->count;
}

/* Return true if a header is the same text as one of the lists, "1,2". */
static bool has_listed_header(const struct model_row *row, const struct dm_load_options *options)
{
    const char *const lists[] = {options->name, options->lat, options->lon};
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; lists[i] && j < row->count; j++)
            if (strchr(lists[i], ',') && strcasecmp(lists[i], row->fields[j].text) == 0)
                return true;
    return false;
}

static bool is_unsaid(const struct model *model, const struct dm_load_options *options)
{
    bool header = options->header == DM_HEADER_YES;
    return may_be_above(model) ||
           (header && (has_listed_header(&model->rows[0], options) ||
                       (model->row_count > 1 && may_be_units(&model->rows[1]))));
}

/* ---- columns ---- */

/* Move the column of hemispheres, the first but for the degrees in which every row with something
 * has a hemisphere, to the end. Return false if there are too many others. */
static bool sort_parts(const struct model *model, size_t first_row, enum dm_axis axis,
                       struct model_list *list)
{
    size_t hemisphere = 0;
    for (size_t i = list->count - 1; i > 0; i--) {
        size_t good = 0, bad = 0;
        for (size_t j = first_row; j < model->row_count; j++) {
            const struct model_row *row = &model->rows[j];
            const struct model_field *field = &row->fields[list->column[i]];
            struct dm_angle_parts parts = {.degrees = {"1", 1},
                                           .hemisphere = {field->text, field->length}};
            double deg;
            if (list->column[i] >= row->count || field->text[strspn(field->text, " \t")] == '\0')
                continue;
            bool fits = dm_angle_combine(&parts, axis, '.', &deg) == DM_ANGLE_OK;
            good += fits;
            bad += !fits;
        }
        hemisphere = good > 0 && bad == 0 ? i : hemisphere;
    }
    if (hemisphere == 0)
        return list->count < MODEL_PARTS;
    size_t column = list->column[hemisphere];
    for (size_t i = hemisphere; i + 1 < list->count; i++)
        list->column[i] = list->column[i + 1];
    for (size_t i = list->count - 1; i < MODEL_PARTS - 1; i++)
        list->column[i] = SIZE_MAX;
    list->column[MODEL_PARTS - 1] = column;
    list->count = MODEL_PARTS;
    return true;
}

static bool are_within(const struct model_list *list, size_t most, size_t width)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->column[i] >= width)
            return false;
    return list->count <= most;
}

/* Return false if the options name columns that do not exist, or do not fit together. */
static bool find_columns(struct model *model, const struct dm_load_options *options)
{
    const char *both = options->latlon ? options->latlon : options->lonlat;
    size_t width = model->rows[0].count, first_row = options->header == DM_HEADER_YES;
    read_list(options->name, &model->name);
    read_list(options->lat, &model->lat);
    read_list(options->lon, &model->lon);
    read_list(both, &model->both);
    if (!are_within(&model->name, MODEL_NAMES, width) || !are_within(&model->both, 1, width) ||
        !are_within(&model->lat, MODEL_PARTS, width) ||
        !are_within(&model->lon, MODEL_PARTS, width))
        return false;
    if (both)
        return true;
    return model->lat.column[0] != model->lon.column[0] &&
           sort_parts(model, first_row, DM_AXIS_LAT, &model->lat) &&
           sort_parts(model, first_row, DM_AXIS_LON, &model->lon);
}

/* ---- coordinates ---- */

/* Read a number with this decimal mark. */
static bool is_number(const struct model_field *field, char mark, double *value)
{
    char copy[MODEL_TEXT + 1];
    const char *begin = field->text + strspn(field->text, " \t"), *at = copy;
    strcpy(copy, begin);
    for (size_t length = strlen(copy); length > 0 && is_blank(copy[length - 1]);)
        copy[--length] = '\0';
    char *comma = strchr(copy, ',');
    if (mark == ',' && (!comma || strlen(copy) > 39))
        return false;
    if (mark == ',')
        *comma = '.';
    at += *at == '+' || *at == '-';
    size_t whole = strspn(at, "0123456789"), digits = whole;
    at += whole;
    if (*at == '.') {
        digits += strspn(at + 1, "0123456789");
        at += 1 + strspn(at + 1, "0123456789");
    }
    if (digits > 0 && (*at == 'e' || *at == 'E')) {
        at++;
        at += *at == '+' || *at == '-';
        digits = strspn(at, "0123456789");
        at += digits;
    }
    *value = digits > 0 && *at == '\0' ? strtod(copy, NULL) : NAN;
    return isfinite(*value);
}

static char mark_of(const char *text)
{
    return text && strchr(text, '.') ? '.' : text && strchr(text, ',') ? ',' : '\0';
}

/* Note a decimal mark. Return false if other coordinates had another. */
static bool note_mark(struct model *model, char mark)
{
    if (!model->decimal)
        model->decimal = mark;
    return !mark || model->decimal == mark;
}

/* Whether a comma may separate thousands: 3,400 in quotes between commas. */
static bool has_thousands(const struct model *model, const char *text)
{
    const char *comma = strchr(text, ',');
    return comma && model->delimiter == ',' && model->decimal != ',' &&
           strspn(text + strspn(text, "+- "), "0123456789") <= 3 &&
           strspn(comma + 1, "0123456789") == 3 && comma[4] == '\0';
}

static bool read_angle(struct model *model, const struct model_field *field, enum dm_axis axis,
                       bool planar, double *value)
{
    char mark = mark_of(field->text);
    bool thousands = planar && has_thousands(model, field->text);
    bool good = is_number(field, '.', value) || (!thousands && is_number(field, ',', value));
    if (!good && !planar && !strpbrk(field->text, ";\t|"))
        good = dm_angle_parse(field->text, field->length, axis, mark == ',' ? ',' : '.', value) ==
               DM_ANGLE_OK;
    return good && note_mark(model, mark);
}

/* Combine degrees, minutes, seconds and hemisphere. A minus that repeats S or W is left out. */
static bool combine(const struct model_row *row, const struct model_list *list, enum dm_axis axis,
                    double *value)
{
    struct dm_angle_field fields[MODEL_PARTS] = {{NULL, 0}};
    bool comma = false;
    for (size_t i = 0; i < list->count; i++) {
        if (list->column[i] == SIZE_MAX)
            continue;
        const struct model_field *field = &row->fields[list->column[i]];
        fields[i] = (struct dm_angle_field){field->text, field->length};
        comma = comma || (i < MODEL_PARTS - 1 && mark_of(field->text) == ',');
    }
    const char *hemisphere = fields[MODEL_PARTS - 1].text;
    size_t blanks = strspn(fields[0].text, " \t");
    hemisphere = hemisphere ? hemisphere + strspn(hemisphere, " \t") : NULL;
    if (hemisphere && *hemisphere && strchr("SsWw", *hemisphere) && fields[0].text[blanks] == '-') {
        fields[0].text += blanks + 1;
        fields[0].length -= blanks + 1;
    }
    struct dm_angle_parts parts = {fields[0], fields[1], fields[2], fields[3]};
    bool blank = fields[3].text && dm_is_missing(fields[3].text, fields[3].length);
    return dm_angle_combine(&parts, axis, comma ? ',' : '.', value) == DM_ANGLE_OK &&
           (!blank || *value == 0);
}

/* Read a coordinate. *missing: there is none. */
static bool read_axis(struct model *model, const struct model_row *row,
                      const struct model_list *list, enum dm_axis axis, bool planar, double *value,
                      bool *missing)
{
    const struct model_field *field = &row->fields[list->column[0]];
    if (list->count == 1 ? read_angle(model, field, axis, planar, value)
                         : combine(row, list, axis, value))
        return true;
    *missing = dm_is_missing(field->text, field->length);
    return false;
}

/* Read both coordinates of a text. A decimal comma is tried if coordinates before have it or,
 * before there are any with a mark, if a point does not do. */
static bool read_both(struct model *model, const struct model_row *row, bool lon_first,
                      struct model_location *location, bool *missing)
{
    const struct model_field *field = &row->fields[model->both.column[0]];
    bool point = strchr(field->text, '.') != NULL, unused;
    char marks[] = {point || model->decimal != ',' ? '.' : ',', model->decimal ? '\0' : ',', '\0'};
    enum dm_angle_fault fault = DM_ANGLE_DECIMAL_MARK;
    for (char *mark = marks;
         *mark && (fault == DM_ANGLE_DECIMAL_MARK || fault == DM_ANGLE_AMBIGUOUS_PAIR); mark++) {
        fault = dm_angle_parse_pair(field->text, field->length, lon_first ? DM_LON_LAT : DM_LAT_LON,
                                    *mark, &location->lat, &location->lon, &unused);
        if (fault == DM_ANGLE_OK && !model->decimal && (*mark == ',' || point))
            model->decimal = *mark;
    }
    *missing = dm_is_missing(field->text, field->length);
    return fault == DM_ANGLE_OK;
}

/* Bring degrees into range: longitudes from 180 to 360, and rounding errors of 1e-6. */
static bool normalize(struct model_location *location, bool planar, size_t *wrapped)
{
    const double rounding = 1e-6;
    double *lat = &location->lat, *lon = &location->lon;
    if (planar)
        return fabs(*lat) <= 1e15 && fabs(*lon) <= 1e15;
    bool good = fabs(*lat) <= 90 + rounding && *lon >= -180 - rounding && *lon <= 360 + rounding;
    *wrapped += good && *lon > 180 + rounding;
    *lat = fmax(-90, fmin(90, *lat));
    if (fabs(*lon) > 180)
        *lon += *lon < 0 ? 360 : -360;
    return good;
}

/* ---- locations ---- */

static bool has_all(const struct model_row *row, const struct model_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->column[i] != SIZE_MAX && list->column[i] >= row->count)
            return false;
    return true;
}

/* Return the least number of fields of a row that has as many as the first, or more. */
static size_t least_fields(const struct model *model, size_t from)
{
    size_t width = model->rows[0].count, least = SIZE_MAX;
    for (size_t i = from; i < model->row_count; i++) {
        const struct model_row *row = &model->rows[i];
        bool counts = !row->broken && filled(row) > 0 && row->count >= width;
        least = counts && row->count < least ? row->count : least;
    }
    return least == SIZE_MAX ? width : least;
}

/* Return the most common number of fields, the greater of two. */
static size_t usual_fields(const struct model *model, size_t from)
{
    size_t usual = 0, most = 0;
    for (size_t i = from; i < model->row_count; i++) {
        size_t alike = 0, count = model->rows[i].count;
        for (size_t j = from; j < model->row_count; j++)
            alike += model->rows[j].count == count;
        usual = alike > most || (alike == most && count > usual) ? count : usual;
        most = alike > most ? alike : most;
    }
    return usual;
}

static bool has(const struct model_list *list, size_t column)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->column[i] == column)
            return true;
    return false;
}

/* Return true if the field after the coordinates begins as a number does. */
static bool has_number_after(const struct model *model, const struct model_row *row)
{
    size_t lat = model->lat.count > 0 ? model->lat.column[0] : model->both.column[0];
    size_t lon = model->lon.count > 0 ? model->lon.column[0] : lat;
    size_t after = (lat > lon ? lat : lon) + 1;
    return after < row->count && row->fields[after].length > 0 &&
           strchr("+-.0123456789", *row->fields[after].text);
}

/* Return true if the row has no more fields than the first, but for empty ones that all have or
 * that move no coordinate, and lacks none where others would have moved, or the file may be cut
 * off. */
static bool fits(const struct model *model, const struct model_row *row)
{
    size_t width = model->rows[0].count;
    for (size_t i = width; i < row->count; i++)
        if (row->fields[i].length > 0)
            return false;
    bool coordinate = has(&model->lat, row->count - 1) || has(&model->lon, row->count - 1) ||
                      has(&model->both, row->count - 1);
    if (row->count < model->usual && (model->delimiter == ' ' || (row->unended && coordinate)))
        return false;
    return row->count <= width || row->count == model->fields || !has_number_after(model, row);
}

/* Return true if the row has all columns, and no more. */
static bool is_complete(const struct model *model, const struct model_row *row)
{
    return !row->broken && fits(model, row) && has_all(row, &model->name) &&
           has_all(row, &model->lat) && has_all(row, &model->lon) && has_all(row, &model->both);
}

/* Read the coordinates that are in one column each, in the order of the columns: even an invalid
 * row may have the first decimal mark. Then combine those in several columns. */
static bool read_pair(struct model *model, const struct model_row *row, bool planar,
                      struct model_location *location)
{
    const struct model_list *lists[] = {&model->lat, &model->lon};
    double *values[] = {&location->lat, &location->lon};
    bool good = true, lon_first = model->lon.column[0] < model->lat.column[0];
    for (size_t i = 0; i < 4; i++) {
        size_t which = i < 2 ? i ^ lon_first : i - 2;
        bool single = lists[which]->count == 1, missing = false;
        if (single != (i < 2) || (single && !has_all(row, lists[which])))
            continue;
        if (!single && !(good && is_complete(model, row)))
            return false;
        bool read = read_axis(model, row, lists[which], which ? DM_AXIS_LON : DM_AXIS_LAT, planar,
                              values[which], &missing);
        model->missing += good && missing;
        good = good && read;
    }
    return good;
}

static bool read_place(struct model *model, const struct model_row *row,
                       const struct dm_load_options *options, struct model_location *location)
{
    bool missing = false, good = has_all(row, &model->both);
    if (model->both.count == 0)
        return read_pair(model, row, options->coordinates == DM_PLANAR, location);
    good = good && read_both(model, row, options->lonlat != NULL, location, &missing);
    model->missing += missing;
    return good;
}

static struct model_field append(struct model *model, struct model_field text,
                                 struct model_field more)
{
    memcpy(model->next_name, more.text, more.length);
    model->next_name += more.length;
    return (struct model_field){text.text, text.length + more.length};
}

/* Join the names that are not blank; without any, the number of the row is the name. */
static struct model_field name_of(struct model *model, const struct model_row *row, size_t number)
{
    struct model_field name = {model->next_name, 0};
    for (size_t i = 0; i < model->name.count; i++) {
        struct model_field part = row->fields[model->name.column[i]];
        if (part.text[strspn(part.text, " \t")] == '\0')
            continue;
        name = append(model, name, (struct model_field){", ", name.length > 0 ? 2 : 0});
        name = append(model, name, part);
    }
    if (name.length > 0)
        return name;
    model->numbered++;
    int length = snprintf(model->next_name, 8, "%zu", number);
    model->next_name += length;
    return (struct model_field){name.text, (size_t)length};
}

static void take_row(struct model *model, const struct model_row *row, size_t number,
                     const struct dm_load_options *options)
{
    struct model_location *location = &model->locations[model->count];
    bool planar = options->coordinates == DM_PLANAR;
    bool good = read_place(model, row, options, location) && is_complete(model, row);
    bool within = good && normalize(location, planar, &model->wrapped);
    model->outside += good && !within;
    model->skipped += !within;
    if (!within)
        return;
    location->name = name_of(model, row, number);
    model->count++;
}

static void read_rows(struct model *model, struct cursor *cursor)
{
    while (cursor->at < cursor->end)
        read_row(model, cursor);
}

void model_read(struct model *model, const char *bytes, size_t length,
                const struct dm_load_options *options)
{
    struct cursor cursor = {bytes, bytes + length, options->delimiter,
                            options->quote == DM_QUOTE_YES};
    memset(model, 0, offsetof(struct model, text));
    model->delimiter = options->delimiter;
    model->next_text = model->text;
    model->next_name = model->names;
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        cursor.at += 3;
    pass_lines(&cursor, options->skip_rows);
    pass_separator(&cursor);
    model->nul = memchr(cursor.at, '\0', (size_t)(cursor.end - cursor.at)) != NULL;
    if (model->nul)
        return;
    read_rows(model, &cursor);
    if (model->row_count == 0 || model->unclosed)
        return;
    model->unsaid = model->unsaid || is_unsaid(model, options);
    if (model->unsaid || !find_columns(model, options))
        return;
    size_t header = options->header == DM_HEADER_YES, number = 0;
    model->fields = least_fields(model, header);
    model->usual = usual_fields(model, header);
    for (size_t i = header; i < model->row_count; i++)
        if (filled(&model->rows[i]) > 0) /* not as an empty line */
            take_row(model, &model->rows[i], ++number, options);
    model->valid = model->count > 0 && (options->skip_invalid || model->skipped == 0);
}
