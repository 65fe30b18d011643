/* The functions of the module, with a server that answers well or badly. */
#include "base/clock.h"
#include "road/server_module.h"
#include "server/fake_server.h"
#include "testing/testing.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

extern const struct dm_server_module dm_server_module;
static const struct dm_server_module *const module = &dm_server_module;

static struct fake_server *fake;
static dm_flag stop;
static const uint64_t ms = 1000000;

#define TABLE "{\"code\":\"Ok\",\"distances\":[[1]],\"durations\":[[2]]}"

/* ---- one request ---- */

struct request {
    struct dm_lat_lon place;
    struct dm_road_cell cell;
    double snaps_m[2];
    struct dm_ask ask;
};

static void prepare(struct request *request)
{
    memset(request, 0, sizeof *request);
    request->place = (struct dm_lat_lon){43.5, 7.25};
    request->ask = (struct dm_ask){
        .origins = &request->place,
        .destinations = &request->place,
        .origin_count = 1,
        .destination_count = 1,
        .cells = &request->cell,
        .snaps_m = request->snaps_m,
    };
}

static struct dm_server *open_with(const char *kind, struct dm_road_options *options)
{
    static char address[128];
    struct dm_server *server = NULL;
    char message[DM_ERROR_LENGTH];
    snprintf(address, sizeof address, "%s127.0.0.1:%d", kind, fake->port);
    options->server = address;
    atomic_store(&stop, false);
    if (module->open(options, 8, &stop, &server, message) != DM_OK)
        fail_msg("%s", message);
    return server;
}

static struct dm_road_options usual;

static struct dm_server *open_usual(void)
{
    usual = (struct dm_road_options){.timeout_ns = 20000 * ms};
    return open_with("osrm:http://", &usual);
}

static void ask(struct dm_server *server, struct request *request)
{
    prepare(request);
    module->ask(server, &request->ask);
}

/* Answer with this from now on. The texts are kept: a thread of the server may still use one. */
static void answer_with(const char *status, const char *headers, const char *body)
{
    static char *texts[64];
    static size_t count;
    assert_true(count < sizeof texts / sizeof *texts);
    texts[count] = fake_answer(status, headers, body);
    fake_does(fake, (struct fake_action){.bytes = texts[count++]});
}

static void assert_table(const struct request *request)
{
    if (request->ask.kind != DM_ANSWER_TABLE)
        fail_msg("%s", request->ask.message);
    assert_true(request->cell.distance_m == 1 && request->cell.duration_s == 2);
    assert_true(request->ask.reached);
}

static void assert_ended(const struct request *request, enum dm_answer_kind kind, bool reached,
                         const char *message)
{
    assert_string_equal(request->ask.message, message);
    assert_int_equal(request->ask.kind, kind);
    assert_int_equal(request->ask.reached, reached);
}

/* Ask once and expect no table. */
static void expect(struct fake_action action, enum dm_answer_kind kind, bool reached,
                   const char *message)
{
    struct request request;
    struct dm_server *server = open_usual();
    fake_does(fake, action);
    ask(server, &request);
    assert_ended(&request, kind, reached, message);
    module->close(server);
}

/* ---- connections ---- */

static void keeps_connections_until_dropped(void **state)
{
    (void)state;
    struct request request;
    struct dm_server *server = open_usual();
    answer_with("200 OK", "", TABLE);
    for (int i = 0; i < 3; i++) {
        ask(server, &request);
        assert_table(&request);
    }
    assert_int_equal(fake->requests, 3);
    assert_int_equal(fake->connections, 1);
    module->drop(server);
    ask(server, &request);
    assert_table(&request);
    assert_int_equal(fake->connections, 2);
    module->close(server);
    module->close(NULL);
}

