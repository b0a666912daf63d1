"""Fail one system call after another of a process at work: it must say so plainly and lose nothing, half do nothing.

    python tests/faults/io_faults.py [EVERY] [KIND…]

The work is a fixed row of edits (note, tag, import, merge, backup, restore, index), run under strace, which makes the
n-th call of a kind fail: with EIO, with ENOSPC (a full disk), or by killing the process at it. Every n-th place is
tried (EVERY, 1 for all). Linux with strace only. Prints what was seen; the exit status is 1 when anything was wrong.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from readinglist.errors import ReadingListError
from readinglist.formats.source import Source
from readinglist.library import Library, rescue
from tests.faults import work

CALLS = ("pwrite64", "fsync", "fdatasync", "ftruncate", "unlink", "rename", "write", "openat")
FAULTS = {"EIO": "error=EIO", "ENOSPC": "error=ENOSPC", "kill": "signal=SIGKILL"}
_WRITES_ONLY = {"EIO": CALLS[:7], "ENOSPC": ("pwrite64", "ftruncate", "write", "fsync"), "kill": CALLS[:7]}
_MERGED = [work.PAPERS - 1, work.PAPERS]


def row_of_edits(folder: Path) -> None:
    """Do one of each edit and tell of each whether it was done or refused."""

    def attempt(name: str, edit: Any) -> None:
        try:
            edit()
        except (ReadingListError, OSError) as error:
            told = {"refused": name, "message": str(error), "plain": isinstance(error, ReadingListError)}
        else:
            told = {"done": name}
        with suppress(OSError):
            sys.stderr.write(f"TOLD {json.dumps(told)}\n")

    records = [{"title": f"Fault import {n}", "abstract": f"fault{n}"} for n in range(30)]
    source = Source("fault.json", data=json.dumps(records).encode())
    try:
        with Library.open(folder) as library:
            attempt("note", lambda: library.write_note(1, "note 1"))
            attempt("tags", lambda: library.tag([2], add=["tag1"]))
            attempt("import", lambda: library.import_([source], tags=["imported"]))
            attempt("merge", lambda: library.merge(_MERGED))
            attempt("backup", lambda: library.back_up(reason="time"))
            attempt("index", library.update_index)
    except (ReadingListError, OSError) as error:
        sys.stderr.write(f"TOLD {json.dumps({'refused': 'open', 'message': str(error)})}\n")
    if folder.name == "restored":
        backup = next(b for b in reversed(rescue.backups_of(folder)) if b.reason == "manual")
        attempt("restore", lambda: rescue.recover(folder, backup.path))


def run(folder: Path, *strace: str) -> tuple[list[dict[str, Any]], str]:
    """Run the row under strace; return what it told and the rest of what it said."""
    log = folder.parent / "strace.log"
    command = ["strace", "-f", "-qq", "-o", str(log), *strace, sys.executable, __file__, "--row", str(folder)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    told = [json.loads(line[5:]) for line in result.stderr.splitlines() if line.startswith("TOLD ")]
    rest = "\n".join(line for line in result.stderr.splitlines() if not line.startswith("TOLD "))
    return told, rest


def calls_of(folder: Path) -> Counter[str]:
    """Return how many calls of each kind the row makes once the library is there, and where the first of them is."""
    run(folder, "-e", f"trace={','.join(CALLS)}")
    log = (folder.parent / "strace.log").read_text(errors="replace")
    return Counter(match[1] for match in re.finditer(r"^\d+ +(\w+)\(", log, re.MULTILINE))


def problems_of(folder: Path, told: list[dict[str, Any]], rest: str) -> list[str]:
    """Return what is wrong after the row has been run with a fault."""
    problems = []
    if "Traceback" in rest:
        problems.append(f"uncaught: {rest.splitlines()[-1]}")
    done = {step["done"] for step in told if "done" in step}
    with Library.open(folder) as library:
        state = work.state_of(library)
        if "restore" in done:
            expected = {"note": 0, "tags": 1, "imported": 0}
            problems += [f"restored, and {state}"] if state != expected else []
        elif "restore" not in {step.get("refused") for step in told} and folder.name != "restored":
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
        if "backup" in done and "restore" not in done and not any(b.reason == "time" for b in library.backups()):
            problems.append("the backup is lost")
        problems += [f"{b.path.name} cannot be read" for b in library.backups() if b.papers is None]
    return problems


def main() -> int:
    """Try every place; return the exit status."""
    every = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    home = work.in_own_home()
    work.make_library(home / "start")
    wrong = tried = 0
    for name in ("plain", "restored"):
        folder = home / name
        shutil.copytree(home / "start", folder)
        counts = calls_of(folder)
        for fault, inject in FAULTS.items():
            if sys.argv[2:] and fault not in sys.argv[2:]:
                continue
            for call in _WRITES_ONLY[fault]:
                for place in range(1, counts[call] + 1, every):
                    shutil.rmtree(folder)
                    shutil.copytree(home / "start", folder)
                    told, rest = run(folder, "-e", f"trace={call}", "-e", f"inject={call}:{inject}:when={place}")
                    tried += 1
                    for problem in problems_of(folder, told, rest):
                        wrong += 1
                        print(f"{name}, {fault} at {call} {place} of {counts[call]}: {problem}", flush=True)
        print(f"{name}: {dict(counts)}", flush=True)
    shutil.rmtree(home)
    print(f"{tried} faults, {wrong} wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--row"]:
        row_of_edits(Path(sys.argv[2]))
    else:
        sys.exit(main())
