/* A pool of threads in fifty lines, to be read with docs/lesson.md; main() uses it.
 *
 *     cc -O2 -pthread pool.c -o my-pool -lm && ./my-pool THREADS TASKS
 */
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double *distances;

/* Compute one distance. */
static void task(long i)
{
    double half = 1e-7 * (double)i;
    distances[i] = 2 * 6371.0088 * asin(sqrt(sin(half) * sin(half)));
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* guards the four below */
static long next, tasks, done;                           /* to be claimed, in all, finished */
static int closing;
static pthread_cond_t more_work = PTHREAD_COND_INITIALIZER, all_done = PTHREAD_COND_INITIALIZER;

/* Run tasks as long as there are any, then sleep until there are more. */
static void *worker(void *unused)
{
    pthread_mutex_lock(&lock);
    for (;;) {
        while (next == tasks && !closing)
            pthread_cond_wait(&more_work, &lock); /* unlocks, sleeps, locks again */
        if (next == tasks)
            break;
        long mine = next++;
        pthread_mutex_unlock(&lock);
        task(mine); /* without the lock: here threads are parallel */
        pthread_mutex_lock(&lock);
        if (++done == tasks)
            pthread_cond_signal(&all_done);
    }
    pthread_mutex_unlock(&lock);
    return unused;
}

/* Give the workers so many tasks, and wait until all are done. */
static void run(long count)
{
    pthread_mutex_lock(&lock);
    next = done = 0;
    tasks = count;
    pthread_cond_broadcast(&more_work);
    while (done < tasks)
        pthread_cond_wait(&all_done, &lock);
    pthread_mutex_unlock(&lock);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    int threads = argc > 1 ? atoi(argv[1]) : 2;
    long count = argc > 2 ? atol(argv[2]) : 499500;
    pthread_t *ids = calloc(threads > 0 ? (size_t)threads : 0, sizeof *ids);
    distances = calloc(count > 0 ? (size_t)count : 0, sizeof *distances);
    if (!ids || !distances || threads < 1 || count < 1)
        return fprintf(stderr, "my-pool THREADS TASKS: two numbers, 1 or more\n"), 1;
    for (int i = 0; i < threads; i++)
        if (pthread_create(&ids[i], NULL, worker, NULL) != 0)
            return fprintf(stderr, "my-pool: no more than %d threads\n", i), 1;
    run(count); /* to warm up */
    double begin = seconds();
    run(count);
    double took = seconds() - begin;
    printf("%ld tasks on %d thread%s: %.1f ms, %.0f ns a task\n", count, threads,
           threads == 1 ? "" : "s", 1e3 * took, 1e9 * took / (double)count);
    pthread_mutex_lock(&lock);
    closing = 1;
    pthread_cond_broadcast(&more_work);
    pthread_mutex_unlock(&lock);
    for (int i = 0; i < threads; i++)
        pthread_join(ids[i], NULL);
    free(ids);
    free(distances);
    return 0;
}
