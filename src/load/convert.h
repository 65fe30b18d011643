/* convert.h - converting text to UTF-8, by iconv. */
#ifndef LOAD_CONVERT_H
#define LOAD_CONVERT_H

#include "load/step.h"

/* Return the encoding that a byte order mark at the start of a text stands for, and set *length to
 * the mark's length in bytes. NULL and 0: there is no mark. */
const char *dm_marked_encoding(const struct dm_chunk *start, size_t *length);

/* Open a step that converts text from the encoding, one of iconv's names, to UTF-8. `shown` and
 * `encoding` must outlive it. Bytes that are not valid in the encoding are DM_DATA, with their
 * line; another encoding is suggested unless a byte order mark is the reason for this one
 * (`is_marked`). DM_USAGE: the encoding is unknown. DM_MEMORY. */
enum dm_status dm_convert_open(const char *shown, const char *encoding, bool is_marked,
                               struct dm_step **step, struct dm_error *error);

#endif
