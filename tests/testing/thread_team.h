/* thread_team.h - a team whose processes are threads of the test, which meet in its memory. */
#ifndef TESTING_THREAD_TEAM_H
#define TESTING_THREAD_TEAM_H

#include "base/team.h"

#include <pthread.h>

enum { TEAM_MOST = 8, TEAM_SAID = 512 };

struct thread_team {
    pthread_mutex_t lock; /* of all that follows */
    pthread_cond_t changed;
    unsigned ranks, arrived;
    uint64_t meetings;                /* that have ended: who waits looks for a new number */
    char slots[TEAM_MOST][TEAM_SAID]; /* what each has sent */
    void *shared[TEAM_MOST];          /* memory of each that others read or write */
    bool broken;                      /* nobody can communicate any more */
    unsigned breaks_at;               /* break at this call of rank `breaks_rank`; 0: never */
    unsigned breaks_rank, calls;
};

/* What each thread does: return its result. */
typedef enum dm_status team_member(struct dm_team *team, void *context, struct dm_error *error);

/* Run the member in `ranks` threads, and set statuses[rank] and errors[rank]. */
void thread_team_run(struct thread_team *shared, unsigned ranks, team_member *work, void *context,
                     enum dm_status statuses[TEAM_MOST], struct dm_error errors[TEAM_MOST]);

#endif
