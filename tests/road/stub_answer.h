/* Answer requests in the dialects of three kinds of routing servers. */
#ifndef STUB_ANSWER_H
#define STUB_ANSWER_H

#include "stub_fault.h"
#include "stub_http.h"
#include "stub_table.h"
#include "stub_text.h"

enum dialect {
    DIALECT_OSRM,
    DIALECT_VALHALLA,
    DIALECT_ORS, /* openrouteservice */
    DIALECTS,
};

struct rules {
    struct table table;
    const struct fault *different; /* --fault=different, or NULL */
    size_t limit[DIALECTS];        /* most cells in a request */
    bool serves[DIALECTS];
    int too_big_code; /* Valhalla's error_code for too many cells */
};

struct answer {
    int status;
    const char *type;    /* Content-Type */
    struct text headers; /* further headers, each with its line end */
    struct text body;
    size_t origins, destinations; /* numbers of places in the request */
    char code[32];                /* status and code, for the log */
};

/* Names of the dialects, as used by --kind. */
extern const char *const dialect_names[DIALECTS];

/* Answer a request. `fault` may be NULL; faults of the connection are left to the caller. `answer`
 * must be zeroed by the caller, and freed with answer_free(). */
void answer_request(const struct rules *rules, const struct request *request,
                    const struct fault *fault, struct answer *answer);

/* Make an answer of HTML with this status. */
void answer_html(struct answer *answer, int status);

/* Make a 429 answer with Retry-After. */
void answer_too_often(struct answer *answer, unsigned long long seconds);

void answer_free(struct answer *answer);

#endif
