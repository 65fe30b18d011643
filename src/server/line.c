#include "server/line.h"

#include "base/checked.h"
#include "base/clock.h"
#include "base/memory_stream.h"
#include "base/stop.h"
#include "server/answer.h"

#include <stdlib.h>
#include <string.h>

enum { LOOK_MS = 100 }; /* longest wait without a look at the stop flag */

static const uint64_t ns_per_ms = 1000000;

/* A request that was begun: it waits until it is due, then it is under way. */
struct exchange {
    struct dm_ask *ask; /* NULL: none was begun here */
    size_t index;
    uint64_t begun_ns;
    bool started;
    char *url, *body;
    struct dm_transfer transfer;
};

struct dm_line {
    const struct dm_line_settings *settings;
    struct dm_http *http; /* NULL: not needed yet */
    struct exchange *exchanges;
    size_t room, used; /* exchanges, and those with a request */
};

/* ---- texts of requests ---- */

/* Return what `write` writes, and then `end`, to be freed; NULL without memory. */
static char *text_of(void (*write)(FILE *, const struct dm_query *, const struct dm_ask *),
                     const struct dm_query *query, const struct dm_ask *ask, const char *extras,
                     const char *end)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    if (!out)
        return NULL;
    write(out, query, ask);
    fputs(extras, out);
    fputs(end, out);
    return dm_memory_stream_end(out, &text);
}

char *dm_line_url(const struct dm_line_settings *settings, const struct dm_ask *ask)
{
    return text_of(settings->dialect->write_url, &settings->query, ask, "", "");
}

char *dm_line_body(const struct dm_line_settings *settings, const struct dm_ask *ask)
{
    if (!settings->dialect->write_body)
        return NULL;
    return text_of(settings->dialect->write_body, &settings->query, ask, settings->query.extras,
                   "}");
}

/* ---- lines ---- */

struct dm_line *dm_line_new(const struct dm_line_settings *settings, size_t at_once)
{
    struct dm_line *line = calloc(1, sizeof *line);
    struct exchange *exchanges = calloc(at_once, sizeof *exchanges);
    if (!line || !exchanges) {
        free(line);
        free(exchanges);
        return NULL;
    }
    *line = (struct dm_line){.settings = settings, .exchanges = exchanges, .room = at_once};
    return line;
}

void dm_line_free(struct dm_line *line)
{
    if (!line)
        return;
    dm_line_drop(line);
    free(line->exchanges);
    free(line);
}

static void discard(struct dm_line *line, struct exchange *exchange)
{
    dm_http_forget(&exchange->transfer);
    free(exchange->url);
    free(exchange->body);
    *exchange = (struct exchange){.ask = NULL};
    line->used--;
}

void dm_line_drop(struct dm_line *line)
{
    for (size_t i = 0; i < line->room; i++)
        if (line->exchanges[i].ask)
            discard(line, &line->exchanges[i]);
    dm_http_free(line->http);
    line->http = NULL;
}

void dm_line_leave(struct dm_line *line)
{
    line->http = NULL;
}

/* ---- beginning ---- */

void dm_line_begin(struct dm_line *line, struct dm_ask *ask, size_t index)
{
    struct exchange *exchange = line->exchanges;
    while (exchange->ask)
        exchange++;
    *exchange = (struct exchange){.ask = ask, .index = index, .begun_ns = dm_clock_ns()};
    line->used++;
    ask->kind = DM_ANSWER_NONE;
    ask->reached = ask->own = false;
    ask->later_ns = ask->waited_ns = 0;
    ask->message[0] = '\0';
}

static void start(struct dm_line *line, struct exchange *exchange)
{
    exchange->started = true;
    exchange->url = dm_line_url(line->settings, exchange->ask);
    exchange->body = dm_line_body(line->settings, exchange->ask);
    if (!line->http)
        line->http = dm_http_new(&line->settings->http);
    if (!line->http || !exchange->url || (!exchange->body && line->settings->dialect->write_body)) {
        dm_answer_set(exchange->ask, DM_ANSWER_REFUSED, "out of memory for a request");
        return;
    }
    exchange->transfer = (struct dm_transfer){
        .url = exchange->url,
        .body = exchange->body,
        .limit = dm_answer_limit(exchange->ask),
        .tag = exchange,
    };
    dm_http_start(line->http, &exchange->transfer);
}

