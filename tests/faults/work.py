"""Work to be killed in: endless edits of one kind on a small library, and what must hold after any end of it.

    python tests/faults/work.py WORK FOLDER

does one kind until it is killed, and tells each committed step on standard output as a line of JSON. `problems_of`
checks a library after that against what was told: everything told is there, and at most one step more.
"""

from __future__ import annotations

import atexit
import json
import os
import re
import shutil
import sqlite3
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

from readinglist.changes import SETS, to_json
from readinglist.formats.source import Source
from readinglist.library import Library, rescue
from readinglist.merging import Rule
from readinglist.paper import Author, Paper, Status
from readinglist.store.backup import check_copy
from readinglist.store.driver import connect
from readinglist.store.restoring import DATABASE
from readinglist.store.schema import SCHEMA_VERSION

_DUMPS = Path(__file__).resolve().parents[1] / "store" / "schemas"
_OLD_VERSIONS = range(1, SCHEMA_VERSION)

_MEMORY_BYTES = 500_000_000

PAPERS = 40
IMPORTED = 120
Tell = Callable[[Any], None]


def make_library(folder: Path) -> None:
    """Make the library that the work is done on: `PAPERS` papers and a backup, and beside it one of each old schema."""
    with Library.open(folder) as library:
        lines = [_line(f"Paper number {n}", f"word{n} and more of it") for n in range(1, PAPERS + 1)]
        library.import_([Source("start.jsonl", data="\n".join(lines).encode())])
        library.write_note(1, "note 0")
        library.tag([2], add=["tag0"])
        library.back_up()
        library.wait_for_index()
    for version in _OLD_VERSIONS:
        with closing(sqlite3.connect(folder / f"schema-{version}.db")) as connection:
            connection.executescript((_DUMPS / f"{version}.sql").read_text(encoding="utf-8"))


def lay_out_old(folder: Path, version: int) -> Path:
    """Put a library of an old schema into a folder of its own below `folder`; return that."""
    old = folder / "old"
    gone = folder / "gone"
    shutil.rmtree(gone, ignore_errors=True)
    if old.exists():
        old.rename(gone)  # at once: half of it is no library to be judged
        shutil.rmtree(gone)
    old.mkdir()
    shutil.copy(folder / f"schema-{version}.db", old / "copied.db")
    (old / "copied.db").rename(old / DATABASE)
    return old


def problems_of_old(old: Path) -> list[str]:
    """Return what is wrong with a library of an old schema after its upgrade has begun."""
    if not (old / DATABASE).exists():
        return []  # killed before it was laid out
    with Library.open(old) as library:
        one, two = library.papers([1, 2])
        problems = [] if (one.tags, two.note) == ({"old/times"}, "A note of old.") else ["something was lost"]
        problems += history_disagrees(library)
        problems += [f"doctor: {finding.message}" for finding in library.doctor() if not finding.ok]
        if "upgrade" not in [backup.reason for backup in library.backups() if backup.papers == 2]:
            problems.append("there is no backup from before the upgrade")
    return problems


def _line(title: str, abstract: str) -> str:
    return json.dumps({"title": title, "abstract": abstract, "authors": ["Ada Example"]})


