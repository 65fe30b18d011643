/* nearby.h - files that may have been meant. */
#ifndef BASE_NEARBY_H
#define BASE_NEARBY_H

#include <stdbool.h>

enum { DM_NEARBY_LENGTH = 512 };

/* The file in the folder of `path`, where there is none of that name, whose name is the nearest to
 * it; one with the same extension rather than another. False: none is near enough to be meant. */
bool dm_nearby(const char *path, char found[DM_NEARBY_LENGTH]);

/* The file in the folder with that extension, as in ".csv", that is the first by name. False: there
 * is none. */
bool dm_nearby_with(const char *folder, const char *extension, char found[DM_NEARBY_LENGTH]);

#endif
