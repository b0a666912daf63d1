"""What a test lets something take, told for a quiet desktop machine.

A machine of CI computes two to four times as slowly as that while others work on it, and differently from minute to
minute. So what is measured is processor time, and how many times as long as usual a known piece of work takes right
then is taken off.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_QUIET_PIECE_MS = 0.9
"""What `piece` takes on a processor of 2021 with nothing else to do."""
_SLOWEST = 4.0


def slowness(work: Callable[[], object] | None = None, quiet_ms: float = _QUIET_PIECE_MS) -> float:
    """Return how many times as long as on a quiet desktop machine a piece of work takes now, from 1 to 4.

    `work`: what is like the work to be judged, if not plain Python; `quiet_ms`: what it takes there.
    """
    return min(max(min(_taken_ms(work or piece) for _ in range(3)) / quiet_ms, 1.0), _SLOWEST)


@contextmanager
def within(seconds: float, clock: Callable[[], float] = time.process_time) -> Iterator[None]:
    """Fail if what is done meanwhile takes more than so many seconds of this process on a quiet machine.

    `clock`: `time.thread_time` counts this thread only.
    """
    begun = clock()
    yield
    taken = clock() - begun
    if taken >= seconds:
        slow = slowness()
        assert taken / slow < seconds, f"{taken:.2f} s on a machine {slow:.1f} times as slow as a quiet one"


def piece() -> object:
    """Do a piece of plain Python's work."""
    words = {f"word{n}": n for n in range(8_000)}
    return sorted(words, key=words.__getitem__, reverse=True)


def _taken_ms(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000
