#include "format/row.h"

size_t dm_row_pair_bound(const struct dm_labels *labels)
{
    return labels->longest + DM_DIGITS_BOUND;
}

size_t dm_row_bound(const struct dm_labels *labels, const struct dm_segment *segment)
{
    size_t label = segment->row_begins ? dm_label_length(labels, segment->origin) : 0;
    return label + segment->count * DM_DIGITS_BOUND;
}

char *dm_put_row(char *text, const struct dm_labels *labels, const struct dm_decimals *decimals,
                 const struct dm_segment *segment)
{
    struct dm_digits digits;
    if (segment->row_begins)
        text = dm_put_label(text, labels, segment->origin);
    for (size_t i = 0; i < segment->count; i++) {
        if (i % DM_DIGITS_BLOCK == 0)
            dm_digits_next(&digits, decimals, segment->distances + i, segment->count - i);
        text = dm_digits_put(text, &digits, i % DM_DIGITS_BLOCK);
    }
    if (segment->row_ends)
        text[-1] = '\n';
    return text;
}
