/* Text that grows. Without memory, the program ends: a stub has nothing better to do. */
#ifndef STUB_TEXT_H
#define STUB_TEXT_H

#include <stddef.h>

struct text {
    char *data; /* ends with '\0', not counted in `length`; NULL if nothing was added */
    size_t length, capacity;
};

/* Return zeroed memory for `count` elements of `size` bytes. */
void *must_allocate(size_t count, size_t size);

/* Return room for `length` more bytes at the end. */
char *text_room(struct text *text, size_t length);

void text_add_bytes(struct text *text, const char *bytes, size_t length);
void text_add(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Add a number with up to `decimals` decimals (at most 9), without trailing zeros; NaN as null. */
void text_add_number(struct text *text, double number, unsigned decimals);

/* Remove bytes from the beginning. */
void text_drop(struct text *text, size_t length);

void text_free(struct text *text);

#endif
