/* letters.h - the letters of headers, as the vocabulary has them. */
#ifndef LOAD_LETTERS_H
#define LOAD_LETTERS_H

#include <stddef.h>

enum dm_letter_kind { DM_PUNCTUATION, DM_LOWER, DM_UPPER, DM_DIGIT };

struct dm_letter {
    char plain[5]; /* in lower case, without accents; terminated UTF-8 */
    size_t bytes;  /* how many it takes in the header */
    enum dm_letter_kind kind;
};

/* Read the first letter of a text of `left` bytes, at least 1, in UTF-8 or, where it is not valid,
 * in Latin-1. Letters of scripts without case are in lower case. */
struct dm_letter dm_letter_at(const char *text, size_t left);

#endif
