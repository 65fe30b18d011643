#include "cli/help.h"

#include "base/text.h"
#include "cli/choices.h"
#include "cli/options.h"
#include "report/terminal.h"
#include "report/wrap.h"

#include <dmatrix/dmatrix.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *command, *meaning;
} examples[] = {
    {"dmatrix cities.csv -o distances.csv", "all pairs, one per line, in km"},
    {"dmatrix cities.csv --format=matrix --unit=mi", "as a square table, in miles"},
    {"dmatrix depots.csv customers.csv", "from every depot to every customer"},
    {"dmatrix customers.csv depots.csv --nearest=1", "the nearest depot of each customer"},
    {"dmatrix cities.csv --compare", "time the executors and explain the differences"},
};

static const char usage[] = "Usage: dmatrix [OPTION]... LOCATIONS.csv [DESTINATIONS.csv]";

static void print_paragraph(FILE *stream, const char *text, size_t width)
{
    fputc('\n', stream);
    dm_put_wrapped(stream, text, 0, width);
}

/* The command is not wrapped, so that it can be copied. */
static void print_example(FILE *stream, size_t i, bool meaning, size_t width)
{
    enum { INDENT = 6 };
    fprintf(stream, "  %s\n", examples[i].command);
    if (meaning)
        dm_put_indented(stream, examples[i].meaning, INDENT, width);
}

void dm_usage_print(void)
{
    enum { FEW = 3 };
    size_t width = dm_line_width(STDERR_FILENO);
    dm_put_wrapped(stderr, "dmatrix computes the distances between the places in a CSV file.", 0,
                   width);
    print_paragraph(stderr, usage, width);
    fputc('\n', stderr);
    for (size_t i = 0; i < FEW; i++)
        print_example(stderr, i, false, width);
    print_paragraph(stderr, "Try dmatrix --help for all options.", width);
}

static void append_choices(char *text, size_t size, const struct dm_option *option)
{
    size_t used = strlen(text);
    struct dm_choice choice;
    for (size_t i = 0; (choice = dm_option_choice(option, i)).name; i++)
        used +=
            dm_append(text + used, size - used, "%s%s", i == 0 ? "; one of " : ", ", choice.name);
}

static void print_option(const struct dm_option *option, size_t width)
{
    enum { COLUMN = 26 };
    char words[64], help[512];
    char letter[] = {'-', option->letter, ',', ' ', '\0'};
    const char *argument = option->argument ? option->argument : "";
    bool optional = dm_option_value_is_optional(option);
    const char *before = option->letter ? letter : "    ";
    snprintf(words, sizeof words, "  %s--%s%s%s", before, option->name,
             optional    ? "[="
             : *argument ? "="
                         : "",
             argument + optional);
    snprintf(help, sizeof help, "%s", option->help);
    if (dm_option_has_few_choices(option))
        append_choices(help, sizeof help, option);
    dm_put_labelled(stdout, words, help, COLUMN, width);
}

static void print_head(size_t width)
{
    dm_put_wrapped(stdout, usage, 0, width);
    print_paragraph(stdout,
                    "Compute the distances between the places in a CSV file, or from the places "
                    "in one file to those in another, in straight lines or by road, and report "
                    "how long each phase took. Use - to read standard input.",
                    width);
    fputs("\nExamples:\n", stdout);
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        print_example(stdout, i, true, width);
}

static void print_tail(size_t width)
{
    print_paragraph(stdout,
                    "Environment: DMATRIX_OPTIONS='--unit=mi -q' sets default options, which the "
                    "command line overrides; DMATRIX_ISA selects an instruction set from --list.",
                    width);
    print_paragraph(
        stdout,
        "Exit status: 0 success; 1 bad data, or an input or output error; 2 wrong "
        "usage; 130 interrupted; 141 the reader of a pipe ended early. On failure no "
        "output file is created or changed, except that the distances are complete if an "
        "export fails after them. After kill -9 or a crash, a temporary file named "
        "dmatrix-unfinished-... can be left behind.",
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

/* Entries that go to a file or a program stay in one line. */
static size_t list_width(void)
{
    enum { ANY = 10000 };
    return dm_table_columns(STDOUT_FILENO) > 0 ? dm_line_width(STDOUT_FILENO) : ANY;
}

static void print_entry(const char *name, const char *summary)
{
    enum { COLUMN = 19 };
    char label[64];
    size_t width = list_width();
    snprintf(label, sizeof label, "  %s", name);
    dm_put_labelled(stdout, label, summary, COLUMN, width);
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
             : isa->here() ? "available"
                           : "not available on this machine");
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
