#include "run/encode.h"

#include "base/checked.h"
#include "base/crc.h"
#include "base/tally.h"

enum { SAMPLE_PAIRS = 1 << 10 };

size_t dm_encoding_bound(const struct dm_encoding *encoding, const struct dm_band *band,
                         uint64_t begin, uint64_t end)
{
    const struct dm_band none = {.begin = begin};
    size_t bytes = 0;
    struct dm_segment segment;
    if (encoding->layout->row_begin && !band)
        return (size_t)(end - begin) * encoding->encoder->pair_bound;
    struct dm_band_walk walk =
        dm_band_walk_begin(encoding->layout, band ? band : &none, begin, end);
    while (dm_band_walk_next(&walk, &segment))
        bytes += encoding->format->bound(encoding->encoder, &segment);
    return bytes;
}

/* Return the number of pairs for one piece, estimated from the first pairs after `begin`. */
static uint64_t piece_pairs(const struct dm_text *text, const struct dm_encoding *encoding,
                            const struct dm_band *band, uint64_t begin)
{
    uint64_t sample = dm_min_u64(SAMPLE_PAIRS, band->end - begin);
    uint64_t bytes = dm_encoding_bound(encoding, band, begin, begin + sample);
    uint64_t pair = dm_max_u64(1, dm_times_in(sample, bytes));
    return dm_max_u64(1, dm_min_u64(text->piece_bytes / pair, text->piece_pairs));
}

/* Add a piece with the pairs up to `end`, or fewer if they do not fit; `used` bytes of the text are
 * in use. Return the size of the piece in bytes; 0: it does not fit into this text. */
static size_t add_piece(struct dm_text *text, const struct dm_encoding *encoding, uint64_t end,
                        size_t used)
{
    struct dm_band *part = &text->part;
    size_t bytes = dm_encoding_bound(encoding, part, part->end, end);
    while (bytes > text->text_bytes - used) {
        if (part->count > 0)
            return 0;
        end = part->end + (end - part->end) / 2; /* the plan ensures that one pair fits */
        bytes = dm_encoding_bound(encoding, part, part->end, end);
    }
    text->pieces[part->count] = (struct dm_piece){part->end, end};
    part->bytes[part->count++].iov_base = text->text + used;
    part->end = end;
    return bytes;
}

/* End a text with a row of a sparse layout, unless a row is longer than the text: another run can
 * go on only with a row. */
static void end_with_row(struct dm_text *text, const struct dm_layout *layout)
{
    struct dm_band *part = &text->part;
    uint64_t end = dm_layout_floor(layout, part->end);
    if (end <= part->begin)
        return;
    while (text->pieces[part->count - 1].begin >= end)
        part->count--;
    text->pieces[part->count - 1].end = part->end = end;
}

void dm_text_lay_out(struct dm_text *text, const struct dm_encoding *encoding,
                     const struct dm_band *band, uint64_t begin)
{
    struct dm_band *part = &text->part;
    uint64_t pairs = piece_pairs(text, encoding, band, begin);
    size_t used = 0, bytes = 1;
    part->pass = band->pass;
    part->begin = part->end = begin;
    part->distances = band->distances + (begin - band->begin);
    part->destinations = band->destinations ? band->destinations + (begin - band->begin) : NULL;
    part->routes = band->routes ? band->routes + (begin - band->begin) : NULL;
    part->count = 0;
    while (bytes > 0 && part->end < band->end && part->count < text->pieces_capacity) {
        bytes = add_piece(text, encoding, dm_min_u64(part->end + pairs, band->end), used);
        used += bytes;
    }
    if (encoding->layout->row_begin)
        end_with_row(text, encoding->layout);
}

void dm_text_encode(struct dm_text *text, const struct dm_encoding *encoding, size_t index)
{
    const struct dm_piece *piece = &text->pieces[index];
    struct iovec *bytes = &text->part.bytes[index];
    char *at = bytes->iov_base;
    struct dm_tally tally = {0};
    struct dm_segment segment;
    struct dm_band_walk walk =
        dm_band_walk_begin(encoding->layout, &text->part, piece->begin, piece->end);
    while (dm_band_walk_next(&walk, &segment)) {
        segment.pass = text->part.pass;
        at += encoding->format->encode(encoding->encoder, &segment, at);
        if (text->tallies)
            encoding->format->tally(encoding->encoder, &segment, &tally);
    }
    bytes->iov_len = (size_t)(at - (char *)bytes->iov_base);
    if (text->tallies)
        text->tallies[index] = tally;
    if (text->crcs)
        text->crcs[index] = dm_crc(0, bytes->iov_base, bytes->iov_len);
}

void dm_text_tally(const struct dm_text *text, struct dm_tally *sum)
{
    for (size_t i = 0; text->tallies && i < text->part.count; i++)
        dm_tally_add(sum, &text->tallies[i]);
}

void dm_text_join_crcs(const struct dm_text *text, struct dm_encoder *encoder)
{
    for (size_t i = 0; text->crcs && i < text->part.count; i++) {
        size_t bytes = text->part.bytes[i].iov_len;
        encoder->pass_crc = dm_crc_join(encoder->pass_crc, text->crcs[i], bytes);
        encoder->pass_bytes += bytes;
    }
}
