/* What the module exports: a server, whose connections threads share. */
#include "road/server_module.h"

#include "server/answer.h"
#include "server/endpoint.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct dm_server {
    struct dm_endpoint endpoint;
    struct dm_line *steps; /* of begin() and finish_any() */
    size_t at_once;

    pthread_mutex_t lock;  /* guards the rest */
    struct dm_line **idle; /* lines that no ask() uses now, each with its connection */
    size_t idle_count;     /* ... at most `at_once` */
    pid_t owner;           /* process that made the connections */
};

static void abort_on_error(int result)
{
    if (result != 0)
        abort();
}

/* ---- opening ---- */

static void close_server(struct dm_server *server)
{
    if (!server)
        return;
    for (size_t i = 0; i < server->idle_count; i++)
        dm_line_free(server->idle[i]);
    dm_line_free(server->steps);
    free(server->idle);
    dm_endpoint_free(&server->endpoint);
    abort_on_error(pthread_mutex_destroy(&server->lock));
    free(server);
    dm_http_end_use();
}

static enum dm_status fail(enum dm_status status, const char *why, char message[DM_ERROR_LENGTH])
{
    snprintf(message, DM_ERROR_LENGTH, "%s", why);
    return status;
}

/* Return a server that close_server() can close, or NULL. */
static struct dm_server *allocate(unsigned at_once)
{
    struct dm_server *new = calloc(1, sizeof *new);
    if (!new || pthread_mutex_init(&new->lock, NULL) != 0) {
        free(new);
        return NULL;
    }
    new->at_once = at_once > 0 ? at_once : 1;
    new->owner = getpid();
    return new;
}

static enum dm_status open_server(const struct dm_road_options *options, unsigned at_once,
                                  const dm_flag *stop, struct dm_server **server,
                                  char message[DM_ERROR_LENGTH])
{
    if (!dm_http_begin_use())
        return fail(DM_SYSTEM, "libcurl cannot be used", message);
    struct dm_server *new = allocate(at_once);
    if (!new) {
        dm_http_end_use();
        return fail(DM_MEMORY, "out of memory for a server", message);
    }
    enum dm_status status = dm_endpoint_open(options, stop, &new->endpoint, message);
    if (status == DM_OK) {
        new->idle = calloc(new->at_once, sizeof(struct dm_line *));
        new->steps = dm_line_new(&new->endpoint.settings, new->at_once);
        if (!new->idle || !new->steps)
            status = fail(DM_MEMORY, "out of memory for a server", message);
    }
    if (status == DM_OK)
        *server = new;
    else
        close_server(new);
    return status;
}

static const struct dm_server_facts *facts(const struct dm_server *server)
{
    return &server->endpoint.facts;
}

static size_t address_bytes(const struct dm_server *server, const struct dm_ask *ask)
{
    if (server->endpoint.settings.dialect->write_body)
        return 0;
    char *url = dm_line_url(&server->endpoint.settings, ask);
    size_t bytes = url ? strlen(url) : 0;
    free(url);
    return bytes;
}

/* ---- asking ---- */

/* In a process that was forked, let go of the parent's connections. */
static void leave_to_parent(struct dm_server *server)
{
    if (server->owner == getpid())
        return;
    for (size_t i = 0; i < server->idle_count; i++)
        dm_line_leave(server->idle[i]);
    dm_line_leave(server->steps);
    server->owner = getpid();
}

/* Return a line that nothing else uses, or NULL without memory. */
static struct dm_line *take_line(struct dm_server *server)
{
    struct dm_line *line = NULL;
    abort_on_error(pthread_mutex_lock(&server->lock));
    leave_to_parent(server);
    if (server->idle_count > 0)
        line = server->idle[--server->idle_count]; /* the last one used: likely still connected */
    abort_on_error(pthread_mutex_unlock(&server->lock));
    return line ? line : dm_line_new(&server->endpoint.settings, 1);
}

static void give_back(struct dm_server *server, struct dm_line *line)
{
    abort_on_error(pthread_mutex_lock(&server->lock));
    if (server->idle_count < server->at_once) {
        server->idle[server->idle_count++] = line;
        line = NULL;
    }
    abort_on_error(pthread_mutex_unlock(&server->lock));
    dm_line_free(line);
}

static void ask_server(struct dm_server *server, struct dm_ask *ask)
{
    size_t index;
    struct dm_line *line = take_line(server);
    if (!line) {
        dm_answer_set(ask, DM_ANSWER_REFUSED, "out of memory for a connection");
        return;
    }
    dm_line_begin(line, ask, 0);
    while (!dm_line_finish_any(line, 1000, &index))
        continue;
    give_back(server, line);
}

static void begin(struct dm_server *server, struct dm_ask *ask, size_t index)
{
    dm_line_begin(server->steps, ask, index);
}

static bool finish_any(struct dm_server *server, int timeout_ms, size_t *index)
{
    return dm_line_finish_any(server->steps, timeout_ms, index);
}

static void drop(struct dm_server *server)
{
    dm_line_drop(server->steps);
    abort_on_error(pthread_mutex_lock(&server->lock));
    leave_to_parent(server);
    for (size_t i = 0; i < server->idle_count; i++)
        dm_line_drop(server->idle[i]);
    abort_on_error(pthread_mutex_unlock(&server->lock));
}

DM_API extern const struct dm_server_module dm_server_module;
const struct dm_server_module dm_server_module = {
    .version = DM_SERVER_MODULE_VERSION,
    .open = open_server,
    .facts = facts,
    .address_bytes = address_bytes,
    .ask = ask_server,
    .begin = begin,
    .finish_any = finish_any,
    .drop = drop,
    .close = close_server,
};
