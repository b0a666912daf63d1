"""Put the files of an export into a folder: all of them, or none; never over anything that is not ours.

A new folder is written beside its place and renamed. Into one that an earlier export made, files are written beside
and moved in one by one, each at once; a file that somebody has edited since, or did not come from us, is left as it
is, and so are files of papers that are not in this export. Knows nothing of what the files say.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from readinglist.errors import ReadingListError
from readinglist.formats.markdown_folder import SUFFIX, FileWriter
from readinglist.formats.markdown_paper import is_untouched, split_front_matter
from readinglist.paper import Paper
from readinglist.phrase import phrase
from readinglist.progress import Progress

_UID = re.compile(r"^uid: \"?([0-9a-fA-F-]{36})\"?$", re.MULTILINE)
_LARGEST_BYTES = 1 << 25


@dataclass(frozen=True, slots=True)
class Written:
    """How many files now hold their paper, and the names of those that were left alone because they were edited."""

    files: int
    edited: tuple[str, ...] = ()


def write_folder(
    papers: Iterable[Paper], total: int | None, write: FileWriter, folder: Path, progress: Progress
) -> Written:
    """Write the files of papers into `folder`.

    Raise `ReadingListError` when it is no folder, holds other things than an earlier export, or cannot be written;
    what `progress` raises comes through. In both cases nothing has changed but, at most, that files of the new
    export are in place of those of the old one.
    """
    try:
        target = Path(os.path.realpath(folder))
        there = _Earlier.of(target, folder)
        part = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent))
        try:
            edited, count = _write_files(papers, total, write, there, part, progress)
            written = [each.name for each in part.iterdir()]
            if hasattr(os, "sync"):
                os.sync()  # once: telling the disk of each file by itself takes minutes
            if there.exists:
                for name in written:
                    (part / name).replace(target / name)
                part.rmdir()
            else:
                part.chmod(0o777 & ~_umask())
                if target.is_dir():
                    target.rmdir()  # it is empty; on Windows nothing can be renamed over it
                part.rename(target)
            _flush(target.parent if not there.exists else target)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        raise ReadingListError(
            phrase("{folder}: cannot be written ({reason}).", folder=folder, reason=error)
        ) from error
    return Written(count, tuple(edited))


@dataclass(frozen=True, slots=True)
class _Earlier:
    """What is in the folder: whether it holds an export, its names by uid, all names, and those edited since."""

    folder: Path
    exists: bool
    names: dict[str, str]
    known: frozenset[str]
    taken: list[str]
    edited: set[str]

    @classmethod
    def of(cls, target: Path, folder: Path) -> _Earlier:
        if target.exists() and not target.is_dir():
            raise ReadingListError(phrase("{folder}: is a file; name a folder for this export.", folder=folder))
        if not target.parent.is_dir():
            raise ReadingListError(phrase("{folder}: the folder it would be in does not exist.", folder=folder))
        taken = sorted(each.name for each in target.iterdir()) if target.is_dir() else []
        names: dict[str, str] = {}
        edited: set[str] = set()
        for uid, name, untouched in _ours(target, taken):
            if uid not in names:
                names[uid] = name
                if not untouched:
                    edited.add(name)
        if taken and not names:
            raise ReadingListError(
                phrase(
                    "{folder}: holds other files; name a new or empty folder, or one that an export has made.",
                    folder=folder,
                )
            )
        return cls(target, bool(taken), names, frozenset(names.values()), taken, edited)


def _ours(target: Path, names: Iterable[str]) -> Iterator[tuple[str, str, bool]]:
    """Yield (uid, name, whether nobody has edited it) of the files that an export of ours wrote."""
    for name in names:
        file = target / name
        if not name.endswith(SUFFIX) or file.is_symlink() or not file.is_file():
            continue
        if file.stat().st_size > _LARGEST_BYTES:
            continue
        text = file.read_bytes().decode("utf-8", "replace")
        parts = split_front_matter(text.replace("\r\n", "\n"))
        if parts is not None and (uid := _UID.search(parts[0])):
            yield uid.group(1).lower(), name, is_untouched(text)


def _write_files(
    papers: Iterable[Paper], total: int | None, write: FileWriter, there: _Earlier, part: Path, progress: Progress
) -> tuple[list[str], int]:
    """Write into `part` what is new or has changed; return the files that were edited, and how many were not."""
    edited = []
    count = 0
    for number, (name, text) in enumerate(write(papers, there.names, there.taken), 1):
        if name in there.edited:
            edited.append(name)
        else:
            count += 1
            if name not in there.known or (there.folder / name).read_bytes() != text.encode():
                with (part / name).open("x", encoding="utf-8", newline="\n") as stream:
                    stream.write(text)
        progress.step(number, total)
    return edited, count


def _flush(folder: Path) -> None:
    """Make the names in a folder last, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
