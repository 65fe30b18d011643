/* write.h - pieces of requests. Whether they could be written shows in ferror(). */
#ifndef SERVER_WRITE_H
#define SERVER_WRITE_H

#include "road/server_module.h"

#include <stdio.h>

/* Write text as part of a URL: all but letters, digits and -._~ as %XX (RFC 3986, 2.3). */
void dm_write_escaped(FILE *out, const char *text);

/* Write text as a JSON string, in quotes. It must be UTF-8, else nothing is written. */
void dm_write_json(FILE *out, const char *text);

/* Write "lon,lat", in degrees. */
void dm_write_lon_lat(FILE *out, const struct dm_lat_lon *place);

/* Write the numbers from `begin` to `end`, without it, between the separators, each in the quotes
 * `quote` ("": none). */
void dm_write_indices(FILE *out, size_t begin, size_t end, char separator, const char *quote);

#endif
