#define _GNU_SOURCE /* sched_getaffinity(), CPU_COUNT() */
#include "base/cpus.h"

#include <dmatrix/executor.h>

#include <limits.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static unsigned affinity_cpus(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0)
        return (unsigned)CPU_COUNT(&set);
    long online = sysconf(_SC_NPROCESSORS_ONLN); /* more CPUs than a cpu_set_t can hold */
    return online > 0 ? (unsigned)online : 1;
}

static bool read_line(const char *folder, const char *name, char *line, int size)
{
    char path[PATH_MAX];
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
        return false;
    FILE *file = fopen(path, "re");
    if (!file)
        return false;
    bool read = fgets(line, size, file) != NULL;
    fclose(file);
    return read;
}

/* Return the whole CPUs for `quota` of every `period`; 0: no limit, written as "max" or -1. */
static unsigned quota_cpus(const char *quota, const char *period)
{
    long long share = strtoll(quota, NULL, 10), whole = strtoll(period, NULL, 10);
    if (share <= 0 || whole <= 0)
        return 0;
    long long cpus = (share + whole - 1) / whole;
    return cpus > UINT_MAX ? 0 : (unsigned)cpus;
}

static unsigned group_quota(const char *folder)
{
    char line[64], period[64];
    if (read_line(folder, "cpu.max", line, sizeof line)) { /* "max 100000" or "150000 100000" */
        const char *space = strchr(line, ' ');
        return space ? quota_cpus(line, space + 1) : 0;
    }
    if (read_line(folder, "cpu.cfs_quota_us", line, sizeof line) &&
        read_line(folder, "cpu.cfs_period_us", period, sizeof period))
        return quota_cpus(line, period);
    return 0;
}

static unsigned smaller_limit(unsigned a, unsigned b)
{
    if (a == 0 || b == 0)
        return a + b;
    return a < b ? a : b;
}

/* Return the tightest limit from mount/group up to mount. Inside a container the group's own path
 * may not exist; only its existing parents are read. */
static unsigned path_quota(const char *mount, const char *group)
{
    char folder[PATH_MAX];
    if (snprintf(folder, sizeof folder, "%s%s", mount, group) >= (int)sizeof folder)
        return 0;
    unsigned limit = 0;
    size_t root = strlen(mount);
    for (;;) {
        limit = smaller_limit(limit, group_quota(folder));
        char *slash = strrchr(folder, '/');
        if (!slash || strlen(folder) <= root)
            return limit;
        *slash = '\0';
    }
}

static bool has_controller(const char *list, const char *controller)
{
    size_t length = strlen(controller);
    for (; list; list = strchr(list, ',')) {
        list += *list == ',';
        if (strncmp(list, controller, length) == 0 && (list[length] == ',' || list[length] == '\0'))
            return true;
    }
    return false;
}

unsigned dm_cpu_quota(const char *membership, const char *mount)
{
    FILE *file = fopen(membership, "re");
    if (!file)
        return 0;
    unsigned limit = 0;
    char line[PATH_MAX];
    while (fgets(line, sizeof line, file)) { /* "0::/group" or "4:cpu,cpuacct:/group" */
        line[strcspn(line, "\n")] = '\0';
        char *controllers = strchr(line, ':');
        char *group = controllers ? strchr(controllers + 1, ':') : NULL;
        if (!group)
            continue;
        *group++ = '\0';
        controllers++;
        char folder[PATH_MAX];
        int length = -1;
        if (*controllers == '\0')
            length = snprintf(folder, sizeof folder, "%s", mount);
        else if (has_controller(controllers, "cpu"))
            length = snprintf(folder, sizeof folder, "%s/%s", mount, controllers);
        if (length > 0 && length < (int)sizeof folder)
            limit = smaller_limit(limit, path_quota(folder, group));
    }
    fclose(file);
    return limit;
}

unsigned dm_cpus(void)
{
    unsigned cpus =
        smaller_limit(affinity_cpus(), dm_cpu_quota("/proc/self/cgroup", "/sys/fs/cgroup"));
    return cpus > 0 ? cpus : 1;
}
