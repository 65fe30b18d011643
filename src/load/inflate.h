/* inflate.h - decompressing gzip, by zlib. */
#ifndef LOAD_INFLATE_H
#define LOAD_INFLATE_H

#include "load/step.h"

/* Return true if a file that begins with these bytes is compressed with gzip. */
bool dm_is_gzip(const struct dm_chunk *start);

/* Open a step that decompresses gzip files of one or several members. `shown` must outlive it. It
 * ignores NUL bytes after the last member, as gzip does; files that are cut off, damaged or
 * followed by other bytes are DM_DATA. DM_MEMORY. */
enum dm_status dm_inflate_open(const char *shown, struct dm_step **step, struct dm_error *error);

#endif
