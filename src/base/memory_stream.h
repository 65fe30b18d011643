/* memory_stream.h - the end of a stream of open_memstream(). */
#ifndef BASE_MEMORY_STREAM_H
#define BASE_MEMORY_STREAM_H

#include <stdio.h>

/* Close the stream. Return *text, which the caller frees, or NULL: out of memory, now or while it
 * was written, and *text is freed. */
char *dm_memory_stream_end(FILE *stream, char **text);

#endif
