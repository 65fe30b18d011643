/* options.h - the options of a run, and the table of all options. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "base/team.h"
#include "cli/choices.h"
#include "cli/environment.h"
#include "report/export.h"
#include "report/terminal.h"

#include <dmatrix/run.h>

#include <stdbool.h>
#include <stddef.h>

enum { DM_LIST_MAX = 32, DM_RUNS_MAX = 100000, DM_OPTIONS_MAX = 90, DM_KEY_HEADER = 1024 };

enum dm_action { DM_ACTION_RUN, DM_ACTION_HELP, DM_ACTION_VERSION, DM_ACTION_LIST, DM_ACTION_JOIN };

enum dm_origin { DM_NOT_GIVEN, DM_FROM_ENVIRONMENT, DM_FROM_COMMAND_LINE };

/* An option as it was given last. */
struct dm_given {
    enum dm_origin origin;
    const char *value; /* NULL: none */
};

struct dm_options {
    enum dm_action action;
    struct dm_team *team;     /* that shares the run; NULL: this process alone */
    struct dm_words defaults; /* the words of the environment, which the rest points into */
    struct dm_run_options run;
    struct dm_road_options road; /* run.road points here if --metric=road was given */
    bool by_road;
    const char *extras[DM_LIST_MAX];
    char key_header[DM_KEY_HEADER]; /* from the environment */
    bool within_time;               /* --within is a time: 10min */
    bool format_given;              /* on the command line */
    bool output_given;
    struct dm_given given[DM_OPTIONS_MAX]; /* by place in dm_option_table */
    bool accuracy;                         /* compare with geodesics; write no distances */
    bool dry_run;                          /* estimate; write nothing */
    bool manifest;                         /* describe the part in a file beside it */
    const char *exports[DM_EXPORTS];       /* paths, or NULL */

    char *const *parts; /* paths of the parts to join */
    size_t part_count;

    bool compare; /* time these executors, ended by NULL (none: all); write no distances */
    const struct dm_executor_ops *executors[DM_LIST_MAX + 1];
    unsigned threads[DM_LIST_MAX];
    size_t thread_counts;
    uint64_t grains[DM_LIST_MAX];
    size_t grain_counts;
    unsigned runs, warmup;

    enum dm_when colour, progress;
    bool quiet, verbose;
};

/* The groups of options in --help. */
enum dm_option_group {
    DM_GROUP_INPUT,
    DM_GROUP_DISTANCE,
    DM_GROUP_ROAD,
    DM_GROUP_SEARCH,
    DM_GROUP_OUTPUT,
    DM_GROUP_EXECUTION,
    DM_GROUP_COMPARISON,
    DM_GROUP_REPORTING,
    DM_GROUP_COUNT
};

/* How an option uses its value. */
enum dm_option_kind {
    DM_OPTION_SET,   /* calls `set` */
    DM_OPTION_TEXT,  /* stores it, a const char *, at offset `place` in struct dm_options */
    DM_OPTION_FILE,  /* the same; it is the path of a file */
    DM_OPTION_WORD,  /* one of `words`: stores its index in the enum at offset `place` */
    DM_OPTION_FLAG,  /* has no value: sets the bool at offset `place` */
    DM_OPTION_ACTION /* has no value: selects the enum dm_action `place` */
};

/* One option. Parsing, --help, suggestions for misspelt options, shell completions and the manual
 * page are all based on the table of options. */
struct dm_option {
    const char *name;     /* without the dashes */
    char letter;          /* its short form, or 0 */
    const char *argument; /* placeholder of the value in --help, in [] if the value is optional;
                           * NULL: it takes none */
    enum dm_option_group group;
    const char *help;
    enum dm_option_kind kind;
    size_t place, size; /* of what it sets in struct dm_options, in bytes */
    enum dm_status (*set)(struct dm_options *options, const char *value, struct dm_error *error);
    enum dm_field field; /* of the library's options that it sets, or DM_FIELD_NONE */

    /* Known values: words ended by NULL, or a function that returns the names in a registry. */
    const char *const *words;
    struct dm_choice (*choice)(size_t place);
    bool list; /* the value is a list, separated by commas */
};

/* Return a known value, counted from 0; after the last one its name is NULL. */
struct dm_choice dm_option_choice(const struct dm_option *option, size_t place);

/* Return true if the values are a few names in a registry, and no other option has the same. */
bool dm_option_has_few_choices(const struct dm_option *option);

/* Return true if the option has one of these names, of which NULL is the last. */
bool dm_option_is_one_of(const struct dm_option *option, const char *const names[]);

/* Return true for an option of formats, which some of them use and the others refuse. */
bool dm_option_is_of_format(const struct dm_option *option);

/* Return true if the value may be left out: --compare, --compare=pool. */
bool dm_option_value_is_optional(const struct dm_option *option);

extern const struct dm_option dm_option_table[]; /* ended by a NULL name */
extern const char *const dm_option_group_names[DM_GROUP_COUNT];

#endif
