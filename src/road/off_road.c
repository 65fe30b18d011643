#include "road/off_road.h"

#include "base/location_name.h"
#include "base/text.h"
#include "base/try.h"
#include "road/round.h"

#include <stdbool.h>
#include <string.h>

enum { LISTED = 5 /* places in an error */ };

struct search {
    struct dm_asker *asker;
    struct dm_executor *executor;
    const struct dm_locations *locations; /* that the rows are of */
    char names[640];                      /* of those that have been found ... */
    size_t used, found;                   /* ... and how many they are */
};

/* Set *refused to whether the server finds no road near one of the places: ask for the routes from
 * them to the first of them, so that no others are in the request. DM_USAGE: it does not say. */
static enum dm_status ask(struct search *search, const uint32_t *rows, size_t count, bool *refused)
{
    struct dm_asker *asker = search->asker;
    const struct dm_asker_options options = asker->options;
    struct dm_error error;
    asker->options.origins = asker->options.destinations = search->locations;
    dm_asker_clear(asker);
    bool added = dm_asker_add(asker, rows, count, rows, 1);
    enum dm_status status = added ? dm_asker_run(asker, search->executor, &error) : DM_USAGE;
    asker->options = options; /* it names places in errors */
    enum dm_answer_kind kind = added ? asker->slots[0].ask.kind : DM_ANSWER_NONE;
    *refused = kind == DM_ANSWER_OFF_ROAD;
    if (*refused)
        return DM_OK;
    return status == DM_OK && kind != DM_ANSWER_TABLE ? DM_USAGE : status;
}

/* Set *place to the first place that is refused, if the server refuses a request with all; else to
 * `count`. It is asked for alone in the end: whatever else may be, it is refused. */
static enum dm_status find_first(struct search *search, const uint32_t *rows, size_t count,
                                 size_t *place)
{
    size_t begin = 0, end = count; /* it is among these */
    bool refused = false;
    *place = count;
    if (count > 0)
        DM_TRY(ask(search, rows, count, &refused));
    if (!refused)
        return DM_OK;
    while (end - begin > 1) {
        size_t middle = begin + (end - begin) / 2;
        DM_TRY(ask(search, rows + begin, middle - begin, &refused));
        if (refused)
            end = middle;
        else
            begin = middle;
    }
    DM_TRY(ask(search, rows + begin, 1, &refused));
    *place = begin;
    return refused ? DM_OK : DM_USAGE;
}

static void add_name(struct search *search, uint32_t row)
{
    char quoted[DM_QUOTED_LENGTH];
    dm_quote_name(quoted, search->locations, row);
    if (strstr(search->names, quoted)) /* it is in both sets */
        return;
    search->used = dm_append_item(search->names, sizeof search->names, search->used, ", ", quoted);
    search->found++;
}

/* Find the places that are refused. */
static enum dm_status find(struct search *search, const uint32_t *rows, size_t count)
{
    for (size_t begin = 0, place; search->found < LISTED; begin += place + 1) {
        DM_TRY(find_first(search, rows + begin, count - begin, &place));
        if (begin + place == count)
            return DM_OK;
        add_name(search, rows[begin + place]);
    }
    return DM_OK;
}

/* Remove the rows of `others` from a list. */
static size_t drop(uint32_t *rows, size_t count, const uint32_t *others, size_t other_count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        size_t k = 0;
        while (k < other_count && others[k] != rows[i])
            k++;
        if (k == other_count)
            rows[kept++] = rows[i];
    }
    return kept;
}

/* Search the places of a request: its origins, then those destinations that are none of them. */
static enum dm_status find_in(struct search *search, const struct dm_slot *slot)
{
    const struct dm_asker_options *options = &search->asker->options;
    size_t origins = slot->ask.origin_count, destinations = slot->ask.destination_count;
    uint32_t rows[DM_ASK_PLACES]; /* the slot is used again */
    memcpy(rows, slot->rows, (origins + destinations) * sizeof *rows);
    search->locations = options->origins;
    DM_TRY(find(search, rows, origins));
    if (options->destinations == options->origins)
        destinations = drop(rows + origins, destinations, rows, origins);
    search->locations = options->destinations;
    return find(search, rows + origins, destinations);
}

/* Return true if the requests of a search would take minutes at the rate. */
static bool is_slow(const struct dm_asker *asker)
{
    double rate = asker->options.road->rate;
    return rate > 0 && rate < 1;
}

enum dm_status dm_off_road_find(struct dm_asker *asker, struct dm_executor *executor,
                                enum dm_status status, struct dm_error *error)
{
    struct search search = {.asker = asker, .executor = executor};
    const struct dm_server_facts *facts = dm_asker_facts(asker);
    const struct dm_slot *refused = NULL;
    for (size_t i = 0; status == DM_DATA && i < asker->count && !refused; i++)
        if (asker->slots[i].ask.kind == DM_ANSWER_OFF_ROAD)
            refused = &asker->slots[i];
    if (!refused || is_slow(asker))
        return status;
    if (find_in(&search, refused) == DM_STOPPED)
        return dm_fail(error, DM_STOPPED, "stopped while waiting for the server");
    if (search.found == 0)
        return status;
    /* Other requests may have others. Where answers have no snaps, requests have the limit. */
    return dm_fail_field(error, facts->snaps ? DM_FIELD_SERVER : DM_FIELD_MAX_SNAP, DM_DATA,
                         "%.*s finds no road near %s and perhaps others; correct the coordinates "
                         "(are latitude and longitude swapped?)%s use a server with their map%s",
                         DM_ADDRESS_SHOWN, facts->address, search.names, facts->snaps ? " or" : ",",
                         facts->snaps ? "" : ", or accept a greater distance");
}
