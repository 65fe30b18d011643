/* http.h - requests by HTTP, some at a time. Only http.c knows libcurl. */
#ifndef SERVER_HTTP_H
#define SERVER_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What all requests have in common. The texts, each NULL if there is none, must outlive them. */
struct dm_http_settings {
    const char *header; /* "Name: value" */
    const char *user, *password;
    uint64_t timeout_ns; /* of a request, with the connection */
};

/* How a transfer ended. */
enum dm_http_end {
    DM_HTTP_OPEN,     /* it has not */
    DM_HTTP_ANSWERED, /* there is an answer, whole */
    DM_HTTP_LOST,  /* the server was not reached, or the connection was lost: it may work again */
    DM_HTTP_FAILED /* it would fail again: a wrong certificate, an answer that is too long */
};

/* A request and what came of it. To be zeroed but for the first part, and not moved until it has
 * ended. */
struct dm_transfer {
    const char *url;  /* http or https, without a user */
    const char *body; /* JSON, to be posted; NULL: a GET */
    size_t limit;     /* of an answer, in bytes: a longer one is not read on */
    void *tag;        /* the caller's */

    enum dm_http_end end;
    bool reached; /* bytes came from the server */
    long status;  /* of an answer */
    char *bytes;  /* ... which dm_http_forget() frees; NULL: it is empty */
    size_t length;
    uint64_t later_ns;  /* ... Retry-After; 0: not given */
    char location[512]; /* ... where a redirect leads; "": none */
    char why[256];      /* of LOST and FAILED; may have bytes that are not printable */

    /* The rest is private. */
    void *handle, *headers;
    size_t room, header_bytes;
    char error[256]; /* libcurl's words */
    struct dm_http *http;
    struct dm_transfer *next;
};

/* Connections and the transfers on them, for one thread at a time. */
struct dm_http;

/* Prepare for any number of dm_http; to be undone as often. Return false if libcurl refuses. */
bool dm_http_begin_use(void);
void dm_http_end_use(void);

/* Return NULL without memory. The settings must outlive it. */
struct dm_http *dm_http_new(const struct dm_http_settings *settings);

/* Close all connections and drop all transfers. NULL is allowed. */
void dm_http_free(struct dm_http *http);

/* Start a transfer; return at once. It may already have ended. */
void dm_http_start(struct dm_http *http, struct dm_transfer *transfer);

/* Move data, and wait for up to `timeout_ms` until there is some to move. Return a transfer that
 * has ended, or NULL. */
struct dm_transfer *dm_http_wait(struct dm_http *http, int timeout_ms);

/* Release what a transfer has; one that has not ended is dropped, with its connection. */
void dm_http_forget(struct dm_transfer *transfer);

#endif
