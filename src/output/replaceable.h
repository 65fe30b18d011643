/* replaceable.h - whether a file that may be written may also be replaced by another: better asked
 * before a run than found out after it. */
#ifndef OUTPUT_REPLACEABLE_H
#define OUTPUT_REPLACEABLE_H

#include <sys/stat.h>

/* What is in the way, in words; NULL: nothing that can be known beforehand. The path is that of the
 * file itself, not of a link to it. */
const char *dm_not_replaceable(const char *path, const struct stat *status);

#endif
