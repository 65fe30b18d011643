/* binary_signs.h - signs of binary formats in the first piece of a file, beyond their first bytes.
 */
#ifndef LOAD_BINARY_SIGNS_H
#define LOAD_BINARY_SIGNS_H

#include "load/step.h"

/* Return true for a file of that format. Those of ZIP archives look at the names of their files. */
bool dm_is_bzip2(const struct dm_chunk *start);
bool dm_is_xlsx(const struct dm_chunk *start);
bool dm_is_ods(const struct dm_chunk *start);
bool dm_is_office(const struct dm_chunk *start); /* Office Open XML: .xlsx, .docx, .pptx */
bool dm_is_kmz(const struct dm_chunk *start);
bool dm_is_gtfs(const struct dm_chunk *start);
bool dm_is_tar(const struct dm_chunk *start);
bool dm_is_geopackage(const struct dm_chunk *start); /* among SQLite databases */
bool dm_is_dbf(const struct dm_chunk *start);

/* Return true if there are control characters among the first bytes that no table has. */
bool dm_has_control_bytes(const struct dm_chunk *start);

#endif
