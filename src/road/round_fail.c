/* The error of a request: the server, what it said, and the places that were asked for. */
#include "road/round.h"

#include "base/location_name.h"

enum { TEXT = 400 };

/* Write which places were asked for: "(2 x 3 places, from "a" to "f")". */
static void describe(char text[TEXT], const struct dm_asker *asker, const struct dm_slot *slot)
{
    const struct dm_ask *ask = &slot->ask;
    char first[DM_QUOTED_LENGTH], second[DM_QUOTED_LENGTH];
    dm_quote_name(first, asker->options.origins, slot->rows[0]);
    dm_quote_name(second, asker->options.destinations, slot->rows[ask->origin_count]);
    bool one = ask->origin_count == 1 && ask->destination_count == 1;
    dm_append(text, TEXT, "%zu x %zu places, from %s to %s%s", ask->origin_count,
              ask->destination_count, first, second, one ? "" : " first");
}

enum dm_status dm_round_fail(const struct dm_asker *asker, const struct dm_slot *slot,
                             struct dm_error *error)
{
    const struct dm_ask *ask = &slot->ask;
    const struct dm_server_facts *facts = asker->module->facts(asker->server);
    char places[TEXT], address[DM_ADDRESS_SHOWN + 1], made[64] = "";
    dm_append(address, sizeof address, "%s", facts->address);
    describe(places, asker, slot);
    switch (ask->kind) {
    case DM_ANSWER_STOPPED:
        return dm_fail(error, DM_STOPPED, "stopped while waiting for the server");
    case DM_ANSWER_LATER:
        if (!asker->answered && !ask->reached)
            return dm_fail_field(error, DM_FIELD_SERVER, DM_IO,
                                 "%s does not answer: %s (is the server running?)", address,
                                 ask->message);
        if (slot->made > 1)
            dm_append(made, sizeof made, "the request was made %u times: ", slot->made);
        return dm_fail_field(error, DM_FIELD_SERVER, DM_IO, "%s: %s (%s%s)", address, ask->message,
                             made, places);
    case DM_ANSWER_OFF_ROAD:
        return dm_fail_field(error, DM_FIELD_MAX_SNAP, DM_DATA,
                             "%s finds no road near one of the places: %s (%s)", address,
                             ask->message, places);
    default:
        return dm_fail_field(error, DM_FIELD_SERVER, DM_IO, "%s: %s%s%s%s (%s)", address,
                             ask->message, asker->answered ? "" : "; is this the address of ",
                             asker->answered ? "" : facts->kind, asker->answered ? "" : "?",
                             places);
    }
}
