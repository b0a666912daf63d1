"""Work on a disk that fills up; nothing told may be lost, everything else is refused in plain words.

    python tests/faults/full_disk.py [COUNT] [SEED]

A disk in memory (tmpfs) is made so small that a random rest is free, from nothing to somewhat more than the work needs.
The rows of `io_faults` are done on it: edits, putting a backup back, upgrades, making a library; every second time the
search index lies there too. Then there is room again, and what must hold after a fault must hold. Linux only, as root
or where a user may mount in a namespace of his own; elsewhere it says that it was skipped. Prints what was seen; the
exit status is 1 when anything was wrong.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from readinglist.library import Library
from tests.faults import io_faults, work

_DISK_BYTES = 1_000_000_000
_MOST_FREE_BYTES = 3_000_000
_INSIDE = "READINGLIST_FAULTS_NAMESPACE"


def is_inside() -> bool:
    """Say whether this process may mount, and nobody else sees it."""
    return os.environ.get(_INSIDE) is not None


def enter_namespace() -> int | None:
    """Run this program again where mounts are its own; return its exit status, None where that cannot be."""
    unshare = shutil.which("unshare")
    ways = [["--mount"]] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    for way in [*ways, ["--user", "--map-root-user", "--mount"]]:
        if (
            unshare is None
            or subprocess.run(
                [unshare, *way, "mount", "-t", "tmpfs", "none", "/mnt"], check=False, capture_output=True
            ).returncode
        ):
            continue
        command = [unshare, *way, sys.executable, *sys.argv]
        return subprocess.run(command, env={**os.environ, _INSIDE: "1"}, check=False).returncode
    return None


def tried(row: str, start: Path, disk: Path, free: int) -> list[str]:
    """Do a row on a disk with so many bytes free; return what is wrong once there is room again."""
    told: list[dict[str, Any]] = []
    mount(disk)
    try:
        io_faults.lay_out(row, start, disk / "library")
        resize(disk, shutil.disk_usage(disk).used + free)
        io_faults.ROWS[row](disk / "library", told.append)
        if row == "edits":
            with Library.open(disk / "library") as library:
                looked = [finding.check for finding in library.doctor() if not finding.ok]
            told += [] if "disk" in looked else [{"trace": f"doctor finds {looked} on a full disk"}]
        resize(disk)
        return io_faults.problems_of(row, disk / "library", told)
    finally:
        unmount(disk)


def mount(disk: Path) -> None:
    """Put a large disk in memory at a folder."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_DISK_BYTES}", "none", str(disk)], check=True)


def unmount(disk: Path) -> None:
    """Throw the disk away."""
    subprocess.run(["umount", "-l", str(disk)], check=True)


def resize(disk: Path, size: int = _DISK_BYTES) -> None:
    """Give the disk so many bytes in all."""
    subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True)


def main() -> int:
    """Fill so many disks; return the exit status."""
    if not is_inside():
        status = enter_namespace()
        if status is None:
            print("skipped: no disk can be mounted here")
        return status or 0
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    drawn = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 11)
    home = work.in_own_home()
    cache = os.environ["XDG_CACHE_HOME"]
    work.make_library(home / "start")
    disk = home / "disk"
    disk.mkdir()
    wrong = 0
    for number in range(count):
        row = list(io_faults.ROWS)[number % len(io_faults.ROWS)]
        free = int(drawn.random() ** 3 * _MOST_FREE_BYTES)  # most of it where it matters
        os.environ["XDG_CACHE_HOME"] = str(disk / "cache") if number // len(io_faults.ROWS) % 2 else cache
        for problem in tried(row, home / "start", disk, free):
            wrong += 1
            print(f"disk {number + 1} ({row}), {free} bytes free: {problem}", flush=True)
    shutil.rmtree(home)
    print(f"{count} full disks, {wrong} wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
