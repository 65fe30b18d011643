/* cpus.h - the parts of dm_cpus() that a test can feed with folders of its own. */
#ifndef BASE_CPUS_H
#define BASE_CPUS_H

/* The CPUs that the control groups of this process grant it, rounded up; 0 means no limit.
 * `membership` is /proc/self/cgroup, `mount` is /sys/fs/cgroup. Reads version 2 (cpu.max) and
 * version 1 (cpu.cfs_quota_us), of the group itself and of every group above it. */
unsigned dm_cpu_quota(const char *membership, const char *mount);

#endif
