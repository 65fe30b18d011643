/* own_file.h - files of this user, which nobody else can have put there. */
#ifndef BASE_OWN_FILE_H
#define BASE_OWN_FILE_H

#include <dmatrix/status.h>

/* Check an open file whose name others can guess: it must be a regular file without further links
 * that belongs to the user. `what` is its path, for the message. DM_IO. */
enum dm_status dm_own_file_check(int file, const char *what, struct dm_error *error);

#endif
