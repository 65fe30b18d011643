#include "property/property.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Sanitizers make everything slower, and processes and threads most of all. */
enum { SHARE = SANITIZED ? 10 : 1 };

static const char *program;
static uint64_t first_seed = 1, last_seed, seed;
static const struct property *trying; /* NULL: it has held for all seeds */

static void for_each_seed(void **state)
{
    const struct world *world = *state;
    for (seed = first_seed; seed <= last_seed; seed++) {
        struct random random = {seed};
        trying->check(&random, world);
    }
    printf("%s: %" PRIu64 " seeds\n", trying->name, last_seed - first_seed + 1);
    trying = NULL;
}

static int make_world(void **state)
{
    trying = *state;
    return world_make(state);
}

/* A failure leaves the test where it stands: then there is still something being tried. */
static int clean_world(void **state)
{
    if (trying)
        fprintf(stderr, "%s does not hold for seed %" PRIu64 "; again: %s %" PRIu64 "\n",
                trying->name, seed, program, seed);
    return world_clean(state);
}

static bool read_words(int argc, char **argv, uint64_t seeds)
{
    program = argv[0];
    last_seed = seeds / SHARE + (seeds < SHARE);
    if (argc == 2)
        first_seed = last_seed = strtoull(argv[1], NULL, 10);
    if (argc == 3 && strcmp(argv[1], "--seeds") == 0)
        last_seed = strtoull(argv[2], NULL, 10);
    return argc <= 3 && last_seed > 0;
}

int try_properties(int argc, char **argv, const struct property *properties, size_t count,
                   uint64_t seeds)
{
    if (!read_words(argc, argv, seeds)) {
        fprintf(stderr, "usage: %s [SEED | --seeds N]\n", argv[0]);
        return 2;
    }
    int failed = 0;
    for (size_t i = 0; i < count; i++) {
        union {
            const struct property *constant;
            void *state;
        } property = {&properties[i]};
        const struct CMUnitTest test = {properties[i].name, for_each_seed, make_world, clean_world,
                                        property.state};
        const struct CMUnitTest tests[] = {test};
        failed += cmocka_run_group_tests(tests, NULL, NULL);
    }
    return failed != 0;
}
