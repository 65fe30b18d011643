/* flag.h - a flag that a signal handler or another thread sets. It is one byte, 0 or 1, which other
 * languages may write as well, provided that they do so atomically. */
#ifndef DMATRIX_FLAG_H
#define DMATRIX_FLAG_H

#ifdef __cplusplus
extern "C++" { /* even if included within extern "C" */
#include <atomic>
}
typedef std::atomic<bool> dm_flag; /* the same size and representation as C's atomic_bool */
#else
#include <stdatomic.h>
#include <stdbool.h>
typedef atomic_bool dm_flag;
#endif

#endif
