/* encoded.h - what a format makes of made-up distances. */
#ifndef TESTING_ENCODED_H
#define TESTING_ENCODED_H

#include <dmatrix/format.h>

#include <stddef.h>

/* The bytes of a whole output, terminated; free() them. */
struct encoded {
    char *text;
    size_t length;
    size_t room; /* of `text`, while it grows */
};

typedef double made_up_distance(size_t origin, size_t destination);

/* Encodes all pairs of all passes in segments of at most `most` pairs, with what stands before and
 * after them, and checks every bound on the way. Of a format that sums up, what encode() wrote. */
struct encoded encode_all(const struct dm_format *format, struct dm_encoder *encoder,
                          const struct dm_layout *layout, size_t most, made_up_distance *distance);

/* The route of a pair, and its distance. */
struct made_up {
    double distance;
    struct {
        double duration_s, crow;
    } route; /* its detour is the one divided by the other */
};

typedef struct made_up made_up_pair(size_t origin, size_t destination);

/* The same by road: segments have the routes where the format wants them, and durations as their
 * distances in the passes that want these. `destinations` are those of a sparse layout, or NULL. */
struct encoded encode_by_road(const struct dm_format *format, struct dm_encoder *encoder,
                              const struct dm_layout *layout, const size_t *destinations,
                              size_t most, made_up_pair *pair);

/* The same for a sparse layout, whose pairs have these destinations: layout->pairs entries. */
struct encoded encode_sparse(const struct dm_format *format, struct dm_encoder *encoder,
                             const struct dm_layout *layout, const size_t *destinations,
                             size_t most, made_up_distance *distance);

/* What a format that sums up writes when all pairs have come, in segments of at most `most` pairs.
 * The encoder must be new. `destinations` are those of a sparse layout, or NULL. */
struct encoded sum_up(const struct dm_format *format, struct dm_encoder *encoder,
                      const struct dm_layout *layout, const size_t *destinations, size_t most,
                      made_up_distance *distance);

/* Gives the locations the rows of a table: a column with their names below the
 * header "name", and rows without a location before every third and at the end. */
void give_rows(struct dm_locations *locations, char delimiter);

#endif
