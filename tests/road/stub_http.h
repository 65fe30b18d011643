/* Parse a request of HTTP/1.1. */
#ifndef STUB_HTTP_H
#define STUB_HTTP_H

#include <stdbool.h>
#include <stddef.h>

#define LONGEST_HEAD                                                                               \
    ((size_t)1 << 20) /* the path of a table of 1 x 10,000 holds all its places                    \
                       */
#define LONGEST_BODY ((size_t)16 << 20)

struct request {
    char method[16];
    char *target;     /* path and query, with %XX decoded */
    const char *body; /* points into the parsed bytes */
    size_t body_length;
    size_t length; /* number of bytes of head and body */
    bool keep_alive;
    bool expects_continue;
    bool has_authorization;
};

enum http_state {
    HTTP_INCOMPLETE,
    HTTP_COMPLETE,
    HTTP_BAD, /* `status` says why */
};

/* Parse the request at the beginning of `length` bytes. If the head is complete but the body is
 * not, return HTTP_INCOMPLETE with `expects_continue` filled in. The caller frees `target` in any
 * case. */
enum http_state http_parse(const char *bytes, size_t length, struct request *request, int *status);

/* Return the reason phrase of a status. */
const char *http_reason(int status);

#endif
