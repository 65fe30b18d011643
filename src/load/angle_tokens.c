#include "load/angle_tokens.h"

#include "base/number.h"

#include <string.h>

struct entry {
    const char *text;
    enum dm_token_kind kind;
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const blanks[] = {
    " ",
    "\t",
    "\xC2\xA0",     /* U+00A0 no-break space */
    "\xE2\x80\x87", /* U+2007 figure space */
    "\xE2\x80\x89", /* U+2009 thin space */
    "\xE2\x80\x8A", /* U+200A hair space */
    "\xE2\x80\xAF", /* U+202F narrow no-break space */
};

static const struct entry symbols[] = {
    {"+", DM_TOKEN_PLUS},
    {"-", DM_TOKEN_MINUS},
    {"\xE2\x88\x92", DM_TOKEN_MINUS}, /* U+2212 minus */
    {"\xE2\x80\x93", DM_TOKEN_MINUS}, /* U+2013 en dash */
    {":", DM_TOKEN_COLON},
    {"\xC2\xB0", DM_TOKEN_DEGREE},     /* U+00B0 degree sign */
    {"\xB0", DM_TOKEN_DEGREE},         /* the same in Latin-1, where no UTF-8 character begins */
    {"\xC2\xBA", DM_TOKEN_DEGREE},     /* U+00BA masculine ordinal */
    {"\xCB\x9A", DM_TOKEN_DEGREE},     /* U+02DA ring above */
    {"'", DM_TOKEN_MINUTE},            /* two of a minute's signs are one of a second */
    {"`", DM_TOKEN_MINUTE},            /* grave accent */
    {"\xC2\xB4", DM_TOKEN_MINUTE},     /* U+00B4 acute accent */
    {"\xCA\xB9", DM_TOKEN_MINUTE},     /* U+02B9 modifier prime */
    {"\xE2\x80\x98", DM_TOKEN_MINUTE}, /* U+2018 left quote */
    {"\xE2\x80\x99", DM_TOKEN_MINUTE}, /* U+2019 right quote */
    {"\xE2\x80\xB2", DM_TOKEN_MINUTE}, /* U+2032 prime */
    {"\"", DM_TOKEN_SECOND},
    {"\xCA\xBA", DM_TOKEN_SECOND},     /* U+02BA modifier double prime */
    {"\xE2\x80\x9C", DM_TOKEN_SECOND}, /* U+201C left double quote */
    {"\xE2\x80\x9D", DM_TOKEN_SECOND}, /* U+201D right double quote */
    {"\xE2\x80\xB3", DM_TOKEN_SECOND}, /* U+2033 double prime */
};

/* Words for units, in lower case. */
static const struct entry units[] = {
    {"d", DM_TOKEN_DEGREE},       {"deg", DM_TOKEN_DEGREE},     {"degree", DM_TOKEN_DEGREE},
    {"degrees", DM_TOKEN_DEGREE}, {"m", DM_TOKEN_MINUTE},       {"min", DM_TOKEN_MINUTE},
    {"minute", DM_TOKEN_MINUTE},  {"minutes", DM_TOKEN_MINUTE}, {"s", DM_TOKEN_LETTER_S},
    {"sec", DM_TOKEN_SECOND},     {"second", DM_TOKEN_SECOND},  {"seconds", DM_TOKEN_SECOND},
};

/* Words for hemispheres, in lower case: English, French, German, Spanish, Portuguese, Italian,
 * Dutch. */
static const struct entry hemispheres[] = {
    {"n", DM_TOKEN_NORTH},
    {"north", DM_TOKEN_NORTH},
    {"nord", DM_TOKEN_NORTH},
    {"norte", DM_TOKEN_NORTH},
    {"noord", DM_TOKEN_NORTH},
    {"s", DM_TOKEN_LETTER_S},
    {"south", DM_TOKEN_SOUTH},
    {"sud", DM_TOKEN_SOUTH},
    {"s\xC3\xBC"
     "d",
     DM_TOKEN_SOUTH}, /* U+00FC u umlaut */
    {"s\xC3\x9C"
     "d",
     DM_TOKEN_SOUTH}, /* U+00DC U umlaut */
    {"sur", DM_TOKEN_SOUTH},
    {"sul", DM_TOKEN_SOUTH},
    {"zuid", DM_TOKEN_SOUTH},
    {"e", DM_TOKEN_EAST},
    {"east", DM_TOKEN_EAST},
    {"est", DM_TOKEN_EAST},
    {"este", DM_TOKEN_EAST},
    {"leste", DM_TOKEN_EAST},
    {"ost", DM_TOKEN_EAST},
    {"oost", DM_TOKEN_EAST},
    {"w", DM_TOKEN_WEST},
    {"west", DM_TOKEN_WEST},
    {"ouest", DM_TOKEN_WEST},
    {"ovest", DM_TOKEN_WEST},
    {"oeste", DM_TOKEN_WEST},
    {"o", DM_TOKEN_LETTER_O},
};

bool dm_token_is_hemisphere(enum dm_token_kind kind)
{
    return kind >= DM_TOKEN_NORTH;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Return the length of `word` if the text begins with it, or 0. */
static size_t prefix_length(const char *at, const char *end, const char *word)
{
    size_t length = strlen(word);
    return length <= (size_t)(end - at) && memcmp(at, word, length) == 0 ? length : 0;
}

size_t dm_blank_length(const char *at, const char *end)
{
    size_t length = 0;
    for (size_t i = 0; i < COUNT(blanks) && length == 0; i++)
        length = prefix_length(at, end, blanks[i]);
    return length;
}

bool dm_digits_parse(const char *text, size_t length, char decimal, double *value)
{
    char copy[64];
    if (length == 0 || length > 60)
        return false;
    memcpy(copy, text, length);
    copy[length] = '\0';
    char *comma = decimal == ',' ? memchr(copy, ',', length) : NULL;
    if (decimal == ',' && memchr(copy, '.', length))
        return false;
    if (comma) {
        if (comma == copy || !is_digit(comma[-1]) || !is_digit(comma[1]))
            return false;
        *comma = '.';
    }
    return dm_number_parse(copy, length, value) == DM_NUMBER_OK;
}

/* Return true if a fraction begins at the decimal mark `at`. A point needs digits on one side (.5,
 * 5.), a comma on both, because other commas separate. */
static bool begins_fraction(const struct dm_tokens *tokens, const char *at)
{
    if (at == tokens->end || *at != tokens->decimal)
        return false;
    bool digit_before = at > tokens->at, digit_after = at + 1 < tokens->end && is_digit(at[1]);
    return tokens->decimal == ',' ? digit_before && digit_after : digit_before || digit_after;
}

static const char *skip_digits(const char *at, const char *end)
{
    while (at < end && is_digit(*at))
        at++;
    return at;
}

static void scan_number(struct dm_tokens *tokens, struct dm_token *token)
{
    const char *at = skip_digits(tokens->at, tokens->end);
    token->whole_digits = (unsigned)(at - tokens->at);
    token->has_fraction = begins_fraction(tokens, at);
    if (token->has_fraction)
        at = skip_digits(at + 1, tokens->end);
    token->length = (size_t)(at - tokens->at);
    bool valid = dm_digits_parse(tokens->at, token->length, tokens->decimal, &token->value);
    token->kind = valid ? DM_TOKEN_NUMBER : DM_TOKEN_JUNK;
    token->length += token->length == 0; /* a mark without digits */
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Return the length of the letters that the text begins with. */
static size_t letters_length(const char *at, const char *end)
{
    const char *from = at;
    while (at < end)
        if (lower(*at) >= 'a' && lower(*at) <= 'z')
            at++;
        else if (prefix_length(at, end, "\xC3\xBC") || prefix_length(at, end, "\xC3\x9C"))
            at += 2;
        else
            break;
    return (size_t)(at - from);
}

/* Return the kind of a whole word, or DM_TOKEN_JUNK. */
static enum dm_token_kind find_word(const struct entry *entries, size_t count, const char *text,
                                    size_t length)
{
    for (size_t i = 0; i < count; i++) {
        size_t same = 0;
        while (same < length && entries[i].text[same] == lower(text[same]))
            same++;
        if (same == length && entries[i].text[same] == '\0')
            return entries[i].kind;
    }
    return DM_TOKEN_JUNK;
}

/* Scan a word: a hemisphere, a unit, or a unit with a hemisphere directly behind it, as in 24sN,
 * which is left for the next token. */
static void scan_word(struct dm_tokens *tokens, struct dm_token *token)
{
    const char *text = tokens->at;
    size_t letters = letters_length(text, tokens->end);
    token->length = letters;
    token->kind = find_word(hemispheres, COUNT(hemispheres), text, letters);
    if (token->kind == DM_TOKEN_JUNK)
        token->kind = find_word(units, COUNT(units), text, letters);
    for (size_t unit = letters; token->kind == DM_TOKEN_JUNK && unit-- > 1;) {
        size_t rest = letters - unit;
        if (find_word(hemispheres, COUNT(hemispheres), text + unit, rest) == DM_TOKEN_JUNK)
            continue;
        token->kind = find_word(units, COUNT(units), text, unit);
        token->length = unit;
    }
}

/* Scan a symbol. Two of a minute's signs make one of a second. */
static void scan_symbol(struct dm_tokens *tokens, struct dm_token *token)
{
    const char *at = tokens->at;
    token->kind = DM_TOKEN_JUNK;
    token->length = 1;
    for (size_t i = 0; i < COUNT(symbols); i++) {
        size_t length = prefix_length(at, tokens->end, symbols[i].text);
        if (length == 0)
            continue;
        token->kind = symbols[i].kind;
        token->length = length;
    }
    for (size_t i = 0; i < COUNT(symbols) && token->kind == DM_TOKEN_MINUTE; i++) {
        size_t length = prefix_length(at + token->length, tokens->end, symbols[i].text);
        if (length == 0 || symbols[i].kind != DM_TOKEN_MINUTE)
            continue;
        token->kind = DM_TOKEN_SECOND;
        token->length += length;
    }
}

struct dm_token dm_token_next(struct dm_tokens *tokens)
{
    struct dm_token token = {.kind = DM_TOKEN_END};
    for (size_t blank; (blank = dm_blank_length(tokens->at, tokens->end)) > 0;) {
        tokens->at += blank;
        token.after_blank = true;
    }
    token.text = tokens->at;
    if (tokens->at == tokens->end)
        return token;
    if (is_digit(*token.text) || *token.text == tokens->decimal)
        scan_number(tokens, &token);
    else if (letters_length(token.text, tokens->end) > 0)
        scan_word(tokens, &token);
    else
        scan_symbol(tokens, &token);
    tokens->at += token.length;
    return token;
}
