/* literal_quotes.h - how quotes are used in tab-separated text, where often they are characters
 * like any other. */
#ifndef LOAD_LITERAL_QUOTES_H
#define LOAD_LITERAL_QUOTES_H

#include <stdbool.h>
#include <stddef.h>

enum dm_quotes {
    DM_QUOTES_UNSEEN, /* there are none */
    DM_QUOTES_SPECIAL,
    DM_QUOTES_LITERAL
};

/* Look at the first part of a text. Quotes are special if each field with a quote is enclosed in
 * quotes, or if only so all rows have the same number of fields. */
enum dm_quotes dm_quotes_of_tabs(const char *text, size_t length, bool whole);

#endif
