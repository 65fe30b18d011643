/* The worker processes of src/executor/process.c and process_worker.c, which may be killed between
 * any two steps, as steps that spin can interleave in every order.
 *
 * One step here is one access to what processes share there: a load, a store, an exchange of an
 * atomic, or a call of the system. What only one process sees is part of the step before.
 * Simplified without loss:
 *   - Spinning is looking again and again and changes nothing: it is the first look of a wait,
 *     taken later.
 *   - Several bytes in a wakeup socket that has not been read yet are one.
 *   - A worker that cannot be started is one that dies before its first step.
 *   - The caller's waits have no POLL_MS here: they end by what wakes them, or never. So nothing but
 *     the stop of work that goes on elsewhere, and of workers that are held, rests on that time.
 * A worker that is held (SIGSTOP) is not here, and one that sleeps through its call is no fault: the
 * caller calls it back and has done the work itself.
 *
 * Spin knows sequential consistency only; the relaxed accesses are those of the claims (pool.pml says
 * why), of the stop flag, and of the two flags that are taken back, which cost a byte at most. A mark
 * releases what the task has written, and has_run() acquires it.
 *
 * Macros named after mistakes (LEAVE_WITHOUT_WAKING ...) make them, for can_fail.sh.
 */
#ifndef WORKERS
#define WORKERS 2 /* the caller is one of them */
#endif
#ifndef RUNS
#define RUNS 2
#endif
#ifndef DEATHS
#define DEATHS 1 /* at most, of all workers */
#endif
#ifndef MARKS
#define MARKS 2 /* UCHAR_MAX, less so that marks are cleared */
#endif

#include "claims.pml"

#define IDLE 0
#define CALLED 1
#define WORKING 2

/* The slots. */
byte state[WORKERS];
bit asleep[WORKERS], awaited[WORKERS];

/* The wakeup sockets: whether a byte is there for the worker and for the caller, and who has closed
 * their end. */
bit sent_worker[WORKERS], sent_caller[WORKERS];
bit shut[WORKERS]; /* the caller's end */
bit gone[WORKERS]; /* the process, and with it its end */

bit killed[WORKERS]; /* it takes no step any more */
byte deaths;

bit asked; /* the caller's stop flag */
bit stop;  /* that of the shared state */
byte mark, marks[TASKS];

byte ran[TASKS]; /* in the current run */
bit lost;        /* somebody died since it began */
bit closed;      /* the arena is unmapped */

/* ---- claimed tasks ---- */

inline run_task()
{
    d_step {
        assert(current == mine && !closed);
        ran[task]++;
        assert(ran[task] == 1 || lost)
    }
}

inline mark_task()
{
    d_step { assert(!closed); marks[task] = mark }
}

inline run_claimed()
{
    do
    :: size == 0 -> break
    :: size > 0 && stop -> go_on = 0; break
    :: size > 0 && !stop ->
#ifdef MARK_BEFORE_THE_TASK
        mark_task();
        run_task();
#else
        run_task();
        mark_task();
#endif
        d_step { task++; size--; count++ }
    od
}

/* ---- a worker ---- */

inline leave()
{
#ifdef LOOK_BEFORE_LEAVING
    before = awaited[me];
    state[me] = IDLE;
    if
    :: before -> sent_caller[me] = 1
#else
    d_step { assert(!closed); state[me] = IDLE };
    if
#ifndef LEAVE_WITHOUT_WAKING
    :: awaited[me] -> sent_caller[me] = 1
#endif
#endif
    :: else
    fi
}

/* Goes to `exit` where the caller is gone. */
inline wait_for_call()
{
    asleep[me] = 1;
    do
    :: state[me] == CALLED -> break
    :: else ->
        atomic {
            sent_worker[me] || shut[me] -> sent_worker[me] = 0;
            if
            :: shut[me] -> goto exit
            :: else
            fi
        }
    od;
    asleep[me] = 0
}

inline arrive()
{
#ifdef ARRIVE_WITHOUT_EXCHANGE
    arrived = state[me] == CALLED;
    state[me] = WORKING
#else
    atomic {
        arrived = state[me] == CALLED;
        if
        :: arrived -> state[me] = WORKING
        :: else
        fi
    }
#endif
}

proctype worker(byte me)
{
    byte mine, i, task, size, count;
    bit go_on, arrived, before;
    {
        leave();
        do
        :: wait_for_call();
            arrive();
            if
            :: arrived -> work_along(); leave()
            :: else
            fi
        od
    } unless {
        killed[me]
    };
exit:
    gone[me] = 1
}

/* ---- death ---- */

/* waitpid(), after SIGKILL where it still lives. */
inline end_child(number)
{
    if
    :: gone[number]
    :: else -> killed[number] = 1; gone[number]
    fi
}

inline reap_worker(number)
{
    end_child(number);
    d_step { shut[number] = 1; reaped = reaped | (1 << number) };
    if
    :: state[number] == WORKING ->
        last_lost = number;
#ifndef COUNT_LOST_TASKS_TWICE
        done[number] = 0
#endif
    :: else
    fi;
    state[number] = IDLE
}

#define lives(number) (!(reaped & (1 << (number))))

