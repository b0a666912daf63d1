"""Measure how long suggestions and similar papers take.

    python tests/bench/suggest_times.py LIBRARY... [--judged 100] [--rounds 7]

Each LIBRARY is the folder of an indexed library; it is read only. So many papers, two fifths of them found by a common
word, stand for those judged; all others are candidates. Printed is the median of so many rounds in milliseconds: the
vectors' idf and lengths, the ranking (learning twice and scoring), all of it with a hundred reasons; papers like one,
like five together; and the import of what is needed.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from readinglist.discover.learning import rank
from readinglist.discover.suggest import suggest_by_history
from readinglist.discover.values import Opinion
from readinglist.discover.vectors import Ints, Vectors
from readinglist.index.snapshot import Snapshot
from readinglist.library import Library
from readinglist.paper import PaperId

_IMPORTS = ("readinglist.discover.suggest", "numpy", "scipy.sparse", "sklearn.svm")
_REASONS = 100


def timed(work: Callable[[], object], rounds: int) -> float:
    """Return the median time in milliseconds."""
    took = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        took.append((time.perf_counter() - started) * 1000)
    return statistics.median(took)


def history(library: Library, snapshot: Snapshot, judged: int) -> tuple[list[Opinion], Ints]:
    """Return opinions of so many papers, two fifths of them on one subject and liked, and all other documents."""
    numbers = sorted(library.search("").ids)
    liked = library.search("robot", relax=False).ids[: judged * 2 // 5]
    passed = random.Random(1).sample([n for n in numbers if n not in set(liked)], judged - len(liked))
    opinions = [Opinion(PaperId(n), 1.0, "starred") for n in liked]
    opinions += [Opinion(PaperId(n), -1.0, "passed") for n in passed]
    known = {one.id for one in opinions}
    return opinions, snapshot.docs_of(np.array([n for n in numbers if n not in known], np.int64))


def measure(folder: Path, judged: int, rounds: int) -> str:
    """Return a line of figures for one library."""
    with Library.open(folder, create=False) as library:
        library.wait_for_index()
        snapshot = library._look(lambda found: found)
        numbers = sorted(library.search("").ids)
        drawn = random.Random(1)
        opinions, candidates = history(library, snapshot, judged)
        vectors = Vectors(snapshot)
        docs = [
            dict.fromkeys(snapshot.docs_of(np.array([one.id for one in opinions if one.kind == kind])).tolist(), 1.0)
            for kind in ("starred", "passed")
        ]
        one = iter(drawn.sample(numbers, 2 * rounds + 2))
        several = iter(drawn.sample(numbers, 10 * rounds))
        figures = (
            timed(lambda: Vectors(snapshot), rounds),
            timed(lambda: rank(vectors, *docs, candidates), rounds),
            timed(lambda: suggest_by_history(vectors, opinions, candidates, library.papers, _REASONS), rounds),
            timed(lambda: library.similar([next(one)]), rounds),
            timed(lambda: library.similar([next(several) for _ in range(5)]), rounds),
        )
    return f"{len(numbers):>8,}" + "".join(f"{figure:>14.1f}" for figure in figures)


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("libraries", type=Path, nargs="+")
    parser.add_argument("--judged", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    print(
        "  papers" + "".join(f"{name:>14}" for name in ("vectors", "ranking", "100 reasons", "like one", "like five"))
    )
    for folder in asked.libraries:
        print(measure(folder, asked.judged, asked.rounds), flush=True)
    for name in _IMPORTS:
        code = f"import time; t = time.perf_counter(); import {name}; print(round((time.perf_counter() - t) * 1000))"
        found = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True) for _ in range(3)]
        times = [int(one.stdout) for one in found if not one.returncode]
        print(f"import {name}: {f'{min(times)} ms' if times else 'not installed'}")


if __name__ == "__main__":
    main()