def _notes(library: Library, tell: Tell) -> None:
    for n in count(_number(library.paper(1).note) + 1):
        library.write_note(1, f"note {n} " + "long " * (n % 300), stretch=str(n // 5))
        tell(n)


def _tags(library: Library, tell: Tell) -> None:
    for n in count(len(library.paper(2).tags)):
        library.tag([2, 3], add=[f"tag{n}"])
        tell(n + 1)


def _moves(library: Library, tell: Tell) -> None:
    ids = list(range(4, 20))
    for n in count():
        library.move(ids, (Status.NEXT, Status.READ, Status.INBOX)[n % 3])
        library.star(ids, on=n % 2 == 0)
        library.undo()
        tell(n)


def _import(library: Library, tell: Tell) -> None:
    for n in count(library.search("tag:imported").total // IMPORTED):
        lines = [_line(f"Import {n} of {number}", f"batch{n}") for number in range(IMPORTED)]
        library.import_([Source(f"{n}.jsonl", data="\n".join(lines).encode())], tags=["imported"])
        tell(n + 1)


def _index(library: Library, tell: Tell) -> None:
    for n in count(_number(library.paper(1).note) + 1):
        library.write_note(1, f"note {n}")
        library.correct([2, 3, 4], abstract=f"abstract of round{n}")
        library.wait_for_index()
        library.tidy_index()
        tell(n)


def _merge(library: Library, tell: Tell) -> None:
    for n in count(library.search("is:trash OR -is:trash").total):
        paper = Paper(f"Twice in here {n}", authors=(Author("Ada Example"),))
        (one,) = library.add(paper).ids
        (other,) = library.add(paper).ids
        library.write_note(other, f"kept {n}")
        library.merge_duplicates(Rule.OLDEST)
        tell([one, other, f"kept {n}"])


def _backup(library: Library, tell: Tell) -> None:
    for n in count(_number(library.paper(1).note) + 1):
        library.write_note(1, f"note {n}")
        library.back_up(reason="time")
        tell(n)


def _restore(folder: Path, tell: Tell) -> None:
    for n in count():
        with Library.open(folder) as library:
            library.write_note(1, f"note {n}")
        backup = next(b for b in reversed(rescue.backups_of(folder)) if b.reason == "manual")
        rescue.recover(folder, backup.path)
        tell(n)


def _upgrade(folder: Path, tell: Tell) -> None:
    for n in count():
        Library.open(lay_out_old(folder, _OLD_VERSIONS[n % len(_OLD_VERSIONS)])).close()
        tell(n)


_EDITS: dict[str, Callable[[Library, Tell], None]] = {
    "notes": _notes,
    "tags": _tags,
    "moves": _moves,
    "import": _import,
    "index": _index,
    "merge": _merge,
    "backup": _backup,
}
_FOLDERS = {"restore": _restore, "upgrade": _upgrade}
WORK = (*_EDITS, *_FOLDERS)


def do(work: str, folder: Path, tell: Tell) -> None:
    """Do one kind of work until the end."""
    if work in _FOLDERS:
        _FOLDERS[work](folder, tell)
        return
    with Library.open(folder) as library:
        _EDITS[work](library, tell)


def _number(note: str | None) -> int:
    return int((note or "note 0").split()[1])


def problems_of(work: str, folder: Path, told: Sequence[Any], before: dict[str, Any]) -> list[str]:
    """Return what is wrong with the library after the end of some work; `told` are the steps it told of."""
    problems: list[str] = []
    with Library.open(folder) as library:
        state = state_of(library)
        if work in ("notes", "index", "backup"):
            problems += _one_more("note", told, state["note"], before["note"])
        if work == "tags":
            problems += _one_more("tags", told, state["tags"], before["tags"])
        if work == "import":
            if state["imported"] % IMPORTED:
                problems.append(f"half an import: {state['imported']} papers")
            problems += _one_more("import", told, state["imported"] // IMPORTED, before["imported"] // IMPORTED)
        if work == "merge":
            for one, other, note in told:
                kept, gone = library.papers([one, other])
                if kept.note != note or kept.trashed or not gone.trashed:
                    problems.append(f"the merge of {one} and {other} is not there")
        problems += history_disagrees(library)
        library.wait_for_index()
        problems += [f"doctor: {f.message}" for f in library.doctor() if not f.ok]
        problems += index_disagrees(library)
        for backup in library.backups():
            check_copy(backup.path)
    if work == "upgrade":
        problems += problems_of_old(folder / "old")
    left = [path.name for path in folder.rglob("*unfinished*") if work not in ("backup", "restore", "upgrade")]
    return problems + [f"left over: {name}" for name in left]


def state_of(library: Library) -> dict[str, Any]:
    """Return what the steps of the work can be told by."""
    return {
        "note": _number(library.paper(1).note),
        "tags": len(library.paper(2).tags),
        "imported": library.search("tag:imported").total,
    }


def _one_more(what: str, told: Sequence[Any], now: int, before: int) -> list[str]:
    last = told[-1] if told else before
    return [] if now in (last, last + 1) else [f"{what}: told {last}, found {now}"]


def history_disagrees(library: Library) -> list[str]:
    """Return where the history is no unbroken chain that leads, field by field, to what the papers are."""
    problems = []
    last: dict[tuple[str, str], Any] = {}
    elements: dict[tuple[str, str], set[str]] = defaultdict(set)
    gone: dict[tuple[str, str], set[str]] = defaultdict(set)
    with closing(connect(library.folder / DATABASE, mode="ro")) as connection:
        numbers = dict(connection.execute("SELECT uid, id FROM paper"))
        rows = connection.execute("SELECT entry, uid, field, before, after FROM change ORDER BY entry, n").fetchall()
        (gaps,) = connection.execute("SELECT count(*) FROM change WHERE entry NOT IN (SELECT id FROM entry)").fetchone()
    for entry, uid, field, before, after in rows:
        key = (uid, field)
        if field in SETS:
            # What a paper came with is in no change: an element may go that never came, but none twice.
            if (after in elements[key]) if after else (before in gone[key]):
                problems.append(f"entry {entry}: {field} of {uid} {before} to {after}, has {elements[key]}")
            elements[key] = (elements[key] - {before}) | ({after} if after else set())
            gone[key] = (gone[key] - {after}) | ({before} if before else set())
        elif field != "highlights" and last.get(key, before) != before:
            problems.append(f"entry {entry}: {field} of {uid} was {last[key]}, changed from {before}")
        last[key] = after
    papers = {paper.uid: paper for paper in library.papers(sorted({numbers[uid] for uid, _ in last if uid in numbers}))}
    for (uid, field), after in last.items():
        if uid in papers and field not in (*SETS, "highlights"):
            now = to_json(field, getattr(papers[uid], field))
            if now != (None if after is None else json.loads(after)):
                problems.append(f"history says {field} of {papers[uid].id} is {after}, it is {now!r}")
    for (uid, field), names in elements.items():
        if uid in papers and not {json.loads(name) for name in names} <= getattr(papers[uid], field):
            problems.append(f"history says {field} of {papers[uid].id} has {names}")
    return problems + ([f"{gaps} changes of no entry"] if gaps else [])


def index_disagrees(library: Library, numbers: Iterable[int] = (1, 2, 3, 4, PAPERS)) -> list[str]:
    """Return the papers that the index does not find by what they say now, or finds by what they said."""
    problems = []
    for number in numbers:
        paper = library.paper(number)
        words = " ".join((paper.note or paper.abstract or "").split()[:6])
        if words and not paper.trashed and number not in library.search(f'"{words}"', relax=False).ids:
            problems.append(f"the index does not find paper {number} by “{words}”")
    noted = re.fullmatch(r"note (\d+)( long)*", (library.paper(1).note or "").strip())
    wrong = [int(noted[1]) - 1, int(noted[1]) + 1] if noted else []
    wrong = [n for n in wrong if 1 in library.search(f'note:"note {n}"', relax=False).ids]
    return problems + [f"the index finds paper 1 by note {n}, which it is not" for n in wrong]


def in_own_home() -> Path:
    """Give this process and its children a home of their own, and return a folder to work in.

    It is in memory where that can be: what a process has written survives its end anyway, and a disk would only take
    its time.
    """
    memory = Path("/dev/shm")
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _MEMORY_BYTES
    home = Path(tempfile.mkdtemp(prefix="readinglist-faults-", dir=memory if roomy else None))
    tempfile.tempdir = str(home)
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        os.environ[name] = str(home / name.lower())
    return home


def main() -> None:
    """Do the work that the arguments name."""

    def tell(step: Any) -> None:
        os.write(1, f"{json.dumps(step)}\n".encode())

    do(sys.argv[1], Path(sys.argv[2]), tell)


if __name__ == "__main__":
    main()
