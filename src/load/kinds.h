/* kinds.h - recognising files that are no tables by how they begin. */
#ifndef LOAD_KINDS_H
#define LOAD_KINDS_H

#include "load/step.h"

/* Check that the first bytes of a file, after decompression, are not those of a binary format. A
 * text that happens to begin like one is not mistaken for it. `compressed`: the file is compressed
 * with gzip, and what converts it must decompress it first. DM_DATA, with a command that converts
 * the file if there is one. */
enum dm_status dm_kind_check_bytes(const char *shown, const struct dm_chunk *start, bool compressed,
                                   struct dm_error *error);

/* Same for the first piece of decoded text: it may be of another format than a table, or still not
 * be text. */
enum dm_status dm_kind_check_text(const char *shown, const struct dm_chunk *start, bool compressed,
                                  struct dm_error *error);

#endif
