"""Kill a process that writes the index, again and again; each time the index must be the old one or the new one.

    python tests/faults/index_kills.py [COUNT]

The child replaces all of its papers with a new generation of them, over and over, folding now and then. After each
kill the index is opened: it may not be fresh, and it must find every paper of the generation it says it is at and
none of any other. Prints what was seen; the exit status is 1 when any of it was wrong.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path

import numpy as np

from readinglist.index.index import Index
from readinglist.index.stamp import Stamp
from readinglist.paper import Paper, PaperId
from readinglist.query.nodes import Or, Text

STAMP = Stamp("killed")
PAPERS = 60


def write_for_ever(folder: Path) -> None:
    """Commit one generation after the other, from the last one on; say so each time."""
    index = Index.open(folder, STAMP)
    for generation in count(index.last_seq + 1):
        papers = [
            Paper(title=f"paper generation{generation}", abstract="words " * (generation % 50), id=PaperId(number))
            for number in range(1, PAPERS + 1)
        ]
        index.update(papers, [], last_seq=generation)
        if generation % 4 == 0:
            index.fold()
        print(generation, flush=True)


def problems_of(folder: Path, said: int) -> list[str]:
    """Return what is wrong with the index after a kill; `said` is the last generation the child told of."""
    index = Index.open(folder, STAMP)
    at = index.last_seq
    problems: list[str] = []
    if index.fresh:
        problems.append("it was thrown away")
    if at not in (said, said + 1):
        problems.append(f"it is at {at}, the child had committed {said}")
    everyone = set(range(1, PAPERS + 1))
    for generation in range(max(1, at - 2), at + 3):
        node = Or((Text(f"generation{generation}"), Text(f"paper generation{generation}")))
        found = index.search(node, filters=lambda leaf: np.array([]), everything=lambda: np.array([]))
        expected = everyone if generation == at else set()
        if set(found.ids.tolist()) != expected:
            problems.append(f"at {at} it finds {len(found.ids)} papers of generation {generation}")
    index.verify()
    # The lock, one marker, and the segments of one commit are all that is left.
    if sum(file.suffix == ".arr" for file in folder.iterdir()) != len(index._state.commit.segments):
        problems.append("segments were left over")
    index.close()
    return problems


def main() -> int:
    """Kill so many times; return the exit status."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    drawn = random.Random(3)
    said = wrong = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "index"
        for _ in range(kills):
            child = subprocess.Popen(
                [sys.executable, __file__, "--write", str(folder)], stdout=subprocess.PIPE, text=True
            )
            assert child.stdout is not None
            said = int(child.stdout.readline())
            try:
                child.wait(drawn.uniform(0, 0.12))
            except subprocess.TimeoutExpired:
                child.kill()
            said = int((child.stdout.read().split() or [str(said)])[-1])
            child.stdout.close()
            child.wait()
            for problem in problems_of(folder, said):
                wrong += 1
                print(problem)
    print(f"{kills} kills, {said} commits, {wrong} wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        write_for_ever(Path(sys.argv[2]))
    else:
        sys.exit(main())
