#define _POSIX_C_SOURCE 200809L /* open_memstream() */
#include "run/road.h"

#include "base/checked.h"
#include "base/clock.h"
#include "base/crc.h"
#include "base/memory_stream.h"
#include "base/text.h"
#include "base/try.h"
#include "output/place.h"
#include "road/off_road.h"
#include "road/snaps.h"
#include "road/table.h"
#include "run/choose.h"
#include "run/identity.h"
#include "run/road_scan.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what the answers depend on ---- */

static uint32_t crc_of(const char *text)
{
    return dm_crc(0, text, strlen(text));
}

/* Return the identity of the answers, in the form of dm_identity_make(), or NULL. The caller frees
 * it. The names of the places and what is written in the end may change. */
static char *make_identity(const struct dm_run_options *run, const struct dm_server_facts *facts,
                           const struct dm_places *places)
{
    const struct dm_road_options *options = run->road;
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    uint32_t extras = 0;
    if (!stream)
        return NULL;
    for (size_t i = 0; i < options->extra_count; i++)
        extras += crc_of(options->extras[i]); /* in any order */
    fprintf(stream, "%s=%s:%.*s\n", dm_field_name(DM_FIELD_SERVER), facts->kind, DM_ADDRESS_SHOWN,
            facts->address);
    fprintf(stream, "%s=%.*s\n", dm_field_name(DM_FIELD_PROFILE), DM_ADDRESS_SHOWN, facts->profile);
    fprintf(stream, "address of the server=%08" PRIx32 "\n", crc_of(facts->address));
    fprintf(stream, "name of the profile=%08" PRIx32 "\n", crc_of(facts->profile));
    fprintf(stream, "server options=%08" PRIx32 "\n", extras);
    if (!facts->snaps) /* it is part of the requests */
        fprintf(stream, "%s=%.17gm\n", dm_field_name(DM_FIELD_MAX_SNAP), dm_road_max_snap(options));
    fprintf(stream, DM_IDENTITY_ANSWERS "=%s\n", dm_is_search(run) ? "a search" : "all pairs");
    fprintf(stream, "%s=%s\n", dm_field_name(DM_FIELD_SHAPE), places->layout.shape->name);
    dm_identity_put_coordinates(stream, "origins", places->origins);
    if (places->destinations != places->origins)
        dm_identity_put_coordinates(stream, "destinations", places->destinations);
    return dm_memory_stream_end(stream, &text);
}

/* Return the options of a store, but for the output and the identity. */
static struct dm_store_options store_of(const struct dm_run_options *options,
                                        const struct dm_places *places, uint64_t pairs)
{
    bool two = places->destinations != places->origins;
    return (struct dm_store_options){
        .pairs = pairs,
        .places = places->origins->count + (two ? places->destinations->count : 0),
        .scratch = options->road->scratch,
        .keeps = options->resume,
    };
}

enum dm_status dm_road_open_store(const struct dm_run_options *options,
                                  const struct dm_places *places, uint64_t pairs,
                                  struct dm_road *road, struct dm_error *error)
{
    bool file;
    DM_TRY(dm_place_is_file(options->output, &file, error));
    if (options->resume && !file)
        return dm_fail_field(error, DM_FIELD_RESUME, DM_USAGE,
                             "%s is not a file that appears when it is complete; answers are kept "
                             "beside such a file",
                             options->output);
    char *identity = make_identity(options, dm_asker_facts(road->asker), places);
    if (!identity)
        return dm_fail_memory(error, "the identity");
    struct dm_store_options store = store_of(options, places, pairs);
    store.output = file ? options->output : "-";
    store.identity = identity;
    enum dm_status status = dm_store_open(&store, &road->store, error);
    if (status == DM_OK && dm_store_identity(road->store))
        status = dm_identity_check(identity, dm_store_identity(road->store),
                                   dm_store_path(road->store), error);
    if (status == DM_OK && dm_store_identity(road->store))
        status = dm_snaps_check_store(road->store, road->asker, error);
    free(identity);
    return status;
}

/* ---- asking ---- */

