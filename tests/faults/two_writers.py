"""Two processes, a window's library and the command line's, write to one library for a while; nothing may be lost.

    python tests/faults/two_writers.py [SECONDS] [SEED]

Each of two writers tags, notes, moves, highlights, imports, undoes its own edits and searches, at random, some of it on
the same papers. Every edit that returned must be in the history, in the order of each writer; tags that only one writer
touches must be exactly what that writer made of them; nobody may wait longer than 5 s or meet an error but the busy
one. Prints what was seen; the exit status is 1 when anything was wrong.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from readinglist.errors import LibraryBusy
from readinglist.formats.source import Source
from readinglist.library import Library
from tests.faults import work

_LONGEST_S = 5.0


def write(folder: Path, name: str, seconds: float, seed: int) -> dict[str, Any]:
    """Write for some seconds; return what was done, as the writer knows it."""
    drawn = random.Random(f"{seed} {name}")
    mine: dict[int, set[str]] = {}
    notes: dict[int, str] = {}
    entries: list[int] = []
    done = busy = 0
    longest = 0.0
    until = time.monotonic() + seconds
    with Library.open(folder) as library:
        while time.monotonic() < until:
            number = drawn.randint(1, work.PAPERS)
            choice = drawn.random()
            started = time.monotonic()
            try:
                if choice < 0.35:
                    tag = f"{name}{drawn.randint(0, 5)}"
                    have = mine.setdefault(number, set())
                    edited = library.tag([number], remove=[tag]) if tag in have else library.tag([number], add=[tag])
                    have ^= {tag}
                    entries += [edited.entry] if edited.entry else []
                elif choice < 0.6:
                    notes[number] = f"{name} {done}"
                    entry = library.write_note(number, notes[number]).entry
                    entries += [entry] if entry else []
                elif choice < 0.7:
                    library.move([number, number % work.PAPERS + 1], drawn.choice(["next", "read", "inbox"]))
                elif choice < 0.75:
                    undone = library.tag([number], add=[f"{name} undone"])
                    if undone.entry:
                        library.undo(undone.entry)
                elif choice < 0.78:
                    records = [{"title": f"{name} {done} {n}", "abstract": "imported"} for n in range(20)]
                    library.import_([Source("more.json", data=json.dumps(records).encode())], tags=[f"from {name}"])
                    mine.setdefault(0, set()).add(str(done))
                elif choice < 0.85:
                    library.update_index()
                else:
                    library.search(f"word{number} OR {name}")
            except LibraryBusy:
                busy += 1
            done += 1
            longest = max(longest, time.monotonic() - started)
    tags = {number: sorted(names) for number, names in mine.items() if number}
    return {
        "name": name,
        "done": done,
        "busy": busy,
        "longest": longest,
        "tags": tags,
        "notes": notes,
        "entries": entries,
        "imports": len(mine.get(0, ())),
    }


def problems_of(folder: Path, reports: list[dict[str, Any]]) -> list[str]:
    """Return what is wrong with the library after both have written."""
    problems = []
    with Library.open(folder) as library:
        known = {entry.id for entry in library.history(10**7)}
        for report in reports:
            name = report["name"]
            for number, names in report["tags"].items():
                have = sorted(
                    tag for tag in library.paper(int(number)).tags if tag.startswith(name) and tag[1:].isdigit()
                )
                if have != names:
                    problems.append(f"paper {number} has {have} of {name}, who left {names}")
            if lost := [entry for entry in report["entries"] if entry not in known]:
                problems.append(f"{len(lost)} entries of {name} are not in the history")
            if (count := library.search(f'tag:"from {name}"').total) != 20 * report["imports"]:
                problems.append(f"{name} imported {20 * report['imports']} papers, {count} are here")
            if any("undone" in tag.name for tag in library.tags() if tag.count):
                problems.append("something undone is there")
            if report["longest"] > _LONGEST_S:
                problems.append(f"{name} waited {report['longest']:.1f} s")
        for number in range(1, work.PAPERS + 1):
            written = {report["notes"].get(str(number)) for report in reports} - {None}
            if written and library.paper(number).note not in written:
                problems.append(f"the note of {number} is of neither")
        library.wait_for_index()
        problems += work.history_disagrees(folder)
        problems += [f"doctor: {finding.message}" for finding in library.doctor() if not finding.ok]
        for number in range(1, work.PAPERS + 1):
            if (note := library.paper(number).note) and number not in library.search(f'note:"{note}"').ids:
                problems.append(f"the index does not find {number} by “{note}”")
    return problems


def main() -> int:
    """Let two write; return the exit status."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 20
    seed = sys.argv[2] if len(sys.argv) > 2 else "1"
    home = work.in_own_home()
    work.make_library(home / "library")
    writers = [
        subprocess.Popen(
            [sys.executable, __file__, "--write", str(home / "library"), name, str(seconds), seed],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("a", "b")
    ]
    wrong = 0
    reports = []
    for writer in writers:
        said, errors = writer.communicate(timeout=seconds * 3 + 60)
        if errors or writer.returncode:
            wrong += 1
            print(errors)
        else:
            reports.append(json.loads(said))
    for report in reports:
        print(f"{report['name']}: {report['done']} steps, {report['busy']} busy, longest {report['longest']:.2f} s")
    for problem in problems_of(home / "library", reports):
        wrong += 1
        print(problem)
    shutil.rmtree(home)
    print(f"{wrong} wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        print(json.dumps(write(Path(sys.argv[2]), sys.argv[3], float(sys.argv[4]), int(sys.argv[5]))))
    else:
        sys.exit(main())
