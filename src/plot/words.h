/* words.h - what results are called: by what they differ in. */
#ifndef PLOT_WORDS_H
#define PLOT_WORDS_H

#include "plot/measurements.h"

/* Longer labels and titles are cut. */
enum { DM_LABEL_LENGTH = 2048 };

/* What of the parameters all results share. serial has no threads to speak of. */
struct dm_common {
    const struct dm_measurements *measurements;
    bool configured; /* results are executors at work, to be called by their parameters */
    bool same[DM_PARAMETER_COUNT];
    bool same_pairs;
};

struct dm_common dm_common_of(const struct dm_measurements *measurements);

/* Appends "pool, 2 threads, grain auto" to a text of which `used` characters are there: those of
 * the parameters from `first` to `last` that are, or are not, the same for all. Returns the
 * characters that are there then. */
size_t dm_append_parameters(char *text, size_t size, size_t used, const struct dm_common *common,
                            const struct dm_measurement *result, bool same, enum dm_parameter first,
                            enum dm_parameter last);

/* The label of a result, its title for all of them, and what is to be known besides. */
void dm_label(char *text, size_t size, const struct dm_common *common,
              const struct dm_measurement *result);
void dm_title(char *text, size_t size, const struct dm_common *common);
void dm_subtitle(char *text, size_t size, const struct dm_common *common);

#endif
