#include "base/folder.h"

#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *dm_folder_of(const char *path)
{
    char *copy = strdup(path); /* dirname() changes it */
    char *folder = copy ? strdup(dirname(copy)) : NULL;
    free(copy);
    return folder;
}

char *dm_path_with(const char *path, const char *ending)
{
    size_t size = strlen(path) + strlen(ending) + 1;
    char *joined = malloc(size);
    if (joined)
        snprintf(joined, size, "%s%s", path, ending);
    return joined;
}
