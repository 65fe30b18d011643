/* folder.h - the folder of a path, and paths beside it. */
#ifndef BASE_FOLDER_H
#define BASE_FOLDER_H

/* Return the folder of a file, "." for a bare name, or NULL if out of memory. The caller frees
 * it. */
char *dm_folder_of(const char *path);

/* Return the path with an ending, or NULL if out of memory. The caller frees it. */
char *dm_path_with(const char *path, const char *ending);

#endif
