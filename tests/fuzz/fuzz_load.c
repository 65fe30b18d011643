/* The CSV loader, with options from the first five bytes.
 *
 * Where options say everything, it is compared with a simple model of what a file means. Whatever
 * it decides itself is not modelled again but has to keep properties: the same decisions given as
 * options load the same, suggestions help, errors change nothing, and the text may be cut anywhere.
 */
#define _GNU_SOURCE /* memfd_create() */
#include "base/text.h"
#include "fuzz/csv_model.h"
#include "fuzz/fuzz.h"
#include "load/convert.h"
#include "load/inflate.h"
#include "load/kinds.h"
#include "load/records.h"

#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* ---- options ---- */

#define CHOOSE(list, bits) (list)[(bits) % (sizeof(list) / sizeof *(list))]

/* Replace what the loader would decide. */
static void make_explicit(struct dm_load_options *options)
{
    options->delimiter = options->delimiter ? options->delimiter : ',';
    options->header = options->header == DM_HEADER_AUTO ? DM_HEADER_YES : options->header;
    options->quote = options->quote == DM_QUOTE_AUTO ? DM_QUOTE_YES : options->quote;
    options->encoding = NULL;
    if (!options->name || *options->name > '9')
        options->name = "1";
    if (options->latlon || options->lonlat)
        return;
    if (!options->lat || *options->lat > '9')
        options->lat = "2";
    if (!options->lon || *options->lon > '9')
        options->lon = "3";
}

/* Options from bytes such as '@', all of whose low bits are 0: the defaults. *places: how many a
 * row may have. */
static struct dm_load_options options_from(struct input *input, size_t *places)
{
    static const char *const names[] = {NULL, "1", "3", "4,1", "2,2,1", "name", "Town", "Town,2"};
    static const char *const lats[] = {NULL, "2", "1", "2,3", "2,3,4", "2,3,4,5", "lat", "y"};
    static const char *const lons[] = {NULL, "3", "2", "4,5", "5,6,7", "6,7,8,9", "lon", "x,ew"};
    static const char *const both[] = {NULL, NULL, "1", "2", "2", "1", "coordinates", "3"};
    static const char delimiters[] = {0, ',', ';', '\t', '|', ' ', ':', 0};
    static const uint64_t skips[] = {0, 0, 0, 0, 0, 1, 2, 3};
    static const char *const encodings[16] = {
        [13] = "UTF-16LE", [14] = "windows-1252", [15] = "ISO-2022-JP"};
    unsigned how = take(input), text = take(input), columns = take(input), more = take(input),
             rest = take(input);
    *places = columns & 128 ? 2 : 1;
    struct dm_load_options options = {
        .header = (enum dm_header)(how % 4 % 3),
        .skip_invalid = how & 4,
        .coordinates = how & 8 ? DM_PLANAR : DM_GEOGRAPHIC,
        .quote = (enum dm_quote)((how >> 4 & 3) % 3),
        .delimiter = CHOOSE(delimiters, text & 7),
        .skip_rows = CHOOSE(skips, text >> 3 & 7),
        .name = CHOOSE(names, columns & 7),
        .lat = CHOOSE(lats, columns >> 3 & 7),
        .lon = CHOOSE(lons, more & 7),
        .encoding = CHOOSE(encodings, rest & 15),
        .degrees = rest & 16,
        .keep_rows = how & 128,
        .row_delimiter = text & 128 ? ';' : 0,
    };
    const char *one = CHOOSE(both, more >> 3 & 7);
    *(more & 8 ? &options.latlon : &options.lonlat) = one;
    if (one && !(rest & 128))
        options.lat = options.lon = NULL;
    if (rest & 32)
        make_explicit(&options);
    return options;
}

/* ---- loading ---- */

struct loaded {
    size_t places; /* how many a row may have, which is asked for ... */
    enum dm_status status;
    struct dm_locations locations[2]; /* ... and the locations, of the second places too */
    struct dm_load_notes notes;
    struct dm_error error;
};

static int file_of(const struct input *input)
{
    static int file = -1;
    if (file < 0)
        file = memfd_create("input", 0);
    CLAIM(file >= 0 && ftruncate(file, 0) == 0);
    CLAIM(pwrite(file, input->at, input->left, 0) == (ssize_t)input->left);
    return file;
}

static bool is_unchanged(const void *block, size_t size)
{
    const unsigned char *bytes = block;
    for (size_t i = 0; i < size; i++)
        if (bytes[i] != 0xA5)
            return false;
    return true;
}

