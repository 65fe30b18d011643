/* Answers of routing servers. The first byte selects the kind of server, the second the size of the
 * request, the third the status. The rest is the answer, in a block of exactly its length, so that
 * AddressSanitizer sees what is read behind it. */
#include "base/text.h"
#include "fuzz/fuzz.h"
#include "server/answer.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { SIDE = 4, CELLS = SIDE * SIDE };
static const char secret[] = "qzx"; /* no message has it otherwise */

static bool is_length(double value)
{
    return isnan(value) || (isfinite(value) && value >= 0 && !signbit(value));
}

static void claim_table(const struct dm_ask *ask)
{
    for (size_t k = 0; k < ask->origin_count * ask->destination_count; k++) {
        CLAIM(is_length(ask->cells[k].distance_m) && is_length(ask->cells[k].duration_s));
        CLAIM(isnan(ask->cells[k].distance_m) == isnan(ask->cells[k].duration_s));
    }
    for (size_t i = 0; i < dm_ask_places(ask); i++)
        CLAIM(isnan(ask->snaps_m[i]) || ask->snaps_m[i] >= 0);
    CLAIM(*ask->message == '\0');
}

static void claim_message(const struct dm_ask *ask)
{
    const char *text = ask->message, *end = memchr(text, '\0', sizeof ask->message);
    CLAIM(end && end > text);
    CLAIM(!strstr(text, secret));
    for (size_t bytes; text < end; text += bytes) {
        bytes = dm_printable(text, (size_t)(end - text));
        CLAIM(bytes > 0);
    }
}

static void check(const struct dm_dialect *dialect, struct dm_ask *ask,
                  const struct dm_reply *reply)
{
    struct dm_secrets secrets = {.count = 0};
    dm_secrets_add(&secrets, secret);
    dm_answer_read(dialect, &secrets, reply, ask);
    switch (ask->kind) {
    case DM_ANSWER_TABLE:
        claim_table(ask);
        break;
    case DM_ANSWER_TOO_BIG:
    case DM_ANSWER_SPLIT:
    case DM_ANSWER_LATER:
    case DM_ANSWER_OFF_ROAD:
    case DM_ANSWER_REFUSED:
        claim_message(ask);
        break;
    case DM_ANSWER_NONE:
    case DM_ANSWER_STOPPED:
    default:
        CLAIM(false); /* these are no answers to a reply */
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const long statuses[] = {200, 200, 200, 400, 403, 404, 429, 500};
    static const struct dm_lat_lon places[2 * SIDE];
    struct dm_road_cell cells[CELLS];
    double snaps_m[2 * SIDE];
    struct input input = {data, size};
    unsigned dialect = take(&input) % 3, sides = take(&input), status = take(&input) % 8;
    struct dm_ask ask = {
        .origins = places,
        .destinations = places + SIDE,
        .origin_count = 1 + sides % SIDE,
        .destination_count = 1 + sides / SIDE % SIDE,
        .cells = cells,
        .snaps_m = snaps_m,
    };
    char *bytes = malloc(input.left);
    CLAIM(bytes || input.left == 0);
    if (input.left > 0)
        memcpy(bytes, input.at, input.left);
    check(dm_dialects()[dialect], &ask,
          &(struct dm_reply){.status = statuses[status], .bytes = bytes, .length = input.left});
    free(bytes);
    return 0;
}
