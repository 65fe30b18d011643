/* read_back.h - files read back by the rules of their formats alone, and compared with what they
 * were written from. */
#ifndef FUZZ_READ_BACK_H
#define FUZZ_READ_BACK_H

#include <dmatrix/format.h>

struct written {
    const struct dm_format_options *options;
    const struct dm_layout *layout;
    const struct dm_locations *origins, *destinations;
    double (*distance)(size_t origin, size_t destination); /* in the unit */
};

/* Claims that the text is the whole of it: every name, every distance, nothing else. */
void read_back(const struct dm_format *format, const char *text, size_t length,
               const struct written *written);

#endif
