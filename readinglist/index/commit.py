"""Make a change of the index durable, and read back what the last one left. Knows nothing of searching.

A folder holds segments (`MAIN_….arr`), Whoosh's table of contents (`_MAIN_<generation>.toc`) and the marker
(`readinglist-index.json`), which names the table that counts and its checksum. A commit writes the segments, the
table, and the marker, each down to the disk before the next, the last two under another name first. Replacing the
marker is the commit: until then the old table and all that it names are there, from then on the new.

The table is a pickle, so nothing is read from it unless the marker vouches for its bytes; and the marker is
ours alone, in the user's cache folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import TOC

from readinglist.index.codec import ArraySegment
from readinglist.index.damaged import IndexDamaged
from readinglist.index.schema import INDEX_NAME, schema
from readinglist.index.stamp import Stamp

MARKER = "readinglist-index.json"
_OURS = re.compile(rf"{INDEX_NAME}_[0-9a-z]+\.arr|_{INDEX_NAME}_[0-9]+\.toc(\.[0-9.]+)?|{re.escape(MARKER)}\.new")


@dataclass(frozen=True, slots=True)
class Commit:
    """What one commit says: the segments in their order, and how far the index has come.

    `last_seq` is the last entry of the outbox taken in, `count` the number of live documents.
    """

    generation: int
    segments: tuple[ArraySegment, ...]
    last_seq: int
    count: int


EMPTY = Commit(0, (), 0, 0)


def read_commit(folder: Path, stamp: Stamp) -> Commit:
    """Return the last commit.

    Raises IndexDamaged when it is damaged or bears another stamp, FileNotFoundError when there is none or a
    commit of another process removes it just now.
    """
    try:
        marker = json.loads((folder / MARKER).read_bytes())
        checksum = marker.pop("checksum")
        generation, last_seq, count = (int(marker[key]) for key in ("generation", "last_seq", "count"))
        table_hash = marker["table"]
        foreign = marker["stamp"] != asdict(stamp)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamaged(f"{MARKER}: {error}") from error
    if foreign or checksum != _checksum(marker):
        raise IndexDamaged(f"{MARKER}: of another library, another version, or changed")
    name = _table_name(generation)
    table = (folder / name).read_bytes()
    if hashlib.sha256(table).hexdigest() != table_hash:
        raise IndexDamaged(f"{name}: not what was written")
    storage = RamStorage()
    storage.files[name] = table
    segments = tuple(TOC.read(storage, INDEX_NAME, gen=generation).segments)
    if sum(segment.doc_count() for segment in segments) != count:
        raise IndexDamaged(f"{name}: the count of documents")
    return Commit(generation, segments, last_seq, count)


def write_commit(folder: Path, stamp: Stamp, commit: Commit) -> None:
    """Make `commit`, which has a new generation, the last one; its segments are on the disk already.

    Raises OSError; the commit before then stands.
    """
    name = _table_name(commit.generation)
    storage = _DurableStorage(str(folder))
    TOC(schema(), list(commit.segments), commit.generation).write(storage, INDEX_NAME)
    marker: dict[str, Any] = {
        "stamp": asdict(stamp),
        "generation": commit.generation,
        "table": hashlib.sha256((folder / name).read_bytes()).hexdigest(),
        "last_seq": commit.last_seq,
        "count": commit.count,
    }
    marker["checksum"] = _checksum(marker)
    fresh = folder / f"{MARKER}.new"
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(marker, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / MARKER)
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
        names = {_table_name(kept.generation), *(segment_file(segment.segid) for segment in kept.segments)}
    for path in folder.iterdir():
        if _OURS.fullmatch(path.name) and path.name not in names:
            try:
                path.unlink(missing_ok=True)
            except OSError:
                continue


def segment_file(segment_id: str) -> str:
    """Return the name of a segment's file."""
    return f"{INDEX_NAME}_{segment_id}.arr"


def marker_state(folder: Path) -> Sequence[int]:
    """Return what changes with every commit, without opening a file; empty when there is no marker."""
    try:
        stat = (folder / MARKER).stat()
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


class _DurableStorage(FileStorage):  # type: ignore[misc]
    """A Whoosh storage whose rename is down on the disk before it returns, and replaces what is there."""

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        folder = Path(self.folder)
        descriptor = os.open(folder / oldname, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        (folder / oldname).replace(folder / newname)
        # The names of the new segments become durable with the same call.
        sync_folder(folder)


def _table_name(generation: int) -> str:
    return f"_{INDEX_NAME}_{generation}.toc"


def _checksum(marker: dict[str, Any]) -> int:
    return zlib.crc32(json.dumps(marker, sort_keys=True).encode())
