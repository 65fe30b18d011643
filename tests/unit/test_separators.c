/* Which delimiters and decimal marks are refused, and what is suggested instead. */
#include "format/separators.h"
#include "testing/testing.h"

#include <string.h>

static enum dm_status choose(char delimiter, char decimal, struct dm_error *error)
{
    const struct dm_format_options options = {.delimiter = delimiter, .decimal = decimal};
    struct dm_separators separators = {'#', '#'};
    enum dm_status status = dm_separators_choose(&options, &separators, error);
    if (status == DM_OK) {
        assert_int_equal(separators.delimiter, delimiter ? delimiter : ',');
        assert_int_equal(separators.decimal, decimal ? decimal : '.');
    } else {
        assert_int_equal(separators.delimiter, '#');
        assert_int_equal(separators.decimal, '#');
    }
    return status;
}

static void most_characters_can_be_between_fields(void **state)
{
    (void)state;
    static const char fine[] = ",;\t |:/#!&*~^=@\x1f";
    for (size_t i = 0; i < sizeof fine; i++) /* with the default, 0 */
        assert_int_equal(choose(fine[i], 0, NULL), DM_OK);
}

static void what_numbers_and_headers_contain_is_refused(void **state)
{
    (void)state;
    static const char refused[] = "0123456789eEaAzZinf_.+-\"'\r\n\x80\xff";
    for (size_t i = 0; i < sizeof refused - 1; i++) {
        struct dm_error error;
        assert_int_equal(choose(refused[i], 0, &error), DM_USAGE);
        assert_int_equal(error.field, DM_FIELD_FORMAT_DELIMITER);
        assert_int_equal(error.suggestion_count, 1);
        assert_string_equal(error.suggestions[0].value, ";");
        assert_non_null(strstr(error.message, "use a comma, a semicolon, a tab, a space or |"));
    }
}

static void a_decimal_comma_needs_another_delimiter(void **state)
{
    (void)state;
    struct dm_error error;
    for (int given = 0; given < 2; given++) {
        assert_int_equal(choose(given ? ',' : 0, ',', &error), DM_USAGE);
        assert_int_equal(error.field, DM_FIELD_FORMAT_DECIMAL);
        assert_int_equal(error.suggestions[0].field, DM_FIELD_FORMAT_DELIMITER);
        assert_string_equal(error.suggestions[0].value, ";");
    }
    assert_int_equal(choose(';', ',', &error), DM_OK);
    assert_int_equal(choose('\t', ',', &error), DM_OK);
}

static void only_points_and_commas_are_decimal_marks(void **state)
{
    (void)state;
    for (const char *mark = "; '_05e\xb7"; *mark; mark++) {
        struct dm_error error;
        assert_int_equal(choose('|', *mark, &error), DM_USAGE);
        assert_int_equal(error.field, DM_FIELD_FORMAT_DECIMAL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(most_characters_can_be_between_fields),
        cmocka_unit_test(what_numbers_and_headers_contain_is_refused),
        cmocka_unit_test(a_decimal_comma_needs_another_delimiter),
        cmocka_unit_test(only_points_and_commas_are_decimal_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
