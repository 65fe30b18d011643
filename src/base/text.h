/* text.h - text for messages: quoted values, readable numbers, similar words. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <dmatrix/status.h>

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { DM_QUOTED_LENGTH = 96, DM_COUNT_LENGTH = 32, DM_CELL_LENGTH = 32 };

/* Return the length in bytes of the UTF-8 character that `text` begins with, 0 if it is none. */
size_t dm_utf8_length(const char *text, size_t length);

/* Return the length in bytes of the printable UTF-8 character that `text` begins with. Return 0 for
 * control characters, which a terminal would execute, for those that change the direction of the
 * text after them, and for invalid bytes. */
size_t dm_printable(const char *text, size_t length);

/* Print the text, with unprintable bytes as \xNN. */
void dm_put_safely(FILE *stream, const char *text);

/* Write `text` in double quotes, safe for a terminal: control characters as \xNN, cut with "..." if
 * it is long. Return `quoted`. */
const char *dm_quote(char quoted[DM_QUOTED_LENGTH], const char *text, size_t length);

/* Write 1234567 as "1,234,567". Return `text`. */
const char *dm_count_text(char text[DM_COUNT_LENGTH], uint64_t count);

/* Return the decimals for three significant digits: 2 for 9.99, 1 for 99.9, 0 from 100 on. */
int dm_three_digits(double value);

/* Unit for printing a time, such as "us", and its length in seconds. Times from 120 s on are in
 * minutes, from two hours on in hours. Rounded to three digits, a time in smaller units is below
 * 1000. */
struct dm_time_unit {
    const char *name;
    double seconds;
};
struct dm_time_unit dm_time_unit_of(double seconds);

/* Write a rate per second with three digits: "717", "7.17 k", "71.7 M". Return `text`. */
const char *dm_rate_text(char text[DM_CELL_LENGTH], double rate);

/* Write a time with three digits, "1.93 ms", or in the unit and with the decimals of `like`. Return
 * `text`. */
const char *dm_seconds_text(char text[DM_CELL_LENGTH], double seconds);
const char *dm_time_text(char text[DM_CELL_LENGTH], uint64_t ns);
const char *dm_seconds_like(char text[DM_CELL_LENGTH], double seconds, double like);

/* Write a length as "7.2 m", "135 m", "8.3 km" or "135 km". Return `text`. */
const char *dm_metres_text(char text[DM_CELL_LENGTH], double metres);

/* Write a size as "12.3 MB" (a million bytes each). Return `text`. */
const char *dm_bytes_text(char text[DM_CELL_LENGTH], uint64_t bytes);

/* Return the largest length up to `length` that does not cut a UTF-8 character in `text`. */
size_t dm_whole_characters(const char *text, size_t length);

/* Write like snprintf(), to build a text piece by piece. Return the number of bytes written. A text
 * that does not fit is cut between characters. */
size_t dm_append(char *text, size_t size, const char *format, ...) DM_PRINTF(3, 4);

/* Add an item to a list of `used` characters, after the separator unless it is the first. Return
 * the new number of characters. */
size_t dm_append_item(char *list, size_t size, size_t used, const char *separator,
                      const char *item);

/* Return true if the word needs no quotes in a shell. */
int dm_is_plain_word(const char *word);

/* Return true if two words are equal, ignoring ASCII case. */
int dm_same_word(const char *a, const char *b);

/* The known word that is most similar to the wanted one. The distance is the number of letters
 * changed (ignoring case), added, left out or swapped with their neighbour; of equally distant
 * words the one that begins most like the wanted word. `best` is NULL while no word is similar
 * enough. */
struct dm_nearest {
    const char *wanted, *best;
    size_t distance, prefix;
};
struct dm_nearest dm_nearest_to(const char *wanted);
void dm_nearest_offer(struct dm_nearest *nearest, const char *known);

/* Same, for a word that stands for another name, which becomes the best: "miles" for "mi". */
void dm_nearest_offer_word(struct dm_nearest *nearest, const char *word, const char *name);

#endif
