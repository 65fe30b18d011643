#!/bin/sh
# slurm.sh DMATRIX PAGE.md [DMATRIX-MPI]: the job scripts of the page do what it says.
#
# They are run by bash with the variables that Slurm sets and a stub of scontrol. Where Slurm and munge
# are installed and this is root, a Slurm of one node, of its own and on other ports, runs them too. Exit
# status 77: that was left out.
set -u
dmatrix=$1 page=$2 mpi=${3-}
project=$(cd "$(dirname "$0")/../.." && pwd)
command -v bash >/dev/null || { echo 'skipped: here is no bash'; exit 77; }
case $dmatrix in /*) ;; *) dmatrix=$PWD/$dmatrix ;; esac
work=$(mktemp -d)
pids='' own=''
finish() {
    if [ -n "$own" ]; then # jobs of this Slurm, which $SLURM_CONF names, would outlive it
        scancel --user="$(id -un)" 2>/dev/null
        sleep 1
    fi
    for pid in $pids; do kill "$pid" 2>/dev/null; done
    for pid in $pids; do wait "$pid" 2>/dev/null; done
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP
unset DMATRIX_ISA DMATRIX_OPTIONS
chmod 755 "$work" # jobs start in it
mkdir "$work/bin"
ln -s "$dmatrix" "$work/bin"
PATH=$work/bin:$PATH
export PATH

fail() {
    echo "failed: $*"
    exit 1
}

# The block of the page that follows "Save this as `NAME`", to NAME.
cut_script() { # NAME
    awk -v name="\`$1\`" '
        index($0, "Save this as " name) { wanted = 1 }
        /^```/ && inside { exit }
        inside
        /^```bash$/ && wanted { inside = 1 }
    ' "$page" >"$work/$1"
    [ -s "$work/$1" ] || fail "$page has no $1"
    bash -n "$work/$1" || fail "$1 is no script"
}

# A folder with the places and the scripts. Where DMATRIX_OPTIONS is slow, a run takes half a minute and keeps the
# first pairs after less than a second.
slow='--executor=serial --grain=1000 --max-memory=128K --delay=60ms'
furnish() { # FOLDER
    rm -rf "${work:?}/$1"
    mkdir "$work/$1"
    cp "$project/data/cities.csv" "$work"/*.sh "$work/$1"
    cd "$work/$1" || exit 2
}

# Return true if the journal says that pairs are kept.
keeps_some() { grep -qs '^bytes=[1-9]' distances.csv.dmatrix-journal; }

option_of() { # SCRIPT NAME: the value of an #SBATCH line
    sed -n "s/^#SBATCH --$2=//p" "$work/$1"
}

cut_script array.sh
cut_script resume.sh
cut_script mpi.sh
dmatrix "$project/data/cities.csv" -q -o "$work/whole.csv" 2>/dev/null || fail "no output to compare with"

# ---- a stub of Slurm ----

array=$(option_of array.sh array)
first=${array%-*} last=${array#*-}
export SLURM_CPUS_PER_TASK=1
furnish stub-array
id=$first
while [ "$id" -le "$last" ]; do
    SLURM_ARRAY_TASK_ID=$id SLURM_ARRAY_TASK_MIN=$first SLURM_ARRAY_TASK_MAX=$last \
        SLURM_ARRAY_TASK_STEP=1 SLURM_ARRAY_TASK_COUNT=$((last - first + 1)) \
        bash array.sh 2>/dev/null || fail "array.sh, task $id"
    id=$((id + 1))
done
dmatrix --join -q -o distances.csv part.* || fail 'the parts of array.sh cannot be joined'
cmp distances.csv "$work/whole.csv" || fail 'the parts of array.sh are not the whole'
echo "array.sh: $((last - first + 1)) tasks, run by bash"

furnish stub-resume
printf '#!/bin/sh\necho "$@" >>"%s/requeued"\n' "$work" >"$work/bin/scontrol"
chmod +x "$work/bin/scontrol"
DMATRIX_OPTIONS=$slow SLURM_JOB_ID=42 bash resume.sh 2>stderr &
job=$!
until keeps_some; do
    kill -0 "$job" || fail "resume.sh ended early: $(cat stderr)"
    sleep 0.1
done
kill -TERM "$job" || fail 'resume.sh ended early'
wait "$job"
[ "$(cat "$work/requeued")" = 'requeue 42' ] || fail 'resume.sh does not put its job into the queue'
[ -s distances.csv.dmatrix-journal ] || fail "resume.sh keeps nothing: $(cat stderr)"
[ -e distances.csv ] && fail 'resume.sh has an output already'
SLURM_JOB_ID=42 bash resume.sh 2>stderr || fail "resume.sh does not go on: $(cat stderr)"
[ "$(wc -l <"$work/requeued")" -eq 1 ] || fail 'resume.sh puts a complete job into the queue'
cmp distances.csv "$work/whole.csv" || fail 'resume.sh has another output'
rm "$work/bin/scontrol"
echo 'resume.sh: stopped and gone on, run by bash'

if [ -n "$mpi" ] && command -v mpirun.openmpi >/dev/null; then
    furnish stub-mpi
    ln -s "$mpi" "$work/bin"
    printf '#!/bin/sh\nshift 2\nexec mpirun.openmpi -n 2 "$@"\n' >"$work/bin/srun"
    chmod +x "$work/bin/srun"
    OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1 \
        bash mpi.sh 2>stderr || fail "mpi.sh: $(cat stderr)"
    cmp distances.csv "$work/whole.csv" || fail 'mpi.sh has another output'
    rm "$work/bin/srun"
    echo 'mpi.sh: run by bash with mpirun as srun'
fi
unset SLURM_CPUS_PER_TASK

# ---- Slurm ----

leave_out() {
    echo "skipped: a real Slurm ($*)"
    exit 77
}

[ "$(id -u)" = 0 ] || leave_out 'this is not root'
for program in munged slurmctld slurmd sbatch scontrol squeue sinfo scancel; do
    command -v $program >/dev/null || leave_out "here is no $program"
done
host=$(hostname -s)
port=$((20000 + $$ % 10000 * 2))
furnish slurm
mkdir "$work/own" "$work/own/state" "$work/own/spool"
SLURM_CONF=$work/own/slurm.conf
export SLURM_CONF
own=$work/own
cat >"$SLURM_CONF" <<END
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
AuthType=auth/munge
AuthInfo=socket=$own/munge,cred_expire=5
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$own/state
SlurmdSpoolDir=$own/spool
SlurmctldPidFile=$own/slurmctld.pid
SlurmdPidFile=$own/slurmd.pid
SlurmctldLogFile=$own/slurmctld.log
SlurmdLogFile=$own/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/builtin
SwitchType=switch/none
MpiDefault=none
MailProg=/bin/true
SlurmdParameters=config_overrides
ReturnToService=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=8 State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP
END
head -c 128 /dev/urandom >"$own/munge.key"
chmod 400 "$own/munge.key"
munged --force --foreground --socket="$own/munge" --key-file="$own/munge.key" --log-file="$own/munge.log" \
    --pid-file="$own/munge.pid" --seed-file="$own/munge.seed" --num-threads=2 >"$own/munged.out" 2>&1 &
pids=$!

await() { # SECONDS COMMAND...: until it succeeds
    left=$(($1 * 5))
    shift
    until "$@"; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || return 1
        sleep 0.2
    done
}
is_idle() { sinfo -h -o %T 2>/dev/null | grep -q idle; }

await 10 test -S "$own/munge" || leave_out "munged does not start: $(cat "$own/munged.out")"
slurmctld -D >"$own/slurmctld.out" 2>&1 &
pids="$! $pids"
slurmd -D >"$own/slurmd.out" 2>&1 &
pids="$! $pids"
await 30 is_idle || leave_out "no node gets ready: $(tail -n 3 "$own"/slurm*.log 2>/dev/null)"

state_is() { # JOB STATE
    scontrol show job "$1" | grep -q "JobState=$2"
}

# What the page says: an array, and a job after it.
array=$(sbatch --parsable array.sh) || fail 'sbatch array.sh'
joining=$(sbatch --parsable --dependency=afterok:"$array" --wrap='dmatrix --join -o distances.csv part.*') ||
    fail 'sbatch --dependency'
await 400 state_is "$joining" COMPLETED || fail "the array is not joined: $(squeue; cat slurm-*.out)"
cmp distances.csv "$work/whole.csv" || fail 'the array has another output'
echo 'array.sh: joined after an array of Slurm'

# An array with gaps, and one task of it alone.
sbatch --wait --array=1,3,7 array.sh >/dev/null && fail 'an array with gaps is not refused'
cat slurm-*_7.out | grep -q 'the job array has gaps: 3 tasks' || fail "gaps: $(cat slurm-*_7.out)"
echo 'array.sh: --array=1,3,7 is refused'

# Two processes of MPI on the one node.
if [ -e "$work/bin/$(basename "${mpi:-none}")" ] && srun --mpi=list 2>&1 | grep -qw pmix; then
    rm -f distances.csv
    sed -i 's/^#SBATCH --nodes=.*/#SBATCH --nodes=1/; s/^\(#SBATCH --cpus-per-task\)=.*/\1=1/' mpi.sh
    sbatch --wait --output=mpi.out mpi.sh >/dev/null || fail "mpi.sh: $(cat mpi.out)"
    cmp distances.csv "$work/whole.csv" || fail 'mpi.sh has another output with Slurm'
    grep -v warning mpi.out && fail "mpi.sh says: $(cat mpi.out)"
    echo 'mpi.sh: two processes started by srun'
fi

# The signal that Slurm sends before the time limit, sent by hand.
rm -f distances.csv
job=$(DMATRIX_OPTIONS=$slow sbatch --parsable resume.sh) || fail 'sbatch resume.sh'
await 120 state_is "$job" RUNNING || fail "resume.sh does not run: $(squeue)"
await 120 keeps_some || fail "resume.sh does not begin: $(cat "slurm-$job.out")"
scancel --batch --signal=TERM "$job"
await 120 state_is "$job" PENDING || fail "resume.sh is not in the queue again: $(scontrol show job "$job")"
[ -s distances.csv.dmatrix-part ] || fail "resume.sh keeps nothing: $(cat "slurm-$job.out")"
[ -e distances.csv ] && fail 'resume.sh has an output already'
await 400 state_is "$job" COMPLETED || fail "resume.sh does not go on: $(scontrol show job "$job"; cat "slurm-$job.out")"
cmp distances.csv "$work/whole.csv" || fail 'resume.sh has another output'
grep -q 'distances are kept' "slurm-$job.out" || fail "resume.sh was not stopped: $(cat "slurm-$job.out")"
echo 'resume.sh: stopped, put into the queue and gone on by Slurm'
