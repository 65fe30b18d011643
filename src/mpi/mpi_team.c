#define _GNU_SOURCE /* CPU_COUNT(), sched_getaffinity() */
#include "mpi/mpi_team.h"

#include "base/checked.h"
#include "base/clock.h"
#include "base/cpus.h"
#include "base/stop.h"
#include "base/try.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>

/* Who waits looks again and again for a short time, since an answer is usually near; then it sleeps
 * in between, longer and longer, so that threads that compute have the CPU. */
static const uint64_t spin_ns = 30000;
enum { SHORTEST_NAP_NS = 10000, LONGEST_NAP_NS = 200000, NAPS = 8 /* of a wait so far */ };
enum { TIMER_SLACK_NS = 1000 };

static void nap(uint64_t waited_ns)
{
    uint64_t ns = dm_max_u64(SHORTEST_NAP_NS, dm_min_u64(waited_ns / NAPS, LONGEST_NAP_NS));
    nanosleep(&(struct timespec){.tv_nsec = (long)ns}, NULL);
}

/* Who is asked to stop waits so long for the others, which are asked too, unless they have died:
 * mpirun kills all after 2 s. */
static const uint64_t stop_ns = 500000000;

enum { MOST = 1 << 30 /* bytes or numbers in one message: MPI counts with int */ };

static enum dm_status failed(int result, struct dm_error *error)
{
    char text[MPI_MAX_ERROR_STRING];
    int length;
    if (MPI_Error_string(result, text, &length) != MPI_SUCCESS)
        length = 0;
    return dm_fail(error, DM_SYSTEM, "MPI has failed: %.*s", length, text);
}

static enum dm_status fail_silent(const struct dm_team *team, struct dm_error *error)
{
    return dm_fail(error, DM_SYSTEM,
                   "rank %u on %s has waited %llu s for another process, which is slow, has died "
                   "or cannot be reached (the environment variable DMATRIX_MPI_TIMEOUT sets the "
                   "seconds)",
                   team->rank, team->host, (unsigned long long)(team->limit_ns / 1000000000));
}

/* Wait until the request is complete. */
static enum dm_status await(const struct dm_team *team, MPI_Request *request,
                            struct dm_error *error)
{
    uint64_t begin = dm_clock_ns(), asked = begin;
    for (;;) {
        int complete, result = MPI_Test(request, &complete, MPI_STATUS_IGNORE);
        if (result != MPI_SUCCESS)
            return failed(result, error);
        if (complete)
            return DM_OK;
        uint64_t now = dm_clock_ns(), waited = now - begin;
        if (!dm_stop_asked(team->stop))
            asked = now;
        else if (now - asked > stop_ns)
            return dm_fail(error, DM_STOPPED, "stopped while waiting for another process");
        if (team->limit_ns > 0 && waited > team->limit_ns)
            return fail_silent(team, error);
        if (waited < spin_ns)
            sched_yield();
        else
            nap(waited);
    }
}

static enum dm_status begin_gather(struct dm_team *base, const void *own, void *all, size_t size,
                                   struct dm_error *error)
{
    struct dm_mpi_team *team = (struct dm_mpi_team *)base;
    int result = MPI_Iallgather(own, (int)size, MPI_BYTE, all, (int)size, MPI_BYTE, team->world,
                                &team->gathers);
    return result == MPI_SUCCESS ? DM_OK : failed(result, error);
}

static enum dm_status end_gather(struct dm_team *base, struct dm_error *error)
{
    struct dm_mpi_team *team = (struct dm_mpi_team *)base;
    return await(base, &team->gathers, error);
}

static enum dm_status spread(struct dm_team *base, unsigned from, void *bytes, size_t count,
                             struct dm_error *error)
{
    struct dm_mpi_team *team = (struct dm_mpi_team *)base;
    for (size_t at = 0; at < count; at += MOST) {
        int some = (int)dm_min_u64(MOST, count - at), result;
        MPI_Request request;
        result = MPI_Ibcast((char *)bytes + at, some, MPI_BYTE, (int)from, team->world, &request);
        if (result != MPI_SUCCESS)
            return failed(result, error);
        DM_TRY(await(base, &request, error));
    }
    return DM_OK;
}

