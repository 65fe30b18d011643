#include "run/resume.h"

#include "base/try.h"
#include "output/path.h"
#include "output/resumable.h"
#include "output/shared.h"
#include "run/identity.h"

/* Check that the journal, if there is one, is that of the same run. */
static enum dm_status check(const struct dm_journal *journal, const char *identity,
                            const struct dm_shard_ranges *ranges, struct dm_error *error)
{
    uint64_t next = journal->position.next;
    if (!journal->identity || journal->bytes == 0)
        return DM_OK;
    DM_TRY(dm_identity_check(identity, journal->identity, journal->unfinished, error));
    if (next < ranges->begin || next > ranges->end)
        return dm_fail(error, DM_IO, "%s: its journal is of other pairs; remove it to start anew",
                       journal->unfinished);
    return DM_OK;
}

static void go_on(const struct dm_journal *journal, struct dm_shard_ranges *ranges,
                  struct dm_spec *spec, struct dm_report *report)
{
    if (!journal->identity || journal->bytes == 0)
        return;
    ranges->from = journal->position.next;
    spec->position = journal->position;
    spec->before = report->resumed = ranges->from - ranges->begin;
}

enum dm_status dm_resume(const struct dm_run_options *options, const char *identity,
                         struct dm_shard_ranges *ranges, struct dm_spec *spec,
                         struct dm_report *report, struct dm_output **output,
                         struct dm_error *error)
{
    struct dm_journal journal;
    enum dm_status status =
        output ? dm_resumable_open(options->output, options->stop, output, &journal, error)
               : dm_resumable_look(options->output, &journal, error);
    if (status == DM_OK)
        status = check(&journal, identity, ranges, error);
    if (status == DM_OK && output)
        status = dm_resumable_begin(*output, &journal, identity, error);
    if (status == DM_OK)
        go_on(&journal, ranges, spec, report);
    dm_journal_free(&journal);
    return status;
}

void dm_resume_keep(const struct dm_shard_ranges *ranges, struct dm_pipeline *pipeline,
                    struct dm_output *output, bool shared, struct dm_report *report)
{
    dm_output_keep_on(output);
    if (pipeline)
        dm_pipeline_flush(pipeline);
    uint64_t next = shared ? dm_shared_keep(output) : dm_resumable_keep(output);
    report->kept = next > ranges->begin ? next - ranges->begin : 0;
}
