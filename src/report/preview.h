/* preview.h - the preview on a terminal: a format that is not in the registry. */
#ifndef REPORT_PREVIEW_H
#define REPORT_PREVIEW_H

#include <dmatrix/format.h>

/* A corner of the matrix, its nearest and farthest pair and the mean, as wide as the terminal. */
extern const struct dm_format dm_format_preview;

#endif
