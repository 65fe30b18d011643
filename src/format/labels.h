/* labels.h - location names in the form that a format writes, prepared once. */
#ifndef FORMAT_LABELS_H
#define FORMAT_LABELS_H

#include <dmatrix/flag.h>
#include <dmatrix/locations.h>
#include <dmatrix/status.h>

#include <stddef.h>
#include <string.h>

/* How a name and the character `end` after it are written: bytes() returns their size, write()
 * writes them and returns the end of the text. */
struct dm_label_style {
    size_t (*bytes)(const char *name, size_t length, char end);
    char *(*write)(char *text, const char *name, size_t length, char end);
    char end;
};

/* A CSV field, quoted if necessary, and the delimiter (`end`), here a comma. dm_label_quoted_safe
 * also puts an apostrophe before names that a spreadsheet would interpret as formulas. */
extern const struct dm_label_style dm_label_quoted, dm_label_quoted_safe;

/* Label i is text[begin[i] .. begin[i + 1]); DM_LABEL_CHUNK bytes follow the last. */
struct dm_labels {
    char *text;
    size_t *begin;         /* count + 1 offsets */
    size_t count, longest; /* number of labels; bytes of the longest */
};

/* Prepare labels, which the caller frees. *labels must be zeroed. DM_MEMORY, DM_STOPPED. */
enum dm_status dm_labels_make(const struct dm_locations *locations,
                              const struct dm_label_style *style, const dm_flag *stop,
                              struct dm_labels *labels, struct dm_error *error);
void dm_labels_free(struct dm_labels *labels);

static inline size_t dm_label_length(const struct dm_labels *labels, size_t index)
{
    return labels->begin[index + 1] - labels->begin[index];
}

/* Return the total bytes of labels [first, first + count). */
static inline size_t dm_labels_length(const struct dm_labels *labels, size_t first, size_t count)
{
    return labels->begin[first + count] - labels->begin[first];
}

/* Labels are copied in chunks of fixed size: such a memcpy() is a single instruction, one of
 * variable length is a call. So up to DM_LABEL_CHUNK - 1 bytes beyond a label are read, which
 * labels->text provides, and written, which must fit in the bound of the text that follows. */
enum { DM_LABEL_CHUNK = 16 };

/* Write a label and return its end. */
static inline char *dm_put_label(char *text, const struct dm_labels *labels, size_t index)
{
    const char *label = labels->text + labels->begin[index];
    size_t length = dm_label_length(labels, index);
    memcpy(text, label, DM_LABEL_CHUNK);
    for (size_t i = DM_LABEL_CHUNK; i < length; i += DM_LABEL_CHUNK)
        memcpy(text + i, label + i, DM_LABEL_CHUNK);
    return text + length;
}

#endif
