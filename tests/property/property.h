/* property.h - what holds for any input, tried with one seed after another.
 *
 *     test_property_X             as many seeds as take seconds
 *     test_property_X SEED        this one
 *     test_property_X --seeds N   1, 2, ... N
 */
#ifndef PROPERTY_PROPERTY_H
#define PROPERTY_PROPERTY_H

#include "testing/testing.h"
#include "testing/world.h"

/* Fails the test at hand where the property does not hold for what the seed makes of it. */
typedef void property_check(struct random *random, const struct world *world);

struct property {
    const char *name;
    property_check *check;
};

#define PROPERTY(check)                                                                            \
    {                                                                                              \
#check, check                                                                              \
    }

/* Tries `count` properties, each with `seeds` seeds or as the words say; main()'s result. */
int try_properties(int argc, char **argv, const struct property *properties, size_t count,
                   uint64_t seeds);

#endif
