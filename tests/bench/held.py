"""Measure how long suggestions keep Python's lock, so that a window beside them would stand still.

    python tests/bench/held.py LIBRARY... [--rounds 9] [--judged 100]

In each library (it is read only) suggestions are made in a thread while another wakes every millisecond. Printed for
every round are the longest time in milliseconds between two of its turns, and how much of the processor the first
thread had in one such time at most: what the lock was kept for is not more than either. The same is done while that
thread sleeps, and while it goes round a loop in Python, which gives the lock away every `sys.getswitchinterval()`.
Other work on the machine makes the first figure longer, hardly the second. Needs the clocks of threads (not on macOS
and Windows).
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import numpy as np
from suggest_times import history

from readinglist.discover.suggest import suggest_by_history
from readinglist.discover.vectors import Vectors
from readinglist.library import Library

_REASONS = 100


def longest(work: Callable[[], object]) -> tuple[float, float, str]:
    """Do some work in a thread.

    Returns the longest time in milliseconds between two turns of this one, the most that the processor did for the
    other meanwhile, and where that was at its end.
    """
    begin, end = threading.Event(), threading.Event()

    def working() -> None:
        begin.wait()
        work()
        done.append(True)
        end.wait()

    done: list[bool] = []
    thread = threading.Thread(target=working)
    thread.start()
    clock = time.pthread_getcpuclockid(thread.ident or 0)
    begin.set()
    gap = most = 0.0
    where = ""
    before, used = time.perf_counter(), time.clock_gettime(clock)
    while not done:
        time.sleep(0.001)
        now, now_used = time.perf_counter(), time.clock_gettime(clock)
        gap = max(gap, now - before)
        if now_used - used > most:
            most = now_used - used
            stack = traceback.extract_stack(sys._current_frames()[thread.ident or 0])
            own = [at for at in stack if "readinglist/" in at.filename]
            where = " < ".join(f"{Path(at.filename).name}:{at.lineno}" for at in reversed(own[-3:]))
        before, used = time.perf_counter(), time.clock_gettime(clock)
    end.set()
    thread.join()
    return gap * 1000, most * 1000, where


def looping(seconds: float) -> None:
    """Go round a loop in Python for so long."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


def measure(folder: Path, judged: int, rounds: int) -> None:
    """Print the longest gaps beside suggestions in one library."""
    with Library.open(folder, create=False) as library:
        library.wait_for_index()
        snapshot = library._look(lambda found: found)
        opinions, candidates = history(library, snapshot, judged)

        def suggest() -> None:
            suggest_by_history(Vectors(snapshot), opinions, candidates, library.papers, _REASONS)

        suggest()
        print(f"{len(snapshot.docs_of(np.array(sorted(library.search('').ids)))):,} papers")
        kinds: dict[str, Callable[[], object]] = {
            "idle": lambda: time.sleep(0.7),
            "a loop": lambda: looping(0.7),
            "suggesting": suggest,
        }
        for name, work in kinds.items():
            rounds_of = [longest(work) for _ in range(rounds)]
            gaps, used = (sorted(each[at] for each in rounds_of) for at in (0, 1))
            print(f"{name:>12} longest between turns", *(f"{gap:6.1f}" for gap in gaps))
            print(f"{'':>12}    of it in the thread", *(f"{each:6.1f}" for each in used), flush=True)
        print("the most at", max(rounds_of, key=lambda each: each[1])[2])


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("libraries", type=Path, nargs="+")
    parser.add_argument("--judged", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args()
    for folder in asked.libraries:
        measure(folder, asked.judged, asked.rounds)


if __name__ == "__main__":
    main()
