/* team.h - several processes that share a run, as one of them sees it. They hold meetings: each
 * says how far it has come, and all learn what all have said. So if one fails, all end at the same
 * point with the same error. */
#ifndef BASE_TEAM_H
#define BASE_TEAM_H

#include <dmatrix/format.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a process says at a meeting. */
struct dm_said {
    enum dm_status status; /* DM_OK, or why it ends */
    uint32_t crc;          /* of its bytes, if the format needs one */
    uint64_t bytes;        /* that it adds to the output in this round */
    uint64_t next;         /* position after its pairs of this round; 0: it has none */
    struct dm_tally tally; /* of these pairs */
    uint64_t synced;       /* checkpoints, see output/shared.c; and whether it asks for one */
    bool asks_sync;
};

struct dm_team;

/* How the processes communicate. All of them call the same functions in the same order, each in one
 * thread. DM_SYSTEM: that has failed, or somebody has not answered for too long; DM_STOPPED. */
struct dm_team_ops {
    /* Send `size` bytes to all, and receive those of all, in the order of ranks; return at once.
     * The memory is in use until end_gather(). */
    enum dm_status (*begin_gather)(struct dm_team *team, const void *own, void *all, size_t size,
                                   struct dm_error *error);
    enum dm_status (*end_gather)(struct dm_team *team, struct dm_error *error);

    /* Copy bytes from one process to all. */
    enum dm_status (*spread)(struct dm_team *team, unsigned from, void *bytes, size_t count,
                             struct dm_error *error);

    /* Add up the numbers of all processes, each by its place in the array, for all. */
    enum dm_status (*sum)(struct dm_team *team, uint64_t *numbers, size_t count,
                          struct dm_error *error);
};

enum { DM_HOST_LENGTH = 64 };

struct dm_team {
    const struct dm_team_ops *ops;
    unsigned rank, ranks;      /* number of this process, from 0, and of all */
    unsigned threads;          /* for this process, if the user does not say how many */
    char host[DM_HOST_LENGTH]; /* name of this machine */
    struct dm_said own, *all;  /* of the last meeting; `all` has an entry for each rank, allocated
                                * by the owner of the team */
    char *gathered;            /* memory for dm_team_gather(), which the owner frees */
    bool meets;                /* a meeting has begun and not ended */
    bool broken;               /* communication has failed: nothing more is sent */
    enum dm_status status;     /* the failure that all know, or DM_OK ... */
    struct dm_error error;     /* ... and what it was */
    uint64_t wait_ns;          /* time spent waiting for others */
    uint64_t patience_ns;      /* a wait in a round ends with a failure after this; 0: never ... */
    uint64_t limit_ns;         /* ... and the present wait after this */
    const dm_flag *stop;       /* asks for an end, also of a wait; NULL: nothing does */
};

static inline bool dm_team_is_first(const struct dm_team *team)
{
    return !team || team->rank == 0;
}

/* Begin a meeting; the one before must have ended. */
enum dm_status dm_team_begin_meeting(struct dm_team *team, const struct dm_said *own,
                                     struct dm_error *error);

/* End a meeting, if one has begun; team->all is what was said. Fails with the error of the first
 * process that has said a failure. */
enum dm_status dm_team_end_meeting(struct dm_team *team, struct dm_error *error);

/* Return the same for all: DM_OK, or the status and the error of the first process that has failed.
 * Once all know a failure, return it without a meeting. Here, and where numbers are shared or added
 * up, a team of NULL is a process alone. */
enum dm_status dm_team_agree(struct dm_team *team, enum dm_status status, struct dm_error *error);

/* Agree that no process has failed, then copy bytes of rank 0 to all; add up numbers; or send
 * `size` bytes to all, and set *all to those of all in the order of ranks, which are valid until
 * the next call. DM_MEMORY. */
enum dm_status dm_team_share(struct dm_team *team, void *bytes, size_t count,
                             struct dm_error *error);
enum dm_status dm_team_sum(struct dm_team *team, uint64_t *numbers, size_t count,
                           struct dm_error *error);
enum dm_status dm_team_gather(struct dm_team *team, const void *own, size_t size, const void **all,
                              struct dm_error *error);

/* The same for a text: on the other ranks, *text is allocated, and the caller frees it. */
enum dm_status dm_team_share_text(struct dm_team *team, char **text, struct dm_error *error);

/* After a failure that all know: meet again, to save what is complete. Return false if that is not
 * possible. */
bool dm_team_go_on(struct dm_team *team);

#endif
