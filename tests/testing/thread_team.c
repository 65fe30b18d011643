#include "testing/thread_team.h"

#include "testing/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct member {
    struct dm_team base;
    struct thread_team *shared;
    size_t size; /* of the gathering that has begun ... */
    void *all;   /* ... and where it goes */
    team_member *work;
    void *context;
    enum dm_status status;
    struct dm_error error;
};

static struct thread_team *shared_of(struct dm_team *team)
{
    return ((struct member *)team)->shared;
}

/* Wait until all have come here. The lock is held. */
static enum dm_status wait_for_all(struct thread_team *shared, struct dm_error *error)
{
    uint64_t meeting = shared->meetings;
    if (++shared->arrived == shared->ranks) {
        shared->arrived = 0;
        shared->meetings++;
        pthread_cond_broadcast(&shared->changed);
    }
    while (shared->meetings == meeting && !shared->broken)
        pthread_cond_wait(&shared->changed, &shared->lock);
    return shared->broken ? dm_fail(error, DM_SYSTEM, "the team is broken") : DM_OK;
}

/* Count a call, and break the team if it is time. The lock is held from here on. */
static void enter(struct dm_team *team)
{
    struct thread_team *shared = shared_of(team);
    pthread_mutex_lock(&shared->lock);
    if (team->rank == shared->breaks_rank && ++shared->calls == shared->breaks_at) {
        shared->broken = true;
        pthread_cond_broadcast(&shared->changed);
    }
}

static enum dm_status leave(struct dm_team *team, enum dm_status status)
{
    pthread_mutex_unlock(&shared_of(team)->lock);
    return status;
}

static enum dm_status begin_gather(struct dm_team *team, const void *own, void *all, size_t size,
                                   struct dm_error *error)
{
    struct member *member = (struct member *)team;
    assert_true(size <= TEAM_SAID);
    enter(team);
    memcpy(member->shared->slots[team->rank], own, size);
    member->size = size;
    member->all = all;
    return leave(team, member->shared->broken ? dm_fail(error, DM_SYSTEM, "broken") : DM_OK);
}

static enum dm_status end_gather(struct dm_team *team, struct dm_error *error)
{
    struct member *member = (struct member *)team;
    struct thread_team *shared = member->shared;
    enter(team);
    enum dm_status status = wait_for_all(shared, error);
    for (unsigned i = 0; status == DM_OK && i < shared->ranks; i++)
        memcpy((char *)member->all + i * member->size, shared->slots[i], member->size);
    if (status == DM_OK)
        status = wait_for_all(shared, error); /* all have read it */
    return leave(team, status);
}

static enum dm_status spread(struct dm_team *team, unsigned from, void *bytes, size_t count,
                             struct dm_error *error)
{
    struct thread_team *shared = shared_of(team);
    enter(team);
    shared->shared[team->rank] = bytes;
    enum dm_status status = wait_for_all(shared, error);
    if (status == DM_OK && team->rank != from)
        memcpy(bytes, shared->shared[from], count);
    if (status == DM_OK)
        status = wait_for_all(shared, error);
    return leave(team, status);
}

static enum dm_status sum(struct dm_team *team, uint64_t *numbers, size_t count,
                          struct dm_error *error)
{
    struct thread_team *shared = shared_of(team);
    uint64_t *sums = calloc(count, sizeof *sums);
    enter(team);
    shared->shared[team->rank] = numbers;
    enum dm_status status = wait_for_all(shared, error);
    for (unsigned rank = 0; status == DM_OK && rank < shared->ranks; rank++)
        for (size_t i = 0; i < count; i++)
            sums[i] += ((uint64_t *)shared->shared[rank])[i];
    if (status == DM_OK)
        status = wait_for_all(shared, error);
    if (status == DM_OK)
        memcpy(numbers, sums, count * sizeof *sums);
    free(sums);
    return leave(team, status);
}

static const struct dm_team_ops ops = {begin_gather, end_gather, spread, sum};

static void *run_member(void *context)
{
    struct member *member = context;
    member->status = member->work(&member->base, member->context, &member->error);
    return NULL;
}

void thread_team_run(struct thread_team *shared, unsigned ranks, team_member *work, void *context,
                     enum dm_status statuses[TEAM_MOST], struct dm_error errors[TEAM_MOST])
{
    static struct member members[TEAM_MOST];
    struct dm_said said[TEAM_MOST][TEAM_MOST];
    pthread_t threads[TEAM_MOST];
    unsigned breaks_at = shared->breaks_at, breaks_rank = shared->breaks_rank;
    *shared = (struct thread_team){.ranks = ranks,
                                   .breaks_at = breaks_at,
                                   .breaks_rank = breaks_rank,
                                   .lock = PTHREAD_MUTEX_INITIALIZER,
                                   .changed = PTHREAD_COND_INITIALIZER};
    for (unsigned i = 0; i < ranks; i++) {
        members[i] = (struct member){
            .base = {.ops = &ops, .rank = i, .ranks = ranks, .threads = 1, .all = said[i]},
            .shared = shared,
            .work = work,
            .context = context};
        snprintf(members[i].base.host, DM_HOST_LENGTH, "host%u", i % 2);
    }
    for (unsigned i = 0; i < ranks; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, run_member, &members[i]), 0);
    for (unsigned i = 0; i < ranks; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        free(members[i].base.gathered);
        statuses[i] = members[i].status;
        errors[i] = members[i].error;
    }
    pthread_mutex_destroy(&shared->lock);
    pthread_cond_destroy(&shared->changed);
}
