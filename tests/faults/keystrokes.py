"""Kill the window while a note is being typed; at most two seconds of typing may be lost, and nothing told as saved.

    python tests/faults/keystrokes.py [COUNT] [SEED] [SECONDS]

Each is killed after up to SECONDS (5). In turn nothing is in the way, another program keeps the library locked, and the
library's disk is full (a tmpfs, where one can be mounted: see `full_disk.py`), so that the note has to go to a file.
What is left is looked for where the next start looks: in the library and in these files. Prints the worst loss; the
exit status is 1 when anything was wrong.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack, closing
from itertools import count, islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from readinglist.library import Drafts, Library
from readinglist.store.driver import connect
from readinglist.store.restoring import DATABASE
from tests.faults import full_disk, work

_MOST_LOST_S = 2.0
_LONGEST_S = 5.0
_CHARS = 5_000
TEXT = "".join(islice((char for n in count() for char in f"word{n} "), _CHARS))


def type_for_ever(folder: Path, seed: int) -> None:
    """Open the window and type `TEXT` into a note, telling of each key and of each time it is said to be saved."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from readinglist.ui.app import open_window

    drawn = random.Random(seed)
    app = QApplication([])
    window = open_window(folder)
    while not window.idle():
        app.processEvents()
    window.go_to("view:all")
    while not window.idle():
        app.processEvents()
    window._editing.note_answered.connect(
        lambda answer: answer.problem is None and _tell({"saved": len(answer.text.rstrip()), "paper": answer.id})
    )
    window.reader.edit_note()
    field = QApplication.focusWidget()
    assert field is not None
    for typed, char in enumerate(TEXT, start=1):
        _tell({"typed": typed, "at": time.monotonic()})
        QTest.keyClick(field, char)
        QTest.qWait(drawn.choice((5, 20, 60, 250, 600) if drawn.random() < 0.1 else (5, 20, 60)))


def _tell(step: dict[str, Any]) -> None:
    os.write(1, f"{json.dumps(step)}\n".encode())


def killed(folder: Path, seed: int, after_s: float, mode: str) -> tuple[list[dict[str, Any]], float]:
    """Let the window be typed into for a while, kill it, and return what it told, and when it was killed."""
    with ExitStack() as stack:
        command = [sys.executable, __file__, "--type", str(folder), str(seed)]
        child = stack.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL))
        assert child.stdout is not None
        first = child.stdout.readline()
        if mode == "full":
            full_disk.resize(folder.parent, shutil.disk_usage(folder).used)
        if mode == "busy":
            other = stack.enter_context(closing(connect(folder / DATABASE)))
            other.execute("BEGIN IMMEDIATE")
        time.sleep(after_s)
        at = time.monotonic()
        child.send_signal(signal.SIGKILL)
        lines = (first + child.stdout.read()).splitlines()
    return [json.loads(line) for line in lines], at


def kept_text(folder: Path) -> tuple[str, bool]:
    """Return what there is of the note after a kill: in the library, or (True) in a file that the next start offers."""
    with Library.open(folder) as library:
        texts = [paper.note or "" for paper in library.papers(library.search("has:note").ids)]
        drafts = Drafts(library.library_id)
        left = drafts.left()
        drafts.forget(left)
    saved = max(texts, key=len, default="")
    kept = max((draft.text for draft in left), key=len, default="")
    return (kept, True) if len(kept) > len(saved) else (saved, False)


def main() -> int:
    """Kill so many times; return the exit status."""
    inside = full_disk.is_inside()
    if not inside and (status := full_disk.enter_namespace()) is not None:
        return status
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    longest_s = float(sys.argv[3]) if len(sys.argv) > 3 else _LONGEST_S
    drawn = random.Random(seed)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    home = work.in_own_home()
    with Library.open(home / "start") as library:
        library.import_([work.Source("start.jsonl", data=b'{"title": "A paper to write on"}')])
    wrong, worst = 0, {"free": 0.0, "busy": 0.0}
    if inside:
        worst["full"] = 0.0
    in_files: Counter[str] = Counter()
    for number in range(rounds):
        mode = list(worst)[number % len(worst)]
        folder = home / f"disk-{number}" / "library"
        folder.parent.mkdir()
        if mode == "full":
            full_disk.mount(folder.parent)
        shutil.copytree(home / "start", folder)
        told, at = killed(folder, seed + number, drawn.uniform(0.2, longest_s), mode)
        if mode == "full":
            full_disk.resize(folder.parent)
        text, in_file = kept_text(folder)
        in_files[mode] += in_file
        saved = max((step["saved"] for step in told if "saved" in step), default=0)
        lost_at = next((step["at"] for step in told if step.get("typed", 0) > len(text) + 1), at)
        lost_s = at - lost_at
        worst[mode] = max(worst[mode], lost_s)
        problems = []
        if not TEXT.startswith(text):
            problems.append(f"the note is not what was typed: {text[-40:]!r}")
        if len(text) < saved:
            problems.append(f"{saved} characters were said to be saved, {len(text)} are there")
        if lost_s > _MOST_LOST_S:
            problems.append(f"{lost_s:.2f} s of typing are lost")
        for problem in problems:
            wrong += 1
            print(f"kill {number + 1} ({mode}): {problem}")
        if mode == "full":
            full_disk.unmount(folder.parent)
    shutil.rmtree(home)
    print(f"{rounds} kills, lost at most " + ", ".join(f"{lost:.2f} s ({mode})" for mode, lost in worst.items()))
    print("notes found in files: " + ", ".join(f"{in_files[mode]} ({mode})" for mode in worst))
    print(f"{wrong} wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--type"]:
        type_for_ever(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        sys.exit(main())
