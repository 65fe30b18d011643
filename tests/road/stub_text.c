#include "stub_text.h"

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void end_without_memory(void)
{
    fputs("stub_server: out of memory\n", stderr);
    exit(1);
}

void *must_allocate(size_t count, size_t size)
{
    void *memory = calloc(count ? count : 1, size);
    if (!memory)
        end_without_memory();
    return memory;
}

char *text_room(struct text *text, size_t length)
{
    size_t needed = text->length + length + 1;
    if (needed > text->capacity) {
        size_t capacity = text->capacity * 2 > needed ? text->capacity * 2 : needed;
        char *data = realloc(text->data, capacity);
        if (!data)
            end_without_memory();
        text->data = data;
        text->capacity = capacity;
    }
    return text->data + text->length;
}

void text_add_bytes(struct text *text, const char *bytes, size_t length)
{
    char *end = text_room(text, length);
    if (length)
        memcpy(end, bytes, length);
    end[length] = '\0';
    text->length += length;
}

void text_add(struct text *text, const char *format, ...)
{
    va_list values, again;
    va_start(values, format);
    va_copy(again, values);
    int length = vsnprintf(NULL, 0, format, values);
    va_end(values);
    if (length > 0) {
        vsnprintf(text_room(text, (size_t)length), (size_t)length + 1, format, again);
        text->length += (size_t)length;
    }
    va_end(again);
}

void text_add_number(struct text *text, double number, unsigned decimals)
{
    if (isnan(number)) {
        text_add_bytes(text, "null", 4);
        return;
    }
    char digits[64];
    double scale = 1;
    for (unsigned i = 0; i < decimals; i++)
        scale *= 10;
    unsigned long long scaled = (unsigned long long)llround(fabs(number) * scale);
    size_t end = sizeof digits;
    bool significant = false; /* false while only trailing zeros have been seen */
    for (unsigned i = 0; i < decimals || scaled || i == decimals; i++) {
        if (i == decimals && significant)
            digits[--end] = '.';
        significant = significant || scaled % 10 || i >= decimals;
        if (significant)
            digits[--end] = (char)('0' + scaled % 10);
        scaled /= 10;
    }
    if (number < 0)
        digits[--end] = '-';
    text_add_bytes(text, digits + end, sizeof digits - end);
}

void text_drop(struct text *text, size_t length)
{
    if (!length)
        return;
    text->length -= length;
    memmove(text->data, text->data + length, text->length + 1);
}

void text_free(struct text *text)
{
    free(text->data);
    *text = (struct text){0};
}
