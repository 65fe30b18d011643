/* folder.h - the folder of a path. */
#ifndef BASE_FOLDER_H
#define BASE_FOLDER_H

/* Return the folder of a file, "." for a bare name, or NULL if out of memory. The caller frees
 * it. */
char *dm_folder_of(const char *path);

#endif
