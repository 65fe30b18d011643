/* The pool of src/executor/pool.c and the claims of claims.c, as steps that spin can interleave in
 * every order.
 *
 * One step here is one access to what threads share there: a load, a store, an exchange of an
 * atomic, or taking or giving back the lock. What only one thread sees is part of the step before.
 * Simplified without loss:
 *   - Spinning is looking at the gate again and again and changes nothing: it is the first look of
 *     wait_until(), taken later.
 *   - A weak exchange that fails for no reason is the same exchange, taken later.
 *   - A waiter wakes up for no reason at most SPURIOUS times in all, since it could not be told from
 *     one that is woken as it should be if it may always do so.
 *   - The work is its number; a thread that still reads it when the run has returned is found by
 *     `current`, one that still uses the pool when it is gone by `closed`.
 *
 * Spin knows sequential consistency only, so these relaxed accesses rest on arguments instead:
 *   - The counter of a part (claims.c): all accesses are to that one atomic, and the accesses to one
 *     atomic have one order that all threads agree on. What a task reads was written before the
 *     gate opened, and who claims has joined at the gate, which acquires that.
 *   - The run number in next_run(): the caller alone changes it, and sees what it wrote itself. The
 *     number of threads beside it is 0, by what it has acquired in wait_until().
 *   - The first look at the gate (acquire): who finds it unchanged only goes on to take the lock and
 *     look again. Who finds it changed has acquired what was written before; between the caller and
 *     the last thread to leave there are only reads that write (read-modify-writes), which carry on
 *     what was released.
 *   - The stop flag: it carries no data, and whoever sees it late runs a task more. Here it may be
 *     raised at any moment, which covers that.
 * That the gate and the number of sleepers are never both seen as they were is what the sequentially
 * consistent accesses are for; those are covered.
 *
 * Macros named after mistakes (LOOK_ONLY_BEFORE_THE_LOCK ...) make them, for can_fail.sh.
 */
#ifndef WORKERS
#define WORKERS 2 /* the caller is one of them */
#endif
#ifndef RUNS
#define RUNS 2
#endif
#ifndef SPURIOUS
#define SPURIOUS 1
#endif

#include "claims.pml"

/* [ run number | open | last | threads in it ] */
#define GATE_RUN 32
#define GATE_OPEN 16
#define GATE_LAST 8
#define GATE_INSIDE 7
#define run_of(gate) ((gate) / GATE_RUN)
#define has_new_run (run_of(gate) != seen)
#define is_empty ((gate & GATE_INSIDE) == 0)
#define bit_of(me) (1 << (me))

byte gate;
bit lock;
byte sleepers[2], asleep[2]; /* of the waiters for each; asleep are the threads in the condition variable */
#define START 0
#define IDLE 1
byte spurious = SPURIOUS;

bit stop;

bit ran[TASKS]; /* in it */
bit closed, ended[WORKERS];

/* ---- waiting ---- */

inline take_lock()
{
    atomic { lock == 0 -> assert(!closed); lock = 1 }
}

inline give_lock()
{
    d_step { assert(lock && !closed); lock = 0 }
}

inline condition_wait(waiters)
{
    d_step { assert(lock); lock = 0; asleep[waiters] = asleep[waiters] | bit_of(me) };
    if
    :: (asleep[waiters] & bit_of(me)) == 0
    :: atomic { spurious > 0 -> spurious--; asleep[waiters] = asleep[waiters] & ~bit_of(me) }
    fi;
    take_lock()
}

inline wait_until(waiters, ready)
{
    if
    :: ready
    :: else ->
        take_lock();
        sleepers[waiters]++;
#ifdef LOOK_ONLY_BEFORE_THE_LOCK
        condition_wait(waiters);
#endif
        do
        :: ready -> break
        :: else -> condition_wait(waiters)
        od;
        sleepers[waiters]--;
        give_lock()
    fi
}

inline wake(waiters)
{
    if
    :: sleepers[waiters] == 0
    :: else ->
        take_lock();
        asleep[waiters] = 0;
        give_lock()
    fi
}

/* ---- claiming ---- */

inline run_claimed()
{
    do
    :: size == 0 -> break
    :: atomic { size > 0 && stop -> go_on = 0; break }
    :: d_step { size > 0 && !stop ->
           assert(current == mine);
           assert(!ran[task]);
           ran[task] = 1;
           task++; size--; count++ }
    od
}

/* ---- a pool thread ---- */

inline leave()
{
    d_step { before = gate; gate-- };
    if
    :: (before & GATE_INSIDE) == 1 && !(before & GATE_OPEN) ->
#ifndef LEAVE_WITHOUT_WAKING
        wake(IDLE)
#endif
    :: else
    fi
}

inline enter()
{
    before = gate;
    do
    :: before & GATE_OPEN ->
        atomic {
            if
            :: gate == before -> gate++; break
            :: else -> before = gate
            fi
        }
    :: else -> break
    od
}

proctype worker(byte me)
{
    byte seen, before, mine, i, task, size, count;
    bit go_on;
    leave();
    do
    :: wait_until(START, has_new_run);
        enter();
        if
        :: before & GATE_LAST -> break
        :: else -> seen = run_of(before)
        fi;
        if
        :: before & GATE_OPEN -> work_along(); leave()
        :: else
        fi
    od;
    ended[me] = 1
}

/* ---- the caller ---- */

inline next_run(kind)
{
#ifdef WAKE_BEFORE_THE_GATE_CHANGES
    wake(START);
#endif
    before = run_of(gate) + 1;
    gate = before * GATE_RUN + kind;
#ifndef WAKE_BEFORE_THE_GATE_CHANGES
    wake(START)
#endif
}

/* Adds up what the workers have done, and what they should have. */
inline collect()
{
    d_step {
        i = 0; count = 0;
        do
        :: i < WORKERS -> count = count + done[i]; done[i] = 0; i++
        :: else -> break
        od;
        i = 0;
        do
        :: i < tasks -> count = count - ran[i]; assert(ran[i] || stop); ran[i] = 0; i++
        :: else -> break
        od;
        assert(count == 0);
        i = 0
    }
}

inline run_tasks()
{
    d_step { current = number; stop = 0 };
    work = number;
    begin_claims();
    if
    :: started > 0 && tasks > 0 -> next_run(GATE_OPEN)
    :: else
    fi;
    work_along();
    gate = gate & ~GATE_OPEN;
#ifndef RETURN_WITHOUT_WAITING
    wait_until(IDLE, is_empty);
#endif
    collect();
    current = 0
}

inline open_pool()
{
    do
    :: started + 1 < WORKERS ->
        gate++;
        if
        :: started++; run worker(started)
        :: gate--; goto close /* the thread cannot be started */
        fi
    :: else -> break
    od;
    wait_until(IDLE, is_empty)
}

inline close_pool()
{
    wait_until(IDLE, is_empty);
    next_run(GATE_LAST);
#ifndef CLOSE_WITHOUT_JOINING
    i = 1;
    do
    :: i <= started -> ended[i]; i++
    :: else -> break
    od;
#endif
    closed = 1
}

active proctype caller()
{
    byte me, started, number, tasks, before, mine, i, task, size, count;
    bit go_on;
    open_pool();
    do
    :: number < RUNS ->
        number++;
        if
        :: tasks = TASKS
        :: tasks = 0
        fi;
        run_tasks()
    :: break
    od;
close:
    close_pool()
}

/* The work is to stop, at any moment or never. */
active proctype stopper()
{
    stop = 1
}
