"""Nothing but a refresh of feeds opens a connection (seen by strace), and the log holds no text of the reader."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from readinglist.cli.program import program
from tests.traced import Trace, traced

PAGE = "".join(
    f"A title of the paper number {number}\n\nAn abstract that says what the paper is about, at some length. "
    + "We show more of it. " * 9
    + f"Code: https://github.com/example/{number}\n\n"
    for number in range(6)
)
_CALLS = """
import json, sys
from readinglist.__main__ import main
library, calls = sys.argv[1:]
for call in json.loads(calls):
    sys.argv = ["readinglist", "--library", library, *call]
    try:
        main()
    except SystemExit as end:
        if end.code:
            raise SystemExit(f"{call} ended with {end.code}")
"""
COMMANDS = """
formats
import page.txt --tag nlp
search title
add --title zymurgy --url https://example.org/zymurgy
set 1 --year 2024 --doi 10.1000/182
note 1 --set zymurgy
note 1 --append more
highlight 1 --quote paper
highlights
tag 1 2 --add zymurgy/one
tags
tags rename nlp words
tags colour words blue
tags merge words zymurgy/one zymurgy
tags delete zymurgy
star 1
unstar 1
move 1 --to next
move 1 --to read
remove 2
trash
restore 2
show 1
similar 1
search zymurgy
searches save zymurgy note:zymurgy
searches
searches rename zymurgy brewing
searches delete brewing
export --format json -o all.json
export --format apa
export --format html -o page.html
export --format markdown-folder -o vault
import vault
import all.json --dry-run
feeds add arxiv:cs.CL
feeds add http://127.0.0.1:9/zymurgy
feeds
feeds rename 2 zymurgy
feeds export -o feeds.opml
feeds import feeds.opml
feeds show 1
feeds seen
feeds remove 2
digest
trends
like 1
next
suggest
duplicates
merge 5 6
stats
history
undo
redo
index --rebuild
backup
backups
backup copy.db
doctor
doctor --repair --report report.txt
recover copy.db
"""
_WINDOW = """
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from readinglist.ui.app import open_window

app = QApplication(["readinglist"])
window = open_window(Path(library))

def settle():
    for _ in range(300):
        QTest.qWait(20)
        if window.idle():
            break

settle()
window.pane.search.setFocus()
QTest.keyClicks(window.focusWidget(), "title")
settle()
for view in ("queue:inbox", "view:all", "queue:read", "view:trash"):
    window.go_to(view)
    settle()
window.go_to("view:all")
settle()
window.pane.papers.setFocus()
for name in ("actionStar", "actionCopyApa", "actionGoStats", "actionGoTrends", "actionSettings", "actionKeys"):
    if name in window.actions_by_name:
        window.actions_by_name[name].trigger()
        settle()
window.close()
"""


def _leaves(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the commands that do something, as they are typed."""
    if not isinstance(command, click.Group):
        yield " ".join(path)
        return
    if path and command.invoke_without_command:
        yield " ".join(path)
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        yield from _leaves(found, (*path, name))


def _calls() -> list[list[str]]:
    return [line.split() for line in COMMANDS.split("\n") if line]


def test_every_command_but_a_refresh_is_tried_here() -> None:
    tried = {" ".join(call[:2]) for call in _calls()} | {call[0] for call in _calls()}
    assert set(_leaves(program)) - tried == {"feeds refresh"}


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Trace:
    """What all commands did, one after the other."""
    folder = tmp_path_factory.mktemp("commands")
    (folder / "page.txt").write_text(PAGE)
    return traced(_CALLS, folder / "library", json.dumps(_calls()), folder=folder, home=folder / "home")


def test_no_command_opens_an_internet_socket(commands: Trace) -> None:
    assert commands.status == 0, commands.said[-2000:]
    assert commands.internet == []


def test_no_command_starts_another_program(commands: Trace) -> None:
    python = os.path.realpath(sys.executable)
    assert [name for name in commands.started if os.path.realpath(name) != python] == []


def test_no_command_opens_the_log_where_nothing_went_wrong(commands: Trace) -> None:
    assert [path for path in commands.changed if path.endswith(".log")] == []


def test_the_window_opens_no_internet_socket(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE)
    calls = json.dumps([["import", "page.txt"]])
    trace = traced(_CALLS + _WINDOW, tmp_path / "library", calls, folder=tmp_path, home=tmp_path / "home")
    assert trace.status == 0, trace.said[-2000:]
    assert trace.internet == []


def test_a_refresh_that_is_asked_for_asks_that_address_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    calls = [["feeds", "add", "http://127.0.0.1:9/feed"]]
    refresh = "from readinglist.library import Library\nfrom pathlib import Path\n"
    refresh += "with Library.open(Path(library)) as opened:\n    opened.refresh_feeds()\n"
    trace = traced(_CALLS + refresh, tmp_path / "library", json.dumps(calls), folder=tmp_path, home=tmp_path / "home")
    asked = [line for line in trace.internet if "connect(" in line]
    assert asked
    assert all("htons(9)" in line and "127.0.0.1" in line for line in asked)


def test_what_goes_wrong_is_logged_without_a_word_of_the_reader(tmp_path: Path) -> None:
    """A damaged index, a note that cannot be read, a mistake in the program: each is in the log, the note is not."""
    script = """
import sys
from pathlib import Path
from readinglist.cli.outcome import logged, outcome
from readinglist.formats.source import Source
from readinglist.library import Library

def work():
    with Library.open(Path(sys.argv[1])) as library:
        library.import_([Source("page", data=Path("page.txt").read_bytes())])
        library.write_note(1, "zymurgy")
        library.tag([1], add=["zymurgy"])
        library.subscribe(lambda changed: {}[library.paper(1).note])
        library.star([1])
        int(library.paper(1).note)
    return 0

with logged():
    status = outcome(work)
print(status)
"""
    (tmp_path / "page.txt").write_text(PAGE)
    trace = traced(script, tmp_path / "library", folder=tmp_path, home=tmp_path / "home")
    assert trace.said.splitlines()[0] == "1", trace.said
    (log,) = (tmp_path / "home" / "state").rglob("*.log")
    text = log.read_text()
    assert "ValueError: invalid literal for int() with base 10: “…”" in text
    assert not re.search("zymurgy", text)
