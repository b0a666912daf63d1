"""A window and a command line write to one library for a while; nothing may be lost.

    python tests/faults/two_writers.py [SECONDS] [SEED] [PAUSE]

The window keeps its library open, looks for changes of others, makes backups and checks. The command line opens it anew
for each step; now and then it is the real program. Both note, correct, tag, star, move, highlight, import, undo their
own edits, search and bring the index up to date, at random, much of it on the same three papers, and rest for PAUSE
seconds on the average between two steps. Then: every edit that returned is in the history with what was written; each
field's history is a chain without a gap that ends in what the paper has, so that the last edit won and the other one
stayed; nobody waited longer than 5 s for the other (what the machine had else to do is not counted, where it tells) or
met an error, not even the busy one. Prints what was seen; the exit status is 1 when anything was wrong.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from readinglist.errors import ReadingListError
from readinglist.formats.source import Source
from readinglist.library import Edited, Library
from readinglist.store import driver
from readinglist.store.driver import Connection, connect
from readinglist.store.restoring import DATABASE
from tests.faults import work

_LONGEST_S = 5.0
_SHARED = (1, 2, 3)
_SHARE_OF_SHARED = 0.4
_LOOK_S = 0.5
_STARTED_S = 600
"""So long a whole program may take on a machine that has much else to do."""


class Writer:
    """One of the two; `told` is what it knows it has done."""

    def __init__(self, folder: Path, name: str, seed: int) -> None:
        self.folder = folder
        self.name = name
        self.drawn = random.Random(f"{seed} {name}")
        self.told: dict[str, Any] = {"name": name, "steps": 0, "imports": 0, "commands": 0, "tags": {}}
        self.written: dict[int, tuple[int, str, Any]] = {}
        self.waits: list[float] = []
        self.computing: list[float] = []
        self.others: list[float] = []
        self.locked: list[float] = []
        self.programs: list[float] = []
        self._time_the_lock()
        self._looked = 0.0
        self._kept: Library | None = Library.open(folder) if name == "window" else None

    @contextmanager
    def library(self) -> Iterator[Library]:
        """Give the library as this writer opens it."""
        if self._kept is not None:
            yield self._kept
            return
        with Library.open(self.folder) as library:
            yield library

    def step(self) -> None:
        """Do one thing, and note how long it took; how long a program takes to start is the machine's business."""
        self.told["steps"] += 1
        if self._kept is None and self.drawn.random() < 0.01:
            self._command()
            return
        started, computed, ready = time.monotonic(), time.process_time(), kept_from_running()
        self._step()
        self.waits.append(time.monotonic() - started)
        self.others.append(self.waits[-1] - (kept_from_running() - ready))
        self.computing.append(time.process_time() - computed)

    def _time_the_lock(self) -> None:
        """Note how long each transaction that writes waits to begin: what the machine has else to do is not in it."""
        begin = driver.begin_writing

        def timed(connection: Connection) -> None:
            started = time.monotonic()
            begin(connection)
            self.locked.append(time.monotonic() - started)

        driver.begin_writing = timed

    def _step(self) -> None:
        kinds: list[tuple[int, Callable[[Library, int], None]]] = [
            *((25, self._tag), (20, self._note), (20, self._correct), (8, self._move), (5, self._highlight)),
            *((5, self._undo), (1, self._import), (5, _index), (10, self._search)),
        ]
        if self._kept is not None:
            kinds.append((1, self._care))
        (kind,) = self.drawn.choices([kind for _, kind in kinds], [weight for weight, _ in kinds])
        shared = self.drawn.random() < _SHARE_OF_SHARED
        number = self.drawn.choice(_SHARED) if shared else self.drawn.randint(1, work.PAPERS)
        with self.library() as library:
            if self._kept is not None and time.monotonic() - self._looked > _LOOK_S:
                self._looked = time.monotonic()
                library.changed_elsewhere()
            kind(library, number)

    def report(self) -> dict[str, Any]:
        """Return what was done, and let go of the library."""
        if self._kept is not None:
            self._kept.close()
        waits = sorted(self.waits)
        slowest = max(range(len(self.waits)), key=self.waits.__getitem__)
        return {
            **self.told,
            "computing": self.computing[slowest],
            "locked": max(self.locked),
            "locked_often": sorted(self.locked)[len(self.locked) * 99 // 100],
            "program": max(self.programs, default=0.0),
            "longest": waits[-1],
            "for_others": max(self.others),
            "typical": waits[len(waits) // 2],
            "written": [[entry, *what] for entry, what in self.written.items()],
        }

    def _wrote(self, edited: Edited, number: int, field: str, value: Any) -> None:
        if edited.entry is not None:
            self.written[edited.entry] = (number, field, value)

    def _note(self, library: Library, number: int) -> None:
        text = f"note of {self.name} {self.told['steps']}"
        for n in range(self.drawn.choice((1, 1, 3))):  # the window saves one stretch of writing several times
            wanted = text + " and more" * n
            self._wrote(library.write_note(number, wanted, stretch=text), number, "note", wanted)

    def _correct(self, library: Library, number: int) -> None:
        field = self.drawn.choice(("venue", "abstract"))
        value = f"{field} of {self.name} {self.told['steps']}"
        self._wrote(library.correct([number], **{field: value}), number, field, value)

    def _tag(self, library: Library, number: int) -> None:
        tag = f"{self.name}{self.drawn.randint(0, 5)}"
        have = self.told["tags"].setdefault(str(number), [])
        if tag in have:
            library.tag([number], remove=[tag])
            have.remove(tag)
        else:
            self._wrote(library.tag([number], add=[tag, "of both"]), number, "tags", tag)
            have.append(tag)

    def _move(self, library: Library, number: int) -> None:
        library.move([number, number % work.PAPERS + 1], self.drawn.choice(("next", "read", "inbox")))
        library.star([number], on=self.drawn.random() < 0.5)

    def _highlight(self, library: Library, number: int) -> None:
        paper = library.paper(number)
        if len(paper.highlights) > 3:
            library.remove_highlight(paper.highlights[0].id)
            return
        abstract = paper.abstract or ""
        # The other one may have corrected it since: then it is told so.
        if not abstract:
            return
        quote = abstract.split()[-1]
        try:
            library.highlight(number, quote, start=abstract.rindex(quote), comment=self.name)
        except ReadingListError as error:
            if "abstract" not in str(error):
                raise

    def _undo(self, library: Library, number: int) -> None:
        tagged = library.tag([number], add=[f"{self.name} undone"])
        assert tagged.entry is not None
        library.undo(tagged.entry)

    def _import(self, library: Library, _number: int) -> None:
        step = self.told["steps"]
        records = [{"title": f"{self.name} {step} {n}", "abstract": "imported"} for n in range(20)]
        library.import_([Source("more.json", data=json.dumps(records).encode())], tags=[f"from {self.name}"])
        self.told["imports"] += 1

    def _search(self, library: Library, number: int) -> None:
        library.search(f"word{number} OR {self.name}")

    def _care(self, library: Library, _number: int) -> None:
        library.back_up_if_changed("time")
        library.purge_trash()
        wrong = [finding.message for finding in library.doctor() if not finding.ok]
        assert not wrong, wrong

    def _command(self) -> None:
        number, tag = self.drawn.choice(_SHARED), f"command{self.told['steps']}"
        command = [sys.executable, "-m", "readinglist", "--library", str(self.folder), "tag", str(number), "--add", tag]
        started = time.monotonic()
        result = subprocess.run(command, capture_output=True, text=True, timeout=_STARTED_S, check=False)
        self.programs.append(time.monotonic() - started)
        assert result.returncode == 0, result.stderr
        with self.library() as library:
            assert tag in library.paper(number).tags, f"{tag} was added and is not there"
            library.tag([number], remove=[tag])
        self.told["commands"] += 1


def kept_from_running(threads: Iterable[Path] = (Path("/proc/thread-self"),)) -> float:
    """Return how many seconds threads could have run but the machine had else to do; 0 where it does not tell.

    `threads`: their folders in /proc; without them this one.
    """
    seconds = 0.0
    for thread in threads:
        with suppress(OSError, ValueError, IndexError):  # also one that has just ended
            seconds += int((thread / "schedstat").read_text().split()[1]) / 1e9
    return seconds


def _index(library: Library, _number: int) -> None:
    library.update_index()


def write(folder: Path, name: str, seconds: float, seed: int, pause_s: float) -> dict[str, Any]:
    """Write for some seconds; return what was done, as the writer knows it."""
    writer = Writer(folder, name, seed)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        writer.step()
        if pause_s:
            time.sleep(writer.drawn.expovariate(1 / pause_s))
    return writer.report()


def problems_of(folder: Path, reports: list[dict[str, Any]]) -> list[str]:
    """Return what is wrong with the library after both have written."""
    problems = []
    with Library.open(folder) as library:
        for report in reports:
            name = report["name"]
            for number, names in report["tags"].items():
                tags = library.paper(int(number)).tags
                if (have := sorted(tag for tag in tags if tag[: len(name)] == name)) != sorted(names):
                    problems.append(f"paper {number} has {have} of {name}, who left {names}")
            problems += _lost(folder, report)
            count = library.search(f'tag:"from {name}"').total
            if report["imports"] >= 0 and count != 20 * report["imports"]:
                problems.append(f"{name} imported {20 * report['imports']} papers, {count} are here")
            if report["for_others"] > _LONGEST_S:
                problems.append(f"{name} waited {report['for_others']:.1f} s")
        if any("undone" in tag.name for tag in library.tags() if tag.count):
            problems.append("something undone is there")
        library.wait_for_index()
        problems += work.history_disagrees(library)
        problems += [f"doctor: {finding.message}" for finding in library.doctor() if not finding.ok]
        problems += work.index_disagrees(library, range(1, work.PAPERS + 1))
    return problems


def _lost(folder: Path, report: dict[str, Any]) -> list[str]:
    """Return the edits a writer was told of that are not in the history with what was written."""
    lost = []
    with closing(connect(folder / DATABASE)) as connection:
        for entry, number, field, value in report["written"]:
            rows = connection.execute(
                "SELECT after FROM change JOIN paper USING (uid) WHERE entry = ? AND paper.id = ? AND field = ?",
                [entry, number, field],
            )
            if json.dumps(value) not in [after for (after,) in rows]:
                lost.append(f"entry {entry} of {report['name']}: {field} of {number} = {value} is not in the history")
    return lost


def main() -> int:
    """Let two write; return the exit status."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 20
    seed = sys.argv[2] if len(sys.argv) > 2 else "1"
    pause = sys.argv[3] if len(sys.argv) > 3 else "0"
    home = work.in_own_home()
    work.make_library(home / "library")
    writers = [
        subprocess.Popen(
            [sys.executable, __file__, "--write", str(home / "library"), name, str(seconds), seed, pause],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        )
        for name in ("window", "command")
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
        print(
            f"{report['name']}: {report['steps']} steps ({len(report['written'])} entries checked, "
            f"{report['imports']} imports, {report['commands']} commands), typically {1000 * report['typical']:.0f} ms,"
            f" longest {report['longest']:.2f} s ({report['computing']:.2f} s of it computing), waiting for the other"
            f" {report['for_others']:.2f} s at most; to begin to write 99 in 100 waited"
            f" {1000 * report['locked_often']:.0f} ms, the longest {report['locked']:.2f} s; the longest program took"
            f" {report['program']:.1f} s"
        )
    for problem in problems_of(home / "library", reports):
        wrong += 1
        print(problem)
    shutil.rmtree(home)
    print(f"{wrong} wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        folder, name, seconds, seed, pause = sys.argv[2:]
        print(json.dumps(write(Path(folder), name, float(seconds), int(seed), float(pause))))
    else:
        sys.exit(main())
