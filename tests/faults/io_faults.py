"""Fail one system call after another of a process at work: it must say so plainly and lose nothing, half do nothing.

    python tests/faults/io_faults.py [EVERY] [FAULT…]

The work is a row of edits (note, tag, import, merge, backup, index, tidying the index), putting a backup back, the
upgrade of each old schema, and making a new library. strace makes the n-th call of a kind fail: with EIO, with ENOSPC
(a full disk), or by killing the process at it. Every n-th place is tried (EVERY, 1 for all). Linux with strace only.
Prints what was seen; the exit status is 1 when anything was wrong.

Each time a child is forked from this process, which has everything imported, and strace is attached to it: only the
work itself is counted, and a fault costs a tenth of a second.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import shutil
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from readinglist.errors import ReadingListError
from readinglist.formats.source import Source
from readinglist.library import Library, in_plain_words, rescue
from readinglist.store.driver import connect
from readinglist.store.restoring import DATABASE
from readinglist.store.schema import SCHEMA_VERSION
from tests.faults import work

_CHANGING = ("pwrite64", "write", "fsync", "fdatasync", "ftruncate", "unlink", "rename", "mkdir", "openat")
FAULTS = {
    "EIO": ("error=EIO", (*_CHANGING, "pread64", "read", "flock")),
    "ENOSPC": ("error=ENOSPC", ("pwrite64", "write", "fsync", "ftruncate", "rename", "mkdir")),
    "kill": ("signal=SIGKILL", _CHANGING),
}
CALLS = tuple(dict.fromkeys(call for _, calls in FAULTS.values() for call in calls))
_MERGED = [work.PAPERS - 1, work.PAPERS]
_LONGEST_S = 60
_PR_SET_PTRACER = 0x59616D61
_ANY = ctypes.c_ulong(-1)

Tell = Callable[[dict[str, Any]], None]


def _attempt(tell: Tell, name: str, edit: Callable[[], object]) -> None:
    try:
        edit()
    except Exception as error:  # noqa: BLE001  (a reader would see any other as a crash)
        plain = error if isinstance(error, ReadingListError) else in_plain_words(error)
        tell({"refused": name, "message": str(plain or error), "plain": plain is not None})
        if plain is None:
            tell({"trace": traceback.format_exc()})
    else:
        tell({"done": name})


def _edits(folder: Path, tell: Tell) -> None:
    records = [{"title": f"Fault import {n}", "abstract": f"fault{n}"} for n in range(30)]
    source = Source("fault.json", data=json.dumps(records).encode())

    def all_of_them() -> None:
        with Library.open(folder) as library:
            _attempt(tell, "note", lambda: library.write_note(1, "note 1"))
            _attempt(tell, "tags", lambda: library.tag([2], add=["tag1"]))
            _attempt(tell, "import", lambda: library.import_([source], tags=["imported"]))
            _attempt(tell, "merge", lambda: library.merge(_MERGED))
            _attempt(tell, "backup", lambda: library.back_up(reason="time"))
            _attempt(tell, "index", library.update_index)
            _attempt(tell, "tidy", library.tidy_index)
            _attempt(tell, "search", lambda: library.search("word1 OR note"))

    _attempt(tell, "open", all_of_them)


def _restore(folder: Path, tell: Tell) -> None:
    _attempt(tell, "restore", lambda: rescue.recover(folder, rescue.backups_of(folder)[0].path))


def _upgrade(folder: Path, tell: Tell) -> None:
    for version in range(1, SCHEMA_VERSION):
        _attempt(tell, f"upgrade {version}", lambda version=version: Library.open(folder / f"old-{version}").close())


def _create(folder: Path, tell: Tell) -> None:
    _attempt(tell, "create", lambda: Library.open(folder / "new").close())


ROWS = {"edits": _edits, "restore": _restore, "upgrade": _upgrade, "create": _create}


def lay_out(row: str, start: Path, folder: Path) -> None:
    """Copy the library to work on, and those of old schemas below it; one to be restored differs from its backup."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(start, folder)
    if row == "restore":
        with Library.open(folder) as library:
            library.write_note(1, "note 7")
    for version in range(1, SCHEMA_VERSION):
        (folder / f"old-{version}").mkdir()
        shutil.copy(folder / f"schema-{version}.db", folder / f"old-{version}" / DATABASE)


def run(row: str, folder: Path, *strace: str) -> list[dict[str, Any]]:
    """Do a row in a child under strace; return what it told."""
    read, write = os.pipe()
    go_read, go = os.pipe()
    child = os.fork()
    if child == 0:
        _do(row, folder, go_read, write)
    os.close(write)
    os.close(go_read)
    log = folder.parent / "strace.log"
    command = ["strace", "-qq", "-o", str(log), "-p", str(child), *strace]
    tracer = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    while "TracerPid:\t0\n" in Path(f"/proc/{child}/status").read_text():
        if tracer.poll() is not None:
            assert tracer.stderr is not None
            raise RuntimeError(f"strace does not attach: {tracer.stderr.read()}")
        time.sleep(0.001)
    os.write(go, b"x")
    os.close(go)
    with os.fdopen(read, "rb") as pipe:
        lines = pipe.read().split(b"\n")
    os.waitpid(child, 0)
    tracer.communicate()
    return [json.loads(line) for line in lines[:-1]]


