/* Finds the neighbours of points in memory: the pipeline without a format writes them into arrays
 * that the caller gets. */
#include <dmatrix/nearest.h>

#include "base/arena.h"
#include "base/checked.h"
#include "base/large.h"
#include "base/try.h"
#include "output/memory.h"
#include "run/call.h"

#include <stdlib.h>
#include <string.h>

/* Values fit both types: none exceeds DM_LOCATIONS_MAX squared. */
_Static_assert(sizeof(int64_t) == sizeof(size_t), "the arrays are those of a band");

/* Allocate the arrays, which are one block, and fill the one that is known: row_begin. */
static enum dm_status allocate(const struct dm_layout *layout, struct dm_neighbour_lists *lists,
                               struct dm_error *error)
{
    size_t rows = (size_t)layout->origins + 1, pairs = (size_t)layout->pairs, bytes;
    void *block = NULL;
    if (dm_multiply_size(pairs, sizeof *lists->destinations + sizeof *lists->distances, &bytes) &&
        dm_add_size(bytes, rows * sizeof *lists->row_begin, &bytes))
        block = dm_large_alloc(DM_CACHE_LINE, bytes);
    if (!block)
        return dm_fail(error, DM_MEMORY, "out of memory for %zu neighbours", pairs);
    *lists = (struct dm_neighbour_lists){
        .origins = (size_t)layout->origins, .pairs = pairs, .row_begin = block};
    lists->destinations = lists->row_begin + rows;
    lists->distances = (void *)(lists->destinations + pairs);
    memcpy(lists->row_begin, layout->row_begin, rows * sizeof *lists->row_begin);
    return DM_OK;
}

static enum dm_status fill(struct dm_call *call, struct dm_neighbour_lists *lists,
                           struct dm_error *error)
{
    DM_TRY(allocate(&call->places.layout, lists, error));
    struct dm_array_output output = dm_array_output(lists->distances, (size_t *)lists->destinations,
                                                    !call->options.executor->processes);
    return dm_call_run(call, &output.base, error);
}

static enum dm_status find(const struct dm_points *origins, const struct dm_points *destinations,
                           const struct dm_matrix_options *options,
                           const struct dm_search_options *search, struct dm_neighbour_lists *lists,
                           struct dm_error *error)
{
    struct dm_call call = {0};
    struct dm_neighbour_lists new = {0};
    struct dm_matrix_options complete = options ? *options : (struct dm_matrix_options){0};
    complete.search = search;
    if (!lists)
        return dm_fail(error, DM_USAGE, "lists is NULL");
    if (search->unmatched != DM_UNMATCHED_DROP)
        return dm_fail_field(error, DM_FIELD_UNMATCHED, DM_USAGE,
                             "%s has no effect: an origin without neighbours has an empty list",
                             dm_field_name(DM_FIELD_UNMATCHED));
    enum dm_status status = dm_call_begin(&call, origins, destinations, &complete, error);
    if (status == DM_OK)
        status = fill(&call, &new, error);
    dm_call_end(&call);
    if (status == DM_OK)
        *lists = new;
    else
        dm_neighbour_lists_free(&new);
    return status;
}

static struct dm_search_options search_of(const struct dm_matrix_options *options)
{
    return options && options->search ? *options->search : (struct dm_search_options){0};
}

enum dm_status dm_nearest(const struct dm_points *origins, const struct dm_points *destinations,
                          uint64_t count, const struct dm_matrix_options *options,
                          struct dm_neighbour_lists *lists, struct dm_error *error)
{
    struct dm_search_options search = search_of(options);
    search.nearest = count;
    if (count == 0)
        return dm_fail_field(error, DM_FIELD_NEAREST, DM_USAGE,
                             "the number of nearest neighbours is 0");
    return find(origins, destinations, options, &search, lists, error);
}

enum dm_status dm_within(const struct dm_points *origins, const struct dm_points *destinations,
                         double distance, const struct dm_matrix_options *options,
                         struct dm_neighbour_lists *lists, struct dm_error *error)
{
    struct dm_search_options search = search_of(options);
    search.limited = true;
    search.within = distance;
    search.within_unit = NULL;
    return find(origins, destinations, options, &search, lists, error);
}

void dm_neighbour_lists_free(struct dm_neighbour_lists *lists)
{
    free(lists->row_begin); /* begins the block of all three arrays */
    *lists = (struct dm_neighbour_lists){0};
}
