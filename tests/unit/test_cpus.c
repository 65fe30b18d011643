#define _GNU_SOURCE
#include "base/cpus.h"
#include "testing/testing.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A made-up /proc/self/cgroup and /sys/fs/cgroup. */
struct world {
    char *folder, *membership, *mount;
};

static struct world make_world(const char *membership)
{
    struct world world = {.folder = make_folder()};
    world.membership = path_in(world.folder, "cgroup");
    world.mount = path_in(world.folder, "mount");
    write_text(world.membership, membership);
    assert_int_equal(mkdir(world.mount, 0700), 0);
    return world;
}

/* Writes mount/path, making the folders on the way. */
static void put(const struct world *world, const char *path, const char *text)
{
    char *full = path_in(world->mount, path);
    for (char *slash = full + strlen(world->mount) + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        mkdir(full, 0700);
        *slash = '/';
    }
    write_text(full, text);
    free(full);
}

static void assert_quota(struct world world, unsigned wanted)
{
    unsigned cpus = dm_cpu_quota(world.membership, world.mount);
    char command[600];
    snprintf(command, sizeof command, "rm -r '%s'", world.folder);
    assert_int_equal(system(command), 0);
    free(world.folder);
    free(world.membership);
    free(world.mount);
    assert_int_equal(cpus, wanted);
}

static void reads_version_2(void **state)
{
    (void)state;
    struct world world = make_world("0::/user/app\n");
    put(&world, "user/app/cpu.max", "150000 100000\n");
    put(&world, "user/cpu.max", "max 100000\n");
    assert_quota(world, 2);
}

static void takes_the_tightest_group_above(void **state)
{
    (void)state;
    struct world world = make_world("0::/user/app\n");
    put(&world, "user/app/cpu.max", "800000 100000\n");
    put(&world, "user/cpu.max", "300000 100000\n");
    put(&world, "cpu.max", "max 100000\n");
    assert_quota(world, 3);
}

static void reads_version_1(void **state)
{
    (void)state;
    struct world world = make_world("7:memory:/m\n4:cpu,cpuacct:/box\n");
    put(&world, "cpu,cpuacct/box/cpu.cfs_quota_us", "50000\n");
    put(&world, "cpu,cpuacct/box/cpu.cfs_period_us", "100000\n");
    assert_quota(world, 1);
}

static void finds_the_root_inside_a_container(void **state)
{
    (void)state;
    struct world world = make_world("0::/../outside/only\n");
    put(&world, "cpu.max", "400000 100000\n");
    assert_quota(world, 4);
}

static void no_limit_is_zero(void **state)
{
    (void)state;
    struct world world = make_world("1:cpu:/\n0::/\n");
    put(&world, "cpu/cpu.cfs_quota_us", "-1\n");
    put(&world, "cpu/cpu.cfs_period_us", "100000\n");
    put(&world, "cpu.max", "max 100000\n");
    assert_quota(world, 0);
    assert_int_equal(dm_cpu_quota("/nowhere/cgroup", "/nowhere"), 0);
}

static void respects_the_affinity_mask(void **state)
{
    (void)state;
    cpu_set_t before, one;
    assert_true(dm_cpus() >= 1);
    assert_int_equal(sched_getaffinity(0, sizeof before, &before), 0);
    CPU_ZERO(&one);
    for (size_t cpu = 0; CPU_COUNT(&one) == 0; cpu++)
        if (CPU_ISSET(cpu, &before))
            CPU_SET(cpu, &one);
    assert_int_equal(sched_setaffinity(0, sizeof one, &one), 0);
    assert_int_equal(dm_cpus(), 1);
    assert_int_equal(sched_setaffinity(0, sizeof before, &before), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_version_2),  cmocka_unit_test(takes_the_tightest_group_above),
        cmocka_unit_test(reads_version_1),  cmocka_unit_test(finds_the_root_inside_a_container),
        cmocka_unit_test(no_limit_is_zero), cmocka_unit_test(respects_the_affinity_mask),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