static void claim_printable(const char *text)
{
    for (size_t length = strlen(text); length > 0;) {
        size_t bytes = dm_printable(text, length);
        CLAIM(bytes > 0);
        text += bytes;
        length -= bytes;
    }
}

static void claim_error(const struct loaded *loaded)
{
    const struct dm_error *error = &loaded->error;
    CLAIM(loaded->status == DM_DATA || loaded->status == DM_USAGE);
    CLAIM(error->status == loaded->status);
    CLAIM(*error->message && error->suggestion_count <= DM_SUGGESTIONS_MAX);
    CLAIM(memchr(error->message, '\0', sizeof error->message));
    claim_printable(error->message);
    CLAIM(is_unchanged(loaded->locations, sizeof loaded->locations));
    CLAIM(is_unchanged(&loaded->notes, sizeof loaded->notes));
}

static void claim_in_range(const struct dm_locations *locations, enum dm_coordinates coordinates)
{
    bool planar = coordinates == DM_PLANAR;
    double lat = planar ? 1e15 : 90, lon = planar ? 1e15 : 180;
    size_t bytes = 0;
    CLAIM(locations->name_begin[0] == 0 && locations->coordinates == coordinates);
    for (size_t i = 0; i < locations->count; i++) {
        CLAIM(fabs(locations->lat_deg[i]) <= lat && fabs(locations->lon_deg[i]) <= lon);
        CLAIM(locations->name_begin[i] < locations->name_begin[i + 1]); /* no name is empty */
    }
    for (size_t i = 0; i < locations->name_begin[locations->count]; i++)
        bytes += locations->names[i] != '\0'; /* AddressSanitizer sees what is not the arena's */
    CLAIM(bytes == locations->name_begin[locations->count]);
}

static void claim_sound(const struct loaded *loaded, const struct dm_load_options *options)
{
    const struct dm_locations *locations = loaded->locations;
    const struct dm_load_notes *notes = &loaded->notes;
    CLAIM(locations->count > 0);
    claim_in_range(&locations[0], options->coordinates);
    if (loaded->places == 1)
        CLAIM(is_unchanged(&locations[1], sizeof locations[1]) && !notes->two_places);
    else
        CLAIM(locations[1].count == (notes->two_places ? locations[0].count : 0));
    if (notes->two_places)
        claim_in_range(&locations[1], options->coordinates);
    claim_printable(notes->columns);
    claim_printable(notes->first_skipped);
    claim_printable(notes->names);
    claim_printable(notes->not_names);
    claim_printable(notes->both);
    CLAIM(notes->skipped_missing <= notes->skipped);
}

static void load(const struct input *input, const struct dm_load_options *options, size_t places,
                 struct loaded *loaded)
{
    char path[32];
    memset(loaded->locations, 0xA5, sizeof loaded->locations);
    memset(&loaded->notes, 0xA5, sizeof loaded->notes);
    loaded->error = (struct dm_error){.status = DM_OK};
    loaded->places = places;
    snprintf(path, sizeof path, "/proc/self/fd/%d", file_of(input));
    enum dm_status (*how)(const char *, const struct dm_load_options *, struct dm_locations *,
                          struct dm_load_notes *, struct dm_error *) =
        places == 2 ? dm_load_places : dm_load_csv;
    loaded->status = how(path, options, loaded->locations, &loaded->notes, &loaded->error);
    if (loaded->status == DM_OK)
        claim_sound(loaded, options);
    else
        claim_error(loaded);
}

static void free_loaded(struct loaded *loaded)
{
    for (size_t k = 0; loaded->status == DM_OK && k < loaded->places; k++)
        dm_locations_free(&loaded->locations[k]);
}

/* ---- the model ---- */

static void claim_as_modelled(const struct loaded *loaded, const struct model *model)
{
    const struct dm_locations *locations = loaded->locations;
    const struct dm_load_notes *notes = &loaded->notes;
    CLAIM(locations->count == model->count);
    for (size_t i = 0; i < model->count; i++) {
        const struct model_location *location = &model->locations[i];
        size_t length;
        const char *name = dm_location_name(locations, i, &length);
        CLAIM(length == location->name.length);
        CLAIM(memcmp(name, location->name.text, length) == 0);
        CLAIM(memcmp(&locations->lat_deg[i], &location->lat, sizeof(double)) == 0);
        CLAIM(memcmp(&locations->lon_deg[i], &location->lon, sizeof(double)) == 0);
    }
    CLAIM(notes->skipped == model->skipped);
    CLAIM(notes->skipped_missing >= model->missing);
    CLAIM(notes->skipped_missing <= model->missing + model->outside);
    CLAIM(notes->wrapped == model->wrapped && notes->numbered == model->numbered);
    CLAIM(notes->decimal == model->decimal);
}

