#include "stub_loop.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MOST_CONNECTIONS 500
#define CHUNK ((size_t)1 << 16)
#define LOGGED_PATH 60 /* characters */

enum state {
    READING, /* reading a request */
    WAITING, /* the answer is ready but not due yet */
    SENDING, /* sending the answer */
};

enum ending {
    KEEP,
    CLOSE, /* close after the answer */
    RESET, /* close with RST */
};

struct connection {
    int descriptor;
    enum state state;
    enum ending ending;
    struct text in, out;
    size_t sent;                  /* number of bytes of `out` */
    uint64_t due;                 /* time in microseconds, see clock_us() */
    bool sent_continue;           /* true if "100 Continue" was sent */
    bool streams;                 /* true if `filler` is sent after `out` */
    char filler;                  /* byte to repeat */
    uint64_t to_stream, streamed; /* number of bytes to send and sent */
};

struct loop {
    const struct loop_options *options;
    const struct rules *rules;
    struct faults *faults;
    int listener;
    struct connection *connections[MOST_CONNECTIONS];
    size_t count;
    uint64_t begin;     /* time in microseconds, see clock_us() */
    uint64_t *answered; /* ring of the times of the last options->rate accepted requests */
    size_t next;        /* index of the oldest in the ring */
};

static int signal_pipe[2];

static uint64_t clock_us(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static double log_time(const struct loop *loop)
{
    return (double)(clock_us() - loop->begin) / 1000;
}

/* Return the number of requests that have arrived and are not fully answered. */
static size_t under_way(const struct loop *loop)
{
    size_t count = 0;
    for (size_t i = 0; i < loop->count; i++)
        count += loop->connections[i]->state != READING;
    return count;
}

static void write_log(const struct loop *loop, const struct request *request,
                      const struct answer *answer)
{
    char path[LOGGED_PATH + 1];
    size_t length = strcspn(request->target, "?");
    if (length > LOGGED_PATH)
        length = LOGGED_PATH;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)request->target[i];
        path[i] = '?'; /* a space or line end in a path would break the log's format */
        if (c > ' ' && c < 127)
            path[i] = (char)c;
    }
    path[length] = '\0';
    if (loop->options->log)
        fprintf(loop->options->log, "%.3f %s %s %zux%zu %s %zu%s\n", log_time(loop),
                request->method, path, answer->origins, answer->destinations, answer->code,
                under_way(loop), request->has_authorization ? " auth" : "");
}

/* Count one more request. Return false if there were too many in the last second. */
static bool is_within_rate(struct loop *loop)
{
    size_t rate = loop->options->rate;
    if (!rate)
        return true;
    uint64_t now = clock_us(), *oldest = &loop->answered[loop->next];
    if (*oldest && now - *oldest < 1000000)
        return false;
    *oldest = now;
    loop->next = (loop->next + 1) % rate;
    return true;
}

/* Add the head and the body to `out`. Without Content-Length, the end of the connection ends the
 * body. */
static void write_answer(struct connection *connection, const struct answer *answer,
                         uint64_t length, bool announced)
{
    struct text *out = &connection->out;
    text_add(out, "HTTP/1.1 %d %s\r\nServer: stub\r\n", answer->status,
             http_reason(answer->status));
    text_add(out, "Content-Type: %s\r\n", answer->type);
    if (announced)
        text_add(out, "Content-Length: %llu\r\n", (unsigned long long)length);
    text_add(out, "Connection: %s\r\n", connection->ending == KEEP ? "keep-alive" : "close");
    if (answer->headers.length)
        text_add_bytes(out, answer->headers.data, answer->headers.length);
    text_add(out, "\r\n");
    if (answer->body.length)
        text_add_bytes(out, answer->body.data, answer->body.length);
}

/* Put the answer into `out`, or fail as the fault requires. */
static void prepare_answer(struct connection *connection, struct answer *answer,
                           const struct fault *fault)
{
    enum fault_kind kind = fault ? fault->kind : FAULT_NONE;
    bool huge = kind == FAULT_HUGE || kind == FAULT_HUGE_LENGTH;
    uint64_t length = answer->body.length;
    if (kind == FAULT_SLOW)
        connection->due += fault->value * 1000;
    if (kind == FAULT_CLOSE || kind == FAULT_RESET) {
        connection->due = 0;
        connection->ending = kind == FAULT_CLOSE ? CLOSE : RESET;
        return;
    }
    if (kind == FAULT_CUT || huge)
        connection->ending = CLOSE;
    if (kind == FAULT_CUT)
        answer->body.length /= 2;
    if (huge) {
        connection->streams = true;
        connection->filler = kind == FAULT_HUGE ? ' ' : '7';
        connection->to_stream = length = fault->value;
        connection->streamed = 0;
        answer->status = 200;
        answer->body.length = 0;
    }
    write_answer(connection, answer, length, kind != FAULT_HUGE);
}

