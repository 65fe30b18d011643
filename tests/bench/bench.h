/* bench.h - times of things that are measured in turn, so that a slow moment of a shared machine
 * hits all of them alike. */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>

enum { BENCH_ROUNDS_MAX = 101 };

/* One of the things: what it is, how to do it once, and how long that took, round by round. */
struct bench {
    const char *name;
    void (*once)(void *context);
    void *context;
    size_t items;                /* in one go */
    double ns[BENCH_ROUNDS_MAX]; /* an item, sorted in the end */
};

static inline int bench_compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Does all of them `rounds` times in turn, after one round that does not count. */
static inline void bench_measure(struct bench *benches, size_t count, size_t rounds)
{
    for (size_t round = 0; round <= rounds; round++) {
        for (size_t i = 0; i < count; i++) {
            uint64_t begin = dm_clock_ns();
            benches[i].once(benches[i].context);
            double elapsed = (double)(dm_clock_ns() - begin);
            if (round > 0)
                benches[i].ns[round - 1] = elapsed / (double)benches[i].items;
        }
    }
    for (size_t i = 0; i < count; i++)
        qsort(benches[i].ns, rounds, sizeof(double), bench_compare);
}

/* The same, and prints the least and the median time of each an item, and the ratio of its median
 * to the first's. */
static inline void bench_run(struct bench *benches, size_t count, size_t rounds)
{
    bench_measure(benches, count, rounds);
    printf("  %-44s %12s %12s %10s\n", "", "least ns", "median ns", "ratio");
    for (size_t i = 0; i < count; i++)
        printf("  %-44s %12.2f %12.2f %10.3f\n", benches[i].name, benches[i].ns[0],
               benches[i].ns[rounds / 2], benches[i].ns[rounds / 2] / benches[0].ns[rounds / 2]);
}

#endif
