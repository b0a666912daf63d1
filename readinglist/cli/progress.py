"""Show how far long work is on a terminal, and stop it on Ctrl+C. Knows nothing of what the work is.

The first Ctrl+C asks the work to stop at its next step, where it can leave everything whole; the second
interrupts it wherever it is.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TextIO

from readinglist.cli.terminal import cells, cut, listens, width
from readinglist.progress import Cancelled
from readinglist.text.clean import clean_line

_REDRAW_SECONDS = 0.1
_BAR_CELLS = 24


class Bar:
    """A `Progress` that draws one line on a stream, or nothing where `stream` is None."""

    def __init__(self, label: str, stream: TextIO | None) -> None:
        self.cancelled = False
        self._label = label
        self._stream = stream
        self._drawn_at = 0.0
        self._drawn = False

    def step(self, done: int, total: int | None, text: str = "") -> None:
        """Draw the bar again, ten times a second at most; raise `Cancelled` after Ctrl+C."""
        if self.cancelled:
            raise Cancelled
        if self._stream is None:
            return
        now = time.monotonic()
        if now - self._drawn_at >= _REDRAW_SECONDS:
            self._drawn_at = now
            self._draw(done, total, text)

    def _draw(self, done: int, total: int | None, text: str) -> None:
        assert self._stream is not None
        head = clean_line(text) or self._label
        tail = ""
        if total:
            share = min(1.0, done / total)
            full = int(share * _BAR_CELLS)
            tail = f"  [{'#' * full}{'-' * (_BAR_CELLS - full)}] {share:4.0%}  {done:,} of {total:,}"
        elif not text:
            tail = f"  {done:,}"
        line = cut(head, max(8, width() - 1 - cells(tail))) + tail
        self._stream.write("\r\x1b[2K" + line)
        self._stream.flush()
        self._drawn = True

    def clear(self) -> None:
        """Take the line away."""
        if self._stream is not None and self._drawn:
            self._stream.write("\r\x1b[2K")
            self._stream.flush()
            self._drawn = False


@contextmanager
def watched(label: str) -> Iterator[Bar]:
    """Give a `Progress` for the work inside: drawn when standard error is a terminal, stopped by Ctrl+C."""
    bar = Bar(label, sys.stderr if listens("stderr") else None)

    def _on_interrupt(_number: int, _frame: FrameType | None) -> None:
        if bar.cancelled:
            raise KeyboardInterrupt
        bar.cancelled = True

    in_main_thread = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, _on_interrupt) if in_main_thread else None
    try:
        yield bar
    finally:
        if in_main_thread:
            signal.signal(signal.SIGINT, before)
        bar.clear()
