/* Faults on demand: which, and at which requests. */
#ifndef STUB_FAULT_H
#define STUB_FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum fault_kind {
    FAULT_NONE,
    /* Another answer. */
    FAULT_429,
    FAULT_429_HTML,
    FAULT_429_DATE,
    FAULT_500,
    FAULT_502,
    FAULT_503,
    FAULT_EMPTY,
    FAULT_HTML,
    FAULT_REDIRECT,
    FAULT_BIG_ERROR,
    /* A misbehaving connection. */
    FAULT_SLOW,
    FAULT_CUT,
    FAULT_CLOSE,
    FAULT_RESET,
    FAULT_HUGE,
    FAULT_HUGE_LENGTH,
    /* A wrong table. */
    FAULT_TRUNCATED_JSON,
    FAULT_FEWER_CELLS,
    FAULT_FEWER_ROWS,
    FAULT_MORE_ROWS,
    FAULT_NAN,
    FAULT_NEGATIVE,
    FAULT_STRING,
    FAULT_ONE_NULL,
    FAULT_OFF_ROAD,
    FAULT_NO_SNAPS,
    FAULT_DIFFERENT,
};

struct fault {
    enum fault_kind kind;
    const char *name;
    unsigned long long value; /* parameter of the kind: see fault_usage() */
    unsigned long long left;  /* number of requests still to fail; ULLONG_MAX for all */
    unsigned long long every; /* fail every Nth request; 0 to use `left` */
};

struct faults {
    struct fault list[32];
    size_t count;
    unsigned long long requests; /* number of requests so far */
};

/* Add a fault given as KIND[=VALUE][:COUNT|:every=N]. Return false if it is not valid. */
bool fault_add(struct faults *faults, const char *text);

/* Count a request and return its fault, or NULL. The first fault in the list that applies wins. */
const struct fault *fault_next(struct faults *faults);

/* Return the fault of this kind if it was added, else NULL. */
const struct fault *fault_of_kind(const struct faults *faults, enum fault_kind kind);

void fault_usage(FILE *file);

#endif
