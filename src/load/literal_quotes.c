#include "load/literal_quotes.h"

#include <string.h>

/* Return true if the field is in quotes and each quote in it is doubled. */
static bool is_enclosed(const char *at, const char *end)
{
    while (at < end && *at == ' ')
        at++;
    while (at < end && end[-1] == ' ')
        end--;
    if (end - at < 2 || *at != '"' || end[-1] != '"')
        return false;
    for (at++, end--; at < end; at++)
        if (*at == '"' && (++at == end || *at != '"'))
            return false;
    return true;
}

/* Count the fields with quotes: those that are enclosed in them, and others. */
static void count_quoted(const char *text, const char *end, size_t *enclosed, size_t *other)
{
    *enclosed = *other = 0;
    for (const char *at = text; at < end; at++) {
        const char *begin = at;
        while (at < end && *at != '\t' && *at != '\n' && *at != '\r')
            at++;
        if (!memchr(begin, '"', (size_t)(at - begin)))
            continue;
        if (is_enclosed(begin, at))
            ++*enclosed;
        else
            ++*other;
    }
}

/* Pass the rest of a field in quotes. Return NULL if it is not closed before a tab or a line end.
 */
static const char *pass_quoted(const char *at, const char *end)
{
    for (; at < end; at++) {
        if (*at != '"')
            continue;
        if (at + 1 == end || at[1] != '"')
            return at + 1 == end || strchr("\t\n\r", at[1]) ? at : NULL;
        at++;
    }
    return NULL;
}

/* Return true if all rows have the same number of fields, where a field in quotes may contain tabs
 * and line ends if `special`. */
static bool is_regular(const char *text, const char *end, bool special)
{
    size_t fields = 1, width = 0;
    for (const char *at = text, *begin = text; at < end; at++) {
        if (special && *at == '"' && at == begin) {
            at = pass_quoted(at + 1, end);
            if (!at)
                return false;
            continue;
        }
        bool line_end = *at == '\n' || *at == '\r';
        if (line_end && at == begin && fields == 1) { /* an empty line, or the LF of CR LF */
            begin = at + 1;
            continue;
        }
        if (*at == '\t' || line_end)
            begin = at + 1;
        fields += *at == '\t';
        if (!line_end)
            continue;
        if (width > 0 && fields != width)
            return false;
        width = fields;
        fields = 1;
    }
    return true;
}

enum dm_quotes dm_quotes_of_tabs(const char *text, size_t length, bool whole)
{
    size_t enclosed, other;
    const char *end = text + length;
    while (!whole && end > text && end[-1] != '\n' && end[-1] != '\r')
        end--; /* the last line is not complete */
    count_quoted(text, end, &enclosed, &other);
    if (enclosed + other == 0)
        return DM_QUOTES_UNSEEN;
    if (other == 0)
        return DM_QUOTES_SPECIAL;
    return is_regular(text, end, true) && !is_regular(text, end, false) ? DM_QUOTES_SPECIAL
                                                                        : DM_QUOTES_LITERAL;
}
