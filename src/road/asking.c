/* Runs the requests of a round until each is answered. If one is put off, refused or too big, those
 * that have not begun are skipped, so that a server in trouble is not asked on and on: the run
 * ends, and the calling thread decides. */
#include "road/asker.h"

#include "base/checked.h"
#include "base/clock.h"
#include "base/mix.h"
#include "base/stop.h"
#include "base/try.h"
#include "road/round.h"

#include <math.h>
#include <stdlib.h>

enum {
    ATTEMPTS = 8,
    FIRST_ATTEMPTS = 2 /* while nothing has come from the server: is it running? */
};
#define FIRST_WAIT_NS UINT64_C(500000000) /* before the second attempt; then twice as long ... */
#define LONGEST_WAIT_NS UINT64_C(30000000000) /* ... up to this; a minute in all */

/* ---- tasks ---- */

static struct dm_slot *slot_of(const struct dm_asker *asker, size_t index)
{
    return &asker->slots[asker->order[index]];
}

/* Return the time between two requests, so that no more than `rate` are made in a second. */
static uint64_t interval_ns(const struct dm_asker *asker)
{
    const double longest_ns = 1e15; /* days, and far from an overflow */
    return (uint64_t)fmin(1e9 / asker->options.road->rate, longest_ns);
}

/* Return the time of the next request. */
static uint64_t take_time(const struct dm_asker *asker)
{
    uint64_t now = dm_clock_ns(), interval = interval_ns(asker);
    uint64_t next = atomic_load_explicit(&asker->control->next_ns, memory_order_relaxed), mine;
    do
        mine = dm_max_u64(next, now);
    while (!atomic_compare_exchange_weak_explicit(&asker->control->next_ns, &next, mine + interval,
                                                  memory_order_relaxed, memory_order_relaxed));
    return mine;
}

/* Count a request and set when it may be made; false: it must not be. */
static bool may_begin(const struct dm_asker *asker, struct dm_ask *ask)
{
    struct dm_round_control *control = asker->control;
    const struct dm_road_options *road = asker->options.road;
    if (atomic_load_explicit(&control->paused, memory_order_relaxed))
        return false;
    uint64_t before = atomic_fetch_add_explicit(&control->requests, 1, memory_order_relaxed);
    if (road->max_requests > 0 && before >= road->max_requests) {
        atomic_fetch_sub_explicit(&control->requests, 1, memory_order_relaxed);
        atomic_store_explicit(&control->exhausted, true, memory_order_relaxed);
        atomic_store_explicit(&control->paused, true, memory_order_relaxed);
        return false;
    }
    ask->not_before_ns = road->rate > 0 ? take_time(asker) : 0;
    return true;
}

static void note_end(const struct dm_asker *asker, const struct dm_ask *ask)
{
    if (ask->kind == DM_ANSWER_NONE) /* it was held, so not made */
        atomic_fetch_sub_explicit(&asker->control->requests, 1, memory_order_relaxed);
    else if (ask->kind != DM_ANSWER_TABLE && ask->kind != DM_ANSWER_SPLIT)
        atomic_store_explicit(&asker->control->paused, true, memory_order_relaxed);
}

static void task(void *context, size_t index)
{
    const struct dm_asker *asker = context;
    struct dm_ask *ask = &slot_of(asker, index)->ask;
    ask->waited_ns = 0;
    if (!may_begin(asker, ask))
        return;
    asker->module->ask(asker->server, ask);
    note_end(asker, ask);
}

static uint64_t waited(void *context, size_t index)
{
    return slot_of(context, index)->ask.waited_ns;
}

static void begin(void *context, size_t index)
{
    struct dm_asker *asker = context;
    struct dm_ask *ask = &slot_of(asker, index)->ask;
    if (may_begin(asker, ask))
        asker->module->begin(asker->server, ask, index);
    else
        asker->skipped[asker->skip_count++] = index;
}

static bool finish_any(void *context, int timeout_ms, size_t *index)
{
    struct dm_asker *asker = context;
    if (asker->skip_count > 0) {
        *index = asker->skipped[--asker->skip_count];
        return true;
    }
    if (!asker->module->finish_any(asker->server, timeout_ms, index))
        return false;
    note_end(asker, &slot_of(asker, *index)->ask);
    return true;
}