static void begin_answer(struct loop *loop, struct connection *connection,
                         const struct request *request)
{
    struct answer answer = {0};
    const struct fault *fault = NULL;
    connection->due = clock_us() + loop->options->delay_us;
    connection->state = WAITING;
    connection->sent_continue = false;
    connection->ending = request->keep_alive ? KEEP : CLOSE;
    if (is_within_rate(loop)) {
        fault = fault_next(loop->faults);
        answer_request(loop->rules, request, fault, &answer);
    } else {
        answer_too_often(&answer, 1);
    }
    write_log(loop, request, &answer);
    prepare_answer(connection, &answer, fault);
    answer_free(&answer);
}

/* Answer an invalid request with an error, and close. */
static void refuse(struct connection *connection, int status)
{
    struct answer answer = {0};
    connection->ending = CLOSE;
    connection->state = SENDING;
    answer_html(&answer, status);
    write_answer(connection, &answer, answer.body.length, true);
    answer_free(&answer);
}

/* Begin to answer if a complete request has arrived. */
static void take_request(struct loop *loop, struct connection *connection)
{
    static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
    struct request request;
    int status;
    if (!connection->in.length)
        return;
    switch (http_parse(connection->in.data, connection->in.length, &request, &status)) {
    case HTTP_INCOMPLETE:
        if (request.expects_continue && !connection->sent_continue)
            send(connection->descriptor, go_on, sizeof go_on - 1, MSG_NOSIGNAL);
        connection->sent_continue = request.expects_continue;
        break;
    case HTTP_COMPLETE:
        begin_answer(loop, connection, &request);
        text_drop(&connection->in, request.length);
        break;
    case HTTP_BAD:
        refuse(connection, status);
        break;
    }
    free(request.target);
}

/* Return false if the client has closed or reset the connection. */
static bool read_more(struct connection *connection)
{
    char *room = text_room(&connection->in, CHUNK);
    ssize_t received = recv(connection->descriptor, room, CHUNK, 0);
    if (received < 0)
        return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
    connection->in.length += (size_t)received;
    return received > 0;
}

