/* processes.h - who is whose child, by what the system shows in /proc, and how they end. */
#ifndef TESTING_PROCESSES_H
#define TESTING_PROCESSES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Writes the living children of a process, in no particular order, `most` of them at most, and
 * returns how many it wrote. */
size_t children_of(pid_t parent, pid_t *children, size_t most);

/* Whether a process is there and is not just waiting to be reaped. */
bool is_alive(pid_t process);

/* Waits until it is not, for at most a minute; whether it came to that. */
bool dies_soon(pid_t process);

/* Waits for a child, and returns its status as waitpid() does. A child that takes more than two
 * minutes is taken to hang: it is killed and the test fails. The command itself uses alarm(). */
int end_of(pid_t child);

/* The files that this process has open. */
size_t count_open_files(void);

#endif