/* Make a list of the requests without an answer. */
static void list_left(struct dm_asker *asker)
{
    asker->left = 0;
    for (size_t i = 0; i < asker->count; i++)
        if (asker->slots[i].ask.kind != DM_ANSWER_TABLE) {
            asker->slots[i].ask.kind = DM_ANSWER_NONE;
            asker->order[asker->left++] = (uint32_t)i;
        }
}

/* Let requests begin. */
static void begin_run(struct dm_asker *asker)
{
    atomic_store_explicit(&asker->control->paused, false, memory_order_relaxed);
    asker->skip_count = 0;
}

static struct dm_work work_of(struct dm_asker *asker)
{
    return (struct dm_work){.tasks = asker->left,
                            .task = task,
                            .context = asker,
                            .stop = asker->options.stop,
                            .begin = begin,
                            .finish_any = finish_any,
                            .waited = waited,
                            .at_once = asker->options.at_once};
}

void dm_asker_forget(struct dm_asker *asker)
{
    for (size_t i = 0; i < asker->count; i++)
        asker->slots[i].ask.kind = DM_ANSWER_NONE;
    list_left(asker);
    begin_run(asker);
}

struct dm_work dm_asker_work(struct dm_asker *asker)
{
    dm_asker_forget(asker);
    return work_of(asker);
}

/* ---- the calling thread ---- */

/* After a run, give back the times of requests that were held. `before` is the time of the next
 * request before the run. */
static void give_times_back(const struct dm_asker *asker, uint64_t before)
{
    uint64_t next = before;
    for (size_t i = 0; i < asker->left; i++) {
        const struct dm_ask *ask = &slot_of(asker, i)->ask;
        if (ask->kind != DM_ANSWER_NONE)
            next = dm_max_u64(next, ask->not_before_ns + interval_ns(asker));
    }
    atomic_store_explicit(&asker->control->next_ns, next, memory_order_relaxed);
}

static enum dm_status run_once(struct dm_asker *asker, struct dm_executor *executor,
                               struct dm_error *error)
{
    struct dm_road_report *report = asker->options.report;
    struct dm_timing *timing = &report->timing;
    struct dm_work work = work_of(asker);
    uint64_t before = atomic_load_explicit(&asker->control->requests, memory_order_relaxed);
    uint64_t next_ns = atomic_load_explicit(&asker->control->next_ns, memory_order_relaxed);
    uint64_t begin_ns = dm_clock_ns();
    begin_run(asker);
    if (!timing->stats.workers) {
        timing->stats.workers = calloc(executor->workers, sizeof *timing->stats.workers);
        report->workers = executor->workers;
    }
    if (!timing->stats.workers)
        return dm_fail_memory(error, "the timings");
    enum dm_status status = dm_timed_run(executor, &work, timing, error);
    if (status != DM_OK)
        asker->module->drop(asker->server);
    if (asker->options.road->rate > 0)
        give_times_back(asker, next_ns);
    uint64_t made = atomic_load_explicit(&asker->control->requests, memory_order_relaxed) - before;
    report->requests += made;
    if (made > 0)
        asker->request_ns = (double)(dm_clock_ns() - begin_ns) / (double)made;
    return status;
}

/* Return true for answers that a server of the right kind gives. */
static bool is_of_server(const struct dm_ask *ask)
{
    return ask->own || ask->kind == DM_ANSWER_TABLE || ask->kind == DM_ANSWER_TOO_BIG;
}

/* Look at the answers. Set *too_big if the server wants smaller requests, all or some, and
 * *later_ns to the longest time that it or the number of attempts asks for; 0: nothing was put off.
 */
