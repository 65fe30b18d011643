#include "run/setup.h"

#include "base/checked.h"
#include "base/clock.h"
#include "base/location_name.h"
#include "base/try.h"
#include "run/choose.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum dm_status dm_setup_choose(const struct dm_run_options *options, uint64_t used,
                               struct dm_report *report, struct dm_error *error)
{
    DM_TRY(dm_check_metric_options(options->metric, &options->metric_options, used, error));
    DM_TRY(dm_check_columns(options, error));
    DM_TRY(dm_check_neighbours(options, error));
    DM_TRY(dm_isa_choose(options->metric_options.isa, &report->isa, error));
    return dm_choose_shape(options, &report->shape, error);
}

static enum dm_status prepare_places(const struct dm_run_options *options, struct dm_places *places,
                                     struct dm_report *report, struct dm_error *error)
{
    enum dm_status status = dm_layout_make(report->shape, places->origins->count,
                                           places->destinations->count, &places->layout, error);
    if (status == DM_USAGE && options->format->rows) /* it cannot hold the shape suggested */
        dm_suggest(error, DM_FIELD_FORMAT, "%s", dm_format_csv.name);
    DM_TRY(status);
    report->origins = places->origins->count;
    report->destinations = places->destinations->count;
    report->pairs = places->layout.pairs;
    if (dm_is_search(options) && !options->road)
        return DM_OK;
    DM_TRY(
        dm_places_prepare(places, options->metric, &options->metric_options, options->stop, error));
    report->longest_m =
        options->metric->longest(places->prepared_origins, places->prepared_destinations);
    return DM_OK;
}

enum dm_status dm_setup_places(const struct dm_run_options *options, struct dm_places *places,
                               struct dm_report *report, struct dm_error *error)
{
    uint64_t begin = dm_clock_ns();
    enum dm_status status = dm_places_load(places, options, report->notes, error);
    uint64_t loaded = dm_clock_ns();
    report->load_ns += loaded - begin;
    DM_TRY(status);
    DM_TRY(dm_choose_loaded_shape(options, report->notes[0].two_places, &report->shape, error));
    DM_TRY(dm_check_rows_have_pairs(options, report->notes[0].two_places, error));
    status = prepare_places(options, places, report, error);
    report->prepare_ns += dm_clock_ns() - loaded;
    return status;
}

static unsigned threads_of(const struct dm_run_options *options)
{
    unsigned threads = options->executor_options.threads;
    return threads > 0 ? threads : dm_cpus();
}

struct dm_phase dm_setup_phase(const struct dm_run_options *options)
{
    struct dm_phase phase = {.ops = options->executor, .options = options->executor_options};
    phase.options.threads = threads_of(options);
    phase.options.stop = options->stop;
    return phase;
}

static enum dm_status search(const struct dm_run_options *options, struct dm_phase *phase,
                             struct dm_team *team, struct dm_places *places,
                             struct dm_report *report, struct dm_error *error)
{
    struct dm_metric_options metric_options = options->metric_options;
    struct dm_search_options search_options = options->search;
    struct dm_shard whole = {0};
    struct dm_shard_rows rows =
        dm_shard_rows(places->origins->count, options->format->totals ? whole : options->shard);
    struct dm_finder_input input = {
        .origins = places->origins,
        .destinations = places->destinations,
        .shape = places->layout.shape,
        .search = &search_options,
        .metric = options->metric,
        .metric_options = &metric_options,
        .unit = dm_choose_unit(options),
        .by_row = options->format->by_destination ||
                  (options->search.nearest == 0 && !options->search.limited),
        .begin = rows.begin,
        .end = rows.end,
        .team = team,
    };
    struct dm_finder_times times = {0};
    metric_options.stop = options->stop;
    if (options->format->rows) /* it writes all rows */
        search_options.unmatched = DM_UNMATCHED_KEEP;
    DM_TRY(dm_finder_make(&input, phase, &places->finder, &times, error));
    report->index_ns = times.index_ns;
    report->count_ns = times.count_ns;
    return DM_OK;
}

uint64_t dm_setup_unmatched_entries(const struct dm_run_options *options,
                                    const struct dm_report *report)
{
    bool keeps = options->search.unmatched == DM_UNMATCHED_KEEP || options->format->rows;
    bool kept = dm_is_search(options) && keeps && report->resumed == 0;
    return kept ? report->unmatched : 0;
}

void dm_setup_name_unmatched(const struct dm_places *places, struct dm_report *report)
{
    _Static_assert(sizeof report->first_unmatched_name >= DM_QUOTED_LENGTH, "a quoted name fits");
    if (report->unmatched > 0)
        dm_quote_name(report->first_unmatched_name, places->origins, report->first_unmatched);
}