/* Send up to `length` bytes. Set *sent to 0 if sending would block; return false if it failed. */
static bool send_part(struct connection *connection, const char *data, size_t length, size_t *sent)
{
    ssize_t result = send(connection->descriptor, data, length, MSG_NOSIGNAL);
    *sent = result > 0 ? (size_t)result : 0;
    return result >= 0 || errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

/* Send as much of the answer as possible now. Return false if the connection is to be closed. */
static bool send_more(struct connection *connection)
{
    struct text *out = &connection->out;
    size_t sent;
    if (connection->sent < out->length) {
        if (!send_part(connection, out->data + connection->sent, out->length - connection->sent,
                       &sent))
            return false;
        connection->sent += sent;
    } else if (connection->streamed < connection->to_stream) {
        char block[CHUNK];
        uint64_t left = connection->to_stream - connection->streamed;
        memset(block, connection->filler, sizeof block);
        if (!send_part(connection, block, left < CHUNK ? (size_t)left : CHUNK, &sent))
            return false;
        connection->streamed += sent;
    }
    if (connection->sent < out->length || connection->streamed < connection->to_stream)
        return true;
    connection->state = READING;
    connection->sent = out->length = 0;
    return connection->ending == KEEP;
}

/* Read, answer and send, as far as possible now. Return false if the connection is to be closed. */
static bool serve(struct loop *loop, struct connection *connection, short events)
{
    if (events & (POLLERR | POLLNVAL))
        return false;
    if (events & (POLLIN | POLLHUP) && !read_more(connection))
        return false;
    if (connection->state == READING)
        take_request(loop, connection);
    if (connection->state == WAITING && connection->due <= clock_us())
        connection->state = SENDING;
    if (connection->state != SENDING)
        return true;
    if (!send_more(connection))
        return false;
    if (connection->state == READING)
        take_request(loop, connection); /* it may have arrived before this answer was sent */
    return true;
}

static void end_connection(struct loop *loop, size_t i)
{
    struct connection *connection = loop->connections[i];
    if (connection->streams && loop->options->log)
        fprintf(loop->options->log, "%.3f huge sent %llu\n", log_time(loop),
                (unsigned long long)connection->streamed);
    if (connection->ending == RESET) {
        struct linger at_once = {.l_onoff = 1, .l_linger = 0};
        setsockopt(connection->descriptor, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }
    close(connection->descriptor);
    text_free(&connection->in);
    text_free(&connection->out);
    free(connection);
    loop->connections[i] = loop->connections[--loop->count];
}

static void accept_connection(struct loop *loop)
{
    int descriptor = accept(loop->listener, NULL, NULL), yes = 1;
    if (descriptor < 0)
        return; /* the client has closed the connection already */
    fcntl(descriptor, F_SETFL, O_NONBLOCK);
    fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    struct connection *connection = must_allocate(1, sizeof *connection);
    connection->descriptor = descriptor;
    loop->connections[loop->count++] = connection;
}

/* Return the milliseconds until the first answer is due, rounded up, or -1. */
static int time_to_wait(const struct loop *loop)
{
    uint64_t now = clock_us(), first = UINT64_MAX;
    for (size_t i = 0; i < loop->count; i++) {
        const struct connection *connection = loop->connections[i];
        if (connection->state == WAITING && connection->due < first)
            first = connection->due;
    }
    if (first == UINT64_MAX)
        return -1;
    uint64_t wait = first > now ? (first - now + 999) / 1000 : 0;
    return wait < 60000 ? (int)wait : 60000;
}

static short events_of(const struct connection *connection)
{
    /* Read even before the answer is sent, to notice when the client closes the connection. */
    bool reads = connection->in.length < LONGEST_HEAD + LONGEST_BODY;
    return (short)((reads ? POLLIN : 0) | (connection->state == SENDING ? POLLOUT : 0));
}

enum { SIGNAL, INPUT, LISTENER, FIXED };

static size_t fill_polled(const struct loop *loop, bool watches_input, struct pollfd *polled)
{
    bool is_full = loop->count == MOST_CONNECTIONS;
    polled[SIGNAL] = (struct pollfd){.fd = signal_pipe[0], .events = POLLIN};
    polled[INPUT] = (struct pollfd){.fd = watches_input ? STDIN_FILENO : -1, .events = POLLIN};
    polled[LISTENER] = (struct pollfd){.fd = is_full ? -1 : loop->listener, .events = POLLIN};
    for (size_t i = 0; i < loop->count; i++)
        polled[FIXED + i] = (struct pollfd){.fd = loop->connections[i]->descriptor,
                                            .events = events_of(loop->connections[i])};
    return FIXED + loop->count;
}

/* Return true if standard input has ended. */
static bool input_ended(short events)
{
    char ignored[256];
    return events && read(STDIN_FILENO, ignored, sizeof ignored) <= 0;
}

static void answer_all(struct loop *loop, bool watches_input)
{
    static struct pollfd polled[FIXED + MOST_CONNECTIONS];
    for (;;) {
        size_t count = fill_polled(loop, watches_input, polled);
        int ready = poll(polled, (nfds_t)count, time_to_wait(loop));
        if (ready < 0 && errno != EINTR) {
            perror("stub_server: poll");
            return;
        }
        if (ready < 0)
            continue;
        if (polled[SIGNAL].revents || input_ended(polled[INPUT].revents))
            return;
        /* Backwards, because end_connection() moves the last connection to the index of the ended
         * one. */
        for (size_t i = loop->count; i-- > 0;)
            if (!serve(loop, loop->connections[i], polled[FIXED + i].revents))
                end_connection(loop, i);
        if (polled[LISTENER].revents)
            accept_connection(loop);
    }
}

static void on_signal(int number)
{
    int saved = errno;
    char byte = (char)number;
    if (write(signal_pipe[1], &byte, 1) < 0)
        byte = 0; /* the pipe is full, so a signal is pending already */
    errno = saved;
}

static bool catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal}, ignore = {.sa_handler = SIG_IGN};
    if (pipe(signal_pipe) != 0)
        return false;
    fcntl(signal_pipe[1], F_SETFL, O_NONBLOCK);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
    return true;
}

/* Return a listening socket, or -1. Set *port to the port it uses. */
static int listen_on_loopback(unsigned *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)*port)};
    socklen_t length = sizeof address;
    int yes = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (listener < 0)
        return -1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (struct sockaddr *)&address, length) != 0 || listen(listener, 128) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &length) != 0) {
        close(listener);
        return -1;
    }
    fcntl(listener, F_SETFL, O_NONBLOCK);
    *port = ntohs(address.sin_port);
    return listener;
}

int loop_run(const struct loop_options *options, const struct rules *rules, struct faults *faults)
{
    struct loop loop = {.options = options, .rules = rules, .faults = faults, .begin = clock_us()};
    unsigned port = options->port;
    loop.listener = listen_on_loopback(&port);
    if (loop.listener < 0 || !catch_signals()) {
        perror("stub_server: listening");
        return 1;
    }
    loop.answered = must_allocate(options->rate, sizeof *loop.answered);
    printf("listening on 127.0.0.1:%u\n", port);
    fflush(stdout);
    answer_all(&loop, !isatty(STDIN_FILENO));
    while (loop.count)
        end_connection(&loop, loop.count - 1);
    free(loop.answered);
    close(loop.listener);
    close(signal_pipe[0]);
    close(signal_pipe[1]);
    return 0;
}
