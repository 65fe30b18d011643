#include "report/input_report.h"

#include "base/text.h"
#include "report/warning.h"
#include "report/wrap.h"

#include <stdarg.h>
#include <string.h>

static size_t files_of(const struct dm_run_options *options)
{
    return options->destinations ? 2 : 1;
}

/* Return " of the second file" where that must be said. */
static const char *of_file(size_t file)
{
    return file == 0 ? "" : " of the second file";
}

/* ---- what may surprise ---- */

struct lines {
    FILE *stream;
    size_t file, width;
};

static void put_line(const struct lines *lines, const char *format, ...) DM_PRINTF(2, 3);

static void put_line(const struct lines *lines, const char *format, ...)
{
    char text[1024];
    size_t used = dm_append(text, sizeof text, "%s", lines->file == 0 ? "" : "second file: ");
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + used, sizeof text - used, format, arguments);
    va_end(arguments);
    dm_put_wrapped(lines->stream, text, 0, lines->width);
}

static void put_rows(const struct lines *lines, const struct dm_load_notes *notes)
{
    char count[DM_COUNT_LENGTH];
    const char *above = notes->no_header ? "data" : "header";
    if (notes->skipped_above > 0)
        put_line(lines, "skipped %s row%s above the %s", dm_count_text(count, notes->skipped_above),
                 notes->skipped_above == 1 ? "" : "s", above);
    if (notes->units_skipped)
        put_line(lines, "skipped the row of units below the header");
    if (notes->row_names)
        put_line(lines, "the header has one column less than the rows: the first has row names");
    if (notes->two_places)
        put_line(lines, "each row has two places; columns: %s", notes->columns);
    else if (notes->no_header)
        put_line(lines, "there is no header; columns: %s", notes->columns);
}

static void put_names(const struct lines *lines, const struct dm_load_notes *notes)
{
    char count[DM_COUNT_LENGTH];
    bool one = notes->numbered == 1;
    if (*notes->not_names)
        put_line(lines, "names are from column %s, because those in %s repeat", notes->names,
                 notes->not_names);
    if (notes->numbered > 0)
        put_line(lines, "%s name%s blank: %s row number%s used instead",
                 dm_count_text(count, notes->numbered), one ? " is" : "s are",
                 one ? "the" : "their", one ? " is" : "s are");
}

static void put_coordinates(const struct lines *lines, const struct dm_load_notes *notes)
{
    char count[DM_COUNT_LENGTH];
    if (notes->wrapped > 0)
        put_line(lines, "%s longitude%s above 180: 360 was subtracted",
                 dm_count_text(count, notes->wrapped), notes->wrapped == 1 ? " is" : "s are");
    if (notes->order_assumed)
        put_line(lines, "column %s is read as %s (if it is not: --%s=COL)", notes->both,
                 notes->longitude_first ? "longitude, latitude" : "latitude, longitude",
                 notes->longitude_first ? "latlon" : "lonlat");
}

void dm_input_notes(FILE *stream, const struct dm_run_options *options,
                    const struct dm_report *report, size_t width)
{
    for (size_t i = 0; i < files_of(options); i++) {
        const struct lines lines = {stream, i, width};
        put_rows(&lines, &report->notes[i]);
        put_names(&lines, &report->notes[i]);
        put_coordinates(&lines, &report->notes[i]);
    }
}

/* ---- details ---- */

static const char *delimiter_text(char delimiter)
{
    return delimiter == ','    ? "comma"
           : delimiter == ';'  ? "semicolon"
           : delimiter == '\t' ? "tab"
           : delimiter == ' '  ? "blanks"
           : delimiter == '|'  ? "vertical bar"
                               : NULL;
}

/* The headers in the notes are quoted already, so they are safe for a terminal. */
void dm_input_columns(FILE *stream, const struct dm_run_options *options,
                      const struct dm_report *report, size_t indent, size_t width)
{
    for (size_t i = 0; i < files_of(options); i++) {
        const struct dm_load_notes *notes = &report->notes[i];
        const char *delimiter = delimiter_text(notes->delimiter);
        char text[sizeof notes->columns + 256], own[] = {'"', notes->delimiter, '"', '\0'};
        dm_append(text, sizeof text, "columns%s: %s", of_file(i), notes->columns);
        dm_put_indented(stream, text, indent, width);
        size_t used = dm_append(text, sizeof text, "delimiter%s: %s", of_file(i),
                                delimiter ? delimiter : own);
        if (notes->header_line > 0)
            used += dm_append(text + used, sizeof text - used, "; header in line %llu",
                              (unsigned long long)notes->header_line);
        if (notes->decimal == ',')
            used += dm_append(text + used, sizeof text - used, "; decimal commas");
        if (notes->literal_quotes)
            dm_append(text + used, sizeof text - used, "; quotes are characters like any other");
        dm_put_indented(stream, text, indent, width);
    }
}

