/* format.h - distances as bytes.
 *
 * A format turns runs of distances into text, each run on its own, so that an executor can encode
 * many at once; their bytes, put together in order, are the file.
 */
#ifndef DMATRIX_FORMAT_H
#define DMATRIX_FORMAT_H

#include <dmatrix/flag.h>
#include <dmatrix/locations.h>
#include <dmatrix/shape.h>
#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A unit of length and its exact size in metres. */
struct dm_unit {
    const char *name, *summary;
    double metres;
};

extern const struct dm_unit dm_unit_km;

/* All units, ended by NULL. */
const struct dm_unit *const *dm_units(void);

/* The unit of that name. DM_USAGE: there is none; the message names those there are. */
enum dm_status dm_unit_find(const char *name, const struct dm_unit **unit, struct dm_error *error);

enum { DM_PRECISION_DEFAULT = 6, DM_PRECISION_MAX = 12 };

struct dm_format_options {
    const struct dm_unit *unit; /* of the numbers written */
    unsigned precision;         /* decimals, up to DM_PRECISION_MAX */
    bool header;                /* write the line that names the columns */
    unsigned columns;           /* of the terminal; 0 where there is none (preview) */
    const dm_flag *stop;        /* ends a long preparation; may be NULL */
};

/* What every format's encoder begins with. */
struct dm_encoder {
    size_t begin_bound, end_bound; /* bytes of header and trailer at most */
    size_t pair_bound;             /* bytes of any one pair at most, row begin and end included */
};

/* One const object a format. */
struct dm_format {
    const char *name, *extension, *summary;
    unsigned shapes; /* those it can hold, a set of enum dm_shape_bit */

    /* Lays out once what is written often (escaped names). The locations outlive the encoder;
     * the caller gives it back with dispose(). DM_MEMORY, DM_USAGE, DM_STOPPED. */
    enum dm_status (*prepare)(const struct dm_format_options *options,
                              const struct dm_layout *layout, const struct dm_locations *origins,
                              const struct dm_locations *destinations, struct dm_encoder **encoder,
                              struct dm_error *error);

    /* Bytes that encode() can write for the segment at most; `metres` is not looked at. In
     * constant time for contiguous destinations, and never less for a longer segment. */
    size_t (*bound)(const struct dm_encoder *encoder, const struct dm_segment *segment);

    /* Writes the segment's bytes and returns their number. Cannot fail; safe in many threads. */
    size_t (*encode)(const struct dm_encoder *encoder, const struct dm_segment *segment,
                     char *text);

    /* Write the header and the trailer and return their bytes. NULL: there is none. */
    size_t (*begin)(const struct dm_encoder *encoder, char *text);
    size_t (*end)(const struct dm_encoder *encoder, char *text);

    /* NULL: what encode() wrote is the output. Else a format that sums up instead: takes the
     * bytes of all segments, in order and never cut within one, in the calling thread, and only
     * begin() and end() are output. encode() must not look at what it changes: that may happen at
     * the same time, or in another process. */
    void (*absorb)(struct dm_encoder *encoder, const char *bytes, size_t count);

    void (*dispose)(struct dm_encoder *encoder); /* NULL is fine */
};

extern const struct dm_format dm_format_csv, dm_format_matrix;
extern const struct dm_format dm_format_preview; /* for a terminal; in no registry */

/* All formats a file can have, ended by NULL. */
const struct dm_format *const *dm_formats(void);

/* The format of that name. DM_USAGE: there is none; the message names those there are. */
enum dm_status dm_format_find(const char *name, const struct dm_format **format,
                              struct dm_error *error);

#ifdef __cplusplus
}
#endif

#endif
