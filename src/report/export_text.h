/* export_text.h - a text in memory that is written like a file, with a decimal point in any locale.
 */
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
    locale_t plain, before; /* locales of the calling thread */
};

/* Begin a text. *made must not move until dm_export_text_end(), since the stream writes to it. */
void dm_export_text_begin(struct dm_export_text *made);

/* End the text. The caller frees *text. DM_MEMORY: out of memory, here or while writing, which
 * `written` == false reports. */
enum dm_status dm_export_text_end(struct dm_export_text *made, bool written, char **text,
                                  struct dm_error *error);

#endif
