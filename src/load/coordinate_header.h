/* coordinate_header.h - what one header says of a coordinate: which, of which place, and which part
 * of it.
 */
#ifndef LOAD_COORDINATE_HEADER_H
#define LOAD_COORDINATE_HEADER_H

#include "load/choice.h"

/* The kinds of words that name coordinates. */
enum dm_coordinate_words { DM_WORDS_LAT_LON, DM_WORDS_X_Y, DM_WORDS_EASTING };

enum dm_side { DM_NO_SIDE, DM_START, DM_END }; /* which of two places */
enum dm_part { DM_NO_PART, DM_DEGREES, DM_MINUTES, DM_SECONDS, DM_HEMISPHERE };
enum { DM_REST_LENGTH = 128 };

struct dm_coordinate_header {
    enum dm_part part;
    bool second; /* longitude or x, not latitude or y */
    int rank;    /* 2: only the word; 1: with details such as WGS84; 0: with others */
    enum dm_side side;
    bool says_degrees;           /* it has a word such as "deg" */
    bool says_decimal;           /* it has a word such as "decimal" */
    bool abbreviated;            /* the part is named by "min", "sec", "m" or "s" ... */
    bool letter;                 /* ... the latter two */
    bool orphan;                 /* it is a part of something that no header names */
    char fixed;                  /* N, S, E or W if it says that all places are there */
    char rest[DM_REST_LENGTH];   /* other words, but for parts and details */
    char common[DM_REST_LENGTH]; /* same, without those of the side */
};

/* Read a header. Its part is DM_NO_PART if it names no coordinate of that kind, or both. */
struct dm_coordinate_header dm_coordinate_header_read(const struct dm_choice *choice,
                                                      enum dm_coordinate_words kind, size_t column);

#endif
