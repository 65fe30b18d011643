/* folder.h - the folder that a path leads to. */
#ifndef BASE_FOLDER_H
#define BASE_FOLDER_H

/* The path of the folder of a file: "." for a bare name. The caller frees it; NULL: out of
 * memory. */
char *dm_folder_of(const char *path);

#endif
