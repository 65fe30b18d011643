/* dmatrix-mpi: the command dmatrix, whose run is shared by the processes that mpirun starts. */
#define _POSIX_C_SOURCE 200809L /* setenv() */
#include "base/ending.h"
#include "base/number.h"
#include "base/streams.h"
#include "cli/command.h"
#include "mpi/mpi_team.h"
#include "mpi/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { LIMIT_S = 300, MOST_S = 1000000 };

/* Set how long a process waits for the others before it gives up. */
static enum dm_status read_limit(struct dm_team *team, struct dm_error *error)
{
    const char *text = getenv("DMATRIX_MPI_TIMEOUT");
    uint64_t seconds = LIMIT_S;
    if (text && *text && !dm_integer_parse(text, MOST_S, &seconds))
        return dm_fail(error, DM_USAGE,
                       "DMATRIX_MPI_TIMEOUT: expected seconds, at most %d; 0: no limit", MOST_S);
    team->patience_ns = seconds * 1000000000;
    return DM_OK;
}

static int command(struct dm_team *team, int argc, char **argv)
{
    struct dm_error error;
    enum dm_status status = dm_team_agree(team, read_limit(team, &error), &error);
    if (status == DM_OK)
        status = dm_words_share(team, &argc, &argv, &error);
    if (status == DM_OK)
        return dm_command(argc, argv, team);
    return dm_team_is_first(team) ? dm_ending("dmatrix-mpi", status, &error)
                                  : dm_exit_status(status);
}

int main(int argc, char **argv)
{
    static struct dm_mpi_team team;
    struct dm_error error;
    int threads;
    dm_streams_guard();
    /* Processes that wait in MPI would keep the system from delivering their messages: 8 ms instead
     * of 37 us over TCP. */
    setenv("OMPI_MCA_mpi_yield_when_idle", "1", 0);
    if (MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &threads) != MPI_SUCCESS)
        return EXIT_FAILURE;
    enum dm_status status =
        threads < MPI_THREAD_FUNNELED
            ? dm_fail(&error, DM_SYSTEM, "this MPI library does not allow threads")
            : dm_mpi_team_open(&team, &error);
    int code = status == DM_OK ? command(&team.base, argc, argv)
                               : dm_ending("dmatrix-mpi", status, &error);
    /* Without the others, MPI_Finalize() and MPI_Abort() could wait for ever. The launcher ends
     * them. */
    bool together = status == DM_OK && !team.base.broken;
    dm_mpi_team_close(&team);
    if (!together)
        _exit(code);
    MPI_Finalize();
    return code;
}
