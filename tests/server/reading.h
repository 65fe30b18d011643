/* reading.h - a request for a table of a few places, and an answer read without a network. */
#ifndef SERVER_READING_H
#define SERVER_READING_H

#include "server/answer.h"
#include "testing/testing.h"

enum { READING_PLACES = 128, READING_CELLS = 3600 };

struct reading {
    struct dm_lat_lon places[READING_PLACES];
    struct dm_road_cell cells[READING_CELLS];
    double snaps_m[READING_PLACES];
    struct dm_ask ask;
};

/* Prepare a request for so many places, at made-up coordinates. Not to be moved afterwards. */
void reading_prepare(struct reading *reading, size_t origins, size_t destinations);

/* Read an answer of that status. The bytes are in a block of exactly their length, so that
 * AddressSanitizer sees what is read behind them. */
void reading_take(struct reading *reading, const struct dm_dialect *dialect, long status,
                  const char *bytes, size_t length);

/* Same for a text, with the secret "hunter22". */
void reading_take_text(struct reading *reading, const struct dm_dialect *dialect, long status,
                       const char *text);

#endif
