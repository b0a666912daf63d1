"""A real window is worked at random while a command line writes to the same library; nothing may be lost or uncaught.

    python tests/faults/window_beside.py [SECONDS] [SEED] [PAUSE]

The window (offscreen) types notes, stars, moves, goes through lists, searches, undoes and checks, PAUSE seconds (0.05)
apart on the average; beside it the command line of `two_writers.py` writes. Then: what the window told as saved is in
the history, the last note typed on a paper is there unless the other one wrote later, and what holds after two writers
holds. Prints what was seen; the exit status is 1 when anything was wrong.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from readinglist.library import Library
from readinglist.store.driver import connect
from readinglist.store.restoring import DATABASE
from tests.faults import two_writers, work

_ACTIONS = (
    *("actionStar", "actionToNext", "actionToRead", "actionToInbox", "actionUndo", "actionNext", "actionPrevious"),
    *("actionGoInbox", "actionGoAll", "actionGoNext", "actionGoRead", "actionMoveUp", "actionMoveDown", "actionBackUp"),
)
_NOTES = "SELECT before, after FROM change JOIN paper USING (uid) WHERE paper.id = ? AND field = 'note'"
_LONGEST_S = 60.0
"""So long the window may wait to be done with all it was asked for. Not counted is what it computes, as each edit of
the other one gives it more to do, and how long its threads could have run but the machine had else to do."""
_NEVER_S = 600.0
"""By the clock: whatever it does for so long, it never ends."""
_LONG_S = 5.0
"""From here on it is told what it waits for."""


def waits_for(window: Any) -> list[str]:
    """Return what keeps a window from being idle, as far as it can be told."""
    lanes = (window.lanes.edits, window.lanes.search, window.lanes.aside, window.lanes.background)
    jobs = [f"{len(lane._waiting)} in the lane of {lane.objectName()}" for lane in lanes if lane.busy]
    parts = {**vars(window), "papers": window.pane.papers, "search": window.pane.search}
    jobs += [name for name, part in parts.items() if getattr(part, "settled", True) is False]
    return jobs


def _kept_from_running() -> float:
    return two_writers.kept_from_running(Path("/proc/self/task").glob("*"))


def _time_the_lanes(waits: dict[str, float]) -> None:
    """Note for each lane how long the job that waited longest waited for its turn, in seconds."""
    from readinglist.progress import Progress
    from readinglist.ui.jobs import Lane

    run = Lane.run

    def timed(self: Lane, call: Callable[[Progress], Any], **callbacks: Any) -> Any:
        asked = time.monotonic()
        name = self.objectName()

        def begun(progress: Progress) -> Any:
            waits[name] = max(waits.get(name, 0.0), time.monotonic() - asked)
            return call(progress)

        return run(self, begun, **callbacks)

    Lane.run = timed  # type: ignore[method-assign, assignment]


def work_window(folder: Path, seconds: float, seed: int, pause_s: float) -> dict[str, Any]:
    """Work a window for some seconds; return what it told."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from readinglist.ui.app import open_window

    drawn = random.Random(f"{seed} screen")
    waits: dict[str, float] = {}
    _time_the_lanes(waits)
    app = QApplication([])
    window = open_window(folder)
    saved: list[tuple[int, str]] = []
    window._editing.note_answered.connect(
        lambda answer: saved.append((answer.id, answer.text)) if answer.problem is None else None
    )
    longest = 0.0
    seen: Counter[str] = Counter()
    slow: list[str] = []
    done = 0

    def settle() -> None:
        nonlocal longest
        began, computed, kept = time.monotonic(), time.process_time(), _kept_from_running()
        took = waited = 0.0
        while not window.idle() and waited < _LONGEST_S and took < _NEVER_S:
            QTest.qWait(5)
            took = time.monotonic() - began
            waited = took - max(0.0, _kept_from_running() - kept) - (time.process_time() - computed)
            if took > _LONG_S:
                seen.update(waits_for(window))
        longest = max(longest, waited if took < _NEVER_S else took)
        if took > _LONG_S:
            computing = time.process_time() - computed
            slow.append(f"{took:.1f} s ({computing:.1f} computing, {took - waited:.1f} kept from it)")

    settle()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        choice = drawn.random()
        if choice < 0.25:
            window.reader.edit_note()
            if (field := QApplication.focusWidget()) is not None:
                QTest.keyClicks(field, f" typed {done} of the window")
                if drawn.random() < 0.5:  # some pauses are long enough for a save, some go on
                    QTest.qWait(500)
            window.pane.papers.setFocus()
        elif choice < 0.3:
            window.pane.search.focus()
            window.pane.search.line.selectAll()
            QTest.keyClicks(window.pane.search.line, drawn.choice(("word1", "note:window", "imported", "")))
        elif choice < 0.31:
            window.keeping.checking.timer.timeout.emit()
        else:
            window.actions_by_name[drawn.choice(_ACTIONS)].trigger()
        QTest.qWait(int(1000 * drawn.expovariate(1 / pause_s)) if pause_s else 0)
        if done % 20 == 0:
            settle()
        done += 1
    settle()
    damage = window.keeping._found
    window.close()
    app.processEvents()
    found = [finding.message for finding in damage]
    waited = {"lanes": waits, "longest": longest, "slow": slow, "seen": seen.most_common(8)}
    return {"done": done, "saved": saved, "found": found, **waited}


