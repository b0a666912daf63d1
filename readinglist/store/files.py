"""Make what was written to files durable."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path
from stat import S_IMODE, S_ISDIR


def sync_file(path: Path) -> None:
    """Return when the file's content is on the disk. Raises OSError."""
    # Windows flushes through a descriptor that may write only.
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` durable (a no-op where folders cannot be opened, as on Windows)."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


FULL = (errno.ENOSPC, errno.EDQUOT)
_PROBE = bytes(256 * 1024)


def is_full(folder: Path) -> bool:
    """Say whether the disk of `folder` (or the user's share of it) cannot take a quarter of a megabyte, by trying."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(_PROBE)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return error.errno in FULL
    return False


def is_without_rights(path: Path) -> bool:
    """Say whether a file or folder of this user's cannot be read or written because of its own rights."""
    if os.name != "posix":
        return False
    try:
        stat = path.stat()
    except (OSError, ValueError):
        return False
    wanted = stat.st_mode | _full_rights(stat.st_mode)
    return stat.st_uid == os.getuid() and wanted != stat.st_mode


def give_rights(path: Path) -> None:
    """Give this user all rights on a file or folder of theirs. Raises OSError."""
    mode = path.stat().st_mode
    path.chmod(S_IMODE(mode) | _full_rights(mode))


def _full_rights(mode: int) -> int:
    return 0o700 if S_ISDIR(mode) else 0o600
