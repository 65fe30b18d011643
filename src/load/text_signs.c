#include "load/text_signs.h"

#include <string.h>

/* A text and the current place in it. */
struct reader {
    const char *at, *end;
};

static struct reader reader_of(const struct dm_chunk *start)
{
    return (struct reader){start->bytes, start->bytes + start->length};
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void skip_blanks(struct reader *reader)
{
    while (reader->at < reader->end && is_blank(*reader->at))
        reader->at++;
}

static void skip_blanks_and_line_ends(struct reader *reader)
{
    while (reader->at < reader->end && (is_blank(*reader->at) || is_line_end(*reader->at)))
        reader->at++;
}

/* Return the next character, or 0 at the end. */
static char next_of(const struct reader *reader)
{
    return reader->at < reader->end ? *reader->at : '\0';
}

/* Skip the word, ignoring the case of ASCII letters. Return false if another text is next. */
static bool skip_word(struct reader *reader, const char *word)
{
    const char *at = reader->at;
    for (; *word; word++, at++) {
        if (at == reader->end)
            return false;
        char c = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
        char wanted = *word >= 'A' && *word <= 'Z' ? (char)(*word - 'A' + 'a') : *word;
        if (c != wanted)
            return false;
    }
    reader->at = at;
    return true;
}

/* Return true if nothing but blanks follows in the line. */
static bool ends_line(struct reader reader)
{
    skip_blanks(&reader);
    return reader.at == reader.end || is_line_end(*reader.at);
}

/* ---- binary data ---- */

/* Return true if at least half of the bytes in one half of the pairs, and none in the other, are
 * NUL. */
static bool has_alternating_nul(const struct dm_chunk *start, size_t which)
{
    enum { PAIRS_MIN = 4, PAIRS_MAX = 512 };
    size_t pairs = start->length / 2 < PAIRS_MAX ? start->length / 2 : PAIRS_MAX, nul = 0;
    for (size_t i = 0; i < pairs; i++) {
        if (start->bytes[2 * i + 1 - which] == '\0')
            return false;
        nul += start->bytes[2 * i + which] == '\0';
    }
    return pairs >= PAIRS_MIN && nul >= pairs / 2;
}

bool dm_is_utf_16le(const struct dm_chunk *start)
{
    return has_alternating_nul(start, 1);
}

bool dm_is_utf_16be(const struct dm_chunk *start)
{
    return has_alternating_nul(start, 0);
}

bool dm_is_binary(const struct dm_chunk *start)
{
    enum { LOOKED_AT = 4096, CONTROLS_MIN = 8, SHARE = 10 /* one byte of so many */ };
    size_t length = start->length < LOOKED_AT ? start->length : LOOKED_AT, controls = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)start->bytes[i];
        controls += byte < ' ' && !is_blank((char)byte) && !is_line_end((char)byte);
    }
    return controls >= CONTROLS_MIN && controls * SHARE >= length &&
           memchr(start->bytes, '\0', length);
}

/* ---- markup ---- */

/* Skip the start of a tag: "<NAME" without its attributes. */
static bool skip_tag_name(struct reader *reader, const char *name)
{
    if (!skip_word(reader, "<") || !skip_word(reader, name))
        return false;
    char after = next_of(reader);
    return is_blank(after) || is_line_end(after) || after == '>';
}

/* Return true if the text begins with the tag "<NAME", whose end is followed by another tag or by
 * the end of a line. */
static bool begins_with_tag(const struct dm_chunk *start, const char *name)
{
    struct reader reader = reader_of(start);
    skip_blanks_and_line_ends(&reader);
    if (!skip_tag_name(&reader, name))
        return false;
    const char *end = memchr(reader.at, '>', (size_t)(reader.end - reader.at));
    if (!end)
        return true;
    reader.at = end + 1;
    skip_blanks(&reader);
    return next_of(&reader) == '<' || ends_line(reader);
}

/* Return true if the tag "<NAME" is among the first bytes. */
static bool has_tag(const struct dm_chunk *start, const char *name)
{
    enum { LOOKED_AT = 4096 };
    struct reader reader = reader_of(start);
    if (start->length > LOOKED_AT)
        reader.end = reader.at + LOOKED_AT;
    for (; reader.at < reader.end; reader.at++) {
        struct reader tag = reader;
        if (skip_tag_name(&tag, name))
            return true;
    }
    return false;
}

bool dm_is_xml(const struct dm_chunk *start)
{
    return begins_with_tag(start, "?xml");
}

static bool has_root(const struct dm_chunk *start, const char *name)
{
    return begins_with_tag(start, name) || (dm_is_xml(start) && has_tag(start, name));
}

bool dm_is_html(const struct dm_chunk *start)
{
    return begins_with_tag(start, "!doctype html") || has_root(start, "html");
}

