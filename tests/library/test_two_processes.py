"""The window and the command line on one library: nothing lost, nothing uncaught."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from readinglist.library import Library
from readinglist.paper import Paper

_WRITER = """
import sys
from pathlib import Path
from readinglist.library import Library
with Library.open(Path(sys.argv[1])) as library:
    for n in range(int(sys.argv[3])):
        library.tag([1], add=[f"{sys.argv[2]}{n}"])
        library.write_note(2, f"{sys.argv[2]} {n}")
        if n % 10 == 0:
            library.update_index()
"""


def test_two_processes_write_one_paper_and_lose_nothing(tmp_path: Path) -> None:
    count = 40
    with Library.open(tmp_path) as library:
        library.add(Paper(title="Tagged by both"))
        library.add(Paper(title="Noted by both"))
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(tmp_path), name, str(count)], stderr=subprocess.PIPE, text=True
        )
        for name in ("a", "b")
    ]
    errors = [writer.communicate(timeout=60)[1] for writer in writers]
    assert errors == ["", ""]
    with Library.open(tmp_path) as library:
        assert library.paper(1).tags == {f"{name}{n}" for name in "ab" for n in range(count)}
        note = library.paper(2).note
        assert note in (f"a {count - 1}", f"b {count - 1}")
        assert len(library.history(1000)) == 2 + 4 * count
        library.wait_for_index()
        assert library.search(f'note:"{note}"').ids == [2]
        assert all(finding.ok for finding in library.doctor())


def test_the_last_edit_of_each_field_wins_and_the_other_stays_in_the_history(tmp_path: Path) -> None:
    with Library.open(tmp_path) as window:
        window.add(Paper(title="Edited by both"))
        assert window.paper(1).note is None  # what the window knows is older than what comes
        command = [sys.executable, "-m", "readinglist", "--library", str(tmp_path)]
        for arguments in (["note", "1", "--set", "From the command line"], ["set", "1", "--venue", "Journal of Both"]):
            subprocess.run([*command, *arguments], check=True, capture_output=True, timeout=60)
        assert window.changed_elsewhere()
        window.write_note(1, "From the window")
        window.star([1])
        paper = window.paper(1)
        assert (paper.note, paper.venue, paper.starred) == ("From the window", "Journal of Both", True)
        subprocess.run([*command, "note", "1", "--set", "Last"], check=True, capture_output=True, timeout=60)
        assert (window.paper(1).note, window.paper(1).starred) == ("Last", True)
        newest = window.history(1)[0]
        window.undo(newest.id)
        assert window.paper(1).note == "From the window"
        assert [entry.label for entry in window.history()].count("Note") == 4
