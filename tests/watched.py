"""See whether a file is opened by anybody, from within the test (Linux: inotify(7))."""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_OPEN, _NONBLOCK = 0x20, 0o4000
_EVENT = struct.Struct("iIII")


class Watch:
    """How often a file was opened."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def opened(self) -> int:
        """Return how often since this was last asked."""
        try:
            data = os.read(self._handle, 1 << 16)
        except BlockingIOError:
            return 0
        count = at = 0
        while at < len(data):
            *_, length = _EVENT.unpack_from(data, at)
            at += _EVENT.size + length
            count += 1
        return count


@contextmanager
def watched(file: Path) -> Iterator[Watch]:
    """Watch a file that is there; the test is skipped where this cannot be seen."""
    if sys.platform != "linux":
        pytest.skip("only Linux tells who opens a file")
    libc = ctypes.CDLL(None, use_errno=True)
    handle = libc.inotify_init1(_NONBLOCK)
    assert handle >= 0
    try:
        assert libc.inotify_add_watch(handle, os.fsencode(file), _OPEN) >= 0
        yield Watch(handle)
    finally:
        os.close(handle)
