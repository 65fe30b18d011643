/* choice.h - what the choice of columns is made from, for the files that choose. */
#ifndef LOAD_CHOICE_H
#define LOAD_CHOICE_H

#include "load/roles.h"
#include "load/sample.h"
#include "load/table.h"
#include "load/words.h"

#define DM_NO_ROW SIZE_MAX

struct dm_choice {
    const struct dm_load_options *options;
    const struct dm_sample *sample;
    const char *shown; /* the file's name, for messages */
    const struct dm_roles *roles;
    char delimiter;
    size_t places;          /* how many a row may have, 1 or 2 */
    size_t header;          /* its row in the sample, or DM_NO_ROW */
    struct dm_words *words; /* those of each header; NULL without one */
    size_t data;            /* the first row of data in the sample */
    size_t width;           /* number of columns */
    struct dm_error *error; /* may be NULL */
};

enum { DM_PLACE_LENGTH = 600, DM_HEADERS_LENGTH = 600 };

/* Write "file:line" of the header or, without one, of the first row. Return `place`. */
const char *dm_choice_place(const struct dm_choice *choice, char place[DM_PLACE_LENGTH]);

/* Make that row the header, or none with DM_NO_ROW; `width` becomes that of the header or, without
 * one, of the first row of data. DM_MEMORY. */
enum dm_status dm_choice_set_header(struct dm_choice *choice, size_t row);

void dm_choice_free(struct dm_choice *choice); /* frees the words */

/* Return the words of a column's header, none without a header row. */
const struct dm_words *dm_choice_words(const struct dm_choice *choice, size_t column);

/* Return the header of a column, an empty one without a header row. */
const struct dm_cell *dm_choice_header(const struct dm_choice *choice, size_t column);

/* List all headers, quoted. Return `list`. */
const char *dm_choice_headers(const struct dm_choice *choice, char list[DM_HEADERS_LENGTH]);

/* Return true if the only column of the first row seems to be several, separated by blanks. */
bool dm_choice_has_blanks(const struct dm_choice *choice);

/* Suggest a column for a field: by its header if that can be typed and is unique, else by number.
 */
void dm_choice_suggest(const struct dm_choice *choice, enum dm_field field, size_t column);

/* List the texts with which options choose columns of coordinates and, last, of names. Return how
 * many there are. */
enum { DM_CHOSEN_MAX = 5 };
size_t dm_chosen_columns(const struct dm_load_options *options, const char *chosen[DM_CHOSEN_MAX]);

/* Read a column's number. Return false if the text, which may be NULL, is no number. */
bool dm_column_number(const char *text, size_t *column);

#endif