/* ---- the caller's part of a run ---- */

inline next_mark()
{
    if
    :: mark == MARKS ->
        d_step {
            i = 0;
            do
            :: i < TASKS -> marks[i] = 0; i++
            :: else -> break
            od
        };
        mark = 0
    :: else
    fi;
    mark++
}

inline pass_on_stop()
{
    if
    :: asked -> stop = 1
    :: else
    fi
}

inline open_window()
{
    last_lost = 0;
    work = number;
    stop = 0;
    next_mark();
    d_step { begin_claims(); i = 0 } /* nobody works, as work_along() makes sure */
}

inline call()
{
    state[w] = CALLED;
    if
    :: asleep[w] -> sent_worker[w] = 1
    :: else
    fi
}

inline wait_for()
{
    awaited[w] = 1;
    do
    :: state[w] != WORKING -> break
    :: else ->
        atomic { sent_caller[w] || gone[w] -> sent_caller[w] = 0 };
        if
        :: gone[w] -> reap_worker(w)
        :: else
        fi;
        pass_on_stop()
    od;
    awaited[w] = 0
}

inline cancel_or_wait()
{
    atomic {
        before = state[w];
        if
        :: before == CALLED -> state[w] = IDLE
        :: else
        fi
    };
    if
#ifndef RETURN_WITHOUT_WAITING
    :: before != CALLED -> wait_for()
#endif
    :: before == CALLED && gone[w] -> reap_worker(w)
    :: else
    fi
}

/* The tasks that have run, less those of the others. */
inline count_lost_tasks()
{
    d_step {
        i = 0; count = 0;
        do
        :: i < tasks -> count = count + (marks[i] == mark); i++
        :: else -> break
        od;
        i = 0;
        do
        :: i < WORKERS -> assert(count >= done[i]); count = count - done[i]; i++
        :: else -> break
        od;
        done[last_lost] = count
    }
}

inline run_remaining_tasks()
{
    i = 0;
    do
    :: i == tasks -> break
    :: i < tasks && marks[i] == mark -> i++
    :: i < tasks && marks[i] != mark ->
        if
        :: asked -> break
        :: d_step { !asked -> ran[i]++; done[0]++; i++ }
        fi
    od
}

/* Adds up what the workers say, and looks at what they have done. */
inline collect()
{
    d_step {
        i = 0; count = 0;
        do
        :: i < WORKERS -> count = count + done[i]; done[i] = 0; i++
        :: else -> break
        od;
        assert(count <= tasks && (count == tasks || asked));
        i = 0;
        do
        :: i < tasks ->
            assert(ran[i] > 0 || count < tasks);
            assert(ran[i] <= 1 || lost);
            ran[i] = 0; i++
        :: else -> break
        od;
        i = 0; lost = 0; current = 0
    }
}

inline run_tasks()
{
    d_step { current = number; lost = 0 };
    open_window();
    w = 1;
    do
    :: w <= started && w <= tasks ->
        if
        :: lives(w) -> call()
        :: else
        fi;
        w++
    :: else -> break
    od;
    last = w - 1;
    work_along();
    pass_on_stop();
    w = 1;
    do
    :: w <= last ->
        if
        :: lives(w) -> cancel_or_wait()
        :: else
        fi;
        w++
    :: else -> break
    od;
    if
    :: last_lost > 0 ->
        count_lost_tasks();
#ifndef FORGET_LOST_TASKS
        run_remaining_tasks()
#endif
    :: else
    fi;
    collect()
}

inline open_executor()
{
    do
    :: started + 1 < WORKERS -> started++; state[started] = WORKING; run worker(started)
    :: else -> break
    od;
    w = 1;
    do
    :: w <= started -> wait_for(); w++
    :: else -> break
    od
}

inline close_executor()
{
    w = 1;
    do
    :: w <= started -> shut[w] = 1; w++
    :: else -> break
    od;
#ifndef CLOSE_WITHOUT_ENDING
    w = 1;
    do
    :: w <= started && lives(w) -> end_child(w); w++
    :: w <= started && !lives(w) -> w++
    :: w > started -> break
    od;
#endif
    closed = 1;
    d_step {
        w = 1;
        do
        :: w <= started -> assert(gone[w]); w++
        :: else -> break
        od
    }
}

active proctype caller()
{
    byte me, w, started, last, reaped, last_lost, number, tasks, before, mine, i, task, size, count;
    bit go_on;
    open_executor();
    do
    :: number < RUNS ->
        d_step { number++; asked = 0 };
        if
        :: tasks = TASKS
        :: tasks = 1
        fi;
        run_tasks()
    :: break
    od;
    close_executor()
}

#if DEATHS > 0
/* Kills the worker of its own number at any moment, or lets it live, so that nobody may rest on its
 * death. */
active [WORKERS - 1] proctype killer()
{
    if
    :: atomic {
           deaths < DEATHS && !gone[_pid] ->
           deaths++; lost = 1; killed[_pid] = 1
       }
    :: true
    fi
}
#endif

#ifndef NO_STOP
/* The caller's work is to stop, at any moment or never. */
active proctype stopper()
{
    asked = 1
}
#endif