def lost(folder: Path, saved: list[tuple[int, str]]) -> list[str]:
    """Return the notes that were told as saved and are in no version: a stretch of writing keeps its last one."""
    problems = []
    with closing(connect(folder / DATABASE, mode="ro")) as connection:
        for at, (number, text) in enumerate(saved):
            if any(n == number and later.startswith(text) for n, later in saved[at + 1 :]):
                continue  # more was typed after it
            rows = connection.execute(
                "SELECT before, after FROM change JOIN paper USING (uid) WHERE paper.id = ? AND field = 'note'",
                [number],
            )
            texts = {json.loads(value) for row in rows for value in row if value is not None}
            if text.strip() and text.strip() not in {known.strip() for known in texts}:
                problems.append(f"“{text[-40:]}” of paper {number} was told as saved and is nowhere")
    return problems


def main() -> int:
    """Work a window beside a writer; return the exit status."""
    seconds = sys.argv[1] if len(sys.argv) > 1 else "20"
    seed = sys.argv[2] if len(sys.argv) > 2 else "1"
    pause = sys.argv[3] if len(sys.argv) > 3 else "0.05"
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    home = work.in_own_home()
    folder = home / "library"
    work.make_library(folder)
    commands = (
        [sys.executable, __file__, "--window", str(folder), seconds, seed, pause],
        [sys.executable, two_writers.__file__, "--write", str(folder), "command", seconds, seed, pause],
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
        for command in commands
    ]
    wrong = []
    reports = []
    for process in running:
        said, errors = process.communicate(timeout=float(seconds) * 3 + 120)
        errors = "\n".join(line for line in errors.splitlines() if "This plugin does not support" not in line)
        wrong += [errors] if errors or process.returncode else []
        reports += [json.loads(said)] if process.returncode == 0 else []
    if len(reports) == len(running):
        window, command = reports
        print(
            f"window: {window['done']} steps, {len(window['saved'])} notes told as saved, {window['longest']:.1f} s at"
            f" most to be done; command line: {command['steps']} steps, longest {command['longest']:.2f} s"
        )
        print(f"waited longest for its turn, by lane: { ({name: round(s, 2) for name, s in window['lanes'].items()}) }")
        if window["slow"]:
            print(
                f"not done within {_LONG_S:.0f} s: {', '.join(window['slow'][:20])}; looks that found: {window['seen']}"
            )
        wrong += [f"the window found: {message}" for message in window["found"]]
        wrong += ["the window was not done in time"] if window["longest"] >= _LONGEST_S else []
        wrong += lost(folder, [(number, text) for number, text in window["saved"]])
        with Library.open(folder) as library:
            library.wait_for_index()
        command["tags"] = {}  # the window undoes what the other one did, too
        command["imports"] = -1
        wrong += two_writers.problems_of(folder, [command])
    for problem in wrong:
        print(problem)
    shutil.rmtree(home)
    print(f"{len(wrong)} wrong")
    return int(bool(wrong))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--window"]:
        place, seconds, seed, pause = sys.argv[2:]
        print(json.dumps(work_window(Path(place), float(seconds), int(seed), float(pause))))
    else:
        sys.exit(main())