bool dm_is_kml(const struct dm_chunk *start)
{
    return has_root(start, "kml");
}

bool dm_is_gpx(const struct dm_chunk *start)
{
    return has_root(start, "gpx");
}

bool dm_is_osm(const struct dm_chunk *start)
{
    return has_root(start, "osm");
}

/* ---- JSON ---- */

/* Skip a string in quotes. */
static bool skip_string(struct reader *reader)
{
    if (next_of(reader) != '"')
        return false;
    for (reader->at++; reader->at < reader->end; reader->at++) {
        if (*reader->at == '\\' && reader->at + 1 < reader->end) {
            reader->at++;
        } else if (*reader->at == '"') {
            reader->at++;
            return true;
        }
    }
    return false;
}

/* Return true if an object with a key, or an empty one, begins here. */
static bool begins_object(struct reader reader)
{
    if (!skip_word(&reader, "{"))
        return false;
    skip_blanks_and_line_ends(&reader);
    if (next_of(&reader) == '}')
        return true;
    if (!skip_string(&reader))
        return false;
    skip_blanks_and_line_ends(&reader);
    return next_of(&reader) == ':';
}

/* Return true if an array of objects or arrays, or an empty one, begins here. */
static bool begins_array(struct reader reader)
{
    if (!skip_word(&reader, "["))
        return false;
    skip_blanks_and_line_ends(&reader);
    return begins_object(reader) || next_of(&reader) == '[' || next_of(&reader) == ']';
}

/* Skip the object or array that begins here, up to the end if it goes on. */
static void skip_value(struct reader *reader)
{
    size_t depth = 0;
    while (reader->at < reader->end) {
        char c = *reader->at;
        if (c == '"') {
            skip_string(reader);
            continue;
        }
        depth += c == '{' || c == '[';
        depth -= c == '}' || c == ']';
        reader->at++;
        if (depth == 0)
            return;
    }
}

bool dm_is_json(const struct dm_chunk *start)
{
    struct reader reader = reader_of(start);
    skip_blanks_and_line_ends(&reader);
    if (!begins_object(reader) && !begins_array(reader))
        return false;
    skip_value(&reader);
    return ends_line(reader);
}

/* Return true if the text has the word in quotes. */
static bool has_quoted(const struct dm_chunk *start, const char *word)
{
    struct reader reader = reader_of(start);
    size_t length = strlen(word);
    while ((reader.at = memchr(reader.at, '"', (size_t)(reader.end - reader.at)))) {
        reader.at++;
        if ((size_t)(reader.end - reader.at) > length && reader.at[length] == '"' &&
            memcmp(reader.at, word, length) == 0)
            return true;
    }
    return false;
}

bool dm_is_geojson(const struct dm_chunk *start)
{
    return dm_is_json(start) && (has_quoted(start, "FeatureCollection") ||
                                 has_quoted(start, "Feature") || has_quoted(start, "Topology"));
}

/* ---- TSPLIB ---- */

/* Go to the value in the first line "KEY: VALUE" at the start of the text. */
static bool find_value(const struct dm_chunk *start, const char *key, struct reader *value)
{
    enum { LINES = 64 };
    struct reader reader = reader_of(start);
    for (int line = 0; line < LINES && reader.at < reader.end; line++) {
        skip_blanks_and_line_ends(&reader);
        *value = reader;
        if (skip_word(value, key)) {
            skip_blanks(value);
            if (skip_word(value, ":")) {
                skip_blanks(value);
                return true;
            }
        }
        while (reader.at < reader.end && !is_line_end(*reader.at))
            reader.at++;
    }
    return false;
}

static bool has_value(const struct dm_chunk *start, const char *key, const char *wanted)
{
    struct reader value;
    return find_value(start, key, &value) && skip_word(&value, wanted) && ends_line(value);
}

bool dm_is_tsplib(const struct dm_chunk *start)
{
    struct reader value;
    return find_value(start, "DIMENSION", &value) && is_digit(next_of(&value)) &&
           find_value(start, "EDGE_WEIGHT_TYPE", &value);
}

bool dm_is_tsplib_matrix(const struct dm_chunk *start)
{
    return dm_is_tsplib(start) && has_value(start, "EDGE_WEIGHT_TYPE", "EXPLICIT");
}

bool dm_is_tsplib_geo(const struct dm_chunk *start)
{
    return dm_is_tsplib(start) && has_value(start, "EDGE_WEIGHT_TYPE", "GEO");
}

bool dm_is_tsplib_euclidean(const struct dm_chunk *start)
{
    return dm_is_tsplib(start) && (has_value(start, "EDGE_WEIGHT_TYPE", "EUC_2D") ||
                                   has_value(start, "EDGE_WEIGHT_TYPE", "CEIL_2D"));
}
