#include "cli/parse.h"

#include "cli/defaults.h"
#include "cli/option_checks.h"
#include "cli/option_words.h"
#include "cli/road_options.h"

enum dm_status dm_options_parse(const char *defaults, int argc, char **argv, struct dm_team *team,
                                struct dm_options *options, struct dm_error *error)
{
    struct dm_options parsed = dm_options_defaults();
    struct dm_error why;
    int rest;
    enum dm_status defaulted = dm_defaults_read(defaults, &parsed, &why);
    parsed.team = team;
    parsed.action = DM_ACTION_RUN; /* whatever the defaults say */
    enum dm_status status =
        dm_options_read(argc, argv, DM_FROM_COMMAND_LINE, &parsed, &rest, error);
    bool works = parsed.action == DM_ACTION_RUN || parsed.action == DM_ACTION_JOIN;
    if (status == DM_OK && works && defaulted != DM_OK) {
        status = defaulted; /* unless --help was asked for */
        *error = why;
    }
    if (status == DM_OK)
        status = dm_options_complete(&parsed, argc - rest, argv + rest, error);
    if (status == DM_OK) {
        *options = parsed;
        dm_road_attach(options);
    } else {
        dm_options_free(&parsed);
    }
    return status;
}

void dm_options_free(struct dm_options *options)
{
    dm_words_free(&options->defaults);
}
