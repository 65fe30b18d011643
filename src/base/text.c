#include "base/text.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

size_t dm_append(char *text, size_t size, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int wanted = vsnprintf(text, size, format, arguments);
    va_end(arguments);
    if (wanted < 0 || size == 0)
        return 0;
    if ((size_t)wanted < size)
        return (size_t)wanted;
    size_t length = dm_whole_characters(text, size - 1);
    text[length] = '\0';
    return length;
}

size_t dm_append_item(char *list, size_t size, size_t used, const char *separator, const char *item)
{
    return used + dm_append(list + used, size - used, "%s%s", used > 0 ? separator : "", item);
}

size_t dm_whole_characters(const char *text, size_t length)
{
    size_t start = length; /* of the last character */
    while (start > 0 && length - start < 4) {
        unsigned char c = (unsigned char)text[--start];
        if ((c & 0xC0) == 0x80)
            continue;
        size_t bytes = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
        return start + bytes > length ? start : length;
    }
    return length; /* not UTF-8 */
}

/* Return true for characters that change the direction of the text after them, which could make it
 * look like another text: U+202A..U+202E, U+2066..U+2069. */
static bool changes_direction(const unsigned char *c)
{
    if (c[0] != 0xE2)
        return false;
    return (c[1] == 0x80 && c[2] >= 0xAA && c[2] <= 0xAE) ||
           (c[1] == 0x81 && c[2] >= 0xA6 && c[2] <= 0xA9);
}

/* The limits of the second byte exclude overlong forms, surrogates and what is above U+10FFFF
 * (Unicode, table 3-7). */
size_t dm_utf8_length(const char *text, size_t length)
{
    const unsigned char *c = (const unsigned char *)text;
    if (length == 0 || c[0] < 0x80)
        return length > 0;
    size_t bytes = c[0] >= 0xF0 ? 4 : c[0] >= 0xE0 ? 3 : 2;
    if (c[0] < 0xC2 || c[0] > 0xF4 || bytes > length)
        return 0;
    unsigned char least = c[0] == 0xE0 ? 0xA0 : c[0] == 0xF0 ? 0x90 : 0x80;
    unsigned char most = c[0] == 0xED ? 0x9F : c[0] == 0xF4 ? 0x8F : 0xBF;
    if (c[1] < least || c[1] > most)
        return 0;
    for (size_t i = 2; i < bytes; i++)
        if ((c[i] & 0xC0) != 0x80)
            return 0;
    return bytes;
}

size_t dm_printable(const char *text, size_t length)
{
    const unsigned char *c = (const unsigned char *)text;
    size_t bytes = dm_utf8_length(text, length);
    if (bytes == 0 || c[0] < 0x20 || c[0] == 0x7F)
        return 0;
    bool control = c[0] == 0xC2 && c[1] < 0xA0; /* U+0080..U+009F */
    return control || changes_direction(c) ? 0 : bytes;
}

void dm_put_safely(FILE *stream, const char *text)
{
    for (size_t length = strlen(text); length > 0;) {
        size_t bytes = dm_printable(text, length);
        if (bytes > 0)
            fwrite(text, 1, bytes, stream);
        else
            fprintf(stream, "\\x%02X", (unsigned char)*text);
        text += bytes > 0 ? bytes : 1;
        length -= bytes > 0 ? bytes : 1;
    }
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

const char *dm_quote(char quoted[DM_QUOTED_LENGTH], const char *text, size_t length)
{
    enum { CAPACITY = DM_QUOTED_LENGTH - 10 }; /* for one more \xNN, the dots, a quote and '\0' */
    size_t used = 0;
    quoted[used++] = '"';
    size_t i = 0;
    while (i < length && used < CAPACITY) {
        size_t bytes = dm_printable(text + i, length - i);
        if (bytes == 0)
            used += dm_append(quoted + used, DM_QUOTED_LENGTH - used, "\\x%02X",
                              (unsigned char)text[i]);
        memcpy(quoted + used, text + i, bytes);
        used += bytes;
        i += bytes > 0 ? bytes : 1;
    }
    if (i < length)
        used += dm_append(quoted + used, DM_QUOTED_LENGTH - used, "...");
    quoted[used++] = '"';
    quoted[used] = '\0';
    return quoted;
}

const char *dm_count_text(char text[DM_COUNT_LENGTH], uint64_t count)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)count);
    char *out = text;
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            *out++ = ',';
        *out++ = digits[i];
    }
    *out = '\0';
    return text;
}

static int same_letter(char a, char b)
{
    return lower(a) == lower(b);
}

int dm_is_plain_word(const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "-_=+./,:@%";
    return *word && word[strspn(word, plain)] == '\0';
}

int dm_same_word(const char *a, const char *b)
{
    while (*a && same_letter(*a, *b))
        a++, b++;
    return same_letter(*a, *b);
}

enum { WORD_MAX = 40 };

/* Return the Damerau-Levenshtein distance, ignoring case, in its "optimal string alignment" form,
 * from three rows of the usual table. For words longer than WORD_MAX it is SIZE_MAX. */
