/* encode.h - encoding bands as bytes. The text of a range of pairs is divided into pieces whose
 * places in memory are known in advance, so that tasks can encode them in parallel. */
#ifndef RUN_ENCODE_H
#define RUN_ENCODE_H

#include "output/band.h"

#include <dmatrix/format.h>

/* A format, prepared for the places whose distances it writes. Must not be moved in memory. */
struct dm_encoding {
    const struct dm_layout *layout;
    const struct dm_format *format;
    struct dm_encoder *encoder; /* NULL: not prepared yet */
    struct dm_subject subject;  /* the encoder refers to it */
};

/* Return the maximum number of bytes of the encoded pairs [begin, end) of a pass. The band, which
 * contains them, is only needed to get close to it in a sparse layout, and may be NULL. */
size_t dm_encoding_bound(const struct dm_encoding *encoding, const struct dm_band *band,
                         uint64_t begin, uint64_t end);

struct dm_piece {
    uint64_t begin, end; /* pairs */
};

/* A part of a band, encoded in one run. */
struct dm_text {
    struct dm_band part;      /* its pairs; part.bytes[i] are the encoded bytes of piece i */
    struct dm_piece *pieces;  /* part.count entries */
    struct dm_tally *tallies; /* one for each piece; NULL: the format has none */
    uint32_t *crcs;           /* of the bytes of each piece; NULL: the format needs none */
    size_t pieces_capacity;   /* of `pieces`, `tallies`, `crcs` and part.bytes */
    char *text;
    size_t text_bytes;               /* capacity of `text` */
    size_t piece_pairs, piece_bytes; /* maximum of a piece with more than one pair */
};

/* Divide the pairs of the band from `begin` on into pieces, as many as fit into the text. At least
 * one pair must fit. */
void dm_text_lay_out(struct dm_text *text, const struct dm_encoding *encoding,
                     const struct dm_band *band, uint64_t begin);

/* Encode a piece, tally it and compute its CRC. May be called in any thread or process, and again.
 */
void dm_text_encode(struct dm_text *text, const struct dm_encoding *encoding, size_t index);

/* Add the tallies of all pieces, which must be encoded. */
void dm_text_tally(const struct dm_text *text, struct dm_tally *sum);

/* Append the CRCs and sizes of all pieces, which must be encoded, to those of the pass so far. */
void dm_text_join_crcs(const struct dm_text *text, struct dm_encoder *encoder);

#endif
