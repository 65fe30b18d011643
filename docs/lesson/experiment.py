#!/usr/bin/env python3
"""The experiment of docs/lesson.md in Python: the distances of some cities, computed in six ways.

    experiment.py LOCATIONS.csv [--locations N] [--workers N] [--delay SECONDS] [--runs N]

Every calculation is a task of its own. With --delay each of them also waits, as work that asks a
disk or a network does. Pools are opened outside the clock, as dmatrix opens its executors.
"""
import argparse
import asyncio
import csv
import itertools
import math
import platform
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


def measure(way, pairs, runs):
    """Seconds of each run, after one that does not count, and the distances of the last."""
    way(pairs)
    seconds = []
    for _ in range(runs):
        begin = time.perf_counter()
        distances = way(pairs)
        seconds.append(time.perf_counter() - begin)
    return seconds, distances


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("file", metavar="LOCATIONS.csv")
    parser.add_argument("--locations", type=int, default=40, help="how many to take (default: 40)")
    parser.add_argument("--workers", type=int, default=4, help="in each pool (default: 4)")
    parser.add_argument("--delay", type=float, default=0.0, help="seconds that each task waits")
    parser.add_argument("--runs", type=int, default=5, help="to measure, at least 2 (default: 5)")
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
    print(f"\n{'':28}{'mean':>10}{'σ':>12}{'speedup':>10}")

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
        for name, way in ways.items():
            seconds, distances = measure(way, pairs, how.runs)
            mean = statistics.mean(seconds)
            if name == "serial":
                base, expected = mean, distances
            if distances != expected:
                sys.exit(f"{name}: these are other distances than those of serial")
            print(f"{name:28}{mean * 1e3:7.1f} ms{statistics.stdev(seconds) * 1e3:9.1f} ms"
                  f"{base / mean:10.{2 if base > mean / 10 else 4}f}")


if __name__ == "__main__":
    main()