enum dm_status dm_setup_search(const struct dm_run_options *options, struct dm_phase *phase,
                               struct dm_team *team, struct dm_places *places,
                               struct dm_report *report, struct dm_error *error)
{
    const struct dm_finder *finder = &places->finder;
    struct dm_timing *timing = &places->finder.timing;
    if (!dm_is_search(options))
        return DM_OK;
    phase->timing = timing;
    enum dm_status status = search(options, phase, team, places, report, error);
    phase->timing = NULL;
    free(timing->stats.workers);
    *timing = (struct dm_timing){0};
    DM_TRY(status);
    places->layout.row_begin = finder->row_begin;
    places->layout.pairs = finder->row_begin[places->layout.origins];
    bool neighbours = dm_finds_neighbours(&options->search);
    places->layout.ranked = neighbours && !finder->query.by_row && !finder->query.each_once;
    if (places->destinations->values[DM_PER].number)
        places->layout.values = &places->destinations->values[DM_PER];
    report->unmatched = finder->unmatched;
    report->pairs = places->layout.pairs - dm_setup_unmatched_entries(options, report);
    report->first_unmatched = finder->first_unmatched;
    dm_setup_name_unmatched(places, report);
    report->longest_m = dm_finder_longest_m(finder);
    return DM_OK;
}

/* Return the largest number that is written as a distance. */
static double longest_of(const struct dm_run_options *options, const struct dm_unit *unit,
                         double longest_m, const struct dm_road *road)
{
    double longest =
        road && dm_has_durations(options) ? road->subject.longest_s : longest_m / unit->metres;
    return options->road && options->road->replaces ? fmax(longest, options->road->unreachable)
                                                    : longest;
}

enum dm_status dm_setup_encoding(const struct dm_run_options *options,
                                 const struct dm_places *places, const struct dm_road *road,
                                 struct dm_encoding *encoding, struct dm_report *report,
                                 struct dm_error *error)
{
    const struct dm_format *format = options->format;
    struct dm_format_options format_options = options->format_options;
    uint64_t begin = dm_clock_ns();
    format_options.stop = options->stop;
    format_options.isa = options->metric_options.isa;
    format_options.by_road = road ? &road->subject : NULL;
    format_options.unit = report->unit = dm_choose_unit(options);
    encoding->layout = &places->layout;
    encoding->format = format;
    encoding->subject = (struct dm_subject){
        .layout = &places->layout,
        .origins = places->origins,
        .destinations = places->destinations,
        .longest = longest_of(options, format_options.unit, report->longest_m, road),
    };
    DM_TRY(format->prepare(&format_options, &encoding->subject, &encoding->encoder, error));
    memcpy(report->format_note, encoding->encoder->note, sizeof report->format_note);
    report->prepare_ns += dm_clock_ns() - begin;
    return DM_OK;
}

/* Make the source of the run and return it. */
static const struct dm_source *make_source(const struct dm_run_options *options,
                                           const struct dm_places *places,
                                           const struct dm_road *road, const struct dm_unit *unit,
                                           uint64_t grain, struct dm_setup *setup)
{
    bool sparse = places->layout.row_begin != NULL;
    if (road) {
        setup->road =
            dm_road_source(places, sparse ? NULL : road->store, sparse ? &road->found : NULL,
                           options->road, options->format, unit, grain);
        return &setup->road.base;
    }
    if (sparse) {
        setup->search = dm_search_source(&places->finder, &places->layout, grain);
        return &setup->search.base;
    }
    setup->source = dm_metric_source(places, unit, grain);
    return &setup->source.base;
}

enum dm_status dm_setup_spec(const struct dm_run_options *options, const struct dm_places *places,
                             const struct dm_road *road, const struct dm_encoding *encoding,
                             const struct dm_unit *unit, struct dm_setup *setup,
                             struct dm_error *error)
{
    struct dm_plan_options plan_options = {
        .max_memory = options->max_memory,
        .grain = options->grain,
        .threads = threads_of(options),
        .starts_threads = options->executor->starts_threads,
    };
    if (plan_options.max_memory == 0)
        plan_options.max_memory =
            dm_max_u64(DM_MAX_MEMORY_DEFAULT, plan_options.threads * DM_MAX_MEMORY_A_THREAD);
    bool sparse = places->layout.row_begin != NULL;
    plan_options.longest_row = road ? road->found.longest : places->finder.longest;
    struct dm_plan plan;
    DM_TRY(dm_plan_make(encoding, &plan_options, &plan, error));
    setup->threads = plan_options.threads;
    setup->spec = (struct dm_spec){
        .source = make_source(options, places, road, unit, plan.grain, setup),
        .encoding = encoding,
        .sparse = sparse ? &places->layout : NULL,
        .plan = plan,
        .delay_ns = options->delay_ns,
        .stop = options->stop,
    };
    return DM_OK;
}