static void sends_what_is_wanted(void **state)
{
    (void)state;
    char last[FAKE_REQUEST];
    struct request request;
    struct dm_road_options options = {.header = "X-Key: hunter22"};
    struct dm_server *server = open_with("valhalla:http://me:p%40ss@", &options);
    answer_with("200 OK", "",
                "{\"sources_to_targets\":{\"distances\":[[0.001]],"
                "\"durations\":[[2]]},\"units\":\"kilometers\"}");
    ask(server, &request);
    assert_table(&request);
    assert_int_equal(module->address_bytes(server, &request.ask), 0);
    assert_string_equal(module->facts(server)->kind, "valhalla");
    assert_true(fake_was_sent(fake, "POST /sources_to_targets HTTP/1.1\r\n"));
    assert_true(fake_was_sent(fake, "\r\nX-Key: hunter22\r\n"));
    assert_true(fake_was_sent(fake, "\r\nAuthorization: Basic bWU6cEBzcw==\r\n"));
    assert_true(fake_was_sent(fake, "\r\nUser-Agent: dmatrix/" DM_VERSION "\r\n"));
    assert_true(fake_was_sent(fake, "\r\nContent-Type: application/json\r\n"));
    assert_true(fake_was_sent(fake, "\r\n\r\n{\"sources\":[{\"lat\":43.5,\"lon\":7.25,"));
    assert_true(fake_was_sent(fake, "\"verbose\":false}"));
    module->close(server);

    server = open_usual();
    answer_with("200 OK", "", TABLE);
    ask(server, &request);
    assert_table(&request);
    fake_last(fake, last);
    assert_non_null(strstr(last, "GET /table/v1/driving/7.25,43.5;7.25,43.5?annotations="));
    assert_int_equal(module->address_bytes(server, &request.ask),
                     strlen(module->facts(server)->address) + strcspn(last + 4, " "));
    module->close(server);
}

/* ---- what goes wrong ---- */

static void waits_as_long_as_asked(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        uint64_t least_s, most_s;
    } wanted[] = {
        {"", 0, 0},
        {"Retry-After: 7\r\n", 7, 7},
        {"Retry-After: -7\r\n", 0, 0},
        {"Retry-After: soon\r\n", 0, 0},
        {"Retry-After: 99999999\r\n", 3600, 3600},
        {"Retry-After: Fri, 31 Dec 2100 23:59:59 GMT\r\n", 3600, 3600},
        {"Retry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n", 0, 0},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        struct request request;
        struct dm_server *server = open_usual();
        answer_with("429 Slow", wanted[i].header, "<html>");
        ask(server, &request);
        assert_ended(&request, DM_ANSWER_LATER, true, "status 429, too many requests");
        assert_in_range(request.ask.later_ns, wanted[i].least_s * 1000 * ms,
                        wanted[i].most_s * 1000 * ms);
        module->close(server);
    }
}

