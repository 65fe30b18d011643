/* scene.h - what the picture says, in words and in order, before anything is drawn. */
#ifndef PLOT_SCENE_H
#define PLOT_SCENE_H

#include "plot/duration.h"
#include "plot/measurements.h"
#include "plot/words.h"

#include <stdbool.h>
#include <stddef.h>

enum { DM_LINES_MAX = 64 };

struct dm_bar {
    const struct dm_measurement *result;
    char *label;
    char value[DM_DURATION_LENGTH]; /* "~25.0 s ± 1.2 s" */
    char factor[32];                /* beside it: the speedup, or times the fastest; may be empty */
    unsigned kind;                  /* which executor, counted from 0 as they come */
};

/* A line of the second picture: one executor and grain with several numbers of threads. */
struct dm_line {
    char label[DM_LABEL_LENGTH];
    unsigned kind, grain; /* counted from 0 as they come */
    size_t count;         /* of its points, by threads */
    struct dm_point {
        double threads, speedup;
        double low, high; /* what it is between; 0: not known */
    } * points;
};

struct dm_scene {
    char title[DM_LABEL_LENGTH], subtitle[DM_LABEL_LENGTH];
    size_t count;
    struct dm_bar *bars; /* the fastest first */
    const char *factors; /* what the factors are; NULL: there are none */
    bool logarithmic;    /* times are too far apart to be compared by length */
    bool shares;         /* bars are split by where the time went */
    bool scaled;         /* at least one */

    size_t line_count;
    struct dm_line *lines;
    const char *speedup_over;
};

/* The scene points into the measurements. To be freed. DM_MEMORY. */
enum dm_status dm_scene_make(const struct dm_measurements *measurements, struct dm_scene *scene,
                             struct dm_error *error);

void dm_scene_free(struct dm_scene *scene);

#endif