static enum dm_status sum(struct dm_team *base, uint64_t *numbers, size_t count,
                          struct dm_error *error)
{
    struct dm_mpi_team *team = (struct dm_mpi_team *)base;
    for (size_t at = 0; at < count; at += MOST) {
        int some = (int)dm_min_u64(MOST, count - at), result;
        MPI_Request request;
        result = MPI_Iallreduce(MPI_IN_PLACE, numbers + at, some, MPI_UINT64_T, MPI_SUM,
                                team->world, &request);
        if (result != MPI_SUCCESS)
            return failed(result, error);
        DM_TRY(await(base, &request, error));
    }
    return DM_OK;
}

static const struct dm_team_ops ops = {begin_gather, end_gather, spread, sum};

/* Return this process's share of the CPUs that it and its neighbours on this machine may use: all
 * of its own if the launcher has given each process others, else a part of those that they share.
 */
static unsigned share_of_cpus(const cpu_set_t *own, const cpu_set_t *all, int sum)
{
    unsigned cpus = dm_cpus(), count = (unsigned)CPU_COUNT(own), most = (unsigned)CPU_COUNT(all);
    if (cpus < count) /* a quota, for all together */
        most = (unsigned)dm_min_u64(most, cpus);
    return (unsigned)dm_max_u64(1, dm_min_u64(cpus, (uint64_t)most * count / (unsigned)sum));
}

/* Set the number of threads for this process. */
static int share_cpus(struct dm_mpi_team *team)
{
    MPI_Comm machine;
    cpu_set_t own, all;
    int neighbours = 1;
    CPU_ZERO(&all);
    if (sched_getaffinity(0, sizeof own, &own) != 0) /* more CPUs than a cpu_set_t can have */
        CPU_ZERO(&own);
    int count = CPU_COUNT(&own), sum = count;
    int result = MPI_Comm_split_type(team->world, MPI_COMM_TYPE_SHARED, (int)team->base.rank,
                                     MPI_INFO_NULL, &machine);
    if (result == MPI_SUCCESS)
        result = MPI_Allreduce(&own, &all, sizeof own, MPI_BYTE, MPI_BOR, machine);
    if (result == MPI_SUCCESS)
        result = MPI_Allreduce(&count, &sum, 1, MPI_INT, MPI_SUM, machine);
    if (result == MPI_SUCCESS)
        result = MPI_Comm_size(machine, &neighbours);
    if (result == MPI_SUCCESS)
        result = MPI_Comm_free(&machine);
    team->base.threads = count > 0 ? share_of_cpus(&own, &all, sum)
                                   : (unsigned)dm_max_u64(1, dm_cpus() / (unsigned)neighbours);
    return result;
}

static void name_host(struct dm_team *team)
{
    char name[MPI_MAX_PROCESSOR_NAME];
    int length;
    if (MPI_Get_processor_name(name, &length) != MPI_SUCCESS)
        length = 0;
    size_t used = dm_min_u64((size_t)length, sizeof team->host - 1);
    memcpy(team->host, name, used);
    team->host[used] = '\0';
}

enum dm_status dm_mpi_team_open(struct dm_mpi_team *team, struct dm_error *error)
{
    int rank = 0, ranks = 1, result = MPI_Comm_dup(MPI_COMM_WORLD, &team->world);
    if (result == MPI_SUCCESS)
        result = MPI_Comm_set_errhandler(team->world, MPI_ERRORS_RETURN);
    if (result == MPI_SUCCESS)
        result = MPI_Comm_rank(team->world, &rank);
    if (result == MPI_SUCCESS)
        result = MPI_Comm_size(team->world, &ranks);
    team->base.ops = &ops;
    team->base.rank = (unsigned)rank;
    team->base.ranks = (unsigned)ranks;
    if (result == MPI_SUCCESS)
        result = share_cpus(team);
    if (result != MPI_SUCCESS)
        return failed(result, error);
    name_host(&team->base);
    (void)prctl(PR_SET_TIMERSLACK, TIMER_SLACK_NS, 0, 0, 0); /* naps are short */
    team->base.all = calloc((size_t)ranks, sizeof *team->base.all);
    return team->base.all ? DM_OK : dm_fail_memory(error, "the processes");
}

void dm_mpi_team_close(struct dm_mpi_team *team)
{
    if (team->base.broken || !team->base.all) /* messages may still come */
        return;
    free(team->base.all);
    free(team->base.gathered);
    (void)MPI_Comm_free(&team->world);
}
