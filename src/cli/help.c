#include "cli/help.h"

#include "base/text.h"
#include "cli/choices.h"
#include "cli/options.h"
#include "report/terminal.h"

#include <dmatrix/dmatrix.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *command, *meaning;
} examples[] = {
    {"dmatrix cities.csv -o distances.csv", "every pair, a line each, in km"},
    {"dmatrix cities.csv --format=matrix --unit=mi", "a square table, in miles"},
    {"dmatrix depots.csv customers.csv", "every depot to every customer"},
    {"dmatrix cities.csv --compare",
     "which executor is fastest, and where the time of the others goes"},
};

static const char usage[] = "Usage: dmatrix [OPTION]... LOCATIONS.csv [DESTINATIONS.csv]";

/* Narrow lines have no columns: what belongs to a word stands below it. */
static bool is_narrow(size_t width)
{
    enum { NARROW = 60 };
    return width < NARROW;
}

static size_t column_for(size_t column, size_t width)
{
    enum { STACKED = 4 };
    return is_narrow(width) ? STACKED : column;
}

static void print_paragraph(FILE *stream, const char *text, size_t width)
{
    fputc('\n', stream);
    dm_put_wrapped(stream, text, 0, width);
}

/* The command begins at column 2, and is not wrapped: it is there to be copied. */
static void print_example(FILE *stream, size_t i, bool meaning, size_t width)
{
    size_t indent = column_for(6, width);
    fprintf(stream, "  %s\n", examples[i].command);
    if (!meaning)
        return;
    dm_put_indented(stream, examples[i].meaning, indent, width);
}

void dm_usage_print(void)
{
    enum { FEW = 3 };
    size_t width = dm_line_width(STDERR_FILENO);
    dm_put_wrapped(stderr, "dmatrix computes the distances between locations in a CSV file.", 0,
                   width);
    print_paragraph(stderr, usage, width);
    fputc('\n', stderr);
    for (size_t i = 0; i < FEW; i++)
        print_example(stderr, i, false, width);
    print_paragraph(stderr, "dmatrix --help tells the rest.", width);
}

static void print_option(const struct dm_option *option, size_t width)
{
    enum { COLUMN = 26 };
    char words[64];
    char letter[] = {'-', option->letter, ',', ' ', '\0'};
    const char *argument = option->argument ? option->argument : "";
    bool optional = dm_option_value_is_optional(option);
    const char *before = option->letter ? letter : is_narrow(width) ? "" : "    ";
    snprintf(words, sizeof words, "  %s--%s%s%s", before, option->name,
             optional    ? "[="
             : *argument ? "="
                         : "",
             argument + optional);
    dm_put_labelled(stdout, words, option->help, column_for(COLUMN, width), width);
}

static void print_head(size_t width)
{
    dm_put_wrapped(stdout, usage, 0, width);
    print_paragraph(stdout,
                    "Computes the distance of every pair of the locations in a CSV file, or of "
                    "every origin to every destination of two, and prints how long each phase "
                    "took. A file named - is standard input.",
                    width);
    fputs("\nExamples:\n", stdout);
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        print_example(stdout, i, true, width);
}

static void print_tail(size_t width)
{
    print_paragraph(stdout,
                    "DMATRIX_ISA in the environment chooses an instruction set that --list shows, "
                    "and DMATRIX_OPTIONS='--unit=mi -q' sets default options, which yield to those "
                    "given.",
                    width);
    print_paragraph(stdout,
                    "Exit status: 0 done; 1 bad data or failed input or output; 2 wrong usage; 130 "
                    "interrupted; 141 the reader of a pipe has gone. Unless it is 0, no file is "
                    "left or changed; but where just the file of an --export option cannot be "
                    "written, the distances are there. A temporary file, dmatrix-unfinished-..., "
                    "is left only where it cannot be removed: after kill -9 or a crash, or in a "
                    "folder that was renamed meanwhile or is append-only.",
                    width);
}

void dm_help_print(void)
{
    size_t width = dm_line_width(STDOUT_FILENO);
    print_head(width);
    for (int group = 0; group < DM_GROUP_COUNT; group++) {
        printf("\n%s:\n", dm_option_group_names[group]);
        for (const struct dm_option *option = dm_option_table; option->name; option++)
            if (option->group == (enum dm_option_group)group)
                print_option(option, width);
    }
    print_tail(width);
}

void dm_version_print(void)
{
    printf("dmatrix %s\n", DM_VERSION);
}

/* In lines as long as they are where no person reads them. */
static size_t list_width(void)
{
    enum { ANY = 10000 };
    return isatty(STDOUT_FILENO) || dm_columns_told() > 0 ? dm_line_width(STDOUT_FILENO) : ANY;
}

static void print_entry(const char *name, const char *summary)
{
    enum { COLUMN = 19 };
    char label[64];
    size_t width = list_width();
    snprintf(label, sizeof label, "  %s", name);
    dm_put_labelled(stdout, label, summary, column_for(COLUMN, width), width);
}

static void print_choices(const char *title, struct dm_choice (*choice)(size_t place))
{
    puts(title);
    for (size_t place = 0; choice(place).name; place++)
        print_entry(choice(place).name, choice(place).summary);
}

static void print_isa(const struct dm_isa *isa, bool chosen)
{
    char summary[128];
    snprintf(summary, sizeof summary, "%s: %s", isa->summary,
             chosen        ? "in use"
             : isa->here() ? "here too"
                           : "not on this machine");
    print_entry(isa->name, summary);
}

static void print_isas(const char *wish)
{
    const struct dm_isa *chosen = NULL;
    dm_isa_choose(wish, &chosen, NULL);
    puts("\nInstruction sets:");
    for (const struct dm_isa *const *isa = dm_isas(); *isa; isa++)
        print_isa(*isa, *isa == chosen);
}

void dm_list_print(const char *isa)
{
    print_choices("Metrics:", dm_metric_choice);
    print_choices("\nExecutors:", dm_executor_choice);
    print_choices("\nFormats:", dm_format_choice);
    print_choices("\nShapes:", dm_shape_choice);
    print_choices("\nUnits:", dm_unit_choice);
    print_choices("\nEllipsoids:", dm_ellipsoid_choice);
    print_isas(isa);
}
