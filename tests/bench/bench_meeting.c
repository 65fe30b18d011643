/* bench_meeting: the time of a meeting of all processes (src/base/team.h), when all come at the
 * same time. Started by bench_cluster.sh:  mpirun -n 2 bench_meeting  */
#include "base/clock.h"
#include "mpi/mpi_team.h"

#include <stdio.h>
#include <stdlib.h>

enum { MEETINGS = 5000 };

static enum dm_status meet(struct dm_team *team, struct dm_error *error)
{
    enum dm_status status = dm_team_agree(team, DM_OK, error);
    uint64_t begin = dm_clock_ns();
    for (int i = 0; status == DM_OK && i < MEETINGS; i++)
        status = dm_team_agree(team, DM_OK, error);
    if (status == DM_OK && team->rank == 0)
        printf("%.1f us per meeting of %u processes\n",
               (double)(dm_clock_ns() - begin) / 1e3 / MEETINGS, team->ranks);
    return status;
}

int main(int argc, char **argv)
{
    static struct dm_mpi_team team;
    struct dm_error error;
    int threads;
    setenv("OMPI_MCA_mpi_yield_when_idle", "1", 0);
    if (MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &threads) != MPI_SUCCESS)
        return EXIT_FAILURE;
    enum dm_status status = dm_mpi_team_open(&team, &error);
    if (status == DM_OK)
        status = meet(&team.base, &error);
    if (status != DM_OK)
        fprintf(stderr, "bench_meeting: %s\n", error.message);
    dm_mpi_team_close(&team);
    MPI_Finalize();
    return status == DM_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
