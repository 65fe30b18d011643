/* nearby.h - existing files to suggest in place of a wrong path. */
#ifndef BASE_NEARBY_H
#define BASE_NEARBY_H

#include <stdbool.h>

enum { DM_NEARBY_LENGTH = 512 };

/* Find the file in the folder of `path` whose name is most similar to it, preferring those with the
 * same extension. Return false if no name is similar enough. */
bool dm_nearby(const char *path, char found[DM_NEARBY_LENGTH]);

/* Find the alphabetically first file in the folder with that extension, such as ".csv". Return
 * false if there is none. */
bool dm_nearby_by_extension(const char *folder, const char *extension,
                            char found[DM_NEARBY_LENGTH]);

#endif
