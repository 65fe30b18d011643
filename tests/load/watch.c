/* watch MOST_KIB GROWTH_KIB COMMAND...: runs the command and ends as it does, but fails where it
 * ever had more memory resident, or took so much more in the second half of the time in which it
 * writes than in the quarter before. */
#define _DEFAULT_SOURCE /* wait4() */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    TROUBLE = 125, /* no exit status of the command */
    SAMPLES_MAX = 1 << 16,
    SAMPLES_FEW = 20,      /* too few to tell */
    INTERVAL_NS = 50000000 /* between two of them */
};

static long resident_kib(pid_t process)
{
    char path[64], line[128];
    long kib = 0;
    snprintf(path, sizeof path, "/proc/%ld/status", (long)process);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        sscanf(line, "VmRSS: %ld kB", &kib);
    if (file)
        fclose(file);
    return kib;
}

/* Return true if the process has written more than messages, or if the system does not say so. */
static bool has_written(pid_t process)
{
    enum { MESSAGES = 1 << 16 };
    char path[64], line[128];
    long written = 0;
    snprintf(path, sizeof path, "/proc/%ld/io", (long)process);
    FILE *file = fopen(path, "r");
    if (!file)
        return true;
    while (fgets(line, sizeof line, file))
        sscanf(line, "wchar: %ld", &written);
    fclose(file);
    return written > MESSAGES;
}

static long largest(const long *samples, size_t begin, size_t end)
{
    long most = 0;
    for (size_t i = begin; i < end; i++)
        most = samples[i] > most ? samples[i] : most;
    return most;
}

/* The first quarter of the output does not count: the texts are used a first time. */
static bool grows(const long *samples, size_t count, long bound)
{
    if (bound == 0 || count < SAMPLES_FEW)
        return false;
    long early = largest(samples, count / 4, count / 2), late = largest(samples, count / 2, count);
    fprintf(stderr, "watch: %ld KiB in the second quarter, %ld KiB at most later\n", early, late);
    return late > early + bound;
}

static size_t sample(pid_t child, long *samples, int *status, struct rusage *usage)
{
    size_t count = 0;
    while (wait4(child, status, WNOHANG, usage) == 0) {
        long kib = resident_kib(child);
        if (count < SAMPLES_MAX && kib > 0 && (count > 0 || has_written(child)))
            samples[count++] = kib;
        nanosleep(&(struct timespec){.tv_nsec = INTERVAL_NS}, NULL);
    }
    return count;
}

int main(int argc, char **argv)
{
    static long samples[SAMPLES_MAX];
    struct rusage usage = {0};
    int status = 0;
    if (argc < 4)
        return TROUBLE;
    long most = atol(argv[1]), growth = atol(argv[2]);
    pid_t child = fork();
    if (child == 0) {
        execvp(argv[3], argv + 3);
        _exit(TROUBLE);
    }
    size_t count = child > 0 ? sample(child, samples, &status, &usage) : 0;
    fprintf(stderr, "watch: %ld KiB at most\n", usage.ru_maxrss);
    if (child < 0 || !WIFEXITED(status))
        return TROUBLE;
    if (WEXITSTATUS(status) != 0)
        return WEXITSTATUS(status);
    bool much = most > 0 && usage.ru_maxrss > most;
    return much || grows(samples, count, growth) ? TROUBLE : 0;
}
