#include "testing/snippets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the outcome as a text ---- */

enum { OUTCOME_LENGTH = 8 * DM_ERROR_LENGTH };

struct outcome {
    char text[OUTCOME_LENGTH];
    size_t used;
};

static void add(struct outcome *outcome, const char *format, ...) DM_PRINTF(2, 3);

static void add(struct outcome *outcome, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(outcome->text + outcome->used, sizeof outcome->text - outcome->used,
                           format, arguments);
    va_end(arguments);
    assert_true(length >= 0 && outcome->used + (size_t)length < sizeof outcome->text);
    outcome->used += (size_t)length;
}

static void add_places(struct outcome *outcome, const struct dm_locations *locations)
{
    bool planar = locations->coordinates == DM_PLANAR;
    for (size_t i = 0; i < locations->count; i++) {
        size_t length;
        const char *name = dm_location_name(locations, i, &length);
        add(outcome, "%s%.*s %.10g %.10g", i > 0 ? "; " : "", (int)length, name,
            planar ? locations->x_m[i] : locations->lat_deg[i],
            planar ? locations->y_m[i] : locations->lon_deg[i]);
    }
}

static void add_delimiter(struct outcome *outcome, char delimiter)
{
    if (delimiter == '\t')
        add(outcome, ", tab");
    else if (delimiter == ' ')
        add(outcome, ", blanks");
    else if (delimiter != ',')
        add(outcome, ", %c", delimiter);
}

static void add_layout(struct outcome *outcome, const struct dm_load_notes *notes)
{
    add_delimiter(outcome, notes->delimiter);
    if (notes->decimal == ',')
        add(outcome, ", decimal commas");
    if (notes->literal_quotes)
        add(outcome, ", literal quotes");
    if (notes->no_header)
        add(outcome, ", no header");
    if (notes->header_skipped)
        add(outcome, ", header taken for one");
    if (notes->header_line > 1)
        add(outcome, ", header in line %d", (int)notes->header_line);
    if (notes->skipped_above > 0)
        add(outcome, ", %d above", (int)notes->skipped_above);
    if (notes->row_names)
        add(outcome, ", row names");
    if (notes->units_skipped)
        add(outcome, ", units");
    if (notes->order_assumed)
        add(outcome, ", order assumed");
    if (notes->longitude_first)
        add(outcome, ", longitude first");
}

static void add_counts(struct outcome *outcome, const struct dm_load_notes *notes)
{
    if (*notes->not_names)
        add(outcome, ", %s instead of %s", notes->names, notes->not_names);
    if (notes->skipped > 0)
        add(outcome, ", skipped %zu (%zu missing)", notes->skipped, notes->skipped_missing);
    if (notes->wrapped > 0)
        add(outcome, ", wrapped %zu", notes->wrapped);
    if (notes->numbered > 0)
        add(outcome, ", numbered %zu", notes->numbered);
    if (notes->repeated > 0)
        add(outcome, ", repeated %zu: %s", notes->repeated, notes->repeated_name);
    if (notes->not_utf8 > 0)
        add(outcome, ", not UTF-8 %zu: %s", notes->not_utf8, notes->not_utf8_name);
    if (notes->odd & DM_ODD_ZEROS)
        add(outcome, ", zeros %zu", notes->zeros);
    if (notes->odd & DM_ODD_RADIANS)
        add(outcome, ", radians");
    if (notes->odd & DM_ODD_EQUAL)
        add(outcome, ", equal");
    if (notes->odd & DM_ODD_TURNS)
        add(outcome, ", turns");
}

/* Write the message from the name of the file on, and the suggestions: [load.lat=3 | crs=]. */
static void add_error(struct outcome *outcome, const struct dm_error *error)
{
    const char *at = strstr(error->message, "x.csv");
    add(outcome, "%s", at ? at : error->message);
    for (unsigned i = 0; i < error->suggestion_count; i++) {
        const struct dm_suggestion *suggestion = &error->suggestions[i];
        add(outcome, "%s%s=%s",
            i == 0                ? " ["
            : suggestion->instead ? " | "
                                  : " ",
            dm_field_name(suggestion->field), suggestion->value);
    }
    add(outcome, "%s", error->suggestion_count > 0 ? "]" : "");
}

