#include "base/arena.h"
#include "testing/testing.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void lays_out_aligned_places(void **state)
{
    (void)state;
    for (int shared = 0; shared < 2; shared++) {
        struct dm_arena arena;
        struct dm_error error;
        size_t size = dm_arena_room(1) + dm_arena_room(1000);
        assert_int_equal(dm_arena_open(size, shared, &arena, &error), DM_OK);
        char *first = dm_arena_take(&arena, 1), *second = dm_arena_take(&arena, 1000);
        assert_int_equal((uintptr_t)first % DM_CACHE_LINE, 0);
        assert_int_equal(second - first, DM_CACHE_LINE);
        if (shared)
            assert_int_equal(*first, 0);
        memset(second, 1, 1000);
        dm_arena_close(&arena);
        dm_arena_close(&arena);
    }
}

static void is_shared_with_a_forked_process(void **state)
{
    (void)state;
    struct dm_arena arena;
    struct dm_error error;
    assert_int_equal(dm_arena_open(4096, true, &arena, &error), DM_OK);
    char *place = dm_arena_take(&arena, 1);
    pid_t child = fork();
    if (child == 0) {
        *place = 42;
        _exit(0);
    }
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_int_equal(*place, 42);
    dm_arena_close(&arena);
}

static void says_when_there_is_not_enough(void **state)
{
    (void)state;
    for (int shared = SANITIZED; shared < 2; shared++) { /* whose heap would end the test */
        struct dm_arena arena = {0};
        struct dm_error error;
        assert_int_equal(dm_arena_open(SIZE_MAX / 2, shared, &arena, &error), DM_MEMORY);
        assert_null(arena.memory);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lays_out_aligned_places),
        cmocka_unit_test(is_shared_with_a_forked_process),
        cmocka_unit_test(says_when_there_is_not_enough),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
