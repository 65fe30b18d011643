/* encode.h - bands as bytes. The text of a range of pairs is laid out in pieces, at places that are
 * known before, so that as many tasks can encode it at once. */
#ifndef RUN_ENCODE_H
#define RUN_ENCODE_H

#include "output/band.h"

#include <dmatrix/format.h>

/* A format, made ready for what it writes about. Stays where it is. */
struct dm_encoding {
    const struct dm_layout *layout;
    const struct dm_format *format;
    struct dm_encoder *encoder; /* NULL: not ready yet */
    struct dm_subject subject;  /* of the encoder */
};

/* Bytes that the encoded pairs [begin, end) of a pass take at most. */
size_t dm_encoding_bound(const struct dm_encoding *encoding, uint64_t begin, uint64_t end);

struct dm_piece {
    uint64_t begin, end; /* pairs */
};

/* A part of a band, encoded in one run. */
struct dm_text {
    struct dm_band part;     /* its pairs; part.bytes[i], what piece i has become */
    struct dm_piece *pieces; /* part.count of them ... */
    size_t pieces_most;      /* ... and room for so many, in part.bytes too */
    char *text;
    size_t text_bytes;               /* room for so many */
    size_t piece_pairs, piece_bytes; /* of a piece, at most, but for one of a single pair */
};

/* Lays out the pairs of the band from `begin` on, as many as there is room for: one at least, whose
 * text fits. */
void dm_text_lay_out(struct dm_text *text, const struct dm_encoding *encoding,
                     const struct dm_band *band, uint64_t begin);

/* Encodes a piece, in any thread or process. */
void dm_text_encode(struct dm_text *text, const struct dm_encoding *encoding, size_t index);

#endif
