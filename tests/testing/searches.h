/* searches.h - a search, and the same search by measuring all pairs one by one. */
#ifndef TESTING_SEARCHES_H
#define TESTING_SEARCHES_H

#include "search/find.h"

#include <dmatrix/locations.h>
#include <dmatrix/metric.h>

/* What is searched, and how: a query for each choice of the fields that follow `isa`. */
struct search {
    const struct dm_metric *metric;
    struct dm_metric_options options;
    const struct dm_locations *origins, *destinations; /* NULL: they are the origins */
    bool each_once, by_row, checked;                   /* checked: the metric's bound is used */
    double metres_per_unit;
    size_t nearest;
    double within;
};

/* The search for an index that was built, and both sets prepared in the order of their files. */
struct searched {
    const struct search *search;
    struct dm_index index;
    struct dm_prepared *origins, *destinations; /* equal if there is one set */
    double *metres;                             /* from one origin to all */
    struct dm_neighbours wanted, found;
    size_t room; /* of each of the columns */
};

/* A phase of a serial executor, for as long as the program runs; and its end. */
struct dm_phase *serial_phase(void);
void close_serial_phase(void);

/* Build the index. The search may be changed afterwards, except for metric, options and sets. */
struct searched open_search(const struct search *search);
void close_search(struct searched *searched);

/* The distance of a pair in the unit, as it is written. */
double written_distance(struct searched *searched, size_t row, size_t destination);

/* Fail unless the search for the neighbours of an origin has the result of measuring all, to the
 * bit. The text is part of the message. */
void assert_neighbours(struct searched *searched, size_t row, const char *text);

/* The same for the origins begin, begin + step, ... */
void assert_many_neighbours(struct searched *searched, size_t begin, size_t step, const char *text);

#endif