/* Return true for a file that is read in another way than the model's: it is compressed, in another
 * encoding, or no table. */
static bool is_foreign(struct dm_chunk *start, const struct dm_load_options *options)
{
    size_t mark;
    const char *encoding = dm_marked_encoding(start, &mark);
    if (options->encoding || dm_is_gzip(start) || (encoding && strcmp(encoding, "UTF-8") != 0))
        return true;
    if (!encoding && dm_kind_check_bytes("", start, false, NULL) != DM_OK)
        return true;
    start->bytes += mark;
    start->length -= mark;
    return dm_kind_check_text("", start, false, NULL) != DM_OK;
}

static void compare_with_model(const struct loaded *loaded, const struct input *input,
                               const struct dm_load_options *options)
{
    static struct model model;
    bool o = options->lon && strchr(options->lon, ',') &&
             (memchr(input->at, 'O', input->left) || memchr(input->at, 'o', input->left));
    if (!model_applies(options) || loaded->places > 1 || options->keep_rows ||
        o) /* O is west or east by its column */
        return;
    model_read(&model, (const char *)input->at, input->left, options);
    if (model.unsaid)
        return;
    CLAIM((loaded->status == DM_OK) == model.valid);
    if (model.valid)
        claim_as_modelled(loaded, &model);
}

static void claim_same_locations(const struct dm_locations *a, const struct dm_locations *b)
{
    CLAIM(a->count == b->count);
    CLAIM(memcmp(a->lat_deg, b->lat_deg, a->count * sizeof(double)) == 0);
    CLAIM(memcmp(a->lon_deg, b->lon_deg, a->count * sizeof(double)) == 0);
    CLAIM(memcmp(a->name_begin, b->name_begin, (a->count + 1) * sizeof(size_t)) == 0);
    CLAIM(memcmp(a->names, b->names, a->name_begin[a->count]) == 0);
}

/* ---- rows that are kept ---- */

enum { ROWS = 2 * MODEL_TEXT };

/* A number for each row of a text, which depends on its fields except empty ones at its end. */
struct row_list {
    struct dm_record_reader reader;
    uint64_t rows[ROWS], row, so_far;
    size_t count, fields;
};

static void list_field(void *context, const char *text, size_t length, uint64_t lines)
{
    struct row_list *list = context;
    (void)lines;
    list->fields++;
    list->so_far = (list->so_far ^ list->fields) * UINT64_C(0x9E3779B97F4A7C15);
    for (size_t i = 0; i < length; i++)
        list->so_far = (list->so_far ^ (unsigned char)text[i]) * UINT64_C(0x100000001B3);
    if (length > 0)
        list->row = list->so_far;
}

static void list_misplaced(void *context, const struct dm_error *complaint)
{
    struct row_list *list = context;
    (void)complaint;
    list->fields += list->fields == 0;
}

static void list_row(void *context)
{
    struct row_list *list = context;
    if (list->fields == 0)
        return;
    CLAIM(list->count < ROWS);
    list->rows[list->count++] = list->row;
    list->row = list->so_far = 0;
    list->fields = 0;
}

static void list_rows(struct row_list *list, const char *const *texts, const size_t *lengths,
                      size_t count, struct dm_dialect dialect)
{
    list->reader = (struct dm_record_reader){.field = list_field,
                                             .misplaced = list_misplaced,
                                             .end_row = list_row,
                                             .context = list,
                                             .line = 1};
    list->count = list->fields = 0;
    list->row = list->so_far = 0;
    struct dm_records *records = dm_records_open(&dialect, &list->reader);
    CLAIM(records);
    for (size_t i = 0; i < count; i++)
        CLAIM(dm_records_parse(records, texts[i], lengths[i], NULL) == DM_OK);
    CLAIM(dm_records_end(records, NULL) == DM_OK);
    dm_records_close(records);
}

