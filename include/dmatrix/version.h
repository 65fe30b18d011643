/* version.h - which library this is: the one place where the version stands. */
#ifndef DMATRIX_VERSION_H
#define DMATRIX_VERSION_H

#include <dmatrix/api.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Of these headers. Programs built with them run with libraries of the same major and minor number;
 * from 1.0 on, of the same major number. */
#define DM_VERSION_MAJOR 0
#define DM_VERSION_MINOR 2
#define DM_VERSION_PATCH 0
#define DM_VERSION "0.2.0"

/* Of the library that is there at run time, as DM_VERSION; a constant string. */
DM_API const char *dm_version(void);

#ifdef __cplusplus
}
#endif

#endif
