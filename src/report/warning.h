/* warning.h - warnings, which are wrapped at words on a terminal. */
#ifndef REPORT_WARNING_H
#define REPORT_WARNING_H

#include <stdio.h>

struct dm_warning {
    FILE *stream; /* where it goes */
    FILE *text;   /* to write it to */
    char *bytes;
    size_t size;
};

/* Begin a warning that goes to `stream`. The caller writes its text to the stream that is returned,
 * then calls dm_warning_end(). *warning does not move until then. */
FILE *dm_warning_begin(struct dm_warning *warning, FILE *stream);

void dm_warning_end(struct dm_warning *warning);

#endif