enum dm_status dm_road_open(const struct dm_run_options *options, unsigned at_once,
                            const struct dm_places *places, struct dm_road *road,
                            struct dm_report *report, struct dm_error *error)
{
    report->road = calloc(1, sizeof *report->road);
    if (!report->road)
        return dm_fail_memory(error, "the report");
    const struct dm_asker_options asker = {.road = options->road,
                                           .origins = places->origins,
                                           .destinations = places->destinations,
                                           .at_once = at_once,
                                           .stop = options->stop,
                                           .waits = options->observer.waits,
                                           .context = options->observer.context,
                                           .report = report->road};
    DM_TRY(dm_asker_open(&asker, &road->asker, error));
    const struct dm_server_facts *facts = dm_asker_facts(road->asker);
    struct dm_road_report *found = report->road;
    dm_append(found->server, sizeof found->server, "%s:%s", facts->kind, facts->address);
    dm_append(found->profile, sizeof found->profile, "%s", facts->profile);
    found->ignores_profile = facts->ignores_profile && options->road->profile;
    found->cells = (uint64_t)places->origins->count * places->destinations->count;
    return DM_OK;
}

/* Find out how many requests are needed, and refuse more than are allowed before the first. */
static enum dm_status plan(const struct dm_run_options *options,
                           const struct dm_table_options *table, struct dm_road_report *report,
                           struct dm_error *error)
{
    uint64_t most = options->road->max_requests;
    struct dm_table_plan plan;
    DM_TRY(dm_table_plan(table, &plan, error));
    dm_table_plan_verify(table, options->road->verify, &plan);
    report->planned_requests = plan.requests;
    report->planned_cells = plan.cells;
    report->kept = plan.known;
    if (most == 0 || options->resume || report->planned_requests <= most)
        return DM_OK;
    dm_fail_field(error, DM_FIELD_MAX_REQUESTS, DM_USAGE,
                  "at least %" PRIu64 " requests are needed, more than %" PRIu64
                  "; nothing was asked",
                  report->planned_requests, most);
    dm_suggest(error, DM_FIELD_MAX_REQUESTS, "%" PRIu64, report->planned_requests);
    bool is_file;
    if (dm_place_is_file(options->output, &is_file, NULL) == DM_OK && is_file)
        dm_suggest_instead(error, DM_FIELD_RESUME, "%s", "");
    return DM_USAGE;
}

void dm_road_advance(void *context, uint64_t done)
{
    const struct dm_road_advance *advance = context;
    advance->observer->advances(advance->observer->context, done, advance->all);
}

/* Return a value for pairs without a route that is above most routes: of a distance, a power of ten
 * above 10,000 km, which LKH can still read in metres; of a duration, eleven days. */
static double far_value(const struct dm_run_options *options)
{
    const double far_s = 1e6, far_m = 1e7;
    double far = pow(10, ceil(log10(far_m / dm_choose_unit(options)->metres)));
    if (!options->format->quantity) /* both are written */
        return fmax(far, far_s);
    return dm_has_durations(options) ? far_s : far;
}

/* Check that the format can hold pairs without a route. */
static enum dm_status check_missing(const struct dm_run_options *options,
                                    const struct dm_road_report *found, struct dm_error *error)
{
    if (found->unreachable == 0 || options->road->replaces || options->format->missing)
        return DM_OK;
    dm_fail_field(error, DM_FIELD_UNREACHABLE, DM_DATA,
                  "%" PRIu64 " pair%s no route (%s has the most: %" PRIu64
                  "), and %s has no way to say so; give a value for them, or choose another format",
                  found->unreachable, found->unreachable == 1 ? " has" : "s have",
                  found->most_unreachable_name, found->most_unreachable, options->format->name);
    dm_suggest(error, DM_FIELD_UNREACHABLE, "%.0f", far_value(options));
    dm_suggest_instead(error, DM_FIELD_FORMAT, "csv");
    return DM_DATA;
}

static void set_subject(const struct dm_run_options *options, double longest_s,
                        struct dm_road *road)
{
    road->subject =
        (struct dm_by_road){.quantity = dm_has_durations(options) ? DM_DURATION : DM_DISTANCE,
                            .crow = options->road->crow,
                            .longest_s = longest_s};
}

