#include "server/reading.h"

#include <stdlib.h>
#include <string.h>

void reading_prepare(struct reading *reading, size_t origins, size_t destinations)
{
    assert_true(origins + destinations <= READING_PLACES);
    assert_true(origins * destinations <= READING_CELLS);
    memset(reading, 0, sizeof *reading);
    for (size_t i = 0; i < origins + destinations; i++)
        reading->places[i] =
            (struct dm_lat_lon){.lat_deg = 43.5 + (double)i, .lon_deg = 7.25 - (double)i};
    reading->ask = (struct dm_ask){
        .origins = reading->places,
        .destinations = reading->places + origins,
        .origin_count = origins,
        .destination_count = destinations,
        .cells = reading->cells,
        .snaps_m = reading->snaps_m,
    };
}

void reading_take(struct reading *reading, const struct dm_dialect *dialect, long status,
                  const char *bytes, size_t length)
{
    struct dm_secrets secrets = {.count = 0};
    char *block = malloc(length);
    assert_true(block || length == 0);
    if (length > 0)
        memcpy(block, bytes, length);
    dm_secrets_add(&secrets, "hunter22");
    struct dm_reply reply = {.status = status, .bytes = block, .length = length};
    dm_answer_read(dialect, &secrets, &reply, &reading->ask);
    free(block);
}

void reading_take_text(struct reading *reading, const struct dm_dialect *dialect, long status,
                       const char *text)
{
    reading_take(reading, dialect, status, text, strlen(text));
}
