"""Whether the file of an open library is still at its path, or was deleted, moved or replaced.

A number tells one file from another on most disks. Some give none that lasts (network drives, exFAT, what runs in user
space), and a file that is open may have another one a moment later; there the locks that SQLite holds tell. They can be
asked for in another process only: in this one, closing any other descriptor of the file would let go of them all ("How
to corrupt an SQLite database file" §2.2).
"""

from __future__ import annotations

import logging
import os
import sys
import time
from pathlib import Path

log = logging.getLogger(__name__)

_WINDOWS = sys.platform == "win32"
_AGAIN_S = 5.0
_PATIENCE_S = 10.0
_ASK = """
import fcntl, os, struct, sys
# SQLite's locks: 512 bytes from 1 GiB on (file format, section 1.3.14: the lock-byte page)
start, length = 0x40000000, 512
file = os.open(sys.argv[1], os.O_RDWR)
if sys.platform == "linux":
    form, place, wanted = "hhqqi4x", 4, (fcntl.F_WRLCK, os.SEEK_SET, start, length, 0)
else:
    form, place, wanted = "qqihh", 2, (start, length, 0, fcntl.F_WRLCK, os.SEEK_SET)
answer = struct.unpack(form, fcntl.fcntl(file, fcntl.F_GETLK, struct.pack(form, *wanted)))
kind = answer[0 if sys.platform == "linux" else 3]
print(0 if kind == fcntl.F_UNLCK else answer[place])
"""


class Place:
    """The path of an open database; `is_left` says whether another file is there, or none."""

    def __init__(self, file: Path) -> None:
        """Remember which file is there now."""
        self._file = file
        self._ours = _identity(file)
        self._other: tuple[int, int] | None = None
        self._asked = 0.0

    def is_left(self) -> bool:
        """Say whether what is written to the open file is not to be found at its path any more."""
        now = _identity(self._file)
        if now is None:
            return True
        # Windows lets nobody move or replace a file that is open.
        if now == self._ours or _WINDOWS:
            return False
        if now == self._other or time.monotonic() < self._asked + _AGAIN_S:
            return True
        holder = _holder(self._file)
        if holder == os.getpid():
            log.warning("the file of the library has another number than before and is the same")
            self._ours = now
            return False
        if holder == 0:
            self._other = now
        else:  # somebody else's lock may lie over ours: ask again when they have gone
            self._asked = time.monotonic()
        return True


def _identity(file: Path) -> tuple[int, int] | None:
    """Return what tells a file from another in its place; None where there is none."""
    try:
        stat = file.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def _holder(file: Path) -> int | None:
    """Return the process whose lock of SQLite's lies on a file: 0 for none, None where that cannot be found out."""
    import subprocess  # some milliseconds of every start

    command = [sys.executable, "-I", "-S", "-c", _ASK, str(file)]
    try:
        asked = subprocess.run(command, capture_output=True, timeout=_PATIENCE_S, check=True)
        return int(asked.stdout)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        log.warning("whose locks are on the library cannot be found out: %s", error)
        return None
