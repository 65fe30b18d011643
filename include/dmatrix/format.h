/* format.h - distances as bytes.
 *
 * A format encodes each run of consecutive distances independently of the others, so that an
 * executor can encode many at once. The file is their bytes concatenated in order.
 */
#ifndef DMATRIX_FORMAT_H
#define DMATRIX_FORMAT_H

#include <dmatrix/api.h>
#include <dmatrix/flag.h>
#include <dmatrix/locations.h>
#include <dmatrix/road.h>
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

/* Return all units, ended by NULL. */
DM_API const struct dm_unit *const *dm_units(void);

/* Find a unit by name. DM_USAGE: it is unknown; the message lists the known names. */
DM_API enum dm_status dm_unit_find(const char *name, const struct dm_unit **found,
                                   struct dm_error *error);

enum { DM_PRECISION_DEFAULT = 6, DM_PRECISION_MAX = 12 };

/* Number type in binary formats. */
enum dm_dtype { DM_F8, DM_F4 };

/* Rounding to an integer: to the nearest (halves away from 0), down, up. */
enum dm_round { DM_NEAREST, DM_FLOOR, DM_CEIL };

/* What distances by road mean for an encoder. */
struct dm_by_road {
    enum dm_quantity quantity; /* what `distances` of segments are, except where
                                * dm_format.durations says so: durations are in seconds */
    bool crow;                 /* segments have dm_route.crow */
    double longest_s;          /* largest duration */
};

struct dm_format_options {
    uint64_t given; /* DM_FIELD_BIT() of each field below that the user set: a run rejects those
                     * that the format ignores */
    const struct dm_unit *unit; /* unit of the distances; NULL: the format's default */
    unsigned precision;         /* decimals, up to DM_PRECISION_MAX */
    bool header;                /* write the line of column names */
    bool safe_csv;              /* put a ' before names that look like formulas */
    enum dm_dtype dtype;
    double scale; /* factor applied before rounding to integers */
    enum dm_round round;
    double speed_kmh;    /* for durations; 0: unknown */
    const char *isa;     /* instruction set of the hot loops; NULL: the best available */
    const dm_flag *stop; /* cancels a long preparation; may be NULL */
    char delimiter; /* separator of fields: an ASCII character that is neither a letter, a digit
                     * nor one of _.+-"' and line ends; 0: a comma */
    char decimal;   /* decimal mark: a point or a comma, not the delimiter; 0: a point */
    const struct dm_by_road *by_road; /* NULL: the distances are not by road, so they are symmetric
                                       * and none is missing */
    uint64_t reserved[6];
};

/* Input of an encoder. All of it outlives the encoder. */
struct dm_subject {
    const struct dm_layout *layout;
    const struct dm_locations *origins, *destinations; /* identical if there is one set */
    double longest; /* largest possible distance, in the unit; of durations by road the largest of
                     * those */
};

enum { DM_NOTE_LENGTH = 256, DM_FRAME_PIECES = 4, DM_PASSES_MAX = 4 };

/* Common part of the encoders of all formats; prepare() fills it. */
struct dm_encoder {
    size_t pair_bound;         /* largest number of bytes of one pair, row begin and end included */
    bool raw;                  /* the distances in memory are the output bytes */
    char note[DM_NOTE_LENGTH]; /* a message about the output for the user; "" if there is none */
    uint64_t pass_bytes;       /* of a format with `crc`, set before end(): the number of bytes that
                                * encode() wrote in this pass, and their CRC-32 (that of zlib) */
    uint32_t pass_crc;
    uint64_t end_bytes; /* estimated number of bytes after the pairs, for forecasts; 0: few */
    uint64_t reserved[1];
};

/* Bytes of the output, owned by the encoder. */
struct dm_bytes {
    const char *at;
    size_t count;
};

/* What a warning about integers in the output needs to know. Zero: no pairs yet. */
struct dm_tally {
    uint64_t zeros;    /* distances above 0 that were written as 0 */
    double shortest;   /* the shortest of them, in the unit; 0: there are none */
    uint64_t greatest; /* the greatest number that was written */
};

