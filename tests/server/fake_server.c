#define _GNU_SOURCE /* strcasestr() */
#include "server/fake_server.h"

#include "testing/testing.h"

#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

struct connection {
    struct fake_server *server;
    int socket;
};

/* ---- requests ---- */

static size_t body_length(const char *head)
{
    const char *found = strcasestr(head, "\r\ncontent-length:");
    return found ? (size_t)strtoul(found + 17, NULL, 10) : 0;
}

/* Read a request. Return false once the other end has closed. */
static bool read_request(int socket, char text[FAKE_REQUEST])
{
    size_t length = 0, wanted = FAKE_REQUEST;
    while (length < wanted) {
        ssize_t got = recv(socket, text + length, FAKE_REQUEST - 1 - length, 0);
        if (got <= 0)
            return false;
        length += (size_t)got;
        text[length] = '\0';
        const char *end = strstr(text, "\r\n\r\n");
        if (end)
            wanted = (size_t)(end + 4 - text) + body_length(text);
    }
    return true;
}

/* ---- answers ---- */

static bool send_all(int socket, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t sent = send(socket, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes += sent;
        length -= (size_t)sent;
    }
    return true;
}

/* Do what is wanted. Return true if the connection is kept. */
static bool act(int socket, const struct fake_action *action)
{
    size_t length = action->length ? action->length : action->bytes ? strlen(action->bytes) : 0;
    if (action->delay_ms > 0)
        poll(NULL, 0, action->delay_ms);
    bool sent = send_all(socket, action->bytes, length);
    while (sent && action->endless)
        sent = send_all(socket, action->endless, strlen(action->endless));
    if (action->then == FAKE_RESET) {
        struct linger at_once = {.l_onoff = 1, .l_linger = 0};
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }
    return sent && action->then == FAKE_KEEP;
}

static void *serve(void *data)
{
    struct connection *connection = data;
    struct fake_server *server = connection->server;
    char text[FAKE_REQUEST];
    bool kept = true;
    while (kept && read_request(connection->socket, text)) {
        pthread_mutex_lock(&server->lock);
        memcpy(server->last, text, sizeof text);
        struct fake_action action = server->action;
        pthread_mutex_unlock(&server->lock);
        server->requests++;
        kept = act(connection->socket, &action);
    }
    close(connection->socket);
    free(connection);
    return NULL;
}

static void start_thread(void *(*run)(void *), void *data)
{
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, run, data), 0);
    assert_int_equal(pthread_detach(thread), 0);
}

static void *accept_all(void *data)
{
    struct fake_server *server = data;
    for (;;) {
        int socket = accept(server->listener, NULL, NULL);
        if (socket < 0)
            return NULL;
        struct connection *connection = malloc(sizeof *connection);
        if (!connection)
            abort();
        *connection = (struct connection){server, socket};
        server->connections++;
        start_thread(serve, connection);
    }
}

struct fake_server *fake_start(void)
{
    static struct fake_server server = {.lock = PTHREAD_MUTEX_INITIALIZER};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    server.listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(server.listener >= 0);
    assert_int_equal(bind(server.listener, (struct sockaddr *)&address, size), 0);
    assert_int_equal(listen(server.listener, 64), 0);
    assert_int_equal(getsockname(server.listener, (struct sockaddr *)&address, &size), 0);
    server.port = ntohs(address.sin_port);
    start_thread(accept_all, &server);
    return &server;
}

void fake_does(struct fake_server *server, struct fake_action action)
{
    pthread_mutex_lock(&server->lock);
    server->action = action;
    pthread_mutex_unlock(&server->lock);
    server->connections = server->requests = 0;
}

void fake_last(struct fake_server *server, char text[FAKE_REQUEST])
{
    pthread_mutex_lock(&server->lock);
    memcpy(text, server->last, FAKE_REQUEST);
    pthread_mutex_unlock(&server->lock);
}

bool fake_was_sent(struct fake_server *server, const char *text)
{
    char last[FAKE_REQUEST];
    fake_last(server, last);
    return strstr(last, text) != NULL;
}

char *fake_answer(const char *status, const char *headers, const char *body)
{
    size_t size = strlen(status) + strlen(headers) + strlen(body) + 128;
    char *text = malloc(size);
    assert_non_null(text);
    snprintf(text, size, "HTTP/1.1 %s\r\nContent-Length: %zu\r\n%s\r\n%s", status, strlen(body),
             headers, body);
    return text;
}