static bool is_held(const struct exchange *exchange)
{
    return !exchange->started && dm_stop_asked(exchange->ask->hold);
}

/* Start those that are due. Return the milliseconds until the next one is, rounded up, at most
 * `most_ms`. */
static int start_due(struct dm_line *line, uint64_t now_ns, int most_ms)
{
    for (size_t i = 0; i < line->room; i++) {
        struct exchange *exchange = &line->exchanges[i];
        if (!exchange->ask || exchange->started || is_held(exchange))
            continue;
        uint64_t due_ns = exchange->ask->not_before_ns;
        if (due_ns <= now_ns)
            start(line, exchange);
        else
            most_ms = (int)dm_min_u64((uint64_t)most_ms, dm_times_in(ns_per_ms, due_ns - now_ns));
    }
    return most_ms;
}

/* ---- ending ---- */

/* Set the answer from what came. */
static void answer(const struct dm_line_settings *settings, const struct dm_transfer *transfer,
                   struct dm_ask *ask)
{
    char why[sizeof transfer->why];
    if (transfer->end == DM_HTTP_ANSWERED) {
        struct dm_reply reply = {
            .status = transfer->status,
            .bytes = transfer->bytes,
            .length = transfer->length,
            .location = *transfer->location ? transfer->location : NULL,
            .later_ns = transfer->later_ns,
        };
        dm_answer_read(settings->dialect, &settings->secrets, &reply, ask);
    } else {
        dm_secrets_quote(&settings->secrets, transfer->why, strlen(transfer->why), why, sizeof why);
        dm_answer_set(ask, transfer->end == DM_HTTP_LOST ? DM_ANSWER_LATER : DM_ANSWER_REFUSED,
                      "%s", why);
    }
    ask->reached = transfer->reached;
}

/* Return a request that has ended before it was made, or is not to be made; with the stop flag,
 * any.
 */
static struct exchange *next_unmade(struct dm_line *line)
{
    bool stop = dm_stop_asked(line->settings->stop);
    for (size_t i = 0; i < line->room; i++) {
        struct exchange *exchange = &line->exchanges[i];
        if (!exchange->ask)
            continue;
        if (stop)
            dm_answer_set(exchange->ask, DM_ANSWER_STOPPED, "stopped");
        if (exchange->ask->kind != DM_ANSWER_NONE || is_held(exchange)) {
            exchange->ask->waited_ns = dm_clock_ns() - exchange->begun_ns;
            return exchange;
        }
    }
    return NULL;
}

/* Return a request that has ended, after waiting for up to `wait_ms`; or NULL. */
static struct exchange *next_ended(struct dm_line *line, int wait_ms)
{
    struct exchange *exchange = next_unmade(line);
    if (exchange)
        return exchange;
    if (!line->http) { /* none is due */
        dm_sleep_ns((uint64_t)wait_ms * ns_per_ms);
        return NULL;
    }
    struct dm_transfer *ended = dm_http_wait(line->http, wait_ms);
    if (!ended)
        return NULL;
    exchange = ended->tag;
    exchange->ask->waited_ns = dm_clock_ns() - exchange->begun_ns;
    answer(line->settings, ended, exchange->ask);
    return exchange;
}

bool dm_line_finish_any(struct dm_line *line, int timeout_ms, size_t *index)
{
    uint64_t now_ns = dm_clock_ns();
    const uint64_t end_ns = now_ns + (timeout_ms > 0 ? (uint64_t)timeout_ms * ns_per_ms : 0);
    while (line->used > 0) {
        uint64_t left_ns = end_ns > now_ns ? end_ns - now_ns : 0;
        int wait_ms = (int)dm_min_u64(dm_times_in(ns_per_ms, left_ns), LOOK_MS);
        wait_ms = start_due(line, now_ns, wait_ms);
        struct exchange *ended = next_ended(line, wait_ms);
        if (ended) {
            *index = ended->index;
            discard(line, ended);
            return true;
        }
        if (left_ns == 0)
            return false;
        now_ns = dm_clock_ns();
    }
    return false;
}
