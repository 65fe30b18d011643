#include "base/folder.h"

#include <libgen.h>
#include <stdlib.h>
#include <string.h>

char *dm_folder_of(const char *path)
{
    char *copy = strdup(path); /* dirname() changes it */
    char *folder = copy ? strdup(dirname(copy)) : NULL;
    free(copy);
    return folder;
}
