#include "base/clock.h"
#include "run/steps.h"

#include <dmatrix/run.h>

#include <stdlib.h>

/* One step, unless one before it failed, and the time it took. */
static void step(struct dm_run_state *run, enum dm_status *status,
                 enum dm_status (*part)(struct dm_run_state *), uint64_t *elapsed_ns)
{
    if (*status != DM_OK)
        return;
    uint64_t begin = dm_clock_ns();
    *status = part(run);
    *elapsed_ns += dm_clock_ns() - begin;
}

enum dm_status dm_run_until_prepared(struct dm_run_state *run)
{
    enum dm_status status = dm_run_choose(run);
    step(run, &status, dm_run_load, &run->report->load_ns);
    step(run, &status, dm_run_prepare, &run->report->prepare_ns);
    return status;
}

enum dm_status dm_run_until_planned(struct dm_run_state *run)
{
    enum dm_status status = dm_run_until_prepared(run);
    step(run, &status, dm_run_plan, &run->report->prepare_ns);
    return status;
}

enum dm_status dm_run(const struct dm_run_options *options, struct dm_report *report,
                      struct dm_error *error)
{
    *report = (struct dm_report){0};
    struct dm_run_state run = {.options = options, .report = report, .error = error};
    struct dm_usage usage = dm_usage_now(), none = {0};
    uint64_t flow_ns = 0;

    enum dm_status status = dm_run_until_planned(&run);
    step(&run, &status, dm_run_open_output, &report->prepare_ns);
    step(&run, &status, dm_run_announce, &report->prepare_ns);
    step(&run, &status, dm_run_open_executor, &report->open_ns);
    step(&run, &status, dm_run_flow, &flow_ns);

    dm_usage_add(&report->usage, usage, dm_usage_now());
    dm_usage_add(&report->usage, none, report->compute.stats.elsewhere);
    dm_usage_add(&report->usage, none, report->encode.stats.elsewhere);
    report->finish_ns = flow_ns - report->compute.wall_ns - report->encode.wall_ns;
    report->total_ns = report->load_ns + report->prepare_ns + flow_ns;
    dm_run_close(&run);
    return status;
}

struct dm_run_options dm_run_defaults(void)
{
    return (struct dm_run_options){
        .metric = &dm_metric_haversine,
        .executor = &dm_executor_pool,
        .format = &dm_format_csv,
        .format_options = {.unit = &dm_unit_km,
                           .precision = DM_PRECISION_DEFAULT,
                           .header = true,
                           .scale = 1},
        .output = "-",
    };
}

void dm_report_free(struct dm_report *report)
{
    free(report->compute.stats.workers);
    free(report->encode.stats.workers);
    *report = (struct dm_report){0};
}
