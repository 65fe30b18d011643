#include "testing/processes.h"

#include "testing/testing.h"

#include "base/clock.h"

#include <ctype.h>
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

/* What /proc/PID/stat says: "PID (NAME) STATE PARENT ...", where the name may hold anything. */
struct look {
    char state;
    long parent, threads;
};

/* False: there is no such process. */
static bool look_at(pid_t process, struct look *look)
{
    char path[64], line[512];
    snprintf(path, sizeof path, "/proc/%ld/stat", (long)process);
    FILE *file = fopen(path, "r");
    if (!file)
        return false;
    size_t length = fread(line, 1, sizeof line - 1, file);
    fclose(file);
    line[length] = '\0';
    const char *name_end = strrchr(line, ')');
    return name_end && sscanf(name_end + 1,
                              " %c %ld %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s "
                              "%ld",
                              &look->state, &look->parent, &look->threads) == 3;
}

size_t children_of(pid_t parent, pid_t *children, size_t most)
{
    size_t count = 0;
    DIR *directory = opendir("/proc");
    assert_non_null(directory);
    for (struct dirent *entry = readdir(directory); entry; entry = readdir(directory)) {
        struct look look;
        pid_t process = (pid_t)atol(entry->d_name);
        if (isdigit((unsigned char)*entry->d_name) && count < most && look_at(process, &look) &&
            look.parent == parent && look.state != 'Z')
            children[count++] = process;
    }
    closedir(directory);
    return count;
}

bool is_alive(pid_t process)
{
    struct look look;
    if (!look_at(process, &look) || look.state == 'X')
        return false;
    /* Another thread, such as a sanitizer's, may be slower to die than the first, and has the files
     * open until then. */
    return look.state != 'Z' || look.threads > 1;
}

bool dies_soon(pid_t process)
{
    uint64_t end = dm_clock_ns() + 60 * UINT64_C(1000000000);
    while (is_alive(process)) {
        if (dm_clock_ns() > end)
            return false;
        dm_sleep_ns(100000);
    }
    return true;
}

int end_of(pid_t child)
{
    int status = 0;
    pid_t ended = 0;
    uint64_t end = dm_clock_ns() + 120 * UINT64_C(1000000000);
    while (ended == 0 && dm_clock_ns() < end) {
        ended = waitpid(child, &status, WNOHANG);
        if (ended == 0)
            dm_sleep_ns(500000);
    }
    if (ended == 0) {
        kill(child, SIGKILL);
        waitpid(child, &status, 0);
        fail_msg("process %ld hung", (long)child);
    }
    assert_int_equal(ended, child);
    return status;
}

size_t count_open_files(void)
{
    return count_files("/proc/self/fd"); /* and the folder itself */
}
