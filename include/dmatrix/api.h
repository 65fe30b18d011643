/* api.h - visibility of symbols. The shared library exports the declarations marked DM_API and
 * nothing else. All other names in the static library begin with dm_ as well. */
#ifndef DMATRIX_API_H
#define DMATRIX_API_H

#if defined(__GNUC__)
#define DM_API __attribute__((visibility("default")))
#else
#define DM_API
#endif

#endif
