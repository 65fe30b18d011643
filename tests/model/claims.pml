/* The claims of src/executor/claims.c: parts of the tasks, which workers claim a share of at a time.
 * Who includes it says with run_claimed() what is done with tasks [task, task + size): it counts them
 * in `count` and clears `go_on` where the work is to stop.
 */
#ifndef TASKS
#define TASKS 3 /* of a run, or none */
#endif
#define SHARE 2 /* CLAIMS_A_PART, less so that few tasks make claims of several */

byte work;                        /* that is pointed to, or in the shared state */
byte next[WORKERS], end[WORKERS]; /* of the parts */
byte done[WORKERS];               /* what a worker's statistics say that it ran */
byte current;                     /* the run that goes on; 0: none */

inline begin_claims()
{
    i = 0;
    do
    :: i < WORKERS ->
        end[i] = tasks * (i + 1) / WORKERS;
        next[i] = tasks * i / WORKERS;
        i++
    :: else -> break
    od
}

/* Tasks [task, task + size) of a part; size 0: none are left. */
inline claim(part)
{
    task = next[part];
    do
    :: atomic { task >= end[part] -> size = 0; break }
    :: else ->
        size = (end[part] - task) / SHARE;
        size = (size == 0 -> 1 : size);
#ifdef CLAIM_WITHOUT_EXCHANGE
        next[part] = task + size; break
#else
        atomic {
            if
            :: next[part] == task -> next[part] = task + size; break
            :: else -> task = next[part]
            fi
        }
#endif
    od
}

inline work_along()
{
    mine = work;
    i = 0; count = 0; go_on = 1;
    do
    :: i < WORKERS && go_on ->
        assert(current == mine);
        claim((me + i) % WORKERS);
        if
        :: size == 0 -> i++
        :: else -> run_claimed()
        fi
    :: else -> break
    od;
    done[me] = count
}