/* ---- warnings ---- */

static void warn_of_header(FILE *stream, const char *file, const struct dm_load_notes *notes)
{
    struct dm_warning warning;
    if (!notes->header_skipped)
        return;
    FILE *text = dm_warning_begin(&warning, stream);
    fputs("the first row of ", text);
    dm_put_safely(text, strcmp(file, "-") == 0 ? "standard input" : file);
    fputs(" is taken as a header, because its coordinates are not numbers (if it is not: "
          "--header=no)",
          text);
    dm_warning_end(&warning);
}

static void warn_of_skipped(FILE *stream, const struct dm_load_notes *notes)
{
    struct dm_warning warning;
    char count[DM_COUNT_LENGTH], missing[DM_COUNT_LENGTH];
    if (notes->skipped == 0)
        return;
    FILE *text = dm_warning_begin(&warning, stream);
    fprintf(text, "%s row%s skipped", dm_count_text(count, notes->skipped),
            notes->skipped == 1 ? "" : "s");
    if (notes->skipped_missing > 0 && notes->skipped > 1)
        fprintf(text, " (%s without coordinates)", dm_count_text(missing, notes->skipped_missing));
    fputs(", the first: ", text);
    dm_put_safely(text, notes->first_skipped);
    dm_warning_end(&warning);
}

/* Warn of names that do not tell places apart, or are in another encoding, in an output that has
 * them. */
static void warn_of_names(FILE *stream, const struct dm_load_notes *notes, size_t file)
{
    struct dm_warning warning;
    char count[DM_COUNT_LENGTH];
    if (notes->repeated > 0) {
        FILE *text = dm_warning_begin(&warning, stream);
        fprintf(text,
                "%s location%s%s the name of an earlier one, such as %s (--name=COL chooses other "
                "columns)",
                dm_count_text(count, notes->repeated), notes->repeated == 1 ? "" : "s",
                notes->repeated == 1 ? " has" : " have", notes->repeated_name);
        dm_warning_end(&warning);
    }
    if (notes->not_utf8 > 0) {
        FILE *text = dm_warning_begin(&warning, stream);
        fprintf(text,
                "%s name%s%s not UTF-8, such as %s (for a file of Windows: "
                "--encoding=WINDOWS-1252)",
                dm_count_text(count, notes->not_utf8), of_file(file),
                notes->not_utf8 == 1 ? " is" : "s are", notes->not_utf8_name);
        dm_warning_end(&warning);
    }
}

static void warn_of_odd(FILE *stream, const struct dm_load_notes *notes, size_t file)
{
    static const struct {
        enum dm_oddity bit;
        const char *text;
    } oddities[] = {
        {DM_ODD_RADIANS, "all coordinates%s are within pi/2 and pi, as radians are; degrees are "
                         "expected"},
        {DM_ODD_EQUAL,
         "latitude and longitude%s are equal in every row; is a column chosen twice?"},
        {DM_ODD_TURNS, "longitudes%s are partly negative and partly above 180; both are read, as "
                       "they are and less 360"},
    };
    struct dm_warning warning;
    char count[DM_COUNT_LENGTH];
    if (notes->odd & DM_ODD_ZEROS) {
        fprintf(dm_warning_begin(&warning, stream),
                "%s locations%s are at 0, 0; are their coordinates missing?",
                dm_count_text(count, notes->zeros), of_file(file));
        dm_warning_end(&warning);
    }
    for (size_t i = 0; i < sizeof oddities / sizeof *oddities; i++) {
        if (!(notes->odd & oddities[i].bit))
            continue;
        char line[256];
        const char *mark = strstr(oddities[i].text, "%s");
        snprintf(line, sizeof line, "%.*s%s%s", (int)(mark - oddities[i].text), oddities[i].text,
                 of_file(file), mark + 2);
        fputs(line, dm_warning_begin(&warning, stream));
        dm_warning_end(&warning);
    }
}

void dm_input_warnings(FILE *stream, const struct dm_run_options *options,
                       const struct dm_report *report)
{
    bool has_names = options->format->uses & DM_FIELD_BIT(DM_FIELD_SAFE_CSV);
    for (size_t i = 0; i < files_of(options); i++) {
        const struct dm_load_notes *notes = &report->notes[i];
        warn_of_header(stream, i == 0 ? options->origins : options->destinations, notes);
        warn_of_skipped(stream, notes);
        if (has_names && report->bytes > 0)
            warn_of_names(stream, notes, i);
        warn_of_odd(stream, notes, i);
    }
}
