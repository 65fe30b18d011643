#include "load/letters.h"

#include "base/text.h"

#include <stdbool.h>
#include <string.h>

/* The letters from U+00C0 to U+00FF without accents; ' ' is none. */
static const char latin_1[] = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty";

/* The same from U+0100 to U+017F. */
static const char latin_a[] = "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
                              "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

static void set_plain(struct dm_letter *letter, char plain, bool upper)
{
    letter->plain[0] = plain;
    letter->plain[1] = '\0';
    letter->kind = plain == ' ' ? DM_PUNCTUATION : upper ? DM_UPPER : DM_LOWER;
}

static struct dm_letter ascii(char c)
{
    struct dm_letter letter = {.plain = {c}, .bytes = 1, .kind = DM_PUNCTUATION};
    if (c >= 'A' && c <= 'Z')
        set_plain(&letter, (char)(c + 'a' - 'A'), true);
    else if (c >= 'a' && c <= 'z')
        letter.kind = DM_LOWER;
    else if (c >= '0' && c <= '9')
        letter.kind = DM_DIGIT;
    return letter;
}

/* Return true if a letter from U+0100 to U+017F, of which there are pairs, is in upper case. */
static bool is_upper_latin_a(unsigned code)
{
    bool odd_first = (code >= 0x139 && code < 0x149) || code >= 0x179;
    return (code & 1) == odd_first;
}

/* Cyrillic: upper case is from U+0410 to U+042F and, with marks, from U+0400 to U+040F. */
static void set_cyrillic(struct dm_letter *letter, unsigned code)
{
    bool upper = code < 0x430;
    unsigned lower = code + (code >= 0x430 ? 0 : code >= 0x410 ? 0x20 : 0x50);
    letter->plain[0] = (char)(0xC0 | lower >> 6);
    letter->plain[1] = (char)(0x80 | (lower & 0x3F));
    letter->kind = upper ? DM_UPPER : DM_LOWER;
}

/* Return true for punctuation of U+2000 to U+206F and of East Asian scripts. */
static bool is_punctuation(const unsigned char *c)
{
    return (c[0] == 0xE2 && (c[1] == 0x80 || c[1] == 0x81)) || (c[0] == 0xE3 && c[1] == 0x80) ||
           (c[0] == 0xEF && c[1] == 0xBC && c[2] < 0x90);
}

struct dm_letter dm_letter_at(const char *text, size_t left)
{
    const unsigned char *c = (const unsigned char *)text;
    struct dm_letter letter = {.kind = DM_LOWER};
    if (c[0] < 0x80)
        return ascii(*text);
    letter.bytes = dm_utf8_length(text, left);
    unsigned code = letter.bytes == 2 ? (c[0] & 0x1Fu) << 6 | (c[1] & 0x3Fu) : c[0];
    if (letter.bytes == 0)
        letter.bytes = 1; /* Latin-1: the byte is the code */
    memcpy(letter.plain, text, letter.bytes);
    if (letter.bytes > 2)
        letter.kind = is_punctuation(c) ? DM_PUNCTUATION : DM_LOWER;
    else if (code < 0xC0)
        letter.kind = DM_PUNCTUATION; /* a sign such as the degree sign */
    else if (code < 0x100)
        set_plain(&letter, latin_1[code - 0xC0], code < 0xDF);
    else if (code < 0x180)
        set_plain(&letter, latin_a[code - 0x100], is_upper_latin_a(code));
    else if (code >= 0x400 && code < 0x460)
        set_cyrillic(&letter, code);
    return letter;
}