static size_t edit_distance(const char *a, const char *b)
{
    size_t m = strlen(a), n = strlen(b);
    if (m > WORD_MAX || n > WORD_MAX)
        return SIZE_MAX;
    size_t rows[3][WORD_MAX + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= n; j++)
        above[j] = before[j] = j;
    for (size_t i = 1; i <= m; i++) {
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t best = above[j - 1] + !same_letter(a[i - 1], b[j - 1]);
            if (above[j] + 1 < best)
                best = above[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            if (i > 1 && j > 1 && same_letter(a[i - 1], b[j - 2]) &&
                same_letter(a[i - 2], b[j - 1]) && before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            row[j] = best;
        }
        size_t *free_row = before;
        before = above;
        above = row;
        row = free_row;
    }
    return above[n];
}

struct dm_nearest dm_nearest_to(const char *wanted)
{
    return (struct dm_nearest){.wanted = wanted};
}

static size_t common_prefix(const char *a, const char *b)
{
    size_t length = 0;
    while (a[length] && same_letter(a[length], b[length]))
        length++;
    return length;
}

void dm_nearest_offer(struct dm_nearest *nearest, const char *known)
{
    dm_nearest_offer_word(nearest, known, known);
}

void dm_nearest_offer_word(struct dm_nearest *nearest, const char *word, const char *name)
{
    size_t distance = edit_distance(nearest->wanted, word);
    size_t length = strlen(nearest->wanted), prefix = common_prefix(nearest->wanted, word);
    size_t abbreviated = length < strlen(word) && strncmp(nearest->wanted, word, length) == 0;
    if (abbreviated && length >= 2)
        distance = 1; /* an abbreviation, whatever its length */
    if (distance > (length + 1) / 3 || distance >= strlen(word))
        return;
    if (!nearest->best || distance < nearest->distance ||
        (distance == nearest->distance && prefix > nearest->prefix)) {
        nearest->best = name;
        nearest->distance = distance;
        nearest->prefix = prefix;
    }
}

int dm_three_digits(double value)
{
    return value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
}

struct dm_time_unit dm_time_unit_of(double seconds)
{
    static const struct {
        double below;
        struct dm_time_unit unit;
    } units[] = {{9995e-10, {"ns", 1e-9}},
                 {9995e-7, {"us", 1e-6}},
                 {0.9995, {"ms", 1e-3}},
                 {120, {"s", 1}},
                 {7200, {"min", 60}}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (seconds < units[i].below)
            return units[i].unit;
    return (struct dm_time_unit){"h", 3600};
}

const char *dm_rate_text(char text[DM_CELL_LENGTH], double rate)
{
    static const char *const prefixes[] = {"", " k", " M", " G", " T", " P", " E"};
    enum { PREFIXES = sizeof prefixes / sizeof *prefixes };
    size_t prefix = 0;
    for (; rate >= 999.5 && prefix + 1 < PREFIXES; prefix++)
        rate /= 1000;
    snprintf(text, DM_CELL_LENGTH, "%.*f%s", dm_three_digits(rate), rate, prefixes[prefix]);
    return text;
}

const char *dm_seconds_like(char text[DM_CELL_LENGTH], double seconds, double like)
{
    struct dm_time_unit unit = dm_time_unit_of(like);
    snprintf(text, DM_CELL_LENGTH, "%.*f %s", like == 0 ? 0 : dm_three_digits(like / unit.seconds),
             seconds / unit.seconds, unit.name);
    return text;
}

const char *dm_seconds_text(char text[DM_CELL_LENGTH], double seconds)
{
    return dm_seconds_like(text, seconds, seconds);
}

const char *dm_time_text(char text[DM_CELL_LENGTH], uint64_t ns)
{
    return dm_seconds_text(text, (double)ns / 1e9);
}

const char *dm_metres_text(char text[DM_CELL_LENGTH], double metres)
{
    bool far = metres >= 1000;
    double number = far ? metres / 1000 : metres;
    bool decimal = number < (far ? 100 : 10);
    snprintf(text, DM_CELL_LENGTH, "%.*f %s", decimal ? 1 : 0, number, far ? "km" : "m");
    return text;
}

const char *dm_bytes_text(char text[DM_CELL_LENGTH], uint64_t bytes)
{
    if (bytes < 10000)
        snprintf(text, DM_CELL_LENGTH, "%llu bytes", (unsigned long long)bytes);
    else if (bytes < 1000000)
        snprintf(text, DM_CELL_LENGTH, "%.1f kB", (double)bytes / 1e3);
    else if (bytes < 1000000000)
        snprintf(text, DM_CELL_LENGTH, "%.1f MB", (double)bytes / 1e6);
    else if (bytes < 1000000000000)
        snprintf(text, DM_CELL_LENGTH, "%.2f GB", (double)bytes / 1e9);
    else
        snprintf(text, DM_CELL_LENGTH, "%.2f TB", (double)bytes / 1e12);
    return text;
}
