/* format.h - distances as bytes.
 *
 * A format turns runs of distances into text, each run on its own, so that an executor can encode
 * many at once; their bytes, put together in order, are the file.
 */
#ifndef DMATRIX_FORMAT_H
#define DMATRIX_FORMAT_H

#include <dmatrix/api.h>
#include <dmatrix/flag.h>
#include <dmatrix/locations.h>
#include <dmatrix/shape.h>
#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A unit of length and its exact size in metres. */
struct dm_unit {
    const char *name, *summary;
    double metres;
};

DM_API extern const struct dm_unit dm_unit_km, dm_unit_m;

/* All units, ended by NULL. */
DM_API const struct dm_unit *const *dm_units(void);

/* The unit of that name. DM_USAGE: there is none; the message names those there are. */
DM_API enum dm_status dm_unit_find(const char *name, const struct dm_unit **found,
                                   struct dm_error *error);

enum { DM_PRECISION_DEFAULT = 6, DM_PRECISION_MAX = 12 };

/* How a number is kept in binary formats. */
enum dm_dtype { DM_F8, DM_F4 };

/* How a number becomes an integer: the nearest (halves away from 0), the one below, above. */
enum dm_round { DM_NEAREST, DM_FLOOR, DM_CEIL };

struct dm_format_options {
    uint64_t given; /* DM_FIELD_BIT() of each field below that was asked for: a run refuses those
                     * that the format would ignore */
    const struct dm_unit *unit; /* of the distances */
    unsigned precision;         /* decimals, up to DM_PRECISION_MAX */
    bool header;                /* write the line that names the columns */
    bool safe_csv;              /* names that a spreadsheet would take for formulas get a ' */
    enum dm_dtype dtype;
    double scale; /* distances in integers are multiplied by it before they are rounded */
    enum dm_round round;
    double speed_kmh;    /* for durations; 0: not known */
    const char *isa;     /* instruction set of the hot loops; NULL: the best that is here */
    const dm_flag *stop; /* ends a long preparation; may be NULL */
    uint64_t reserved[8];
};

/* What is written about. All of it outlives the encoder. */
struct dm_subject {
    const struct dm_layout *layout;
    const struct dm_locations *origins, *destinations; /* the same where there is one set */
    double longest;                                    /* no distance is longer, in the unit */
};

enum { DM_NOTE_LENGTH = 256, DM_FRAME_PIECES = 4 };

/* What every format's encoder begins with; prepare() fills it in. */
struct dm_encoder {
    size_t pair_bound;         /* bytes of any one pair at most, row begin and end included */
    bool raw;                  /* the distances in memory are the bytes: nothing is to be encoded */
    char note[DM_NOTE_LENGTH]; /* what the user should know of the result; "" where all is well */
    uint64_t reserved[4];
};

/* Bytes of the output that the encoder owns. */
struct dm_bytes {
    const char *at;
    size_t count;
};

/* One const object a format. */
struct dm_format {
    const char *name, *extension, *summary;
    unsigned shapes;              /* those it can hold, a set of enum dm_shape_bit */
    const struct dm_shape *usual; /* taken where it fits and none was asked for; NULL: the first */
    uint64_t uses;                /* DM_FIELD_BIT() of each field of the options that it does not
                                   * ignore, of unit to speed_kmh */
    const struct dm_unit *unit;   /* that it is always in; NULL: in the one asked for */
    unsigned passes;              /* so many times all pairs go by, one after another; at least 1 */
    bool binary;                  /* nothing for a terminal */

    /* Lays out once what is written often (escaped names). The caller gives the encoder back with
     * dispose(). DM_MEMORY, DM_USAGE, DM_RANGE (a distance could be too long), DM_STOPPED. */
    enum dm_status (*prepare)(const struct dm_format_options *options,
                              const struct dm_subject *subject, struct dm_encoder **encoder,
                              struct dm_error *error);

    /* Bytes that encode() can write for the segment at most; `distances` is not looked at. In
     * constant time for contiguous destinations, and never less for a longer segment. */
    size_t (*bound)(const struct dm_encoder *encoder, const struct dm_segment *segment);

    /* Writes the segment's bytes and returns their number. Cannot fail; safe in many threads. */
    size_t (*encode)(const struct dm_encoder *encoder, const struct dm_segment *segment,
                     char *text);

    /* What stands before the first pair of a pass and after its last: up to DM_FRAME_PIECES runs
     * of bytes, whose number is returned. They are the encoder's, good until the next call. NULL:
     * there is nothing. */
    size_t (*begin)(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces);
    size_t (*end)(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces);

    /* Bytes of the whole output. NULL: they depend on the distances. */
    uint64_t (*size)(const struct dm_encoder *encoder);

    /* NULL: what encode() wrote is the output. Else a format that sums up instead: takes the
     * bytes of all segments, in order and never cut within one, in the calling thread, and only
     * begin() and end() are output. encode() must not look at what it changes: that may happen at
     * the same time, or in another process. */
    void (*absorb)(struct dm_encoder *encoder, const char *bytes, size_t count);

    void (*dispose)(struct dm_encoder *encoder); /* NULL is fine */
    uint64_t reserved[8];
};

DM_API extern const struct dm_format dm_format_csv, dm_format_matrix, dm_format_npy,
    dm_format_tsplib, dm_format_phylip, dm_format_json;

/* All formats a file can have, ended by NULL. */
DM_API const struct dm_format *const *dm_formats(void);

/* The format of that name. DM_USAGE: there is none; the message names those there are. */
DM_API enum dm_status dm_format_find(const char *name, const struct dm_format **found,
                                     struct dm_error *error);

#ifdef __cplusplus
}
#endif

#endif
