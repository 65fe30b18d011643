#!/usr/bin/env python3
"""The experiment of docs/lesson.md in Python: the distances of some cities, computed in six ways.

    experiment.py LOCATIONS.csv [--locations N] [--workers N] [--delay SECONDS] [--rounds N]

Every calculation is a task of its own. With --delay each of them also waits, as work that asks a
disk or a network does. Pools are opened outside the clock, as dmatrix opens its executors.
"""
import argparse
import asyncio
import csv
import itertools
import math
import platform
import random
import statistics
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

RADIUS_KM = 6371.0088
delay_s = 0.0


def read(path, count):
    """The first `count` locations, as (latitude, longitude) in radians."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = itertools.islice(csv.DictReader(file), count)
        return [(math.radians(float(row["latitude"])), math.radians(float(row["longitude"])))
                for row in rows]


def haversine(pair):
    (lat1, lon1), (lat2, lon2) = pair
    h = (math.sin((lat2 - lat1) / 2) ** 2
         + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2)
    return 2 * RADIUS_KM * math.asin(math.sqrt(min(1.0, h)))


def calculate(pair):
    """One task."""
    if delay_s > 0:
        time.sleep(delay_s)
    return haversine(pair)


async def calculate_async(pair):
    """The same task; while it waits, the one thread there is runs others."""
    if delay_s > 0:
        await asyncio.sleep(delay_s)
    return haversine(pair)


def serial(pairs):
    return [calculate(pair) for pair in pairs]


def thread_each(pairs):
    distances = [None] * len(pairs)

    def run(index):
        distances[index] = calculate(pairs[index])

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(pairs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return distances


def in_asyncio(pairs):
    async def gather():
        return await asyncio.gather(*map(calculate_async, pairs))

    return asyncio.run(gather())


def set_delay(seconds):
    """What a worker process has to be told: it shares no variables with its parent."""
    global delay_s
    delay_s = seconds


def measure(ways, pairs, rounds):
    """Seconds of each way, a list of one for each round. In a round every way has one turn, in an
    order that is shuffled anew, so that a machine that gets slower is slower for all of them. The
    first round is to warm up, and shows that all ways find the same distances."""
    seconds = {name: [] for name in ways}
    expected = serial(pairs)
    for turn in range(rounds + 1):
        for name in random.sample(list(ways), len(ways)):
            begin = time.perf_counter()
            distances = ways[name](pairs)
            if turn > 0:
                seconds[name].append(time.perf_counter() - begin)
            if distances != expected:
                sys.exit(f"{name}: these are other distances than those of serial")
    return seconds


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("file", metavar="LOCATIONS.csv")
    parser.add_argument("--locations", type=int, default=40, help="how many to take (default: 40)")
    parser.add_argument("--workers", type=int, default=4, help="in each pool (default: 4)")
    parser.add_argument("--delay", type=float, default=0.0, help="seconds that each task waits")
    parser.add_argument("--rounds", type=int, default=7, help="to measure (default: 7)")
    return parser.parse_args()


def main():
    how = options()
    set_delay(how.delay)
    pairs = list(itertools.combinations(read(how.file, how.locations), 2))
    share = max(1, len(pairs) // (4 * how.workers))
    gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    print(f"{platform.python_implementation()} {platform.python_version()}, "
          f"global interpreter lock {'on' if gil else 'off'}")
    print(f"{len(pairs):,} distances, a task each"
          + (f", waiting {how.delay * 1e3:g} ms in each" if how.delay else ""))
    print(f"\n{'':28}{'median':>10}{'min … max':>20}{'speedup':>10}")

    with ThreadPoolExecutor(how.workers) as threads, \
            ProcessPoolExecutor(how.workers, initializer=set_delay,
                                initargs=(how.delay,)) as processes:
        list(processes.map(abs, range(how.workers)))  # forks while there is one thread
        ways = {
            "serial": serial,
            "a thread for every task": thread_each,
            f"{how.workers} threads in a pool": lambda p: list(threads.map(calculate, p)),
            "asyncio, one thread": in_asyncio,
            f"{how.workers} processes in a pool": lambda p: list(processes.map(calculate, p)),
            f"... {share} tasks a message": lambda p: list(processes.map(
                calculate, p, chunksize=share)),
        }
        seconds = measure(ways, pairs, how.rounds)
        for name, times in seconds.items():
            speedup = statistics.median(a / b for a, b in zip(seconds["serial"], times))
            print(f"{name:28}{statistics.median(times) * 1e3:7.1f} ms"
                  f"{min(times) * 1e3:9.1f} … {max(times) * 1e3:5.1f} ms"
                  f"{speedup:10.{2 if speedup > 0.1 else 4}f}")


if __name__ == "__main__":
    main()
