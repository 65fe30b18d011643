/* remedy.h - commands in messages that read a file by way of another program. */
#ifndef LOAD_REMEDY_H
#define LOAD_REMEDY_H

#include <dmatrix/load.h>

enum { DM_REMEDY_LENGTH = 320 };

/* "tr , . <places.csv | dmatrix - --delimiter=';'", where `filter` is "tr , .", with the options of
 * the load that say where to find what. `shown` is the file's name in messages. Returns `text`. */
const char *dm_remedy(char text[DM_REMEDY_LENGTH], const char *filter, const char *shown,
                      const struct dm_load_options *options);

#endif
