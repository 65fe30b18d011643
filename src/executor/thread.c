/* Starts a new thread for every task, with a limit on the number of threads at the same time.
 *
 * When all slots are taken, the calling thread waits until a thread has ended, joins it and uses
 * its slot again. If the system refuses another thread, the executor continues with fewer threads;
 * with none, the calling thread runs the task.
 */
#include "base/clock.h"
#include "executor/posix.h"
#include "executor/task.h"

struct slot {
    struct thread_executor *owner;
    pthread_t thread;
    const struct dm_work *work;
    size_t task;
    bool cpu; /* as dm_run_stats.cpu */
    /* Results of the task, written by the thread, read after joining it. */
    uint64_t busy_ns, delayed_ns, cpu_ns;
    bool ran;
    struct slot *next; /* in the list `free` or `ended` */
};

struct thread_executor {
    struct dm_executor base;
    struct slot *slots;          /* base.threads entries; slot k is worker k + 1 */
    struct slot *free;           /* used by the calling thread only */
    pthread_mutex_t lock;        /* guards `ended` */
    pthread_cond_t thread_ended; /* `ended` is no longer empty */
    struct slot *ended;          /* slots whose threads have ended or are about to end */
};

/* The calling thread's state of one run. */
struct launch {
    struct thread_executor *executor;
    const struct dm_work *work;
    struct dm_run_stats *stats;
    size_t alive; /* threads that are not joined yet */
    size_t done;  /* tasks that ran */
};

static void push(struct slot **list, struct slot *slot)
{
    slot->next = *list;
    *list = slot;
}

static struct slot *pop(struct slot **list)
{
    struct slot *slot = *list;
    if (slot)
        *list = slot->next;
    return slot;
}

static void *thread_main(void *argument)
{
    struct slot *slot = argument;
    struct thread_executor *executor = slot->owner;
    uint64_t begin = dm_clock_ns(), cpu = dm_cpu_ns_if(slot->cpu);
    slot->delayed_ns = 0;
    slot->ran = dm_task_run(slot->work, slot->task, &slot->delayed_ns);
    slot->cpu_ns = dm_cpu_ns_if(slot->cpu) - cpu;
    slot->busy_ns = dm_clock_ns() - begin;

    dm_abort_on_error(pthread_mutex_lock(&executor->lock));
    push(&executor->ended, slot);
    dm_abort_on_error(pthread_cond_signal(&executor->thread_ended));
    dm_abort_on_error(pthread_mutex_unlock(&executor->lock));
    return NULL;
}

/* Wait for a thread to end, join it and free its slot. */
static void reap_one(struct launch *launch)
{
    struct thread_executor *executor = launch->executor;
    uint64_t begin = dm_clock_ns();
    dm_abort_on_error(pthread_mutex_lock(&executor->lock));
    while (!executor->ended)
        dm_condition_wait(&executor->thread_ended, &executor->lock);
    struct slot *slot = pop(&executor->ended);
    dm_abort_on_error(pthread_mutex_unlock(&executor->lock));
    dm_abort_on_error(pthread_join(slot->thread, NULL));
    launch->alive--;
    launch->stats->workers[0].waiting_ns += dm_clock_ns() - begin;

    struct dm_worker_stats *worker = &launch->stats->workers[slot - executor->slots + 1];
    worker->tasks += slot->ran;
    worker->busy_ns += slot->busy_ns;
    worker->delayed_ns += slot->delayed_ns;
    worker->cpu_ns += slot->cpu_ns;
    launch->done += slot->ran;
    push(&executor->free, slot);
}

static void run_aside(struct launch *launch)
{
    uint64_t begin = dm_clock_ns();
    launch->work->aside(launch->work->context);
    launch->stats->workers[0].busy_ns += dm_clock_ns() - begin;
}

static void run_in_caller(struct launch *launch, size_t task)
{
    struct dm_worker_stats *caller = &launch->stats->workers[0];
    uint64_t begin = dm_clock_ns();
    bool ran = dm_task_run(launch->work, task, &caller->delayed_ns);
    caller->busy_ns += dm_clock_ns() - begin;
    caller->tasks += ran;
    launch->done += ran;
}

/* Run the task in a new thread or, if none can be started, in the caller. Needs a free slot. */
static void launch_task(struct launch *launch, size_t task)
{
    struct thread_executor *executor = launch->executor;
    struct slot *slot = pop(&executor->free);
    slot->work = launch->work;
    slot->task = task;
    slot->cpu = launch->stats->cpu;
    for (;;) {
        uint64_t begin = dm_clock_ns();
        int result = dm_thread_start(&slot->thread, thread_main, slot);
        launch->stats->workers[0].creating_ns += dm_clock_ns() - begin;
        if (result == 0) {
            launch->alive++;
            return;
        }
        if (launch->alive == 0)
            break;
        reap_one(launch); /* frees resources that a new thread may need */
    }
    push(&executor->free, slot);
    run_in_caller(launch, task);
}

static enum dm_status thread_run(struct dm_executor *base, const struct dm_work *work,
                                 struct dm_run_stats *stats, struct dm_error *error)
{
    struct thread_executor *executor = (struct thread_executor *)base;
    struct launch launch = {.executor = executor, .work = work, .stats = stats};
    bool aside = work->aside != NULL;
    uint64_t cpu = dm_cpu_ns_if(stats->cpu);
    for (size_t task = 0; task < work->tasks && !dm_stop_asked(work->stop); task++) {
        if (!executor->free && aside) { /* all threads are busy: the best time for the aside */
            run_aside(&launch);
            aside = false;
        }
        if (!executor->free)
            reap_one(&launch);
        launch_task(&launch, task);
    }
    if (aside)
        run_aside(&launch);
    while (launch.alive > 0)
        reap_one(&launch);
    stats->workers[0].cpu_ns += dm_cpu_ns_if(stats->cpu) - cpu;
    return dm_work_result(work, launch.done, error);
}

static void thread_close(struct dm_executor *base)
{
    struct thread_executor *executor = (struct thread_executor *)base;
    if (!executor)
        return;
    dm_locks_destroy(&executor->lock, (pthread_cond_t *[]){&executor->thread_ended}, 1);
    free(executor->slots);
    free(executor);
}

static enum dm_status thread_open(const struct dm_executor_options *options,
                                  struct dm_executor **executor, struct dm_error *error)
{
    unsigned threads;
    enum dm_status status = dm_thread_count(options, &threads, error);
    if (status != DM_OK)
        return status;
    struct thread_executor *new = calloc(1, sizeof *new);
    struct slot *slots = calloc(threads, sizeof *slots);
    if (!new || !slots) {
        status = dm_fail_memory(error, "the executor");
        goto failed;
    }
    status = dm_locks_create(&new->lock, (pthread_cond_t *[]){&new->thread_ended}, 1, error);
    if (status != DM_OK)
        goto failed;
    new->base = (struct dm_executor){
        .ops = &dm_executor_thread, .threads = threads, .workers = threads + 1};
    new->slots = slots;
    for (unsigned i = threads; i-- > 0;) {
        slots[i].owner = new;
        push(&new->free, &slots[i]);
    }
    *executor = &new->base;
    return DM_OK;
failed:
    free(slots);
    free(new);
    return status;
}

const struct dm_executor_ops dm_executor_thread = {
    .name = "thread",
    .summary = "a new thread for every task, with a limit on how many run at once",
    .starts_threads = true,
    .open = thread_open,
    .run = thread_run,
    .close = thread_close,
};
