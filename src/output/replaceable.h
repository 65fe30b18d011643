/* replaceable.h - check before a run that a writable file may also be replaced by another. */
#ifndef OUTPUT_REPLACEABLE_H
#define OUTPUT_REPLACEABLE_H

#include <sys/stat.h>

/* Return the reason why the file cannot be replaced, for messages, or NULL if none is known. The
 * path must be that of the file itself, not of a link to it. */
const char *dm_replace_obstacle(const char *path, const struct stat *status);

#endif
