#include "cli/help.h"

#include "base/text.h"
#include "cli/options.h"

#include <dmatrix/dmatrix.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const char head[] =
    "Usage: dmatrix [OPTION]... LOCATIONS.csv [DESTINATIONS.csv]\n"
    "\n"
    "Computes the distance of every pair of the locations in a CSV file, or of every\n"
    "origin to every destination of two, and prints how long each phase took.\n"
    "A file named - is standard input.\n"
    "\n"
    "Examples:\n"
    "  dmatrix cities.csv -o distances.csv\n"
    "      every pair, a line each, in km\n"
    "  dmatrix cities.csv --format=matrix --unit=mi\n"
    "      a square table, in miles\n"
    "  dmatrix depots.csv customers.csv\n"
    "      every depot to every customer\n"
    "  dmatrix cities.csv --compare\n"
    "      which executor is fastest, and where the time of the others goes\n";

static const char tail[] =
    "\n"
    "DMATRIX_ISA in the environment chooses an instruction set that --list shows, and\n"
    "DMATRIX_OPTIONS='--unit=mi -q' sets default options, which yield to those given.\n"
    "\n"
    "Exit status: 0 done; 1 bad data or failed input or output; 2 wrong usage; 130\n"
    "interrupted; 141 the reader of a pipe has gone. Unless it is 0, no file is left\n"
    "or changed (only kill -9 leaves one, called dmatrix-unfinished-...); but where\n"
    "just the file of an --export option cannot be written, the distances are there.\n";

enum { HELP_COLUMN = 26, HELP_WIDTH = 79 };

static void print_option(const struct dm_option *option)
{
    char words[64];
    char letter[] = {'-', option->letter, ',', ' ', '\0'};
    const char *argument = option->argument ? option->argument : "";
    bool optional = dm_option_value_is_optional(option);
    snprintf(words, sizeof words, "%s--%s%s%s", option->letter ? letter : "    ", option->name,
             optional    ? "[="
             : *argument ? "="
                         : "",
             argument + optional);
    printf("  %-*s", HELP_COLUMN - 2, words);
    if (strlen(words) > HELP_COLUMN - 3)
        printf("\n%*s", HELP_COLUMN, "");
    dm_put_wrapped(stdout, option->help, HELP_COLUMN, HELP_WIDTH);
}

void dm_usage_print(void)
{
    fputs("dmatrix computes the distances between locations in a CSV file.\n"
          "\n"
          "Usage: dmatrix [OPTION]... LOCATIONS.csv [DESTINATIONS.csv]\n"
          "\n"
          "  dmatrix cities.csv -o distances.csv\n"
          "  dmatrix cities.csv --format=matrix --unit=mi\n"
          "  dmatrix depots.csv customers.csv\n"
          "\n"
          "dmatrix --help tells the rest.\n",
          stderr);
}

void dm_help_print(void)
{
    fputs(head, stdout);
    for (int group = 0; group < DM_GROUP_COUNT; group++) {
        printf("\n%s:\n", dm_option_group_names[group]);
        for (const struct dm_option *option = dm_option_table; option->name; option++)
            if (option->group == (enum dm_option_group)group)
                print_option(option);
    }
    fputs(tail, stdout);
}

void dm_version_print(void)
{
    printf("dmatrix %s\n", DM_VERSION);
}

/* Entries of every registry have a name and a summary, but no type in common. */
#define PRINT_REGISTRY(title, type, list)                                                          \
    do {                                                                                           \
        puts(title ":");                                                                           \
        for (const type *const *entry = list; *entry; entry++)                                     \
            printf("  %-15s  %s\n", (*entry)->name, (*entry)->summary);                            \
    } while (0)

static void print_ellipsoids(void)
{
    puts("\nEllipsoids:");
    for (const struct dm_ellipsoid *entry = dm_ellipsoids(); entry->name; entry++)
        printf("  %-15s  %s\n", entry->name, entry->summary);
}

static void print_isas(const char *wish)
{
    const struct dm_isa *chosen = NULL;
    dm_isa_choose(wish, &chosen, NULL);
    puts("\nInstruction sets:");
    for (const struct dm_isa *const *isa = dm_isas(); *isa; isa++)
        printf("  %-15s  %s%s\n", (*isa)->name, (*isa)->summary,
               *isa == chosen   ? ": in use"
               : (*isa)->here() ? ": here too"
                                : ": not on this machine");
}

void dm_list_print(const char *isa)
{
    PRINT_REGISTRY("Metrics", struct dm_metric, dm_metrics());
    PRINT_REGISTRY("\nExecutors", struct dm_executor_ops, dm_executors());
    PRINT_REGISTRY("\nFormats", struct dm_format, dm_formats());
    PRINT_REGISTRY("\nShapes", struct dm_shape, dm_shapes());
    PRINT_REGISTRY("\nUnits", struct dm_unit, dm_units());
    print_ellipsoids();
    print_isas(isa);
}
