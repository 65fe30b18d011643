/* The structs of the public headers, as programs of this minor version were compiled with them. A
 * new field takes some of the room of `reserved`: then the second number of its line changes, which
 * may be, and the first stays. Where a first number has to change, programs break: a new minor
 * version (docs/library.md, How structs grow). */
#include "testing/testing.h"

#include <stddef.h>

_Static_assert(DM_VERSION_MAJOR == 0 && DM_VERSION_MINOR == 2, "of which these are the sizes");
_Static_assert(sizeof(void *) == 8 && sizeof(long) == 8, "on machines of 64 bits");

/* Bytes; and the place of what is reserved, which is all that remains. */
#define STRUCTS(FIXED, GROWS)                                                                      \
    FIXED(dm_accuracy_end, 104)                                                                    \
    GROWS(dm_accuracy, 7608, 7576)                                                                 \
    FIXED(dm_statistics, 40)                                                                       \
    FIXED(dm_ratio, 24)                                                                            \
    GROWS(dm_trial, 392, 360)                                                                      \
    FIXED(dm_shares, 32)                                                                           \
    GROWS(dm_compare_options, 96, 64)                                                              \
    GROWS(dm_comparison, 7344, 7312)                                                               \
    FIXED(dm_points, 24)                                                                           \
    GROWS(dm_matrix_options, 224, 200)                                                             \
    FIXED(dm_sink, 16)                                                                             \
    FIXED(dm_ellipsoid, 32)                                                                        \
    GROWS(dm_executor_options, 48, 16)                                                             \
    FIXED(dm_work, 80)                                                                             \
    GROWS(dm_worker_stats, 64, 48)                                                                 \
    FIXED(dm_usage, 32)                                                                            \
    GROWS(dm_run_stats, 64, 48)                                                                    \
    GROWS(dm_executor, 56, 24)                                                                     \
    GROWS(dm_executor_ops, 80, 48)                                                                 \
    GROWS(dm_timing, 136, 120)                                                                     \
    FIXED(dm_unit, 24)                                                                             \
    GROWS(dm_format_options, 136, 88)                                                              \
    FIXED(dm_by_road, 16)                                                                          \
    FIXED(dm_subject, 32)                                                                          \
    GROWS(dm_encoder, 304, 296)                                                                    \
    FIXED(dm_bytes, 16)                                                                            \
    FIXED(dm_format, 192)                                                                          \
    FIXED(dm_tally, 24)                                                                            \
    FIXED(dm_isa, 32)                                                                              \
    GROWS(dm_load_options, 144, 136)                                                               \
    GROWS(dm_load_notes, 3160, 3096)                                                               \
    GROWS(dm_crs_notes, 720, 696)                                                                  \
    FIXED(dm_values, 96)                                                                           \
    FIXED(dm_locations, 272)                                                                       \
    GROWS(dm_metric_options, 88, 56)                                                               \
    FIXED(dm_embedding, 24)                                                                        \
    GROWS(dm_metric, 144, 96)                                                                      \
    GROWS(dm_neighbour_lists, 64, 40)                                                              \
    GROWS(dm_rank, 160, 128)                                                                       \
    FIXED(dm_shard, 16)                                                                            \
    GROWS(dm_forecast, 80, 48)                                                                     \
    GROWS(dm_observer, 40, 32)                                                                     \
    GROWS(dm_search_options, 96, 48)                                                               \
    GROWS(dm_run_options, 728, 680)                                                                \
    GROWS(dm_report, 7264, 7240)                                                                   \
    GROWS(dm_shape, 80, 48)                                                                        \
    GROWS(dm_layout, 64, 56)                                                                       \
    FIXED(dm_route, 24)                                                                            \
    FIXED(dm_segment, 64)                                                                          \
    FIXED(dm_walk, 32)                                                                             \
    FIXED(dm_suggestion, 104)                                                                      \
    GROWS(dm_error, 1904, 1872)

struct layout {
    const char *name;
    size_t size, wanted_size, reserved, wanted_reserved, room;
};

static void structs_are_as_they_were(void **state)
{
    (void)state;
#define FIXED(name, size) {#name, sizeof(struct name), size, 0, 0, 0},
#define GROWS(name, size, place)                                                                   \
    {#name, sizeof(struct name),                                                                   \
     size,  offsetof(struct name, reserved),                                                       \
     place, sizeof((struct name *)0)->reserved},
    static const struct layout layouts[] = {STRUCTS(FIXED, GROWS)};
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        const struct layout *layout = &layouts[i];
        if (layout->size != layout->wanted_size || layout->reserved != layout->wanted_reserved)
            fail_msg("%s has %zu bytes, of which those from %zu on are reserved, not %zu and %zu",
                     layout->name, layout->size, layout->reserved, layout->wanted_size,
                     layout->wanted_reserved);
        if (layout->wanted_reserved > 0)
            assert_true(layout->reserved + layout->room == layout->size);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(structs_are_as_they_were)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
