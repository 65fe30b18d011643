#include "load/coordinate_header.h"

#include "load/column_facts.h"

#include <string.h>

static const unsigned first_means[] = {[DM_WORDS_LAT_LON] = DM_MEANS_LAT,
                                       [DM_WORDS_X_Y] = DM_MEANS_Y,
                                       [DM_WORDS_EASTING] = DM_MEANS_NORTHING};
static const unsigned second_means[] = {[DM_WORDS_LAT_LON] = DM_MEANS_LON,
                                        [DM_WORDS_X_Y] = DM_MEANS_X,
                                        [DM_WORDS_EASTING] = DM_MEANS_EASTING};

static enum dm_part part_of(unsigned means)
{
    return means & DM_MEANS_MINUTES      ? DM_MINUTES
           : means & DM_MEANS_SECONDS    ? DM_SECONDS
           : means & DM_MEANS_HEMISPHERE ? DM_HEMISPHERE
                                         : DM_DEGREES;
}

static void add_word(char words[DM_REST_LENGTH], const char *word)
{
    size_t used = strlen(words), length = strlen(word);
    if (used + length + 2 > DM_REST_LENGTH)
        return;
    memcpy(words + used, word, length);
    memcpy(words + used + length, " ", 2);
}

/* Return the hemisphere that a word of a header says: "longitude (W)", "Southern latitude". */
static char hemisphere_of(const char *word)
{
    static const struct {
        const char *words;
        char letter;
    } known[] = {{"n north northern nord norte noord nordliche nordl noordelijke", 'N'},
                 {"s south southern sud sued sur sul zuid sudliche sudl zuidelijke", 'S'},
                 {"e east eastern est este oost ostliche ostl oostelijke", 'E'},
                 {"w west western ouest oeste ovest westliche westl westelijke", 'W'}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (dm_word_is_listed(known[i].words, word, strlen(word)))
            return known[i].letter;
    return '\0';
}

/* Return true if a header says which hemisphere has the minus sign: "(-W)", "(W negative)". */
static bool says_negative(const struct dm_choice *choice, size_t column)
{
    const char *text = dm_choice_header(choice, column)->text;
    for (const char *at = strchr(text, '-'); at; at = strchr(at + 1, '-'))
        if ((at > text && strchr("([=", at[-1])) || (at[1] && strchr(")]=", at[1])) ||
            (at > text && at[-1] == ' ' && at[1] && at[1] != ' '))
            return true;
    return dm_words_have(dm_choice_words(choice, column), "negative neg minus negativ negatif");
}

/* Note a word beside that of the coordinate that names a part. */
static void take_part(struct dm_coordinate_header *header, const char *word, unsigned means)
{
    bool letter = word[1] == '\0';
    header->part = part_of(means);
    header->letter = letter && !(means & DM_MEANS_HEMISPHERE);
    header->abbreviated = header->letter || strcmp(word, "min") == 0 || strcmp(word, "sec") == 0;
}

/* Note a word beside that of the coordinate. */
static void take_other(struct dm_coordinate_header *header, enum dm_coordinate_words kind,
                       const char *word, unsigned means)
{
    enum { PARTS = DM_MEANS_MINUTES | DM_MEANS_SECONDS | DM_MEANS_HEMISPHERE };
    bool degrees = kind == DM_WORDS_LAT_LON;
    char hemisphere = degrees ? hemisphere_of(word) : '\0';
    if (hemisphere)
        header->fixed = header->fixed && header->fixed != hemisphere ? '*' : hemisphere;
    header->says_degrees = header->says_degrees || (means & DM_MEANS_DEGREES);
    header->says_decimal =
        header->says_decimal || dm_word_is_listed("dd dec decimal", word, strlen(word));
    if (degrees && (means & PARTS)) {
        take_part(header, word, means);
    } else if (hemisphere) {
        header->rank = header->rank < 1 ? header->rank : 1;
    } else if (means & (DM_MEANS_DETAIL | DM_MEANS_DEGREES | DM_MEANS_X | DM_MEANS_Y)) {
        header->rank = header->rank < 1 ? header->rank : 1;
    } else {
        header->rank = 0;
        add_word(header->rest, word);
        if (means & (DM_MEANS_START | DM_MEANS_END))
            header->side = means & DM_MEANS_START ? DM_START : DM_END;
        else
            add_word(header->common, word);
    }
}

/* Return true if another header has a coordinate and "o": then "d" is the destination, not degrees.
 */
static bool has_origins(const struct dm_choice *choice)
{
    enum { COORDINATE = DM_MEANS_LAT | DM_MEANS_LON | DM_MEANS_X | DM_MEANS_Y };
    for (size_t i = 0; i < choice->width; i++) {
        const struct dm_words *words = dm_choice_words(choice, i);
        if ((words->all & COORDINATE) && dm_words_have(words, "o"))
            return true;
    }
    return false;
}

struct dm_coordinate_header dm_coordinate_header_read(const struct dm_choice *choice,
                                                      enum dm_coordinate_words kind, size_t column)
{
    enum { EXCLUDED = DM_MEANS_OTHER | DM_MEANS_NAME | DM_MEANS_CODE | DM_MEANS_DATE };
    const struct dm_words *words = dm_choice_words(choice, column);
    unsigned first = first_means[kind], second = second_means[kind];
    unsigned means = words->all & (first | second);
    struct dm_coordinate_header header = {.rank = 2, .second = means == second};
    if (means == 0 || means == (first | second))
        return header;
    header.part = DM_DEGREES;
    bool found = false;
    for (size_t i = 0; i < words->count; i++) {
        bool is_part = kind == DM_WORDS_LAT_LON && (words->means[i] & DM_MEANS_HEMISPHERE);
        bool is_least = !found && strcmp(words->word[i], "min") == 0; /* min_lat, not lat_min */
        if (!found && (words->means[i] & means)) {
            found = true;
            if (kind == DM_WORDS_EASTING && words->word[i][1] == '\0')
                header.rank = 0; /* E and N may be much else */
        } else if (is_least || (!is_part && (words->means[i] & EXCLUDED)))
            return (struct dm_coordinate_header){.part = DM_NO_PART};
        else
            take_other(&header, kind, words->word[i],
                       strcmp(words->word[i], "d") == 0 && has_origins(choice) ? DM_MEANS_END
                                                                               : words->means[i]);
    }
    if (header.fixed && says_negative(choice, column))
        header.fixed = '*';
    if (header.fixed == '*' && dm_column_is_hemisphere(choice, column, !header.second)) {
        header.part = DM_HEMISPHERE;
    } else if (header.fixed == '*') { /* N/S says what the values have */
        header.part = DM_DEGREES;
        header.letter = false;
    }
    return header;
}
