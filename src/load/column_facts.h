/* column_facts.h - what the sample shows of a column's values. */
#ifndef LOAD_COLUMN_FACTS_H
#define LOAD_COLUMN_FACTS_H

#include "load/choice.h"

struct dm_column_facts {
    size_t rows;     /* of data in the sample */
    size_t blank;    /* empty or blank */
    size_t numbers;  /* plain ones, with a decimal comma too */
    size_t decimals; /* numbers with decimals */
    size_t dates;    /* dates and times */
    size_t pairs;    /* both coordinates of a place */
    size_t distinct; /* different values that are not blank */
    size_t letters;  /* texts with a letter that are none of these */
};

/* Look at a column. DM_MEMORY. */
enum dm_status dm_column_look(const struct dm_choice *choice, size_t column,
                              struct dm_column_facts *facts);

/* Return true if the column has values, and each is only N or S, or only E or W, in words too. */
bool dm_column_is_hemisphere(const struct dm_choice *choice, size_t column, bool lat);

/* Return what O means in a column of hemispheres: 'E' beside W, 'W' beside E, else '\0'. */
char dm_column_o_means(const struct dm_choice *choice, size_t column);

/* Return true if the column has no values. */
bool dm_column_is_blank(const struct dm_choice *choice, size_t column);

/* Return true if no value of the column has a minus sign or the letter of a hemisphere. */
bool dm_column_is_unsigned(const struct dm_choice *choice, size_t column);

/* Return true if a value of the column, not 0, has no minus sign. */
bool dm_column_has_unsigned(const struct dm_choice *choice, size_t column);

/* Return true if the column has values, and all are whole numbers. */
bool dm_column_is_whole(const struct dm_choice *choice, size_t column);

/* Return true if the column has values, and all are numbers from 0 to less than 60. */
bool dm_column_is_sixtieths(const struct dm_choice *choice, size_t column);

/* Return true if at least one of its values is S or W, in words too. */
bool dm_column_has_negative_hemisphere(const struct dm_choice *choice, size_t column);

/* Return true if the column has values and each of them holds both coordinates, as "48.85, 2.35".
 * Set *lon_first to what the values prove, or to false, and *proved to whether they do. */
bool dm_column_has_both(const struct dm_choice *choice, size_t column, bool *lon_first,
                        bool *proved);

/* Return true if the cell is a coordinate: a number or an angle. */
bool dm_cell_is_angle(const struct dm_cell *cell);

/* Same, or if it is both coordinates. */
bool dm_cell_is_coordinate(const struct dm_cell *cell);

/* Find the two columns that look like coordinates: the only numbers with three decimals or more or,
 * failing that, the only ones with decimals, or the only numbers. Return false if there are fewer
 * or more. */
bool dm_columns_guess(const struct dm_choice *choice, size_t columns[2]);

/* Range of a column's numbers that are no code for a missing value. */
struct dm_column_range {
    size_t numbers;
    double min, max;
    size_t beyond_lat, beyond_turn; /* numbers of a magnitude above 90, and above 720 */
    bool whole;                     /* none has decimals */
};
struct dm_column_range dm_column_range(const struct dm_sample *sample, size_t data, size_t column);

/* Return the greatest magnitude of a range. */
double dm_range_greatest(const struct dm_column_range *range);

#endif
