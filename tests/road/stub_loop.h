/* Serve all connections in one thread, with poll(). */
#ifndef STUB_LOOP_H
#define STUB_LOOP_H

#include "stub_answer.h"

struct loop_options {
    unsigned port;               /* 0 for any free port */
    unsigned long long delay_us; /* microseconds to wait before every answer */
    size_t rate;                 /* most requests within a second; more get 429; 0 for no limit */
    FILE *log;                   /* NULL for no log */
};

/* Listen on the loopback interface, print the port, and answer until SIGTERM, SIGINT or the end of
 * standard input (which is ignored if it is a terminal). Return the exit status. */
int loop_run(const struct loop_options *options, const struct rules *rules, struct faults *faults);

#endif