/* The rows that were kept are the last ones of the input, and none of the data is missing. */
static void claim_rows_kept(const struct loaded *loaded, const struct input *input)
{
    static struct row_list all, kept;
    const struct dm_locations *locations = loaded->locations;
    const struct dm_load_notes *notes = &loaded->notes;
    char delimiter = locations->row_delimiter;
    size_t bytes = locations->row_begin[locations->count + 1], mark = 0;
    bool literal = notes->literal_quotes && delimiter == notes->delimiter && delimiter != ' ';
    if (input->left >= 3 && memcmp(input->at, "\xEF\xBB\xBF", 3) == 0)
        mark = 3;
    list_rows(&all, (const char *const[]){(const char *)input->at + mark},
              (const size_t[]){input->left - mark}, 1,
              (struct dm_dialect){notes->delimiter, !notes->literal_quotes});
    list_rows(&kept, (const char *const[]){locations->row_header, locations->rows},
              (const size_t[]){strlen(locations->row_header), bytes}, 2,
              (struct dm_dialect){delimiter, !literal});
    /* Rows whose fields are all blank are kept, but not counted as skipped. */
    CLAIM(kept.count >=
          (size_t)!notes->no_header + notes->units_skipped + locations->count + notes->skipped);
    CLAIM(kept.count <= all.count);
    size_t first = notes->row_names; /* the header has got an empty field in front */
    CLAIM(memcmp(kept.rows + first, all.rows + all.count - kept.count + first,
                 (kept.count - first) * sizeof *kept.rows) == 0);
}

/* Rows are kept as they are, and that changes nothing else. Only a misplaced quote, in a row that
 * would be skipped, is an error then. */
static void check_rows(const struct loaded *loaded, const struct input *input,
                       const struct dm_load_options *options, bool foreign)
{
    struct dm_load_options without = *options;
    struct loaded plain;
    without.keep_rows = false;
    load(input, &without, loaded->places, &plain);
    if (loaded->status == DM_OK) {
        CLAIM(plain.status == DM_OK && !plain.locations->rows);
        claim_same_locations(&loaded->locations[0], &plain.locations[0]);
        if (!foreign && options->skip_rows == 0)
            claim_rows_kept(loaded, input);
    } else if (!options->skip_invalid) {
        CLAIM(plain.status == loaded->status);
        CLAIM(strcmp(plain.error.message, loaded->error.message) == 0);
    }
    free_loaded(&plain);
}

/* Each location takes a line. */
static void claim_few(const struct loaded *loaded, const struct input *input)
{
    size_t lines = 1;
    for (size_t i = 0; i < input->left; i++)
        lines += input->at[i] == '\n' || input->at[i] == '\r';
    CLAIM(loaded->status != DM_OK || loaded->locations->count <= lines);
}

/* ---- the same decisions as options ---- */

/* Write columns as a list of their numbers. Return NULL if there are none, or if a part is missing
 * before another, which a list cannot say. */
static const char *list_of(char text[64], const uint32_t *columns, size_t count)
{
    size_t used = 0;
    bool ended = false;
    for (size_t i = 0; i < count; i++) {
        bool hemisphere = count == 4 && i == 3;
        if (columns[i] > 0 && ended && !hemisphere)
            return NULL;
        ended = ended || columns[i] == 0;
        if (columns[i] > 0)
            used += (size_t)snprintf(text + used, 64 - used, "%s%u", used > 0 ? "," : "",
                                     (unsigned)columns[i]);
    }
    return used > 0 ? text : NULL;
}

/* Options that say what the notes say was decided. */
struct decided {
    struct dm_load_options options;
    char name[2][64], lat[2][64], lon[2][64], both[64];
};

/* Return false if options cannot say it. */
static bool decide_alike(const struct dm_load_options *options, const struct dm_load_notes *notes,
                         struct decided *decided)
{
    struct dm_load_options *same = &decided->options;
    *same = *options;
    same->delimiter = notes->delimiter;
    same->quote = notes->literal_quotes ? DM_QUOTE_NO : DM_QUOTE_YES;
    same->header = notes->no_header ? DM_HEADER_NO : DM_HEADER_YES;
    same->skip_rows = notes->header_line > 0 ? notes->header_line - 1 : options->skip_rows;
    const struct dm_load_columns *first = &notes->used[0], *second = &notes->used[1];
    same->name = list_of(decided->name[0], first->name, 8);
    same->lat = list_of(decided->lat[0], first->lat, 4);
    same->lon = list_of(decided->lon[0], first->lon, 4);
    same->to_name = list_of(decided->name[1], second->name, 8);
    same->to_lat = list_of(decided->lat[1], second->lat, 4);
    same->to_lon = list_of(decided->lon[1], second->lon, 4);
    same->latlon = same->lonlat = NULL;
    const char *both = list_of(decided->both, &first->both, 1);
    *(notes->longitude_first ? &same->lonlat : &same->latlon) = both;
    /* A header that says west or south counts only for columns that are found. */
    if (strstr(notes->columns, " in the west") || strstr(notes->columns, " in the south"))
        return false;
    return both ||
           (same->lat && same->lon && (!notes->two_places || (same->to_lat && same->to_lon)));
}

