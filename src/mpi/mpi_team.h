/* mpi_team.h - the processes of MPI_COMM_WORLD as a team. */
#ifndef MPI_MPI_TEAM_H
#define MPI_MPI_TEAM_H

#include "base/team.h"

#include <mpi.h>

struct dm_mpi_team {
    struct dm_team base;
    MPI_Comm world;      /* of our own, so that nothing else is received */
    MPI_Request gathers; /* the meeting that has begun */
};

/* Start from a zeroed struct, after MPI_Init_thread(). It must not be moved in memory. DM_MEMORY,
 * DM_SYSTEM. */
enum dm_status dm_mpi_team_open(struct dm_mpi_team *team, struct dm_error *error);

void dm_mpi_team_close(struct dm_mpi_team *team);

#endif