static void notices_lost_connections(void **state)
{
    (void)state;
    static const char cut[] = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"code\"";
    static const char open[] = "HTTP/1.1 200 OK\r\n\r\n";
    static const char chunk[] =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{\"code\"";
    expect((struct fake_action){.then = FAKE_CLOSE}, DM_ANSWER_LATER, false,
           "the server closed the connection without an answer");
    expect((struct fake_action){.then = FAKE_RESET}, DM_ANSWER_LATER, false,
           "the connection was lost while receiving");
    expect((struct fake_action){.bytes = cut, .then = FAKE_CLOSE}, DM_ANSWER_LATER, true,
           "the connection was closed in the middle of the answer");
    expect((struct fake_action){.bytes = chunk, .then = FAKE_CLOSE}, DM_ANSWER_LATER, true,
           "the connection was closed in the middle of the answer");
    expect((struct fake_action){.bytes = open, .then = FAKE_CLOSE}, DM_ANSWER_REFUSED, true,
           "the answer is empty"); /* without a length, its end cannot be told from a cut */
}

static void notices_that_nothing_listens(void **state)
{
    (void)state;
    struct request request;
    struct dm_server *server;
    char message[DM_ERROR_LENGTH];
    struct dm_road_options options = {.server = "osrm:http://127.0.0.1:1"};
    assert_int_equal(module->open(&options, 1, NULL, &server, message), DM_OK);
    ask(server, &request);
    assert_ended(&request, DM_ANSWER_LATER, false, "the server cannot be connected to");
    module->close(server);
    options.server = "osrm:http://nowhere.invalid";
    assert_int_equal(module->open(&options, 1, NULL, &server, message), DM_OK);
    ask(server, &request);
    assert_int_equal(request.ask.kind, DM_ANSWER_LATER);
    module->close(server);
}

static void gives_up_in_time(void **state)
{
    (void)state;
    struct request request;
    struct dm_road_options options = {.timeout_ns = 200 * ms};
    struct dm_server *server = open_with("osrm:http://", &options);
    fake_does(fake, (struct fake_action){.delay_ms = 60000, .then = FAKE_CLOSE});
    ask(server, &request);
    assert_ended(&request, DM_ANSWER_LATER, false, "the server did not answer in time");
    assert_in_range(request.ask.waited_ns, 150 * ms, 30000 * ms);
    module->close(server);
}

static void refuses_what_does_not_end(void **state)
{
    (void)state;
    static const char head[] = "HTTP/1.1 200 OK\r\n\r\n", headers[] = "HTTP/1.1 200 OK\r\n";
    expect((struct fake_action){.bytes = head, .endless = "{\"code\":"}, DM_ANSWER_REFUSED, true,
           "the answer is longer than 73984 bytes, which no answer to this request is");
    expect((struct fake_action){.bytes = headers, .endless = "X-Header: value\r\n"},
           DM_ANSWER_REFUSED, true, "the headers of the answer are longer than 65536 bytes");
    expect((struct fake_action){.bytes = "SSH-2.0-OpenSSH_9.2\r\n", .then = FAKE_CLOSE},
           DM_ANSWER_REFUSED, false, "what answers there does not speak HTTP");
}

/* A few bytes that decompress to many. */
static void refuses_bombs(void **state)
{
    (void)state;
    enum { PLAIN = 16 << 20 };
    static const char head[] = "HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n";
    static unsigned char bomb[sizeof head + PLAIN / 500];
    uLongf length = sizeof bomb - sizeof head;
    unsigned char *plain = calloc(1, PLAIN);
    memcpy(bomb, head, sizeof head - 1);
    assert_int_equal(compress(bomb + sizeof head - 1, &length, plain, PLAIN), Z_OK);
    free(plain);
    expect((struct fake_action){.bytes = (char *)bomb,
                                .length = sizeof head - 1 + length,
                                .then = FAKE_CLOSE},
           DM_ANSWER_REFUSED, true,
           "the answer is longer than 73984 bytes, which no answer to this request is");
    expect((struct fake_action){.bytes = head, .endless = "no deflate", .then = FAKE_CLOSE},
           DM_ANSWER_REFUSED, true, "the answer cannot be decompressed");
}

static void follows_no_redirect(void **state)
{
    (void)state;
    struct request request;
    struct dm_server *server = open_usual();
    answer_with("301 Moved", "Location: https://elsewhere.example/x\r\n", "");
    ask(server, &request);
    assert_ended(&request, DM_ANSWER_REFUSED, true,
                 "status 301, a redirect to https://elsewhere.example/x, which is not followed");
    assert_int_equal(fake->requests, 1);
    module->close(server);
}

static void repeats_no_secret(void **state)
{
    (void)state;
    struct request request;
    struct dm_road_options options = {.header = "Authorization: Bearer hunter22"};
    struct dm_server *server = open_with("osrm:http://me:pass55@", &options);
    answer_with("400 Bad", "", "{\"message\":\"no: Bearer hunter22, hunter22, pass55\"}");
    ask(server, &request);
    assert_ended(&request, DM_ANSWER_REFUSED, true, "status 400: no: ***, ***, ***");
    module->close(server);
}

/* ---- stopping and waiting ---- */

static void *set_stop(void *data)
{
    (void)data;
    dm_sleep_ns(50 * ms);
    atomic_store(&stop, true);
    return NULL;
}

static void stops_soon(void **state)
{
    (void)state;
    struct request request;
    pthread_t thread;
    struct dm_server *server = open_usual();
    fake_does(fake, (struct fake_action){.delay_ms = 60000, .then = FAKE_CLOSE});
    uint64_t begin_ns = dm_clock_ns();
    assert_int_equal(pthread_create(&thread, NULL, set_stop, NULL), 0);
    ask(server, &request);
    assert_ended(&request, DM_ANSWER_STOPPED, false, "stopped");
    assert_true(dm_clock_ns() - begin_ns < 30000 * ms);
    assert_int_equal(pthread_join(thread, NULL), 0);
    ask(server, &request); /* and at once */
    assert_int_equal(request.ask.kind, DM_ANSWER_STOPPED);
    module->close(server);
}

static void waits_until_due(void **state)
{
    (void)state;
    struct request request;
    struct dm_server *server = open_usual();
    answer_with("200 OK", "", TABLE);
    prepare(&request);
    request.ask.not_before_ns = dm_clock_ns() + 1000 * ms;
    module->ask(server, &request.ask);
    assert_table(&request);
    assert_true(dm_clock_ns() >= request.ask.not_before_ns);
    assert_in_range(request.ask.waited_ns, 100 * ms, 60000 * ms);
    module->close(server);
}

/* ---- in steps ---- */

static void finishes_what_was_begun(void **state)
{
    (void)state;
    enum { COUNT = 8 };
    struct request requests[COUNT];
    bool ended[COUNT] = {false};
    size_t index = 0;
    struct dm_server *server = open_usual();
    answer_with("200 OK", "", TABLE);
    assert_false(module->finish_any(server, 10, &index));
    uint64_t now_ns = dm_clock_ns();
    for (size_t i = 0; i < COUNT; i++) {
        prepare(&requests[i]);
        requests[i].ask.not_before_ns = i % 2 ? now_ns + 200 * ms : 0;
        module->begin(server, &requests[i].ask, 100 + i);
    }
    assert_int_equal(fake->requests, 0);
    for (size_t done = 0; done < COUNT;) {
        if (!module->finish_any(server, 20, &index))
            continue;
        assert_in_range(index, 100, 100 + COUNT - 1);
        assert_false(ended[index - 100]);
        ended[index - 100] = true;
        assert_table(&requests[index - 100]);
        if (dm_clock_ns() < now_ns + 200 * ms)
            assert_int_equal(index % 2, 0); /* the others are not due yet */
        done++;
    }
    assert_true(dm_clock_ns() - now_ns >= 200 * ms);
    assert_false(module->finish_any(server, 0, &index));
    module->close(server);
}

/* Begin requests that the server does not answer. */
static void begin_three(struct dm_server *server, struct request *requests)
{
    fake_does(fake, (struct fake_action){.delay_ms = 60000, .then = FAKE_CLOSE});
    for (size_t i = 0; i < 3; i++) {
        prepare(&requests[i]);
        module->begin(server, &requests[i].ask, i);
    }
}

static void drops_what_was_begun(void **state)
{
    (void)state;
    struct request requests[3];
    size_t index;
    struct dm_server *server = open_usual();
    begin_three(server, requests);
    assert_false(module->finish_any(server, 50, &index));
    module->drop(server);
    assert_false(module->finish_any(server, 50, &index));
    answer_with("200 OK", "", TABLE);
    module->begin(server, &requests[0].ask, 7);
    assert_true(module->finish_any(server, 30000, &index));
    assert_int_equal(index, 7);
    assert_table(&requests[0]);
    module->begin(server, &requests[1].ask, 8); /* left to close() */
    module->finish_any(server, 0, &index);
    module->close(server);
}

static void stops_all_that_was_begun(void **state)
{
    (void)state;
    struct request requests[3];
    size_t index;
    struct dm_server *server = open_usual();
    begin_three(server, requests);
    assert_false(module->finish_any(server, 20, &index));
    atomic_store(&stop, true);
    for (size_t i = 0; i < 3; i++) {
        assert_true(module->finish_any(server, 30000, &index));
        assert_int_equal(requests[index].ask.kind, DM_ANSWER_STOPPED);
    }
    assert_false(module->finish_any(server, 1000, &index));
    module->close(server);
}

/* ---- threads and processes ---- */

static void *ask_often(void *data)
{
    static atomic_int tables;
    for (int i = 0; i < 20; i++) {
        struct request request;
        ask(data, &request);
        tables += request.ask.kind == DM_ANSWER_TABLE;
    }
    return &tables;
}

static void serves_threads(void **state)
{
    (void)state;
    enum { THREADS = 8 };
    pthread_t threads[THREADS];
    void *tables = NULL;
    struct dm_server *server = open_usual();
    answer_with("200 OK", "", TABLE);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, ask_often, server), 0);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(threads[i], &tables), 0);
    assert_int_equal(*(atomic_int *)tables, THREADS * 20);
    assert_in_range(fake->connections, 1, THREADS);
    module->close(server);
}

