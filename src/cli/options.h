/* options.h - what the command line says, and the table of what it can say. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "cli/choices.h"
#include "cli/environment.h"
#include "report/export.h"
#include "report/terminal.h"

#include <dmatrix/run.h>

#include <stdbool.h>
#include <stddef.h>

enum { DM_LIST_MAX = 32, DM_RUNS_MAX = 100000, DM_OPTIONS_MAX = 80 };

enum dm_action { DM_ACTION_RUN, DM_ACTION_HELP, DM_ACTION_VERSION, DM_ACTION_LIST };

enum dm_origin { DM_NOT_GIVEN, DM_FROM_ENVIRONMENT, DM_FROM_COMMAND_LINE };

/* An option as it was given last. */
struct dm_given {
    enum dm_origin origin;
    const char *value; /* NULL: none */
};

struct dm_options {
    enum dm_action action;
    struct dm_words defaults; /* the words of the environment, which the rest points into */
    struct dm_run_options run;
    bool format_given; /* on the command line */
    bool output_given;
    struct dm_given given[DM_OPTIONS_MAX]; /* by place in dm_option_table */
    bool accuracy;                         /* compare with geodesics instead of writing distances */
    bool dry_run;                          /* say what it would take instead */
    const char *exports[DM_EXPORTS];       /* paths, or NULL */

    bool compare; /* executors, instead of writing distances: these, ended by NULL; none: all */
    const struct dm_executor_ops *executors[DM_LIST_MAX + 1];
    unsigned threads[DM_LIST_MAX];
    size_t thread_counts;
    uint64_t grains[DM_LIST_MAX];
    size_t grain_counts;
    unsigned runs, warmup;

    enum dm_when colour, progress;
    bool quiet, verbose;
};

/* The groups that --help shows the options in. */
enum dm_option_group {
    DM_GROUP_INPUT,
    DM_GROUP_DISTANCE,
    DM_GROUP_OUTPUT,
    DM_GROUP_EXECUTION,
    DM_GROUP_COMPARISON,
    DM_GROUP_REPORTING,
    DM_GROUP_COUNT
};

/* What an option does with its value. */
enum dm_option_kind {
    DM_OPTION_SET,   /* calls `set` */
    DM_OPTION_TEXT,  /* keeps it, a const char *, at offset `place` in struct dm_options */
    DM_OPTION_FILE,  /* likewise; it is the path of a file */
    DM_OPTION_WORD,  /* it is one of `words`: sets the enum at offset `place` to which of them */
    DM_OPTION_FLAG,  /* it has none: sets the bool at offset `place` */
    DM_OPTION_ACTION /* it has none: what is to be done is the enum dm_action `place` */
};

/* One option. The table of them is all there is to know about options: parsing, --help, the
 * suggestions for misspelt ones, the completions of shells and the manual page come from it. */
struct dm_option {
    const char *name;     /* without the dashes */
    char letter;          /* its short form, or 0 */
    const char *argument; /* as --help names it, or NULL: it takes none; in [] where it may be left
                           * out, and the value is NULL then */
    enum dm_option_group group;
    const char *help;
    enum dm_option_kind kind;
    size_t place, size; /* of what it sets in struct dm_options, in bytes */
    enum dm_status (*set)(struct dm_options *options, const char *value, struct dm_error *error);
    enum dm_field field; /* of the library's options that it sets; DM_FIELD_NONE: none */

    /* What can stand behind the =, as far as it is known beforehand: words ended by NULL, or the
     * names in a registry, the place-th of which `choice` tells. */
    const char *const *words;
    struct dm_choice (*choice)(size_t place);
    bool list; /* of such values, with commas between */
};

/* The place-th of the words that can stand behind the =; its name is NULL after the last. */
struct dm_choice dm_option_choice(const struct dm_option *option, size_t place);

/* Return whether it is an option of formats: some of them use it, and the others refuse it. */
bool dm_option_is_of_format(const struct dm_option *option);

/* Whether the value may be left out: --compare, --compare=pool. */
bool dm_option_value_is_optional(const struct dm_option *option);

extern const struct dm_option dm_option_table[]; /* ended by a NULL name */
extern const char *const dm_option_group_names[DM_GROUP_COUNT];

#endif