/* A format; one const object for each. */
struct dm_format {
    const char *name, *extension, *summary;
    unsigned shapes;              /* shapes that it can hold, a set of dm_shape_bit */
    uint8_t durations;            /* bit p: in pass p, the `distances` of segments are durations by
                                   * road */
    bool quantity;                /* by road, it writes one quantity, whichever is asked for */
    bool routes;                  /* by road, its segments have `routes` */
    bool missing;                 /* it can hold distances that are NaN: there is no route */
    const struct dm_shape *usual; /* default shape, where it fits; NULL: the first. Also of sparse
                                   * layouts */
    uint64_t uses;                /* DM_FIELD_BIT() of the fields it uses, of format_options */
    const struct dm_unit *unit;   /* fixed unit; NULL: the requested one */
    unsigned passes;              /* how often it needs all pairs: 1 .. DM_PASSES_MAX */
    bool binary;                  /* not suitable for a terminal */
    bool rows;                    /* it writes the rows of the table, which must be kept */
    bool by_destination; /* the pairs of a sparse row are in the order of their destinations; false:
                          * of their distances */
    bool crc;            /* end() needs the CRC-32 of the pass */

    /* Create an encoder and precompute what is written often, such as escaped names. The options
     * have a unit. The caller frees it with dispose(). DM_MEMORY, DM_USAGE, DM_RANGE (distances too
     * long), DM_STOPPED. */
    enum dm_status (*prepare)(const struct dm_format_options *options,
                              const struct dm_subject *subject, struct dm_encoder **encoder,
                              struct dm_error *error);

    /* Return an upper bound of the bytes that encode() writes for the segment. `distances` is not
     * read. Takes constant time for contiguous destinations, and is not less for a longer
     * segment. */
    size_t (*bound)(const struct dm_encoder *encoder, const struct dm_segment *segment);

    /* Write the segment's bytes and return their number. Cannot fail; safe in many threads. */
    size_t (*encode)(const struct dm_encoder *encoder, const struct dm_segment *segment,
                     char *text);

    /* Fill `pieces` with the bytes before the first pair of a pass, or after its last: up to
     * DM_FRAME_PIECES pieces. Return their number. The encoder owns the bytes, which are valid
     * until the next call. NULL: there are none. */
    size_t (*begin)(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces);
    size_t (*end)(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces);

    /* Return the size of the whole output in bytes. NULL: it depends on the distances. */
    uint64_t (*size)(const struct dm_encoder *encoder);

    /* NULL: the bytes from encode() are the output. Otherwise the format accumulates a summary:
     * absorb() takes the bytes of all segments, in order and never split within one, in the calling
     * thread, and the output is begin(), end() and more() alone. encode() must not read what
     * absorb() changes: that may happen at the same time, or in another process. */
    void (*absorb)(struct dm_encoder *encoder, const char *bytes, size_t count);

    void (*dispose)(struct dm_encoder *encoder); /* NULL is allowed */

    const struct dm_unit *usual_unit; /* default unit; NULL: km */

    /* Tally the numbers that encode() writes for the segment. Safe in many threads. NULL: the
     * format does not write integers. */
    void (*tally)(const struct dm_encoder *encoder, const struct dm_segment *segment,
                  struct dm_tally *tally);

    /* Numbers above `trusted` (0: none) are correct, but some programs cannot read them; `caution`
     * says what these need, as the end of a warning: "LKH needs ...". */
    uint64_t trusted;
    const char *caution;

    unsigned sparse; /* shapes of the sparse layouts that it can hold, a set of dm_shape_bit */
    bool whole;      /* a part of the output (dm_run_options.shard) is refused, because programs
                      * would take it for a broken file */
    bool from_one;   /* it counts locations from 1; false: from 0, or it names them */
    bool totals;     /* it begins with the number of pairs of all shards, so that each shard of a
                      * sparse layout must know the pairs of all rows, not only of its own */
    bool unmatched;  /* it can hold rows of a sparse layout that have DM_NO_DESTINATION */

    /* Fill `pieces` with the next bytes after those of end(), so that they need not be in memory at
     * once. Called until it returns 0. NULL: there are none. */
    size_t (*more)(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces);

    /* The format that writes distances by road instead, with dm_format_options.by_road: itself if
     * that makes no difference. NULL: it cannot hold them, for the reason `not_by_road`, the end of
     * a message: "its matrices are symmetric". */
    const struct dm_format *by_road;
    const char *not_by_road;
};

DM_API extern const struct dm_format dm_format_csv, dm_format_matrix, dm_format_npy,
    dm_format_tsplib, dm_format_phylip, dm_format_json, dm_format_append, dm_format_npz,
    dm_format_mtx, dm_format_geojson, dm_format_summary, dm_format_summary_destinations;

/* Return all formats that a file can have, ended by NULL. */
DM_API const struct dm_format *const *dm_formats(void);

/* Find a format by name. DM_USAGE: it is unknown; the message lists the known names. */
DM_API enum dm_status dm_format_find(const char *name, const struct dm_format **found,
                                     struct dm_error *error);

#ifdef __cplusplus
}
#endif

#endif
