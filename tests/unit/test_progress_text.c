/* The line of progress fits every terminal, whatever the numbers. */
#include "cli/progress_text.h"
#include "testing/testing.h"

#include <string.h>

static const uint64_t second = 1000000000, huge = 1000000000000000000;

static void assert_time(uint64_t seconds, const char *wanted)
{
    char text[32];
    assert_string_equal(dm_progress_time(text, sizeof text, seconds), wanted);
}

static void times_are_as_on_a_clock(void **state)
{
    (void)state;
    assert_time(0, "0:00");
    assert_time(7, "0:07");
    assert_time(59, "0:59");
    assert_time(60, "1:00");
    assert_time(3599, "59:59");
    assert_time(3600, "1:00:00");
    assert_time(3723, "1:02:03");
    assert_time(123 * 3600 + 4 * 60 + 5, "123:04:05");
    assert_time(UINT64_MAX, "5124095576030431:00:15");
}

static void assert_line(unsigned columns, struct dm_progress_state state, const char *wanted)
{
    char text[DM_PROGRESS_LENGTH];
    size_t length = dm_progress_text(text, &state, columns);
    assert_string_equal(text, wanted);
    assert_int_equal(length, strlen(wanted));
}

static void wider_terminals_show_more(void **state)
{
    (void)state;
    struct dm_progress_state now = {
        .pairs = 42, .all = 100, .rate = 123e6, .left_s = 11.2, .so_far_ns = 9 * second};
    assert_line(20, now, " 42 %");
    assert_line(23, now, " 42 %");
    assert_line(24, now, " 42 %   123 M pairs/s");
    assert_line(37, now, " 42 %   123 M pairs/s");
    assert_line(38, now, " 42 %   123 M pairs/s     0:12 left");
    assert_line(54, now, " 42 %   123 M pairs/s     0:12 left     0:09 so far");
    assert_line(65, now, " 42 %   123 M pairs/s     0:12 left     0:09 so far");
    assert_line(66, now, " 42 %   123 M pairs/s     0:12 left     0:09 so far  [===     ]");
    assert_line(80, now,
                " 42 %   123 M pairs/s     0:12 left     0:09 so far  [=========             ]");
}

static void rates_have_three_digits(void **state)
{
    (void)state;
    static const struct {
        double rate;
        const char *line;
    } known[] = {
        {0, "  0 %       - pairs/s"},       {0.0123, "  0 %    0.01 pairs/s"},
        {9.99, "  0 %    9.99 pairs/s"},    {9.996, "  0 %    10.0 pairs/s"},
        {999.4, "  0 %     999 pairs/s"},   {999.6, "  0 %  1.00 k pairs/s"},
        {41028, "  0 %  41.0 k pairs/s"},   {999.4e3, "  0 %   999 k pairs/s"},
        {999.6e3, "  0 %  1.00 M pairs/s"}, {1.234e9, "  0 %  1.23 G pairs/s"},
        {5e18, "  0 %  5.00 E pairs/s"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_line(30, (struct dm_progress_state){.all = 1, .rate = known[i].rate}, known[i].line);
}

/* 100 % is for what is complete. */
static void shares_are_rounded_down(void **state)
{
    (void)state;
    assert_line(20, (struct dm_progress_state){0, 0, 0, 0, 0}, "100 %");
    assert_line(20, (struct dm_progress_state){.pairs = 0, .all = huge}, "  0 %");
    assert_line(20, (struct dm_progress_state){.pairs = huge / 100 - 1000, .all = huge}, "  0 %");
    assert_line(20, (struct dm_progress_state){.pairs = huge / 2, .all = huge}, " 50 %");
    assert_line(20, (struct dm_progress_state){.pairs = huge - 1, .all = huge}, " 99 %");
    assert_line(20, (struct dm_progress_state){.pairs = huge, .all = huge}, "100 %");
    assert_line(20, (struct dm_progress_state){.pairs = 199, .all = 200}, " 99 %");
}

static void what_is_not_known_is_left_open(void **state)
{
    (void)state;
    assert_line(60, (struct dm_progress_state){.all = 9, .left_s = -1, .so_far_ns = second},
                "  0 %       - pairs/s     -:-- left     0:01 so far");
}

static void more_than_100_hours(void **state)
{
    (void)state;
    struct dm_progress_state slow = {.pairs = 1,
                                     .all = huge,
                                     .rate = 0.001,
                                     .left_s = 100.5 * 3600,
                                     .so_far_ns = 7000 * 3600 * second / 2};
    assert_line(66, slow, "  0 %    0.00 pairs/s  100:30:00 left  3500:00:00 so far");
    slow.left_s = 1e30;
    assert_line(66, slow, "  0 %    0.00 pairs/s  9999:00:00 left  3500:00:00 so far");
}

static void assert_fits(const struct dm_progress_state *state, unsigned columns)
{
    char text[DM_PROGRESS_LENGTH];
    size_t length = dm_progress_text(text, state, columns);
    assert_int_equal(length, strlen(text));
    assert_true(length >= 5 && length + 3 <= columns);
    for (size_t i = 0; i < length; i++)
        assert_true(text[i] >= ' ' && text[i] <= '~');
}

static void no_line_is_too_long(void **state)
{
    (void)state;
    static const uint64_t counts[] = {0, 1, 99, 1000000, huge, UINT64_MAX};
    static const double numbers[] = {-1, 0, 1e-300, 0.5, 999.999, 1e6, 1e18, 1e300};
    for (unsigned columns = 20; columns <= 200; columns++)
        for (size_t all = 0; all < 6; all++)
            for (size_t pairs = 0; pairs <= all; pairs++)
                for (size_t rate = 0; rate < 8; rate++)
                    for (size_t left = 0; left < 8; left++)
                        assert_fits(&(struct dm_progress_state){counts[pairs], counts[all],
                                                                numbers[rate], numbers[left],
                                                                counts[(all + left) % 6]},
                                    columns);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_as_on_a_clock),
        cmocka_unit_test(wider_terminals_show_more),
        cmocka_unit_test(rates_have_three_digits),
        cmocka_unit_test(shares_are_rounded_down),
        cmocka_unit_test(what_is_not_known_is_left_open),
        cmocka_unit_test(more_than_100_hours),
        cmocka_unit_test(no_line_is_too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
