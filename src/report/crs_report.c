#include "report/crs_report.h"

#include "base/text.h"
#include "report/warning.h"
#include "report/wrap.h"

#include <string.h>

/* Write "EPSG:2154, RGF93 v1 / Lambert-93, by ... (accuracy 1 m)". */
static void write_conversion(char *text, size_t size, const struct dm_crs_notes *notes)
{
    size_t used = dm_append(text, size, "%s, by %s (accuracy ", notes->name, notes->operations);
    if (notes->accuracy_m < 0)
        dm_append(text + used, size - used, "unknown)");
    else
        dm_append(text + used, size - used, "%g m)", notes->accuracy_m);
}

/* The module's names are printable. */
void dm_crs_report(FILE *stream, const struct dm_run_options *options,
                   const struct dm_report *report, size_t indent, size_t width)
{
    char conversions[2][sizeof(struct dm_crs_notes)];
    for (size_t i = 0; i < (options->destinations ? 2 : 1) && options->load.crs; i++) {
        char text[sizeof *conversions + 64];
        write_conversion(conversions[i], sizeof *conversions, &report->notes[i].crs);
        if (i == 1 && strcmp(conversions[0], conversions[1]) == 0)
            return;
        dm_append(text, sizeof text, "crs%s: %s", i == 0 ? "" : " of the second file",
                  conversions[i]);
        dm_put_indented(stream, text, indent, width);
    }
}

static FILE *begin_warning(struct dm_warning *warning, FILE *stream, const char *file)
{
    FILE *text = dm_warning_begin(warning, stream);
    dm_put_safely(text, strcmp(file, "-") == 0 ? "standard input" : file);
    return text;
}

/* Warn if some of `count` locations are where the system is not used. */
static void warn_of_area(FILE *stream, const char *file, const struct dm_load_notes *notes,
                         uint64_t count)
{
    struct dm_warning warning;
    char text_far[DM_COUNT_LENGTH];
    const struct dm_load_columns *used = &notes->used[0];
    FILE *text = begin_warning(&warning, stream, file);
    fprintf(text, ": %s location%s far outside the area of %s; is it another system",
            dm_count_text(text_far, notes->crs.far), notes->crs.far == 1 ? " is" : "s are",
            notes->crs.name);
    if (notes->crs.far == count && used->lat[0] > 0 && used->lon[0] > 0 && used->lat[1] == 0)
        fprintf(text, ", or are x and y swapped (try --lat=%u --lon=%u)", used->lon[0],
                used->lat[0]);
    fputs("?", text);
    dm_warning_end(&warning);
}

/* Warn if the coordinates may be far off, or could be better. */
static void warn_of_conversion(FILE *stream, const char *file, const struct dm_load_notes *found,
                               uint64_t locations)
{
    struct dm_warning warning;
    char count[DM_COUNT_LENGTH];
    const struct dm_crs_notes *notes = &found->crs;
    bool unknown = notes->accuracy_m < 0;
    if (*notes->name && notes->far > 0)
        warn_of_area(stream, file, found, locations);
    if (!*notes->name || (!unknown && !*notes->grid))
        return;
    FILE *text = begin_warning(&warning, stream, file);
    if (unknown)
        fprintf(
            text,
            ": the accuracy of the conversion from %s is unknown for %s location%s, which may be "
            "off by hundreds of metres",
            notes->name, dm_count_text(count, notes->uncertain), notes->uncertain == 1 ? "" : "s");
    else
        fprintf(text, ": the conversion from %s is accurate to %g m", notes->name,
                notes->accuracy_m);
    if (*notes->grid)
        fprintf(text, "; with the grid %s it would be %g m (projsync --file %s)", notes->grid,
                notes->grid_accuracy_m, notes->grid);
    else
        fputs("; do they lie in the area of that system?", text);
    dm_warning_end(&warning);
}

/* Warn that the name of the system is only similar to that which was given. */
static void warn_of_name(FILE *stream, const char *given, const struct dm_crs_notes *notes)
{
    struct dm_warning warning;
    char quoted[DM_QUOTED_LENGTH];
    fprintf(dm_warning_begin(&warning, stream),
            "no coordinate system is called %s; %s was taken (projinfo --list-crs shows all)",
            dm_quote(quoted, given, strlen(given)), notes->name);
    dm_warning_end(&warning);
}

void dm_crs_warnings(FILE *stream, const struct dm_run_options *options,
                     const struct dm_report *report)
{
    if (report->notes[0].crs.guessed)
        warn_of_name(stream, options->load.crs, &report->notes[0].crs);
    warn_of_conversion(stream, options->origins, &report->notes[0], report->origins);
    warn_of_conversion(stream, options->destinations, &report->notes[1], report->destinations);
}
