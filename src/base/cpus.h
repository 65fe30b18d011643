/* cpus.h - the part of dm_cpus() that a test can call with its own folders. */
#ifndef BASE_CPUS_H
#define BASE_CPUS_H

/* Return the number of CPUs that the control groups of this process allow, rounded up; 0: no limit.
 * `membership` is /proc/self/cgroup, `mount` is /sys/fs/cgroup. Reads version 2 (cpu.max) and
 * version 1 (cpu.cfs_quota_us), for the group itself and every group above it. */
unsigned dm_cpu_quota(const char *membership, const char *mount);

#endif