enum dm_status dm_road_sum_up(const struct dm_run_options *options, const struct dm_places *places,
                              struct dm_road *road, struct dm_report *report,
                              struct dm_error *error)
{
    bool sparse = places->layout.row_begin != NULL;
    struct dm_road_report *found = report->road;
    bool names_roads = dm_asker_facts(road->asker)->snaps;
    dm_asker_close(road->asker); /* no connection is open when processes are forked again */
    road->asker = NULL;
    const struct dm_road_source source =
        dm_road_source(places, sparse ? NULL : road->store, sparse ? &road->found : NULL,
                       options->road, options->format, &dm_unit_m, 1);
    DM_TRY(dm_snaps_sum_up(road->store, road->found.snaps_m, places->origins, places->destinations,
                           found, error));
    if (!names_roads || found->requests + found->kept == 0)
        found->roadless = 0; /* nothing was to be expected */
    DM_TRY(dm_road_scan(&source, options->stop, found, error));
    DM_TRY(check_missing(options, found, error));
    report->longest_m = found->longest_m;
    set_subject(options, found->longest_s, road);
    return DM_OK;
}

static enum dm_status ask(const struct dm_run_options *options, struct dm_phase *phase,
                          const struct dm_table_options *table, struct dm_road_report *report,
                          struct dm_error *error)
{
    uint64_t begin = dm_clock_ns();
    DM_TRY(dm_phase_begin(phase, error));
    enum dm_status status = dm_table_ask(table, phase->executor, error);
    if (status == DM_OK && options->road->verify > 0)
        status = dm_table_verify(table, options->road->verify, phase->executor, report, error);
    status = dm_off_road_find(table->asker, phase->executor, status, error);
    report->ask_ns = dm_clock_ns() - begin;
    return status;
}

enum dm_status dm_road_note_kept(const struct dm_run_options *options, enum dm_status status,
                                 uint64_t pairs, const struct dm_road *road,
                                 struct dm_report *report)
{
    report->planned = pairs;
    if (status == DM_OK || !options->resume)
        return status;
    report->kept = report->road->kept + dm_store_put_count(road->store);
    if (pairs > 0)
        report->kept = dm_min_u64(report->kept, pairs);
    return status;
}

static const char *needs_routes(const struct dm_run_options *options)
{
    return options->format->missing || options->road->replaces ? NULL : options->format->name;
}

enum dm_status dm_road_ask(const struct dm_run_options *options, struct dm_phase *phase,
                           struct dm_places *places, struct dm_road *road, struct dm_report *report,
                           struct dm_error *error)
{
    const struct dm_observer *observer = &options->observer;
    struct dm_road_advance context = {observer, places->layout.pairs};
    DM_TRY(dm_road_open(options, phase->options.threads, places, road, report, error));
    DM_TRY(dm_road_open_store(options, places, places->layout.pairs, road, error));
    const struct dm_table_options table = {.layout = &places->layout,
                                           .asker = road->asker,
                                           .store = road->store,
                                           .needs_routes = needs_routes(options),
                                           .far_value = far_value(options),
                                           .advances = observer->advances ? dm_road_advance : NULL,
                                           .context = &context};
    DM_TRY(plan(options, &table, report->road, error));
    DM_TRY(dm_road_note_kept(options, ask(options, phase, &table, report->road, error),
                             places->layout.pairs, road, report));
    return dm_road_sum_up(options, places, road, report, error);
}

static enum dm_status fail_search_plan(const struct dm_search_options *search,
                                       struct dm_error *error)
{
    return dm_fail_field(error, search->nearest > 0 ? DM_FIELD_NEAREST : DM_FIELD_WITHIN, DM_USAGE,
                         "how many pairs a search by road asks for depends on the roads, so it "
                         "cannot be estimated");
}

enum dm_status dm_road_plan(const struct dm_run_options *options, const struct dm_phase *phase,
                            const struct dm_places *places, struct dm_road *road,
                            struct dm_report *report, struct dm_error *error)
{
    if (dm_is_search(options))
        return fail_search_plan(&options->search, error);
    DM_TRY(dm_road_open(options, phase->options.threads, places, road, report, error));
    if (options->resume && dm_store_exists(options->output))
        DM_TRY(dm_road_open_store(options, places, places->layout.pairs, road, error));
    const struct dm_table_options table = {
        .layout = &places->layout, .asker = road->asker, .store = road->store};
    DM_TRY(plan(options, &table, report->road, error));
    const struct dm_store_options store = store_of(options, places, places->layout.pairs);
    report->road->planned_bytes = dm_store_file_bytes(&store);
    set_subject(options, report->longest_m, road); /* of a plan, a guess */
    return DM_OK;
}

void dm_road_end(struct dm_road *road, bool complete)
{
    dm_asker_close(road->asker);
    if (complete)
        dm_store_finish(road->store);
    else
        dm_store_close(road->store);
    dm_found_free(&road->found);
    *road = (struct dm_road){0};
}
