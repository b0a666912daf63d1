"""Notes that a library cannot take at the moment, each in a file elsewhere, until it can. Knows no open library.

    recovery/<library id>/<session>/lock       held while the session lives
    recovery/<library id>/<session>/<paper>.json

What a session leaves behind is found by the next one, and by none while the session lives.
"""

from __future__ import annotations

import json
import logging
import re
import shutil
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from readinglist.errors import LibraryBusy, ReadingListError
from readinglist.paper import PaperId
from readinglist.paths import recovery_folders, replace_file
from readinglist.phrase import phrase
from readinglist.store.lock import FolderLock
from readinglist.store.rows import proof
from readinglist.text.clean import clean_line

log = logging.getLogger(__name__)

_LOCK = "lock"
_LARGEST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Draft:
    """A note that the library does not have; `at` is when it was kept (RFC 3339, UTC), `uid` may be "".

    `base` is a hash (`rows.proof`) of what the library had when it was kept, "" for no note, None where nobody knew.
    """

    paper: PaperId
    uid: str
    title: str
    text: str
    at: str
    file: Path
    base: str | None = None

    def is_written_over(self, note: str | None, changed: str) -> bool:
        """Say whether somebody wrote the `note`, `changed` then, after this was kept.

        What it was written on tells; only where that is not known the time does, for a clock may be put back.
        """
        if self.text.startswith(note or ""):
            return False
        return changed > self.at if self.base is None else base_of(note) != self.base


def base_of(note: str | None) -> str:
    """Return the `base` of a draft that is written on this note."""
    return proof(note) or ""


class Drafts:
    """The notes one session keeps for one library; `close` ends it.

    `keep` and `drop` are called in one thread, `left` and `forget` in any: they touch other sessions' files only.
    """

    def __init__(self, library_id: str, folders: Sequence[Path] | None = None) -> None:
        """`folders` are where to keep them, the best place first; without it the user's own."""
        safe_id = re.sub(r"[^0-9A-Za-z-]", "_", library_id)[:64]
        self._places = [folder / safe_id for folder in (recovery_folders() if folders is None else folders)]
        self._session = str(uuid.uuid4())
        self._locks: dict[Path, FolderLock] = {}
        self._kept: dict[PaperId, Path] = {}

    def keep(self, paper: PaperId, uid: str, title: str, text: str, *, base: str | None = None) -> Path:
        """Write a note down, durably, in place of one kept for the paper before; return the file.

        `base` tells what it was written on (see `base_of`), where that is known.
        Raises ReadingListError when it cannot be written anywhere.
        """
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        data = json.dumps({"paper": paper, "uid": uid, "title": title, "text": text, "at": at, "base": base}).encode()
        problem: OSError | None = None
        for place in self._places:
            file = place / self._session / f"{paper}.json"
            try:
                self._make_session(file.parent)
                replace_file(file, data)
            except OSError as error:
                log.warning("a note cannot be kept in %s: %s", file.parent, error)
                problem = problem or error
                continue
            if (before := self._kept.get(paper, file)) != file:
                before.unlink(missing_ok=True)
            self._kept[paper] = file
            return file
        reason = problem if problem is not None else phrase("there is no place for it")
        raise ReadingListError(phrase("The note cannot be kept in a file either: {reason}.", reason=reason))

    def drop(self, paper: PaperId) -> None:
        """Let go of a note that the library has now."""
        if (file := self._kept.pop(paper, None)) is not None:
            _remove(file)

    def left(self) -> list[Draft]:
        """Return what sessions have left that are no more, the oldest first."""
        found: list[Draft] = []
        for place in self._places:
            sessions = list(place.iterdir()) if place.is_dir() else []
            for session in sessions:
                if session.name != self._session and session.is_dir():
                    found += _left_in(session)
        return sorted(found, key=lambda draft: draft.at)

    def forget(self, drafts: Iterable[Draft]) -> None:
        """Delete notes that `left` has found."""
        for draft in drafts:
            _remove(draft.file)
            if not any(draft.file.parent.glob("*.json")):
                shutil.rmtree(draft.file.parent, ignore_errors=True)

    def close(self) -> None:
        """End the session. What it still keeps is found by the next one."""
        kept = {file.parent for file in self._kept.values()}
        for folder, lock in self._locks.items():
            lock.release()
            if folder not in kept:
                shutil.rmtree(folder, ignore_errors=True)
        self._locks.clear()

    def _make_session(self, folder: Path) -> None:
        if folder in self._locks:
            return
        for part in (folder.parent.parent, folder.parent, folder):
            part.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._locks[folder] = FolderLock(folder / _LOCK, alone=True)


def _left_in(session: Path) -> list[Draft]:
    try:
        FolderLock(session / _LOCK, alone=True).release()
    except LibraryBusy:
        return []  # that session lives
    except OSError as error:
        log.warning("notes left in %s cannot be looked at: %s", session, error)
        return []
    files = list(session.glob("*.json"))
    if not files:
        shutil.rmtree(session, ignore_errors=True)
    return [draft for file in files if (draft := _read(file)) is not None]


def _read(file: Path) -> Draft | None:
    try:
        with file.open("rb") as stream:
            values = json.loads(stream.read(_LARGEST_BYTES))
        number, texts = values["paper"], [values[name] for name in ("uid", "title", "text", "at")]
        if type(number) is not int or not all(isinstance(text, str) for text in texts):
            raise ValueError("its values are of other types")
        base = values.get("base")
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        log.warning("a note left in %s cannot be read: %s", file, error)
        return None
    uid, title, text, at = texts
    return Draft(PaperId(number), uid, clean_line(title), text, at, file, base if isinstance(base, str) else None)


def _remove(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        log.warning("a note that was saved is still kept in %s: %s", file, error)
