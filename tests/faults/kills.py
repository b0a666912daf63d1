"""Kill a process at work at a random moment, again and again; nothing told may be lost and nothing half done.

    python tests/faults/kills.py [COUNT] [SEED]

Each kind of work in `work.py` is killed (SIGKILL) COUNT times in all, on one library that lives on through its kills.
Prints a line a kind; the exit status is 1 when anything was wrong.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.faults import work

_LONGEST_S = 0.25
_LIVES = 25
"""After so many kills a kind goes on with a new library: old ones grow."""


def killed(kind: str, folder: Path, after_s: float) -> list[Any]:
    """Let a child work for a while, kill it, and return the steps it told of."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        os.dup2(write, 1)
        try:
            work.do(kind, folder, lambda step: os.write(1, f"{json.dumps(step)}\n".encode()) and None)
        finally:
            os._exit(9)
    os.close(write)
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    with os.fdopen(read, "rb") as pipe:
        lines = pipe.read().split(b"\n")
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        return [*map(json.loads, lines[:-1]), "the child ended by itself"]
    return [json.loads(line) for line in lines[:-1]]


def main() -> int:
    """Kill so many times; return the exit status."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    drawn = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 3)
    home = work.in_own_home()
    work.make_library(home / "start")
    wrong = 0
    for kind in work.WORK:
        steps = 0
        rounds = -(-kills // len(work.WORK))
        for number in range(rounds):
            folder = home / f"{kind}-{number // _LIVES}"
            if number % _LIVES == 0:
                shutil.copytree(home / "start", folder)
            with work.Library.open(folder) as library:
                before = work.state_of(library)
            told = killed(kind, folder, drawn.uniform(0.005, _LONGEST_S))
            problems = [step for step in told if isinstance(step, str)]
            told = [step for step in told if not isinstance(step, str)]
            steps += len(told)
            for problem in problems + work.problems_of(kind, folder, told, before):
                wrong += 1
                print(f"{kind}, kill {number + 1}: {problem}")
        print(f"{kind}: {rounds} kills, {steps} steps told", flush=True)
    shutil.rmtree(home)
    print(f"{wrong} wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
