/* fake_server.h - a server of HTTP on this machine that answers what a test wants, well or badly.
 */
#ifndef SERVER_FAKE_SERVER_H
#define SERVER_FAKE_SERVER_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

/* What it does once it has read a request. */
struct fake_action {
    const char *bytes;   /* all of the answer, with its status line; NULL: nothing */
    size_t length;       /* of `bytes`; 0: up to their end */
    int delay_ms;        /* before the answer */
    const char *endless; /* sent again and again after that, until the other end closes */
    enum { FAKE_KEEP, FAKE_CLOSE, FAKE_RESET } then;
};

enum { FAKE_REQUEST = 8192 };

struct fake_server {
    int port;
    atomic_int connections, requests;

    /* The rest is its own. */
    pthread_mutex_t lock; /* guards what follows */
    char last[FAKE_REQUEST];
    struct fake_action action;
    int listener;
};

/* Start it; it lasts until the test ends. */
struct fake_server *fake_start(void);

/* Choose what it does with the requests from now on. The texts are needed until the test ends. */
void fake_does(struct fake_server *server, struct fake_action action);

/* Return true if the last request, with its head and body, contains the text. */
bool fake_was_sent(struct fake_server *server, const char *text);

/* Copy the last request. */
void fake_last(struct fake_server *server, char text[FAKE_REQUEST]);

/* An answer with this status line, headers (each ended by \r\n) and body; free() it. */
char *fake_answer(const char *status, const char *headers, const char *body);

#endif
