/* export_text.h - a text in memory, written as a file is, with a decimal point in every locale. */
#ifndef REPORT_EXPORT_TEXT_H
#define REPORT_EXPORT_TEXT_H

#include <dmatrix/status.h>

#include <locale.h>
#include <stdbool.h>
#include <stdio.h>

struct dm_export_text {
    FILE *stream; /* NULL: out of memory */
    char *text;
    size_t size;
    locale_t plain, before; /* of the calling thread, until the end */
};

/* *made does not move until the end: the stream writes to it. */
void dm_export_text_begin(struct dm_export_text *made);

/* The text that was written, which the caller frees. DM_MEMORY: out of memory, here or before, as
 * where it was not `written`. */
enum dm_status dm_export_text_end(struct dm_export_text *made, bool written, char **text,
                                  struct dm_error *error);

#endif
