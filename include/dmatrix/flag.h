/* flag.h - a flag that a signal handler or another thread raises and that others look at. One byte,
 * 0 or 1, which other languages may write as well, if they do so atomically. */
#ifndef DMATRIX_FLAG_H
#define DMATRIX_FLAG_H

#ifdef __cplusplus
extern "C++" { /* wherever this is included */
#include <atomic>
}
typedef std::atomic<bool> dm_flag; /* the same size and representation as C's atomic_bool */
#else
#include <stdatomic.h>
#include <stdbool.h>
typedef atomic_bool dm_flag;
#endif

#endif
