/* text_signs.h - signs in the first piece of a text that it is not a table. */
#ifndef LOAD_TEXT_SIGNS_H
#define LOAD_TEXT_SIGNS_H

#include "load/step.h"

/* Return true if every other byte is NUL, as in UTF-16 of mostly Latin text. */
bool dm_is_utf_16le(const struct dm_chunk *start);
bool dm_is_utf_16be(const struct dm_chunk *start);

/* Return true if there are NUL bytes and many other control characters. A few may be in a damaged
 * table, whose parser reports their place. */
bool dm_is_binary(const struct dm_chunk *start);

/* Return true for a document of that format. A table with a first field such as "<a>" or "{1}" is
 * not mistaken for one. */
bool dm_is_html(const struct dm_chunk *start);
bool dm_is_kml(const struct dm_chunk *start);
bool dm_is_gpx(const struct dm_chunk *start);
bool dm_is_osm(const struct dm_chunk *start);
bool dm_is_xml(const struct dm_chunk *start);
bool dm_is_geojson(const struct dm_chunk *start);
bool dm_is_json(const struct dm_chunk *start);

/* Return true for a TSPLIB file; for one that has no coordinates but distances, one with
 * coordinates in degrees and minutes, or one with planar coordinates. */
bool dm_is_tsplib(const struct dm_chunk *start);
bool dm_is_tsplib_matrix(const struct dm_chunk *start);
bool dm_is_tsplib_geo(const struct dm_chunk *start);
bool dm_is_tsplib_euclidean(const struct dm_chunk *start);

#endif