/* A process has connections of its own, and leaves those of its parent alone. */
static void serves_processes(void **state)
{
    (void)state;
    struct request request;
    struct dm_server *server = open_usual();
    answer_with("200 OK", "", TABLE);
    ask(server, &request);
    assert_int_equal(fake->connections, 1);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        ask(server, &request);
        bool good = request.ask.kind == DM_ANSWER_TABLE;
        module->drop(server);
        _exit(good ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_int_equal(fake->connections, 2);
    ask(server, &request);
    assert_table(&request);
    assert_int_equal(fake->connections, 2);
    module->close(server);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_connections_until_dropped),
        cmocka_unit_test(sends_what_is_wanted),
        cmocka_unit_test(waits_as_long_as_asked),
        cmocka_unit_test(notices_lost_connections),
        cmocka_unit_test(notices_that_nothing_listens),
        cmocka_unit_test(gives_up_in_time),
        cmocka_unit_test(refuses_what_does_not_end),
        cmocka_unit_test(refuses_bombs),
        cmocka_unit_test(follows_no_redirect),
        cmocka_unit_test(repeats_no_secret),
        cmocka_unit_test(stops_soon),
        cmocka_unit_test(waits_until_due),
        cmocka_unit_test(finishes_what_was_begun),
        cmocka_unit_test(drops_what_was_begun),
        cmocka_unit_test(stops_all_that_was_begun),
        cmocka_unit_test(serves_threads),
        cmocka_unit_test(serves_processes),
    };
    fake = fake_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
