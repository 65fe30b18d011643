#!/usr/bin/env python3
"""One task that computes holds up all the others of an event loop.

    held_up.py

A task wakes up every 5 milliseconds, as one does that serves a client, and notes how late it was;
meanwhile another has a fifth of a second of computing to do, in four ways.
"""
import asyncio
import math
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

STEP_S = 0.005


def compute():
    end = time.perf_counter() + 0.2
    while time.perf_counter() < end:
        for angle in range(100):
            math.asin(math.sqrt(math.sin(angle) ** 2))


async def clock(late):
    while True:
        begin = time.perf_counter()
        await asyncio.sleep(STEP_S)
        late.append(time.perf_counter() - begin - STEP_S)


async def compute_in_the_loop():
    compute()


async def compute_in(executor):
    await asyncio.get_running_loop().run_in_executor(executor, compute)


async def lateness(work):
    """The latest that the clock was, while the work went on."""
    late = []
    task = asyncio.create_task(clock(late))
    await asyncio.sleep(4 * STEP_S)
    await work
    await asyncio.sleep(4 * STEP_S)
    task.cancel()
    return max(late)


def main():
    with ProcessPoolExecutor(1) as process, ThreadPoolExecutor(1) as thread:
        process.submit(abs, 1).result()  # forks while there is one thread
        ways = {
            "nobody computes": lambda: asyncio.sleep(0.2),
            "a task of the loop computes": compute_in_the_loop,
            "a thread computes": lambda: compute_in(thread),
            "a process computes": lambda: compute_in(process),
        }
        print("the others are late by at most")
        for name, work in ways.items():
            print(f"  {name:30}{1e3 * asyncio.run(lateness(work())):7.1f} ms")


if __name__ == "__main__":
    main()
