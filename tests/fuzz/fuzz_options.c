/* The option parser, with the lines of the input as words, and a first line that begins with an =
 * as default options: it takes them or says why not, and what it takes is within bounds. */
#include "cli/parse.h"
#include "fuzz/fuzz.h"

#include <math.h>
#include <string.h>

enum { WORDS = 24, LENGTH = 600 };

/* The words stand in `text`, which is changed. Returns how many there are. */
static int split(char *text, char *words[WORDS + 1])
{
    int count = 0;
    words[count++] = "dmatrix";
    for (char *word = strtok(text, "\n"); word && count < WORDS; word = strtok(NULL, "\n"))
        words[count++] = word;
    words[count] = NULL;
    return count;
}

static enum dm_status parse(const char *text, char copy[LENGTH + 1], struct dm_options *options,
                            struct dm_error *error)
{
    char *words[WORDS + 1], *defaults = NULL;
    memcpy(copy, text, LENGTH + 1);
    if (*copy == '=') {
        defaults = copy + 1;
        copy += strcspn(copy, "\n");
        if (*copy)
            *copy++ = '\0';
    }
    int count = split(copy, words);
    return dm_options_parse(defaults, count, words, NULL, options, error);
}

static void claim_bounds(const struct dm_options *options)
{
    const struct dm_run_options *run = &options->run;
    CLAIM(options->action <= DM_ACTION_JOIN);
    CLAIM(run->metric && run->executor && run->format);
    CLAIM(run->format_options.precision <= DM_PRECISION_MAX);
    CLAIM(!run->format_options.decimal || strchr(".,", run->format_options.decimal));
    CLAIM(run->format_options.scale > 0 && isfinite(run->format_options.scale));
    CLAIM(run->format_options.speed_kmh >= 0 && isfinite(run->format_options.speed_kmh));
    CLAIM(run->shard.shard <= run->shard.shards && run->shard.shards <= DM_SHARDS_MAX);
    CLAIM((run->shard.shard == 0) == (run->shard.shards == 0));
    CLAIM(run->search.nearest <= DM_LOCATIONS_MAX);
    CLAIM(run->search.within >= 0 && isfinite(run->search.within));
    CLAIM(run->search.limited || (run->search.within == 0 && !run->search.within_unit));
    CLAIM(run->search.unmatched <= DM_UNMATCHED_KEEP);
    CLAIM(options->thread_counts <= DM_LIST_MAX && options->grain_counts <= DM_LIST_MAX);
    CLAIM(options->runs <= DM_RUNS_MAX && options->warmup <= DM_RUNS_MAX);
    CLAIM(options->action != DM_ACTION_RUN || run->origins);
    CLAIM(options->action != DM_ACTION_JOIN || (options->parts && options->part_count > 0));
    CLAIM(!run->load.delimiter || !strchr("\"\r\n ", run->load.delimiter));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char text[LENGTH + 1], copies[2][LENGTH + 1];
    static struct dm_options options[2];
    struct dm_error errors[2];
    enum dm_status statuses[2];
    memset(text, 0, sizeof text);
    memcpy(text, data, size < LENGTH ? size : LENGTH);
    for (int i = 0; i < 2; i++)
        statuses[i] = parse(text, copies[i], &options[i], &errors[i]);
    CLAIM(statuses[0] == statuses[1]);
    if (statuses[0] == DM_OK) {
        claim_bounds(&options[0]);
        CLAIM(options[0].run.grain == options[1].run.grain);
        CLAIM(options[0].run.format == options[1].run.format);
        dm_options_free(&options[0]);
        dm_options_free(&options[1]);
    } else {
        CLAIM(statuses[0] == DM_USAGE);
        CLAIM(*errors[0].message && strlen(errors[0].message) < sizeof errors[0].message);
        CLAIM(strcmp(errors[0].message, errors[1].message) == 0);
    }
    return 0;
}