def _do(row: str, folder: Path, go: int, write: int) -> None:
    """Be the child: wait for strace, do the row, never return."""

    def tell(step: dict[str, Any]) -> None:
        os.writev(write, [f"{json.dumps(step)}\n".encode()])  # a call that no fault is put into

    try:
        # Where only a parent may trace (Yama), anybody may trace this one.
        ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANY, 0, 0, 0)
        os.readv(go, [bytearray(1)])
        ROWS[row](folder, tell)
    except BaseException:  # noqa: BLE001
        tell({"trace": traceback.format_exc()})
    finally:
        os._exit(0)


def calls_of(row: str, folder: Path) -> Counter[str]:
    """Return how many calls of each kind a row makes."""
    run(row, folder, "-e", f"trace={','.join(CALLS)}")
    log = (folder.parent / "strace.log").read_text(errors="replace")
    return Counter(match[1] for match in re.finditer(r"^(\w+)\(", log, re.MULTILINE))


def problems_of(row: str, folder: Path, told: list[dict[str, Any]]) -> list[str]:
    """Return what is wrong after a row has been done with a fault."""
    problems = [step["trace"] for step in told if "trace" in step]
    problems += [f"not in plain words: {step['message']}" for step in told if not step.get("plain", True)]
    done = {step["done"] for step in told if "done" in step}
    if row == "upgrade":
        for version in range(1, SCHEMA_VERSION):
            problems += work.problems_of_old(folder / f"old-{version}")
        return problems
    if row == "create":
        with Library.open(folder / "new") as library:
            return problems + [f"doctor: {finding.message}" for finding in library.doctor() if not finding.ok]
    with Library.open(folder) as library:
        state = work.state_of(library)
        restored = {"note": 0, "tags": 1, "imported": 0}
        if row == "restore":
            # The library says something else than its backup: it must be the one or the other.
            whole = restored if "restore" in done else {**restored, "note": state["note"]}
            problems += [f"restored, and {state}"] if state != whole or state["note"] not in (0, 7) else []
            problems += _lost_by_restoring(folder) if state["note"] == 0 else []
        if "note" in done and state["note"] != 1:
            problems.append("the note is lost")
        if "tags" in done and state["tags"] != 2:
            problems.append("the tag is lost")
        if "import" in done and state["imported"] != 30:
            problems.append("the import is lost")
        if "merge" in done and not library.paper(_MERGED[1]).trashed:
            problems.append("the merge is lost")
        if state["imported"] not in (0, 30):
            problems.append(f"half an import: {state['imported']} papers")
        problems += work.history_disagrees(library)
        library.wait_for_index()
        problems += [f"doctor: {finding.message}" for finding in library.doctor() if not finding.ok]
        problems += work.index_disagrees(library)
        if "backup" in done and not any(b.reason == "time" for b in library.backups()):
            problems.append("the backup is lost")
        problems += [f"{b.path.name} cannot be read" for b in library.backups() if b.papers is None]
    return problems


def _lost_by_restoring(folder: Path) -> list[str]:
    """Say when a restore has not kept what it replaced."""
    for aside in (folder / "replaced").glob("*"):
        with suppress(OSError), closing(connect(aside / DATABASE)) as connection:
            (note,) = connection.execute("SELECT note FROM paper WHERE id = 1").fetchone()
            if note == "note 7":
                return []
    return ["what was replaced is gone"]


def main() -> int:
    """Try every place; return the exit status."""
    every = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    if unknown := [fault for fault in sys.argv[2:] if fault not in FAULTS]:
        print(f"no such fault: {', '.join(unknown)}; there are {', '.join(FAULTS)}")
        return 2
    home = work.in_own_home()
    work.make_library(home / "start")
    for row, do in ROWS.items():  # what it imports is imported once
        lay_out(row, home / "start", home / "faulty")
        do(home / "faulty", lambda _: None)
    wrong = tried = 0
    for row in ROWS:
        folder = home / "faulty"
        lay_out(row, home / "start", folder)
        counts = calls_of(row, folder)
        places = [
            (fault, call, place)
            for fault, (_, calls) in FAULTS.items()
            if not sys.argv[2:] or fault in sys.argv[2:]
            for call in calls
            for place in range(1, counts[call] + 1)
        ]
        # The upgrades are one work done from each schema there was: a sample of them need not grow with their number.
        step = every * (SCHEMA_VERSION - 1) if row == "upgrade" and every > 1 else every
        for fault, call, place in places[::step]:
            lay_out(row, home / "start", folder)
            told = run(row, folder, "-e", f"trace={call}", "-e", f"inject={call}:{FAULTS[fault][0]}:when={place}")
            tried += 1
            for problem in problems_of(row, folder, told):
                wrong += 1
                print(f"{row}, {fault} at {call} {place} of {counts[call]}: {problem}", flush=True)
        print(f"{row}: {dict(counts)}, {len(places[::step])} faults", flush=True)
    shutil.rmtree(home)
    print(f"{tried} faults, {wrong} wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
