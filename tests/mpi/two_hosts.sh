#!/bin/sh
# two_hosts.sh [-w COMMAND] -n RANKS PROGRAM...: runs the program with Open MPI on two hosts that are
# network namespaces of this one, with names of their own, connected over TCP. They share the file system. With -w, COMMAND runs
# meanwhile in a shell; $HOST_0 and $HOST_1 are the names of the namespaces, for ip -n. Exit status 77
# where namespaces cannot be made.
set -u
meanwhile=
if [ "$1" = -w ]; then
    meanwhile=$2
    shift 2
fi
[ "$1" = -n ] || exit 2
ranks=$2
shift 2

work=$(mktemp -d)
HOST_0=dm$$a HOST_1=dm$$b
export HOST_0 HOST_1
down() {
    [ -z "${other-}" ] || kill "$other" 2>/dev/null
    ip netns pids $HOST_1 2>/dev/null | xargs -r kill -KILL 2>/dev/null
    ip netns del $HOST_0 2>/dev/null
    ip netns del $HOST_1 2>/dev/null
    rm -rf "$work"
}
trap down EXIT
trap 'exit 143' TERM INT
if ! { ip netns add $HOST_0 && ip netns add $HOST_1 && \
    ip link add v0 netns $HOST_0 type veth peer name v1 netns $HOST_1; } 2>"$work/why"; then
    echo "no network namespaces: $(tail -1 "$work/why")"
    exit 77
fi
for i in 0 1; do
    eval host=\$HOST_$i
    ip -n "$host" addr add 10.77.0.$((i + 1))/24 dev v$i
    ip -n "$host" link set v$i up
    ip -n "$host" link set lo up
done

cat >"$work/agent" <<'AGENT'
#!/bin/sh
# What mpirun calls instead of ssh: agent ADDRESS COMMAND...
address=$1
shift
case $address in *.1) host=$HOST_0 ;; *) host=$HOST_1 ;; esac
exec ip netns exec "$host" unshare --uts sh -c "hostname $host; $*"
AGENT
chmod +x "$work/agent"
half=$(((ranks + 1) / 2))
printf '10.77.0.1 slots=%d\n10.77.0.2 slots=%d\n' $half $half >"$work/hosts"

if [ -n "$meanwhile" ]; then
    sh -c "$meanwhile" &
    other=$!
fi
ip netns exec $HOST_0 unshare --uts sh -c "hostname $HOST_0; exec \"\$@\"" sh mpirun --map-by node --hostfile "$work/hosts" \
    --mca plm_rsh_agent "$work/agent" --mca btl tcp,self \
    --mca btl_tcp_if_include 10.77.0.0/24 --mca oob_tcp_if_include 10.77.0.0/24 \
    -n "$ranks" "$@"
