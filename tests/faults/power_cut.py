"""Watch the order in which files go down to the disk: what a power cut at any moment would leave.

    python tests/faults/power_cut.py

A power cut loses what was written and not synced, in any order. So a file, and what lies beside it, must be synced
after it was written last and before it gets its name, and the folder must be synced after that. The rows of `io_faults`
and the keeping of a note in a file are traced by strace and held to that; SQLite's own files are SQLite's business.
Linux with strace only. Prints what was seen; the exit status is 1 when anything was wrong.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from readinglist.library import Drafts, Library
from tests.faults import io_faults, work

_CALLS = "write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2"
_CALL = re.compile(r"(\w+)\((.*)\) += (-?\d+)")
_PATH = re.compile(r"^\d+<([^>]*)>")
_NAMES = re.compile(r'"([^"]*)"')
_SQLITE = re.compile(r"\.db(\.new|\.restored-[^/]*|\.unfinished)?-(wal|shm|journal)$|/library\.db$|schema-\d\.db$")


def _notes(folder: Path, tell: io_faults.Tell) -> None:
    with Library.open(folder) as library:
        drafts = Drafts(library.library_id)
        io_faults._attempt(tell, "keep", lambda: drafts.keep(library.paper(1).id, "", "title", "text"))
        drafts.close()


def calls(log: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each call that did something, with the files it was about."""
    for line in log.splitlines():
        match = _CALL.match(line)
        if match and not match[3].startswith("-"):
            name, arguments = match[1], match[2]
            path = _PATH.match(arguments)
            yield name, [path[1]] if path and not name.startswith("rename") else _NAMES.findall(arguments)


def problems_of(seen: Iterable[tuple[str, list[str]]]) -> tuple[int, list[str]]:
    """Return how many files got their name, and what a power cut would have damaged."""
    problems: list[str] = []
    dirty: set[str] = set()
    renamed: dict[str, str] = {}
    names = 0
    for call, paths in seen:
        if call in ("write", "pwrite64", "ftruncate"):
            dirty.update(paths)
        elif call in ("fsync", "fdatasync"):
            dirty -= set(paths)
            renamed = {file: folder for file, folder in renamed.items() if folder not in paths}
        else:
            old, new = paths
            names += 1
            beside = [file for file in dirty if Path(file).parent == Path(new).parent and not _SQLITE.search(file)]
            problems += [f"{file} was not synced before {new} got its name" for file in beside]
            dirty.discard(old)
            renamed[new] = str(Path(new).parent)
    problems += [f"the folder of {file} was not synced after the renaming" for file in renamed]
    return names, problems


def main() -> int:
    """Watch each row; return the exit status."""
    home = work.in_own_home()
    work.make_library(home / "start")
    io_faults.ROWS["notes"] = _notes
    wrong = 0
    for row, do in io_faults.ROWS.items():
        for traced in (False, True):
            io_faults.lay_out(row, home / "start", home / "folder")
            if not traced:
                do(home / "folder", lambda _: None)  # what it imports is imported before
                continue
            told = io_faults.run(row, home / "folder", "-y", "-e", f"trace={_CALLS}")
            log = (home / "strace.log").read_text(errors="replace")
            names, problems = problems_of(calls(log))
            problems += [str(step) for step in told if "done" not in step]
            for problem in problems:
                wrong += 1
                print(f"{row}: {problem}")
            print(f"{row}: {names} files got their name")
    shutil.rmtree(home)
    print(f"{wrong} wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
