#include "base/memory_stream.h"

#include <stdbool.h>
#include <stdlib.h>

char *dm_memory_stream_end(FILE *stream, char **text)
{
    bool failed = ferror(stream) != 0;
    if (fclose(stream) == 0 && !failed)
        return *text;
    free(*text);
    return NULL;
}
