/* text.h - words in messages: quoted values, numbers for people, the nearest known word. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <dmatrix/status.h>

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { DM_QUOTED_LENGTH = 96, DM_COUNT_LENGTH = 32, DM_CELL_LENGTH = 32 };

/* The bytes of the printable character of UTF-8 that `text` begins with; 0 where it begins with
 * none, but with a control character, which a terminal would obey, one that turns the direction of
 * the text after it, or with bytes that are no character at all. */
size_t dm_printable(const char *text, size_t length);

/* Prints the text, what is not printable as \xNN. */
void dm_put_safely(FILE *stream, const char *text);

/* The columns that a text of UTF-8 takes on a terminal, if each character takes one. */
size_t dm_columns(const char *text, size_t length);

/* Prints the words of the text, which blanks part, in lines of at most `width` columns, and ends
 * the last. The cursor is in column `indent`, counted from 0; further lines begin there too. A
 * longer word has a line of its own. Words without a letter or digit, such as %, stay with the word
 * before, and, unless they are the first, with the one after. */
void dm_put_wrapped(FILE *stream, const char *text, size_t indent, size_t width);

/* Likewise, after a line's indent. */
void dm_put_indented(FILE *stream, const char *text, size_t indent, size_t width);

/* Prints a label and, from `column` on, a text that belongs to it, wrapped likewise: beside the
 * label or, where that is too long, below it. */
void dm_put_labelled(FILE *stream, const char *label, const char *text, size_t column,
                     size_t width);

/* `text` in double quotes, fit for a terminal: control characters as \xNN, cut with "..." where
 * it is long. Returns `quoted`. */
const char *dm_quote(char quoted[DM_QUOTED_LENGTH], const char *text, size_t length);

/* 1234567 as "1,234,567". Returns `text`. */
const char *dm_count_text(char text[DM_COUNT_LENGTH], uint64_t count);

/* The decimals that give a number three digits, or all of those before the point if they are more:
 * of 9.99 two, of 99.9 one, of 999 none. */
int dm_three_digits(double value);

/* The unit that a time is told in, "us", and so many seconds: of 120 s and more minutes, of two
 * hours and more hours. With three digits it is less than 1000 of them. */
struct dm_time_unit {
    const char *name;
    double seconds;
};
struct dm_time_unit dm_time_unit_of(double seconds);

/* So many a second in three digits: "717", "7.17 k", "71.7 M". Returns `text`. */
const char *dm_rate_text(char text[DM_CELL_LENGTH], double rate);

/* A time in three digits, "1.93 ms"; or in the unit and with the decimals that `like` has. Return
 * `text`. */
const char *dm_seconds_text(char text[DM_CELL_LENGTH], double seconds);
const char *dm_time_text(char text[DM_CELL_LENGTH], uint64_t ns);
const char *dm_seconds_like(char text[DM_CELL_LENGTH], double seconds, double like);

/* A size as "12.3 MB" (of a million bytes). Returns `text`. */
const char *dm_bytes_text(char text[DM_CELL_LENGTH], uint64_t bytes);

/* The length up to which `text` can be cut so that no character of UTF-8 falls apart: `length` or a
 * little less. */
size_t dm_whole_characters(const char *text, size_t length);

/* snprintf() for building a text piece by piece: returns the bytes that really went in, and cuts
 * between characters where there is no room for all. */
size_t dm_append(char *text, size_t size, const char *format, ...) DM_PRINTF(3, 4);

/* Adds an item to a list of which `used` characters are there, after the separator unless it is the
 * first. Returns the characters that are there then. */
size_t dm_append_item(char *list, size_t size, size_t used, const char *separator,
                      const char *item);

/* Whether a shell takes the word as it is, without quotes. */
int dm_is_plain_word(const char *word);

/* Whether two words are the same but for ASCII case. */
int dm_same_word(const char *a, const char *b);

/* The known word nearest to what somebody wrote, counted in letters changed (other than
 * their case), added, left out or swapped with their neighbour; `best` is NULL while none is near
 * enough to be meant. */
struct dm_nearest {
    const char *wanted, *best;
    size_t distance;
};
struct dm_nearest dm_nearest_to(const char *wanted);
void dm_nearest_offer(struct dm_nearest *nearest, const char *known);

#endif
