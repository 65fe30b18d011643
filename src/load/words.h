/* words.h - the words of headers, and what they mean in several languages. */
#ifndef LOAD_WORDS_H
#define LOAD_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* What a word may mean. Some mean several things: "north" may be a northing or a hemisphere. */
enum dm_meaning {
    DM_MEANS_LAT = 1 << 0,
    DM_MEANS_LON = 1 << 1,
    DM_MEANS_X = 1 << 2, /* x and y may be metres or degrees */
    DM_MEANS_Y = 1 << 3,
    DM_MEANS_EASTING = 1 << 4, /* metres */
    DM_MEANS_NORTHING = 1 << 5,
    DM_MEANS_POINT = 1 << 6, /* both coordinates */
    DM_MEANS_DEGREES = 1 << 7,
    DM_MEANS_MINUTES = 1 << 8,
    DM_MEANS_SECONDS = 1 << 9,
    DM_MEANS_HEMISPHERE = 1 << 10,
    DM_MEANS_NAME = 1 << 11,
    DM_MEANS_PLACE = 1 << 12,  /* a kind of place: city, station */
    DM_MEANS_CODE = 1 << 13,   /* something that identifies a place: id, iata */
    DM_MEANS_REGION = 1 << 14, /* what many places are in: country, state */
    DM_MEANS_START = 1 << 15,  /* of two places in a row */
    DM_MEANS_END = 1 << 16,
    DM_MEANS_DATE = 1 << 17,
    DM_MEANS_DETAIL = 1 << 18, /* goes with coordinates and does not change them: WGS84, decimal */
    DM_MEANS_OTHER = 1 << 19,  /* not the coordinate itself: its error, its least value */
};

/* A header as its words, in lower case and without accents. */
enum { DM_WORDS_MAX = 8, DM_WORD_LENGTH = 32 }; /* what is longer is cut */
struct dm_words {
    size_t count;
    char word[DM_WORDS_MAX][DM_WORD_LENGTH];
    unsigned means[DM_WORDS_MAX]; /* bits; 0: unknown */
    unsigned all;                 /* meanings of all words */
};

/* Split a header at punctuation, at digits and in camelCase: "decimalLatitude" is two words and
 * "lat1" is one and a number; and a word of two known ones too: "latdd". */
struct dm_words dm_words_split(const char *text, size_t length);

/* Return true if one of the words is in a list, in which blanks separate them. */
bool dm_words_have(const struct dm_words *words, const char *list);

/* Return true if a word is in such a list. */
bool dm_word_is_listed(const char *list, const char *word, size_t length);

#endif
