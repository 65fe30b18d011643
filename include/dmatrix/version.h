/* version.h - the version of the library, defined only here. */
#ifndef DMATRIX_VERSION_H
#define DMATRIX_VERSION_H

#include <dmatrix/api.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Version of these headers. Programs built with them run with libraries of the same minor version;
 * from 1.0 on, of the same major version. */
#define DM_VERSION_MAJOR 0
#define DM_VERSION_MINOR 2
#define DM_VERSION_PATCH 0
#define DM_VERSION "0.2.0"

/* Return the version of the library in use at run time, a constant string like DM_VERSION. */
DM_API const char *dm_version(void);

#ifdef __cplusplus
}
#endif

#endif
