#include "road/asker.h"

#include "base/checked.h"
#include "base/try.h"
#include "road/round.h"
#include "road/server.h"

#include <stdlib.h>

enum {
    ADDRESS_BYTES = 8000, /* nginx, Apache and others accept addresses of about 8 KiB */
    ROUND_EACH = 16,      /* requests of a round for each that is under way: the last of them, for
                           * which the others wait, cost about a thirtieth of the time */
    ROUND_LEAST = 64,
    ROUND_MOST = 1024
};
#define ROUND_NS 1e9 /* length of a round, so that progress is seen and kept */

/* ---- memory ---- */

static size_t slot_bytes(uint64_t cells)
{
    return dm_arena_room(cells * sizeof(struct dm_road_cell)) +
           dm_arena_room(DM_ASK_PLACES * sizeof(double)) +
           dm_arena_room(DM_ASK_PLACES * sizeof(uint32_t)) +
           dm_arena_room(DM_ASK_PLACES * sizeof(struct dm_lat_lon));
}

/* Allocate the slots, shared with processes that are forked afterwards. */
static enum dm_status allocate(struct dm_asker *asker, struct dm_error *error)
{
    size_t each = slot_bytes(asker->cells), count = asker->capacity;
    size_t size = dm_arena_room(sizeof *asker->control) +
                  dm_arena_room(count * sizeof *asker->slots) +
                  dm_arena_room(count * sizeof *asker->order) + count * each;
    DM_TRY(dm_arena_open(size, true, &asker->arena, error));
    asker->control = dm_arena_take(&asker->arena, sizeof *asker->control);
    asker->slots = dm_arena_take(&asker->arena, count * sizeof *asker->slots);
    asker->order = dm_arena_take(&asker->arena, count * sizeof *asker->order);
    for (size_t i = 0; i < count; i++) {
        struct dm_slot *slot = &asker->slots[i];
        slot->ask.cells = dm_arena_take(&asker->arena, asker->cells * sizeof *slot->ask.cells);
        slot->ask.snaps_m = dm_arena_take(&asker->arena, DM_ASK_PLACES * sizeof(double));
        slot->rows = dm_arena_take(&asker->arena, DM_ASK_PLACES * sizeof *slot->rows);
        slot->places = dm_arena_take(&asker->arena, DM_ASK_PLACES * sizeof *slot->places);
    }
    return DM_OK;
}

static enum dm_status open_asker(struct dm_asker *asker, struct dm_error *error)
{
    const struct dm_asker_options *options = &asker->options;
    DM_TRY(dm_server_open(options->road, options->at_once, options->stop, &asker->module,
                          &asker->server, error));
    asker->cells = asker->module->facts(asker->server)->cells;
    uint64_t capacity = dm_max_u64((uint64_t)options->at_once * ROUND_EACH, ROUND_LEAST);
    asker->capacity = dm_min_u64(capacity, ROUND_MOST);
    asker->skipped = calloc(options->at_once, sizeof *asker->skipped);
    if (!asker->skipped)
        return dm_fail_memory(error, "the requests");
    return allocate(asker, error);
}

enum dm_status dm_asker_open(const struct dm_asker_options *options, struct dm_asker **asker,
                             struct dm_error *error)
{
    struct dm_asker *new = calloc(1, sizeof *new);
    if (!new)
        return dm_fail_memory(error, "the requests");
    new->options = *options;
    enum dm_status status = open_asker(new, error);
    if (status == DM_OK)
        *asker = new;
    else
        dm_asker_close(new);
    return status;
}

void dm_asker_close(struct dm_asker *asker)
{
    if (!asker)
        return;
    if (asker->module)
        asker->module->close(asker->server);
    if (asker->arena.memory)
        dm_arena_close(&asker->arena);
    free(asker->skipped);
    free(asker);
}

/* ---- the requests of a round ---- */

const struct dm_server_facts *dm_asker_facts(const struct dm_asker *asker)
{
    return asker->module->facts(asker->server);
}

const struct dm_asker_options *dm_asker_options(const struct dm_asker *asker)
{
    return &asker->options;
}

uint64_t dm_asker_cells(const struct dm_asker *asker)
{
    return asker->cells;
}

size_t dm_asker_round_size(const struct dm_asker *asker)
{
    double fit = asker->request_ns > 0 ? ROUND_NS / asker->request_ns : 0;
    uint64_t least = dm_min_u64(2 * (uint64_t)asker->options.at_once, asker->capacity);
    if (fit >= (double)asker->capacity)
        return asker->capacity;
    return dm_max_u64(least, (uint64_t)fit);
}

size_t dm_asker_capacity(const struct dm_asker *asker)
{
    return asker->capacity;
}

void dm_asker_clear(struct dm_asker *asker)
{
    asker->count = 0;
}

static void put_places(struct dm_slot *slot, size_t at, const struct dm_locations *locations,
                       const uint32_t *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        slot->rows[at + i] = rows[i];
        slot->places[at + i] =
            (struct dm_lat_lon){locations->lat_deg[rows[i]], locations->lon_deg[rows[i]]};
    }
}

bool dm_asker_add(struct dm_asker *asker, const uint32_t *origins, size_t origin_count,
                  const uint32_t *destinations, size_t destination_count)
{
    struct dm_slot *slot = &asker->slots[asker->count];
    struct dm_ask *ask = &slot->ask;
    size_t places = origin_count + destination_count;
    if (places > DM_ASK_PLACES || origin_count * destination_count > asker->cells)
        return false;
    put_places(slot, 0, asker->options.origins, origins, origin_count);
    put_places(slot, origin_count, asker->options.destinations, destinations, destination_count);
    *ask = (struct dm_ask){.origins = slot->places,
                           .destinations = slot->places + origin_count,
                           .origin_count = origin_count,
                           .destination_count = destination_count,
                           .hold = &asker->control->paused,
                           .cells = ask->cells,
                           .snaps_m = ask->snaps_m};
    slot->attempts = slot->made = 0;
    if (places > 2 && asker->module->address_bytes(asker->server, ask) > ADDRESS_BYTES)
        return false;
    asker->count++;
    return true;
}

size_t dm_asker_count(const struct dm_asker *asker)
{
    return asker->count;
}

const struct dm_ask *dm_asker_answer(const struct dm_asker *asker, size_t index,
                                     const uint32_t **rows)
{
    *rows = asker->slots[index].rows;
    return &asker->slots[index].ask;
}