/* Return true if the input has the word of a first line that names the delimiter: as the first of
 * the lines that are not skipped, it would be one. */
static bool has_separator_line(const struct input *input)
{
    for (size_t i = 0; i + 4 <= input->left; i++)
        if (memcmp(input->at + i, "sep=", 4) == 0)
            return true;
    return false;
}

static void check_decisions(const struct loaded *loaded, const struct input *input,
                            const struct dm_load_options *options)
{
    struct decided decided;
    struct loaded again;
    const struct dm_load_notes *notes = &loaded->notes, *same = &again.notes;
    CLAIM((notes->header_line > 0) == !notes->no_header);
    if (!decide_alike(options, notes, &decided) ||
        (notes->header_line > 1 && has_separator_line(input)))
        return;
    load(input, &decided.options, loaded->places, &again);
    CLAIM(again.status == DM_OK && notes->two_places == same->two_places);
    for (size_t k = 0; k <= notes->two_places; k++)
        claim_same_locations(&loaded->locations[k], &again.locations[k]);
    CLAIM(memcmp(notes->used, same->used, sizeof notes->used) == 0);
    CLAIM(notes->decimal == same->decimal && notes->units_skipped == same->units_skipped);
    CLAIM(notes->header_line == same->header_line && notes->skipped == same->skipped);
    CLAIM(notes->skipped_missing == same->skipped_missing && notes->wrapped == same->wrapped);
    CLAIM(notes->numbered == same->numbered && notes->odd == same->odd);
    free_loaded(&again);
}

/* ---- suggestions ---- */

/* Apply a suggestion. Return false if only a user can, or if it is about another part of the run.
 */
static bool apply(const struct dm_suggestion *suggestion, struct dm_load_options *options)
{
    const char *value = suggestion->value;
    bool planar = strcmp(value, "euclidean") == 0;
    if (!*value && suggestion->field != DM_FIELD_SKIP_INVALID)
        return false;
    switch (suggestion->field) {
    case DM_FIELD_NAME:
        options->name = value;
        return true;
    case DM_FIELD_LAT:
    case DM_FIELD_LON:
        *(suggestion->field == DM_FIELD_LAT ? &options->lat : &options->lon) = value;
        return true;
    case DM_FIELD_TO_NAME:
        options->to_name = value;
        return true;
    case DM_FIELD_TO_LAT:
    case DM_FIELD_TO_LON:
        *(suggestion->field == DM_FIELD_TO_LAT ? &options->to_lat : &options->to_lon) = value;
        return true;
    case DM_FIELD_LATLON:
    case DM_FIELD_LONLAT:
        *(suggestion->field == DM_FIELD_LATLON ? &options->latlon : &options->lonlat) = value;
        return true;
    case DM_FIELD_DELIMITER:
        CLAIM(value[1] == '\0');
        if (options->quote != DM_QUOTE_NO)
            return false; /* it may be in a quoted field only */
        options->delimiter = *value;
        return true;
    case DM_FIELD_QUOTE:
        CLAIM(strcmp(value, "no") == 0 || strcmp(value, "yes") == 0);
        options->quote = *value == 'n' ? DM_QUOTE_NO : DM_QUOTE_YES;
        return true;
    case DM_FIELD_HEADER:
        CLAIM(strcmp(value, "no") == 0 || strcmp(value, "yes") == 0);
        options->header = *value == 'n' ? DM_HEADER_NO : DM_HEADER_YES;
        return true;
    case DM_FIELD_SKIP_INVALID:
        options->skip_invalid = true;
        return true;
    case DM_FIELD_ENCODING:
        if (options->encoding)
            return false; /* the text was encoded twice */
        options->encoding = value;
        return true;
    case DM_FIELD_METRIC:
        CLAIM(planar || strcmp(value, "haversine") == 0);
        options->coordinates = planar ? DM_PLANAR : DM_GEOGRAPHIC;
        options->degrees = !planar;
        return true;
    default:
        return false;
    }
}

