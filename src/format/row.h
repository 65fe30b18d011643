/* row.h - rows of a matrix as text: a label and the numbers. */
#ifndef FORMAT_ROW_H
#define FORMAT_ROW_H

#include "format/digits.h"
#include "format/labels.h"

#include <dmatrix/format.h>

/* Return the maximum bytes of one pair, and of a segment. */
size_t dm_row_pair_bound(const struct dm_labels *labels);
size_t dm_row_bound(const struct dm_labels *labels, const struct dm_segment *segment);

/* Write a segment and return the end. The origin's label begins a row; at the end of a row, a line
 * feed replaces the last separator. */
char *dm_put_row(char *text, const struct dm_labels *labels, const struct dm_decimals *decimals,
                 const struct dm_segment *segment);

#endif
