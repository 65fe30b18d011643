#include "cli/parse.h"

#include "cli/defaults.h"
#include "cli/option_checks.h"
#include "cli/option_words.h"

enum dm_status dm_options_parse(const char *defaults, int argc, char **argv,
                                struct dm_options *options, struct dm_error *error)
{
    struct dm_options parsed = {.run = dm_run_defaults(), .warmup = 1};
    int rest = argc;
    parsed.run.output = NULL;
    enum dm_status status = dm_options_read(argc, argv, &parsed, &rest, error);
    if (status == DM_OK && parsed.action == DM_ACTION_RUN)
        status = dm_defaults_take(defaults, argc - rest, argv + rest, &parsed, error);
    if (status == DM_OK)
        status = dm_options_complete(&parsed, argc - rest, argv + rest, error);
    if (status == DM_OK)
        *options = parsed;
    else
        dm_options_free(&parsed);
    return status;
}

void dm_options_free(struct dm_options *options)
{
    dm_words_free(&options->defaults);
}