/* Apply the suggestions from *first up to the next way out. Return false if that is not possible.
 */
static bool apply_one_way(const struct dm_error *error, unsigned *first,
                          struct dm_load_options *options)
{
    bool good = true;
    unsigned i = *first;
    do {
        good = apply(&error->suggestions[i++], options) && good;
    } while (i < error->suggestion_count && !error->suggestions[i].instead);
    *first = i;
    return good;
}

/* Each way out avoids the error; there may be another one after it. */
static void check_suggestions(const struct loaded *loaded, const struct input *input,
                              const struct dm_load_options *options)
{
    struct loaded again;
    for (unsigned i = 0; i < loaded->error.suggestion_count;) {
        struct dm_load_options changed = *options;
        if (!apply_one_way(&loaded->error, &i, &changed))
            continue;
        load(input, &changed, loaded->places, &again);
        bool useless =
            again.status != DM_OK && strcmp(loaded->error.message, again.error.message) == 0;
        if (useless)
            fprintf(stderr, "suggested in vain: %s=%s: %s\n",
                    dm_field_name(loaded->error.suggestions[i - 1].field),
                    loaded->error.suggestions[i - 1].value, loaded->error.message);
        CLAIM(!useless);
        free_loaded(&again);
    }
}

/* ---- texts in pieces ---- */

/* Everything that was reported about the rows, as numbers that depend on their order. */
struct heard {
    struct dm_record_reader reader;
    uint64_t hash;
};

static void hear(struct heard *heard, const char *bytes, size_t length, uint64_t event)
{
    heard->hash = (heard->hash ^ event ^ heard->reader.line << 8) * UINT64_C(0x9E3779B97F4A7C15);
    for (size_t i = 0; i < length; i++)
        heard->hash = (heard->hash ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001B3);
}

static void hear_field(void *context, const char *text, size_t length, uint64_t lines)
{
    CLAIM(text[length] == '\0');
    hear(context, text, length, 1 + lines * 16);
}

static void hear_misplaced(void *context, const struct dm_error *complaint)
{
    hear(context, complaint->message, strlen(complaint->message), 2);
}

static void hear_row(void *context)
{
    hear(context, "", 0, 3);
}

/* Split a text that comes in pieces, each copied to a block of its own. */
static uint64_t split(const struct input *input, const struct dm_dialect *dialect, size_t piece)
{
    struct heard heard = {.reader = {.field = hear_field,
                                     .misplaced = hear_misplaced,
                                     .end_row = hear_row,
                                     .context = &heard,
                                     .line = 1}};
    struct dm_error error = {.status = DM_OK};
    enum dm_status status = DM_OK;
    struct dm_records *records = dm_records_open(dialect, &heard.reader);
    CLAIM(records);
    for (size_t at = 0; at < input->left && status == DM_OK; at += piece) {
        size_t length = input->left - at < piece ? input->left - at : piece;
        char *copy = malloc(length);
        CLAIM(copy);
        memcpy(copy, input->at + at, length);
        status = dm_records_parse(records, copy, length, &error);
        free(copy);
    }
    if (status == DM_OK)
        status = dm_records_end(records, &error);
    dm_records_close(records);
    hear(&heard, error.message, strlen(error.message), (uint64_t)status);
    return heard.hash;
}

static void check_pieces(const struct input *input, const struct dm_load_options *options)
{
    struct dm_dialect dialect = {options->delimiter ? options->delimiter : ',',
                                 options->quote != DM_QUOTE_NO};
    uint64_t whole = split(input, &dialect, input->left + 1);
    CLAIM(split(input, &dialect, 1) == whole);
    CLAIM(split(input, &dialect, 7) == whole);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size < MODEL_TEXT ? size : MODEL_TEXT};
    size_t places;
    struct dm_load_options options = options_from(&input, &places);
    struct loaded loaded;
    bool foreign =
        is_foreign(&(struct dm_chunk){(char *)(uintptr_t)input.at, input.left}, &options);
    load(&input, &options, places, &loaded);
    if (loaded.status == DM_OK)
        check_decisions(&loaded, &input, &options);
    else
        check_suggestions(&loaded, &input, &options);
    if (!foreign) {
        claim_few(&loaded, &input);
        compare_with_model(&loaded, &input, &options);
        check_pieces(&input, &options);
    }
    if (options.keep_rows)
        check_rows(&loaded, &input, &options, foreign);
    free_loaded(&loaded);
    return 0;
}
