/* What a run does with the other processes of its team. */
#include "run/team.h"

#include "base/checked.h"
#include "base/try.h"
#include "output/place.h"
#include "output/shared.h"
#include "run/identity.h"

#include <stdlib.h>
#include <string.h>

/* A part of pairs of the same size has so many bands: their places are known without a meeting. */
enum { FIXED_BANDS = 16 };

/* ---- checking ---- */

static enum dm_status check_output(const struct dm_run_options *options, struct dm_error *error)
{
    bool is_file = false;
    if (strcmp(options->output, "-") != 0)
        DM_TRY(dm_place_is_file(options->output, &is_file, error));
    if (is_file)
        return DM_OK;
    dm_fail_field(error, DM_FIELD_OUTPUT, DM_USAGE,
                  "several processes can only write a file that all of them can open, not %s",
                  dm_place_shown(options->output));
    dm_suggest(error, DM_FIELD_OUTPUT, "distances.%s", options->format->extension);
    return DM_USAGE;
}

enum dm_status dm_team_check(const struct dm_run_options *options, struct dm_error *error)
{
    if (options->executor->processes) {
        dm_fail_field(error, DM_FIELD_EXECUTOR, DM_USAGE,
                      "%s starts processes, which is not possible in a program of MPI",
                      options->executor->name);
        dm_suggest(error, DM_FIELD_EXECUTOR, "%s", dm_executor_pool.name);
        return DM_USAGE;
    }
    if (options->format->absorb) {
        dm_fail_field(error, DM_FIELD_FORMAT, DM_USAGE,
                      "%s sums up all distances, which only one process can do: run dmatrix "
                      "without MPI",
                      options->format->name);
        return DM_USAGE;
    }
    return check_output(options, error);
}

static enum dm_status compare(const struct dm_team *team, const char *identity, const char *first,
                              struct dm_error *error)
{
    struct dm_identity_line here, there;
    if (team->rank == 0 || !dm_identity_differs(identity, first, &here, &there))
        return DM_OK;
    bool arithmetic = strcmp(there.key, "arithmetic") == 0;
    return dm_fail(error, DM_USAGE,
                   "the output could differ from that of rank 0: %s is %s here, %s there%s",
                   there.key, here.value, there.value,
                   arithmetic ? " (the same DMATRIX_ISA for all processes, such as sse2, makes it "
                                "the same)"
                              : "");
}

enum dm_status dm_team_check_same(struct dm_team *team, const char *identity,
                                  struct dm_error *error)
{
    char *first = team->rank == 0 ? strdup(identity) : NULL;
    enum dm_status status = first || team->rank > 0 ? DM_OK : dm_fail_memory(error, "the identity");
    status = dm_team_agree(team, status, error);
    if (status == DM_OK)
        status = dm_team_share_text(team, &first, error);
    if (status == DM_OK)
        status = dm_team_agree(team, compare(team, identity, first, error), error);
    free(first);
    return status;
}

/* ---- rounds and the output ---- */

/* Return the size of each pair in the output; 0: it is not the same for all. */
static size_t pair_bytes(const struct dm_encoding *encoding)
{
    bool fixed = encoding->format->size && encoding->format->passes == 1;
    return fixed ? encoding->encoder->pair_bound : 0;
}

/* Set *least to the least number that a process has. */
static enum dm_status find_least(struct dm_team *team, uint64_t number, uint64_t *least,
                                 struct dm_error *error)
{
    const void *all;
    DM_TRY(dm_team_gather(team, &number, sizeof number, &all, error));
    const uint64_t *numbers = all;
    *least = number;
    for (unsigned i = 0; i < team->ranks; i++)
        *least = dm_min_u64(*least, numbers[i]);
    return DM_OK;
}

enum dm_status dm_team_part(struct dm_team *team, const struct dm_spec *spec, uint64_t longest_row,
                            uint64_t *pairs, struct dm_error *error)
{
    uint64_t bands = pair_bytes(spec->encoding) > 0 ? FIXED_BANDS : 1;
    uint64_t most = bands * spec->plan.band_pairs, least;
    if (spec->sparse) /* a part can have almost a row more */
        most -= dm_min_u64(most, longest_row);
    DM_TRY(find_least(team, dm_max_u64(most, 1), &least, error));
    *pairs = dm_max_u64(least, longest_row);
    return DM_OK;
}

enum dm_status dm_team_open(struct dm_team *team, const struct dm_run_options *options,
                            struct dm_output *whole, struct dm_shard_ranges *ranges,
                            struct dm_spec *spec, struct dm_output **output, struct dm_error *error)
{
    struct dm_shared_options shared = {
        .path = options->output,
        .stop = options->stop,
        .pair_bytes = pair_bytes(spec->encoding),
        .resumes = options->resume,
        .position = spec->position,
    };
    DM_TRY(dm_shared_open(team, whole, &shared, output, error));
    uint64_t from = ranges->from;
    DM_TRY(dm_team_share(team, &from, sizeof from, error));
    ranges->from = from;
    spec->position = shared.position;
    spec->before = from - ranges->begin;
    spec->ranks = team->ranks;
    return DM_OK;
}

/* ---- the report ---- */

static struct dm_rank own_share(const struct dm_team *team, const struct dm_output *output,
                                const struct dm_report *report)
{
    struct dm_rank rank = {
        .threads = report->threads,
        .pairs = report->computed,
        .bytes = dm_shared_own_bytes(output),
        .compute_ns = report->compute.wall_ns,
        .encode_ns = report->encode.wall_ns,
        .write_ns = report->write_ns,
        .wait_ns = team->wait_ns,
        .total_ns = report->total_ns,
    };
    _Static_assert(sizeof rank.host >= DM_HOST_LENGTH, "the name of a machine fits");
    memcpy(rank.host, team->host, DM_HOST_LENGTH);
    return rank;
}

void dm_team_report(struct dm_team *team, const struct dm_output *output, struct dm_report *report)
{
    struct dm_rank own = own_share(team, output, report);
    struct dm_rank *ranks = calloc(team->ranks, sizeof *ranks);
    const void *all;
    struct dm_error why;
    if (dm_team_gather(team, &own, sizeof own, &all, &why) != DM_OK || !ranks) {
        free(ranks);
        return;
    }
    memcpy(ranks, all, team->ranks * sizeof *ranks);
    report->ranks = ranks;
    report->rank_count = team->ranks;
    report->computed = 0;
    for (unsigned i = 0; i < team->ranks; i++)
        report->computed += ranks[i].pairs;
}
