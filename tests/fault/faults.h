/* faults.h - the system calls that an output makes: counted, noted in their order, and made to fail
 * when a test says so. They are this program's own by way of the linker's --wrap. */
#ifndef FAULT_FAULTS_H
#define FAULT_FAULTS_H

#include <dmatrix/flag.h>

#include <stdbool.h>

/* Calls that open a folder, to flush a name to the disk, are counted separately. */
#define CALLS(X)                                                                                   \
    X(stat)                                                                                        \
    X(lstat)                                                                                       \
    X(fstat)                                                                                       \
    X(access)                                                                                      \
    X(realpath)                                                                                    \
    X(open)                                                                                        \
    X(fchmod)                                                                                      \
    X(writev)                                                                                      \
    X(sync_file_range)                                                                             \
    X(fsync)                                                                                       \
    X(dup)                                                                                         \
    X(close)                                                                                       \
    X(rename)                                                                                      \
    X(unlink)                                                                                      \
    X(open_folder)                                                                                 \
    X(fsync_folder)                                                                                \
    X(close_folder)                                                                                \
    X(ftruncate)                                                                                   \
    X(truncate)                                                                                    \
    X(posix_fallocate)                                                                             \
    X(fallocate)

enum call {
#define CALL_ENUM(name) CALL_##name,
    CALLS(CALL_ENUM)
#undef CALL_ENUM
        CALL_COUNT
};

extern const char *const call_names[CALL_COUNT];

/* How much a writev() takes. */
enum taking { TAKE_ALL, TAKE_ONE_BYTE, TAKE_SOME, TAKE_NOTHING };

struct fault {
    enum call call;
    unsigned nth;   /* from 1; 0: none fails */
    int reason;     /* errno; 0: the call does as it should */
    dm_flag *raise; /* raised at that call; may be NULL */
    enum taking taking;
};

/* From here to faults_end(), calls that concern the target, files in the folder or standard output
 * are counted and `fault` happens. fsync() only counts: the disk is not under test. */
void faults_begin(const char *folder, const char *target, struct fault fault);

/* Whether the fault has happened. What was counted stays until the next begin. */
bool faults_end(void);

unsigned faults_calls(enum call call);

/* The mode that the last file was created with, the umask not yet applied. */
unsigned faults_created_mode(void);

/* The calls in their order, a run of equal ones once: "stat open writev close". Until the next
 * begin. */
const char *faults_order(void);

#endif
