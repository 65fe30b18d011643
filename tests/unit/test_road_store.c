/* The answers of a search in a file: what was added is found by another run, and nothing else is,
 * whatever a crash has left. */
#define _POSIX_C_SOURCE 200809L /* truncate() */
#include "road/store.h"
#include "testing/testing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PLACES = 40, CELLS = 1000 };

static struct dm_store *open_store(const char *output, const char *identity)
{
    const struct dm_store_options options = {
        .places = PLACES, .output = output, .keeps = true, .identity = identity};
    struct dm_store *store;
    assert_int_equal(dm_store_open(&options, &store, NULL), DM_OK);
    return store;
}

/* Pairs in no order, each once. */
static uint64_t pair_at(size_t i)
{
    return (i * 7919) % 10007;
}

static struct dm_road_cell cell_at(size_t i)
{
    return i % 9 == 0 ? (struct dm_road_cell){NAN, NAN}
                      : (struct dm_road_cell){(double)i, (double)i / 3};
}

static void add_all(struct dm_store *store)
{
    uint64_t pairs[CELLS];
    struct dm_road_cell cells[CELLS];
    for (size_t i = 0; i < CELLS; i++) {
        pairs[i] = pair_at(i);
        cells[i] = cell_at(i);
    }
    assert_int_equal(dm_store_add(store, pairs, cells, 1, NULL), DM_OK);
    assert_int_equal(dm_store_add(store, pairs + 1, cells + 1, CELLS - 1, NULL), DM_OK);
    assert_int_equal(dm_store_put_snap(store, 3, 12.5, NULL), DM_OK);
    assert_int_equal(dm_store_put_count(store), CELLS);
}

static void assert_found(const struct dm_store *store, size_t count)
{
    struct dm_road_cell cell;
    for (size_t i = 0; i < CELLS; i++) {
        struct dm_road_cell wanted = cell_at(i);
        assert_int_equal(dm_store_find(store, pair_at(i), &cell), i < count);
        if (i < count)
            assert_memory_equal(&cell, &wanted, sizeof cell);
    }
    assert_false(dm_store_find(store, 10007, &cell));
}

static void another_run_finds_what_was_added(void **state)
{
    const char *output = *state;
    double snap_m;
    struct dm_store *store = open_store(output, "a=1\n");
    assert_null(dm_store_identity(store));
    add_all(store);
    assert_found(store, 0); /* only what was there before */
    dm_store_close(store);
    store = open_store(output, "a=1\n");
    assert_string_equal(dm_store_identity(store), "a=1\n");
    assert_found(store, CELLS);
    assert_true(dm_store_get_snap(store, 3, &snap_m) && snap_m == 12.5);
    dm_store_finish(store);
    assert_false(dm_store_exists(output));
}

/* The last record is torn, or the disk has lost a page. */
static void what_a_crash_has_left_is_dropped(void **state)
{
    const char *output = *state;
    char *path = malloc(strlen(output) + sizeof DM_STORE_ENDING);
    sprintf(path, "%s%s", output, DM_STORE_ENDING);
    struct dm_store *store = open_store(output, "a=1\n");
    add_all(store);
    dm_store_close(store);
    size_t length;
    char *bytes = read_file(path, &length);
    const size_t record = 24, begin = length - CELLS * record;
    for (size_t torn = 1; torn <= record; torn += 7) {
        write_file(path, bytes, length - torn);
        store = open_store(output, "a=1\n");
        assert_found(store, CELLS - 1);
        dm_store_close(store);
    }
    for (size_t word = 0; word < record; word += 8) {
        char *hole = malloc(length);
        memcpy(hole, bytes, length);
        memset(hole + begin + (CELLS - 1) * record + word, 0, 8);
        write_file(path, hole, length);
        store = open_store(output, "a=1\n");
        assert_found(store, CELLS - 1);
        dm_store_close(store);
        free(hole);
    }
    /* and what comes next is behind the last whole record */
    write_file(path, bytes, length - 5);
    store = open_store(output, "a=1\n");
    uint64_t pair = pair_at(CELLS - 1);
    struct dm_road_cell cell = cell_at(CELLS - 1);
    assert_int_equal(dm_store_add(store, &pair, &cell, 1, NULL), DM_OK);
    dm_store_close(store);
    store = open_store(output, "a=1\n");
    assert_found(store, CELLS);
    dm_store_finish(store);
    free(bytes);
    free(path);
}

/* Killed before it had room, or of another run. */
static void a_store_of_nothing_and_of_others(void **state)
{
    const char *output = *state;
    double snap_m;
    struct dm_store *store = open_store(output, "a=1\n");
    add_all(store);
    dm_store_close(store);
    store = open_store(output, "b=1\n"); /* to be refused by the identity */
    assert_string_equal(dm_store_identity(store), "a=1\n");
    assert_found(store, 0);
    dm_store_close(store);
    char *path = malloc(strlen(output) + sizeof DM_STORE_ENDING);
    sprintf(path, "%s%s", output, DM_STORE_ENDING);
    assert_int_equal(truncate(path, 4096), 0);
    store = open_store(output, "a=1\n");
    assert_found(store, 0);
    assert_true(dm_store_get_snap(store, PLACES - 1, &snap_m) && isnan(snap_m));
    dm_store_finish(store);
    free(path);
}

static int make(void **state)
{
    char *folder = make_folder();
    *state = path_in(folder, "output");
    free(folder);
    return 0;
}

static int clean(void **state)
{
    char *output = *state;
    *strrchr(output, '/') = '\0';
    remove_folder(output);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_run_finds_what_was_added),
        cmocka_unit_test(what_a_crash_has_left_is_dropped),
        cmocka_unit_test(a_store_of_nothing_and_of_others),
    };
    return cmocka_run_group_tests(tests, make, clean);
}