static void describe(struct outcome *outcome, const char *path,
                     const struct dm_load_options *options, bool two)
{
    struct dm_locations locations[2] = {0};
    struct dm_load_notes notes;
    struct dm_error error = {0};
    enum dm_status status = two ? dm_load_places(path, options, locations, &notes, &error)
                                : dm_load_csv(path, options, &locations[0], &notes, &error);
    if (status == DM_OK) {
        add_places(outcome, &locations[0]);
        if (locations[1].count > 0)
            add(outcome, " -> ");
        add_places(outcome, &locations[1]);
        add(outcome, " | %s", notes.columns);
        add_layout(outcome, &notes);
        add_counts(outcome, &notes);
    } else {
        assert_int_equal(locations[0].count, 0);
        add_error(outcome, &error);
    }
    dm_locations_free(&locations[0]);
    dm_locations_free(&locations[1]);
}

/* ---- snippets as files ---- */

static const char *written_to; /* the folder that snippets are written to instead of being loaded */

static void put_option(FILE *file, const char *name, const char *value)
{
    if (value)
        fprintf(file, " '--%s=%s'", name, value);
}

/* Write the options as words for a shell. */
static void put_options(FILE *file, const struct dm_load_options *options)
{
    static const char *const quotes[] = {NULL, "yes", "no"};
    char delimiter[] = {options->delimiter, '\0'};
    put_option(file, "name", options->name);
    put_option(file, "lat", options->lat);
    put_option(file, "lon", options->lon);
    put_option(file, "latlon", options->latlon);
    put_option(file, "lonlat", options->lonlat);
    put_option(file, "encoding", options->encoding);
    put_option(file, "quote", quotes[options->quote]);
    put_option(file, "delimiter", *delimiter == ' ' ? "space" : *delimiter ? delimiter : NULL);
    if (options->skip_rows > 0)
        fprintf(file, " --skip-rows=%d", (int)options->skip_rows);
    if (options->skip_invalid)
        fprintf(file, " --skip-invalid");
    if (options->coordinates == DM_PLANAR)
        fprintf(file, " --metric=euclidean");
    else if (options->degrees)
        fprintf(file, " --metric=haversine");
}

/* Write a snippet as NUMBER.csv, and the options of a command as NUMBER.options. */
static void write_snippet(const struct snippet *snippet)
{
    static unsigned number;
    char name[32];
    snprintf(name, sizeof name, "%03u.csv", ++number);
    char *path = path_in(written_to, name);
    write_file(path, snippet->text, snippet->length ? snippet->length : strlen(snippet->text));
    free(path);
    snprintf(name, sizeof name, "%03u.options", number);
    path = path_in(written_to, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    put_options(file, &snippet->options);
    assert_int_equal(fclose(file), 0);
    free(path);
}

/* ---- checking ---- */

void check_snippets(const struct snippet *snippets, size_t count)
{
    for (size_t i = 0; written_to && i < count; i++)
        write_snippet(&snippets[i]);
    if (written_to)
        return;
    char *folder = make_folder(), *path = path_in(folder, "x.csv");
    size_t failures = 0;
    for (size_t i = 0; i < count; i++) {
        const struct snippet *snippet = &snippets[i];
        struct outcome outcome = {.used = 0};
        write_file(path, snippet->text, snippet->length ? snippet->length : strlen(snippet->text));
        describe(&outcome, path, &snippet->options, snippet->two);
        if (strcmp(outcome.text, snippet->wanted) == 0)
            continue;
        print_error("%s:\n%s\n... gives   %s\n... not     %s\n\n", snippet->what, snippet->text,
                    outcome.text, snippet->wanted);
        failures++;
    }
    free(path);
    remove_folder(folder);
    assert_int_equal(failures, 0);
}

void take_folder(int argc, char **argv)
{
    written_to = argc > 1 ? argv[1] : NULL;
}
