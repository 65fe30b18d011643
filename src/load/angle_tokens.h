/* angle_tokens.h - the numbers, signs and words of a coordinate as people write it. */
#ifndef LOAD_ANGLE_TOKENS_H
#define LOAD_ANGLE_TOKENS_H

#include <stdbool.h>
#include <stddef.h>

enum dm_token_kind {
    DM_TOKEN_END,
    DM_TOKEN_JUNK,
    DM_TOKEN_NUMBER, /* digits with at most one decimal mark; neither sign nor exponent */
    DM_TOKEN_PLUS,
    DM_TOKEN_MINUS,
    DM_TOKEN_COLON,
    DM_TOKEN_DEGREE, /* marks, as symbols or words */
    DM_TOKEN_MINUTE,
    DM_TOKEN_SECOND,
    DM_TOKEN_NORTH, /* hemispheres */
    DM_TOKEN_SOUTH,
    DM_TOKEN_EAST,
    DM_TOKEN_WEST,
    DM_TOKEN_LETTER_S, /* south or seconds */
    DM_TOKEN_LETTER_O, /* east or west */
};

struct dm_token {
    enum dm_token_kind kind;
    const char *text; /* points into the parsed text */
    size_t length;    /* in bytes */
    bool after_blank;
    /* of numbers */
    double value;
    unsigned whole_digits; /* digits before the decimal mark */
    bool has_fraction;     /* has a decimal mark */
};

/* A text, consumed from the front. */
struct dm_tokens {
    const char *at, *end;
    char decimal; /* '.' or ',' */
};

/* Return the next token and move behind it. */
struct dm_token dm_token_next(struct dm_tokens *tokens);

/* Return true for DM_TOKEN_NORTH to DM_TOKEN_LETTER_O. */
bool dm_token_is_hemisphere(enum dm_token_kind kind);

/* Return the length in bytes of the blank at `at`, or 0 if there is none. Tabs and no-break spaces
 * are blanks. */
size_t dm_blank_length(const char *at, const char *end);

/* Parse a number with the decimal mark, correctly rounded. Its sign and exponent are optional; a
 * comma has digits on both sides. Return false, and leave *value, if it is no finite number or
 * longer than 60 bytes. */
bool dm_digits_parse(const char *text, size_t length, char decimal, double *value);

#endif
