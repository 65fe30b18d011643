#include "testing/processes.h"

#include "testing/testing.h"

#include "base/clock.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The state of a process and its parent, from /proc/PID/stat: "PID (NAME) STATE PARENT ...", where
 * the name may hold anything. False: there is no such process. */
static bool look_at(pid_t process, char *state, pid_t *parent)
{
    char path[64], line[512];
    long number;
    snprintf(path, sizeof path, "/proc/%ld/stat", (long)process);
    FILE *file = fopen(path, "r");
    if (!file)
        return false;
    size_t length = fread(line, 1, sizeof line - 1, file);
    fclose(file);
    line[length] = '\0';
    const char *name_end = strrchr(line, ')');
    if (!name_end || sscanf(name_end + 1, " %c %ld", state, &number) != 2)
        return false; /* it has gone meanwhile */
    *parent = (pid_t)number;
    return true;
}

size_t children_of(pid_t parent, pid_t *children, size_t most)
{
    size_t count = 0;
    DIR *directory = opendir("/proc");
    assert_non_null(directory);
    for (struct dirent *entry = readdir(directory); entry; entry = readdir(directory)) {
        char state;
        pid_t process = (pid_t)atol(entry->d_name), its_parent;
        if (isdigit((unsigned char)*entry->d_name) && count < most &&
            look_at(process, &state, &its_parent) && its_parent == parent && state != 'Z')
            children[count++] = process;
    }
    closedir(directory);
    return count;
}

bool is_alive(pid_t process)
{
    char state;
    pid_t parent;
    return look_at(process, &state, &parent) && state != 'Z' && state != 'X';
}

bool dies_soon(pid_t process)
{
    uint64_t end = dm_clock_ns() + 1000000000;
    while (is_alive(process)) {
        if (dm_clock_ns() > end)
            return false;
        dm_sleep_ns(100000);
    }
    return true;
}

size_t count_open_files(void)
{
    return count_files("/proc/self/fd"); /* and the folder itself */
}
