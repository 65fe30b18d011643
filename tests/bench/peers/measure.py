"""measure.py RESULT BYTES SECONDS COMMAND...: runs it with so much memory and time at most, and writes
its wall time in seconds, its peak memory in KB and its exit status to RESULT."""
import os
import resource
import signal
import sys
import time

result, limit, allowed, command = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]
began = time.perf_counter()
child = os.fork()
if child == 0:
    os.setpgid(0, 0)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    os.execvp(command[0], command)
# Its children too, so that nothing goes on.
for number in (signal.SIGALRM, signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, lambda *_: os.killpg(child, signal.SIGTERM))
signal.alarm(allowed)
_, status, usage = os.wait4(child, 0)
wall = time.perf_counter() - began
with open(result, "w", encoding="ascii") as file:
    print(wall, usage.ru_maxrss, os.waitstatus_to_exitcode(status), file=file)
