"""Make a change of the index durable, and read back what the last one left. Knows nothing of searching.

A folder holds segments (`MAIN_….arr`) and the marker (`readinglist-index.json`), which names the segments that count,
what is deleted in them, and its own checksum. A commit writes new segments, then the marker under another name, each
down to the disk before what names it. Replacing the marker is the commit: until then the old one and all that it
names are there, from then on the new. Nothing that is read back can be more than data.
"""

from __future__ import annotations

import base64
import json
import os
import re
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readinglist.index.damaged import IndexDamaged
from readinglist.index.stamp import Stamp
from readinglist.sharing import patiently

MARKER = "readinglist-index.json"
_SEGMENT = "MAIN"
_OURS = re.compile(rf"{_SEGMENT}_[0-9a-z]+\.arr|{re.escape(MARKER)}\.new")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a commit says of a segment: its name, how many documents and bytes, and which documents are deleted.

    `deleted` counts from 0 and ascends.
    """

    segment_id: str
    documents: int
    size: int
    deleted: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Commit:
    """What one commit says: the segments in their order, and how far the index has come.

    `last_seq` is the last entry of the outbox taken in, `count` the number of live documents.
    """

    generation: int
    segments: tuple[Entry, ...]
    last_seq: int
    count: int


EMPTY = Commit(0, (), 0, 0)


def read_commit(folder: Path, stamp: Stamp) -> Commit:
    """Return the last commit.

    Raises IndexDamaged when it is damaged or bears another stamp, FileNotFoundError when there is none or a
    commit of another process removes it just now.
    """
    try:
        marker = json.loads(patiently((folder / MARKER).read_bytes))
        checksum = marker.pop("checksum")
        if marker["stamp"] != asdict(stamp) or checksum != _checksum(marker):
            raise IndexDamaged(f"{MARKER}: of another library, another version, or changed")
        entries = tuple(
            Entry(name, documents, size, np.frombuffer(base64.b64decode(deleted), "<i4"))
            for name, documents, size, deleted in marker["segments"]
        )
        return Commit(marker["generation"], entries, marker["last_seq"], marker["count"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise IndexDamaged(f"{MARKER}: {error}") from error


def write_commit(folder: Path, stamp: Stamp, commit: Commit) -> None:
    """Make `commit`, which has a new generation, the last one; its segments are on the disk already.

    Raises OSError; the commit before then stands.
    """
    # The names of the new segments are to be durable before the marker that has them.
    sync_folder(folder)
    marker: dict[str, Any] = {
        "stamp": asdict(stamp),
        "generation": commit.generation,
        "last_seq": commit.last_seq,
        "count": commit.count,
        "segments": [
            [
                entry.segment_id,
                entry.documents,
                entry.size,
                base64.b64encode(entry.deleted.astype("<i4").tobytes()).decode(),
            ]
            for entry in commit.segments
        ],
    }
    marker["checksum"] = _checksum(marker)
    fresh = folder / f"{MARKER}.new"
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(marker, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    patiently(lambda: fresh.replace(folder / MARKER))
    sync_folder(folder)


def remove_leftovers(folder: Path, kept: Commit | None) -> None:
    """Remove our files that `kept` does not name; with None all of them, the marker first.

    Only the holder of the lock may call it. What another process still has open cannot be removed on Windows and
    goes another time.
    """
    names: set[str] = set()
    if kept is None:
        (folder / MARKER).unlink(missing_ok=True)
    else:
        names = {segment_file(entry.segment_id) for entry in kept.segments}
    for path in folder.iterdir():
        if _OURS.fullmatch(path.name) and path.name not in names:
            try:
                path.unlink(missing_ok=True)
            except OSError:
                continue


def segment_file(segment_id: str) -> str:
    """Return the name of a segment's file."""
    return f"{_SEGMENT}_{segment_id}.arr"


def marker_state(folder: Path) -> Sequence[int]:
    """Return what changes with every commit, without opening a file; empty when there is no marker."""
    try:
        stat = os.stat(f"{folder}/{MARKER}")  # noqa: PTH116 - with each search; a Path takes as long to make
    except OSError:
        return ()
    return stat.st_mtime_ns, stat.st_ino, stat.st_size


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable (Windows does so by itself)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _checksum(marker: dict[str, Any]) -> int:
    return zlib.crc32(json.dumps(marker, sort_keys=True).encode())
