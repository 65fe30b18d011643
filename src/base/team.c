#include "base/team.h"

#include "base/clock.h"
#include "base/try.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum dm_status known_failure(const struct dm_team *team, struct dm_error *error)
{
    if (error)
        *error = team->error;
    return team->status;
}

/* Note that communication has failed. */
static enum dm_status broken(struct dm_team *team, enum dm_status status, struct dm_error *error)
{
    if (status == DM_OK)
        return DM_OK;
    team->broken = true;
    team->status = status;
    return known_failure(team, error);
}

enum dm_status dm_team_begin_meeting(struct dm_team *team, const struct dm_said *own,
                                     struct dm_error *error)
{
    if (team->status != DM_OK)
        return known_failure(team, error);
    team->own = *own;
    team->meets = true;
    return broken(
        team, team->ops->begin_gather(team, &team->own, team->all, sizeof team->own, &team->error),
        error);
}

enum dm_status dm_team_end_meeting(struct dm_team *team, struct dm_error *error)
{
    if (team->status != DM_OK)
        return known_failure(team, error);
    if (!team->meets)
        return DM_OK;
    uint64_t begin = dm_clock_ns();
    enum dm_status status = team->ops->end_gather(team, &team->error);
    team->wait_ns += dm_clock_ns() - begin;
    team->meets = false;
    DM_TRY(broken(team, status, error));
    unsigned rank = 0;
    while (rank < team->ranks && team->all[rank].status == DM_OK)
        rank++;
    if (rank == team->ranks)
        return DM_OK;
    DM_TRY(broken(team,
                  team->ops->spread(team, rank, &team->error, sizeof team->error, &team->error),
                  error));
    team->status = team->all[rank].status;
    return known_failure(team, error);
}

/* Say where a failure has happened, unless it is where the user is. */
static void name_host(struct dm_team *team)
{
    struct dm_error *error = &team->error;
    char message[DM_ERROR_LENGTH];
    if (team->rank == 0 || error->status == DM_OK || error->status == DM_STOPPED)
        return;
    memcpy(message, error->message, sizeof message);
    int used =
        snprintf(error->message, sizeof error->message, "rank %u on %s: ", team->rank, team->host);
    snprintf(error->message + used, sizeof error->message - (size_t)used, "%.*s",
             DM_ERROR_LENGTH - used - 1, message);
}

enum dm_status dm_team_agree(struct dm_team *team, enum dm_status status, struct dm_error *error)
{
    if (!team)
        return status;
    struct dm_error why = {0};
    if (error && status != DM_OK)
        why = *error;
    why.status = status;
    DM_TRY(dm_team_end_meeting(team, error));
    team->error = why;
    name_host(team);
    DM_TRY(dm_team_begin_meeting(team, &(struct dm_said){.status = status}, error));
    return dm_team_end_meeting(team, error);
}

enum dm_status dm_team_share(struct dm_team *team, void *bytes, size_t count,
                             struct dm_error *error)
{
    if (!team)
        return DM_OK;
    DM_TRY(dm_team_agree(team, DM_OK, error));
    return broken(team, team->ops->spread(team, 0, bytes, count, &team->error), error);
}

enum dm_status dm_team_sum(struct dm_team *team, uint64_t *numbers, size_t count,
                           struct dm_error *error)
{
    if (!team)
        return DM_OK;
    DM_TRY(dm_team_agree(team, DM_OK, error));
    return broken(team, team->ops->sum(team, numbers, count, &team->error), error);
}

/* What is sent is kept behind what is received: after a failure, both may be in use for a while. */
enum dm_status dm_team_gather(struct dm_team *team, const void *own, size_t size, const void **all,
                              struct dm_error *error)
{
    char *room = realloc(team->gathered, (team->ranks + 1) * size);
    team->gathered = room ? room : team->gathered;
    enum dm_status status = room ? DM_OK : dm_fail_memory(error, "the processes");
    status = dm_team_agree(team, status, error);
    if (status != DM_OK || !room)
        return status;
    void *sent = memcpy(room + team->ranks * size, own, size);
    DM_TRY(broken(team, team->ops->begin_gather(team, sent, room, size, &team->error), error));
    DM_TRY(broken(team, team->ops->end_gather(team, &team->error), error));
    *all = room;
    return DM_OK;
}

enum dm_status dm_team_share_text(struct dm_team *team, char **text, struct dm_error *error)
{
    uint64_t size = team->rank == 0 ? strlen(*text) + 1 : 0;
    DM_TRY(dm_team_share(team, &size, sizeof size, error));
    if (team->rank > 0)
        *text = malloc(size);
    DM_TRY(dm_team_agree(team, *text ? DM_OK : dm_fail_memory(error, "a text"), error));
    return dm_team_share(team, *text, size, error);
}

bool dm_team_go_on(struct dm_team *team)
{
    if (team->broken)
        return false;
    team->status = DM_OK;
    return true;
}