static enum dm_status judge(struct dm_asker *asker, bool *too_big, uint64_t *later_ns,
                            struct dm_error *error)
{
    struct dm_road_report *report = asker->options.report;
    bool progress = false;
    *too_big = false;
    *later_ns = 0;
    for (size_t i = 0; i < asker->left; i++) {
        enum dm_answer_kind kind = slot_of(asker, i)->ask.kind;
        slot_of(asker, i)->made += kind != DM_ANSWER_NONE;
        progress |= kind == DM_ANSWER_TABLE;
        asker->answered |= is_of_server(&slot_of(asker, i)->ask);
    }
    for (size_t i = 0; i < asker->left; i++) {
        struct dm_slot *slot = slot_of(asker, i);
        const struct dm_ask *ask = &slot->ask;
        uint64_t cells = ask->origin_count * ask->destination_count;
        if (ask->kind == DM_ANSWER_NONE || ask->kind == DM_ANSWER_TABLE)
            continue;
        if (ask->kind == DM_ANSWER_TOO_BIG && cells > 1) {
            report->halved += cells / 2 < asker->cells;
            asker->cells = dm_min_u64(asker->cells, cells / 2);
            *too_big = true;
            continue;
        }
        if (ask->kind == DM_ANSWER_SPLIT && cells > 1) {
            *too_big = true;
            continue;
        }
        slot->attempts += !progress; /* a server that answers some a second will answer all */
        unsigned most = asker->answered || ask->reached ? ATTEMPTS : FIRST_ATTEMPTS;
        if (ask->kind != DM_ANSWER_LATER || slot->attempts >= most)
            return dm_round_fail(asker, slot, error);
        unsigned times = slot->attempts > 0 ? slot->attempts - 1 : 0;
        uint64_t wait = dm_min_u64(FIRST_WAIT_NS << times, LONGEST_WAIT_NS);
        uint64_t jitter = dm_mix(dm_clock_ns()) % (wait / 2);
        *later_ns = dm_max_u64(*later_ns, dm_max_u64(ask->later_ns, wait - jitter));
        report->again++;
    }
    return DM_OK;
}

static enum dm_status fail_exhausted(const struct dm_asker *asker, struct dm_error *error)
{
    return dm_fail_field(error, DM_FIELD_MAX_REQUESTS, DM_USAGE,
                         "all %llu requests have been made, and more are needed",
                         (unsigned long long)asker->options.road->max_requests);
}

enum dm_status dm_asker_fail_first(struct dm_asker *asker, struct dm_error *error)
{
    for (size_t i = 0; i < asker->count; i++)
        asker->answered |= is_of_server(&asker->slots[i].ask);
    for (size_t i = 0; i < asker->count; i++) {
        enum dm_answer_kind kind = asker->slots[i].ask.kind;
        if (kind != DM_ANSWER_TABLE && kind != DM_ANSWER_NONE)
            return dm_round_fail(asker, &asker->slots[i], error);
    }
    return fail_exhausted(asker, error);
}

/* Return what one of the requests that are put off was told. */
static const char *reason_of(const struct dm_asker *asker)
{
    for (size_t i = 0; i < asker->left; i++)
        if (slot_of(asker, i)->ask.kind == DM_ANSWER_LATER)
            return slot_of(asker, i)->ask.message;
    return "";
}

static enum dm_status wait_for_server(const struct dm_asker *asker, uint64_t ns,
                                      struct dm_error *error)
{
    const uint64_t long_ns = 5000000000;
    if (ns > long_ns && asker->options.waits)
        asker->options.waits(asker->options.context, ns, reason_of(asker));
    const uint64_t slice_ns = 20000000;
    for (uint64_t end = dm_clock_ns() + ns, now; (now = dm_clock_ns()) < end;) {
        if (dm_stop_asked(asker->options.stop))
            return dm_fail(error, DM_STOPPED, "stopped while waiting for the server");
        dm_sleep_ns(dm_min_u64(end - now, slice_ns));
    }
    return DM_OK;
}

/* Add the answered requests of the last run to the report. */
static void count_answers(struct dm_asker *asker)
{
    struct dm_road_report *report = asker->options.report;
    for (size_t i = 0; i < asker->left; i++) {
        const struct dm_ask *ask = &slot_of(asker, i)->ask;
        uint64_t cells = ask->origin_count * ask->destination_count;
        if (ask->kind != DM_ANSWER_TABLE)
            continue;
        report->asked += cells;
        if (cells > report->block_origins * report->block_destinations) {
            report->block_origins = ask->origin_count;
            report->block_destinations = ask->destination_count;
        }
    }
}

enum dm_status dm_asker_run(struct dm_asker *asker, struct dm_executor *executor,
                            struct dm_error *error)
{
    list_left(asker);
    while (asker->left > 0) {
        bool too_big;
        uint64_t later_ns;
        enum dm_status status = run_once(asker, executor, error);
        count_answers(asker);
        DM_TRY(status);
        DM_TRY(judge(asker, &too_big, &later_ns, error));
        if (atomic_load_explicit(&asker->control->exhausted, memory_order_relaxed))
            return fail_exhausted(asker, error);
        DM_TRY(wait_for_server(asker, later_ns, error));
        if (too_big) /* the caller makes other requests */
            break;
        list_left(asker);
    }
    return DM_OK;
}
