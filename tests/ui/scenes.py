"""Everything a reader can come to see, as a table: each view, sheet, editor and message, and the way there.

What a test demands of all of them (words, names, order, sizes) it asks of each. The papers are in Greek, so that
every Latin word on the screen is the program's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from readinglist.feeds.values import FeedState
from readinglist.paper import REVISED
from readinglist.store.feeds import announce, set_state
from readinglist.ui.actions import TABLE
from readinglist.ui.settings_sheet import SettingsSheet

if TYPE_CHECKING:
    from tests.ui.conftest import Bench

CTRL = Qt.KeyboardModifier.ControlModifier

GREEK: list[dict[str, object]] = [
    {
        "title": "Φάροι και η ομίχλη που δεν βλέπουν",
        "abstract": "Παρατηρούμε έναν φάρο για έναν χρόνο. Η προκατάληψη των πλοίων εξηγεί τα υπόλοιπα.",
        "authors": ["Άντα Μπραντ", "Μπο Λιντ"],
        "year": 2024,
        "venue": "Επιθεώρηση Παράκτιων Εικασιών",
        "doi": "10.1000/182",
        "arxiv_id": "2401.00001",
        "pdf_url": "https://example.org/1.pdf",
        "tags": ["θάλασσα/φάροι", "ομίχλη"],
        "note": "Να το **συγκρίνω** με τον δικό μας.",
        "upvotes": 12,
    },
    {
        "title": "Ένας πίνακας παλιρροιών για αναγνώστες",
        "abstract": "Η ανάγνωση έρχεται με παλίρροιες. Τυπώνουμε έναν πίνακα για φάρους και πλοία.",
        "authors": ["Κλειώ Οκαφόρ"],
        "year": 2025,
        "tags": ["θάλασσα/παλίρροιες"],
    },
    {"title": "Σχοινιά", "abstract": "Μια σύντομη ιστορία των σχοινιών.", "starred": True},
    {"title": "Κόμποι", "status": "next", "abstract": "Μια μακρά ιστορία των κόμπων."},
    {"title": "Ρέγκες", "status": "next"},
    {"title": "Παλιοί χάρτες", "status": "read", "note": "κρατημένο"},
    {"title": "Άγκυρες", "status": "later", "until": "2020-03-01"},
    {"title": "Πυξίδες", "status": "later", "until": "2099-03-01"},
]
PASTED = '[{"title": "Νέα κύματα", "year": 2025}, {"year": 2024}, {"title": "Σχοινιά", "abstract": "Άλλα σχοινιά."}]'

FEEDS = {
    "ένα": FeedState(),
    "δύο": FeedState(
        checked="2026-03-11T08:00:00Z",
        wrong="not_found",
        wrong_values={"status": 404, "host": "example.org"},
        failing_since="2026-03-10T08:00:00Z",
        wait_until="2026-03-12T08:00:00Z",
    ),
    "τρία": FeedState(
        checked="2026-03-11T08:00:00Z",
        announced=31,
        returned=10,
        all_new=True,
        new=10,
        moved_to="https://example.org/2",
        days=("2020-01-01", "2020-01-04", "2020-01-07", "2020-01-10", "2020-01-13"),
    ),
}
"""Feeds by their names: not asked yet, failing, with something to notice."""

Scene = Callable[["Bench"], None]
"""Goes from the list of all papers, the first one chosen, to what is to be seen."""


def settle_in(bench: Bench) -> None:
    """Give the Greek library what an import cannot: a highlight and a saved search."""
    with bench.library() as library:
        (number,) = library.search("title:ομίχλη").ids
        library.highlight(number, "έναν φάρο", comment="ποιον;")
        library.save_search("κύματα", "ομίχλη")
        library.wait_for_index()
    bench.settle()


def go_home(bench: Bench) -> None:
    """Go where every scene begins: the list of all papers, its first paper with everything chosen."""
    bench.window.activateWindow()
    bench.go("view:all")
    model = bench.window.pane.papers.papers
    papers = [model.paper(row) for row in range(model.rowCount())]
    (row,) = [row for row, paper in enumerate(papers) if paper and str(GREEK[0]["title"]) in paper.title]
    bench.window.pane.papers.setCurrentIndex(model.index(row, 0))
    bench.settle()


def press(bench: Bench, key: Qt.Key | str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    bench.key(key, modifier)
    bench.settle()


def write(bench: Bench, text: str) -> None:
    """Put a text where the focus is, as an input method does."""
    focus = QApplication.focusWidget()
    assert focus is not None
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(focus, event)
    bench.settle()


def _action(*names: str) -> Scene:
    def do(bench: Bench) -> None:
        for name in names:
            bench.do(name)

    return do


def _keys(*keys: Qt.Key | str) -> Scene:
    def do(bench: Bench) -> None:
        for key in keys:
            press(bench, key)

    return do


def _typed(text: str) -> Scene:
    def do(bench: Bench) -> None:
        bench.window.pane.search.focus()
        bench.window.pane.search.line.setText(text)
        bench.window.pane.search.line.textEdited.emit(text)
        bench.settle()

    return do


def _in_view(key: str) -> Scene:
    return lambda bench: bench.go(key)


def _completion(bench: Bench) -> None:
    bench.window.pane.search.focus()
    write(bench, "t")
    press(bench, Qt.Key.Key_Space, CTRL)


def _completion_of_states(bench: Bench) -> None:
    bench.window.pane.search.focus()
    write(bench, "is:")


def _paste(bench: Bench) -> None:
    QGuiApplication.clipboard().setText(PASTED)
    bench.do("actionPaste")


def _pasted(bench: Bench) -> None:
    _paste(bench)
    press(bench, Qt.Key.Key_Return)


def _tags(bench: Bench) -> None:
    press(bench, "t")
    write(bench, "θ")


def _new_tag(bench: Bench) -> None:
    press(bench, "t")
    write(bench, "ζ")


def _note(bench: Bench) -> None:
    press(bench, "n")
    write(bench, "ω")
    press(bench, Qt.Key.Key_Escape)


def _comment(bench: Bench) -> None:
    bench.find("highlightList").setFocus(Qt.FocusReason.TabFocusReason)
    press(bench, Qt.Key.Key_Home)
    press(bench, Qt.Key.Key_F2)


def _past_of_note(bench: Bench) -> None:
    with bench.library() as library:
        (number,) = library.search("title:ομίχλη").ids
        library.write_note(number, "Κάτι άλλο.")
        library.take_back_note(number, 1)
        library.undo()
    bench.settle()
    bench.do("actionNoteVersions")


def _several(bench: Bench) -> None:
    bench.do("actionSelectAll")


def _tags_of_several(bench: Bench) -> None:
    _several(bench)
    press(bench, "t")


def _save_search(bench: Bench) -> None:
    _typed("ομίχλη")(bench)
    bench.do("actionSaveSearch")


def _rename_search(bench: Bench) -> None:
    bench.go("search:κύματα")
    bench.do("actionRenameSearch")


def _end_of_triage(bench: Bench) -> None:
    bench.go("queue:inbox")
    bench.do("actionTriage")
    for _ in range(8):
        press(bench, "e")


def _day(bench: Bench) -> None:
    bench.go("queue:inbox")
    press(bench, "l")
    press(bench, "4")


def _wrong_day(bench: Bench) -> None:
    _day(bench)
    write(bench, "ψψψ")


def _trash(bench: Bench) -> None:
    bench.go("queue:read")
    bench.do("actionTrash")
    bench.go("view:trash")


def _undone(bench: Bench) -> None:
    bench.do("actionStar")
    bench.do("actionUndo")


def _feeds(bench: Bench) -> None:
    """Feeds in every state, and a paper that changed since it was read; nothing is asked."""
    with bench.library() as library:
        for feed in library.feeds():
            library.remove_feed(feed.number)
        for name, state in FEEDS.items():
            _, feed = library.add_feed(f"https://example.org/{len(library.feeds())}", name=name)
            with library._store.writing() as connection:
                set_state(connection, feed.number, state.as_text())
                announce(connection, feed.number, [(1, "2026-03-11"), (2, "2026-03-10")])
        word = {"from": "v1", "to": "v2", "at": "2026-03-11T08:00:00Z", "fields": ["title", "abstract", "authors"]}
        (read,) = library.search("title:ομίχλη").ids
        library.edit("", [read], lambda paper: replace(paper, extra={**paper.extra, REVISED: word}))
    bench.do("actionGoFeeds")


def _settings_of_similar(bench: Bench) -> None:
    bench.do("actionSettings")
    sheet = bench.find("settingsSheet")
    assert isinstance(sheet, SettingsSheet)
    sheet.show_page(3)
    bench.settle()


def _feed_with_notices(bench: Bench) -> None:
    _feeds(bench)
    press(bench, Qt.Key.Key_Down)
    press(bench, Qt.Key.Key_Down)


def _changed_since_read(bench: Bench) -> None:
    _feeds(bench)
    bench.type("is:revised")


SCENES: Mapping[str, Scene] = {
    "paper": _keys(),
    "inbox": _in_view("queue:inbox"),
    "up next": _in_view("queue:next"),
    "reading, empty": _in_view("queue:reading"),
    "later": _in_view("queue:later"),
    "trash, empty": _in_view("view:trash"),
    "tag": _in_view("tag:θάλασσα"),
    "found": _typed("ομίχλη"),
    "nothing found": _typed("ξξξξ"),
    "query with a mistake": _typed("is:foo"),
    "query with an open parenthesis": _typed("(ομίχλη OR"),
    "query with a wrong date": _typed("added:2026-15"),
    "query with a wrong number": _typed("year:ψ"),
    "query with a wrong order": _typed("sort:foo"),
    "query with an unknown search": _typed("search:ψψψ"),
    "query with a field for another": _typed("auhtor:ψ"),
    "completion": _completion,
    "completion of states": _completion_of_states,
    "save search": _save_search,
    "edit search": lambda bench: (bench.go("search:κύματα"), bench.do("actionEditSearch"))[1],
    "rename search": _rename_search,
    "import sheet": _paste,
    "imported": _pasted,
    "nothing to paste": lambda bench: (QGuiApplication.clipboard().setText("ψ"), bench.do("actionPaste"))[1],
    "keys": _action("actionKeys"),
    "about": _action("actionAbout"),
    "archived": _keys("e"),
    "starred": _action("actionStar"),
    "undone": _undone,
    "tag editor": _tags,
    "new tag": _new_tag,
    "tags of several": _tags_of_several,
    "note": _keys("n"),
    "note without preview": lambda bench: (press(bench, "n"), bench.do("actionNotePreview"))[1],
    "preview turned on and off": _action("actionNotePreview", "actionNotePreview"),
    "versions of the note": _past_of_note,
    "comment of a highlight": _comment,
    "versions, none earlier": _action("actionNoteVersions"),
    "note written": _note,
    "several papers": _several,
    "highlight nothing": _keys("h"),
    "later card": _keys("l"),
    "day to come back": _day,
    "wrong day": _wrong_day,
    "focus": _action("actionFocus"),
    "triage": lambda bench: (bench.go("queue:inbox"), bench.do("actionTriage"))[1],
    "triage of a list": _action("actionTriageList"),
    "end of triage": _end_of_triage,
    "trash": _trash,
    "feeds": _feeds,
    "feed with notices": _feed_with_notices,
    "changed since it was read": _changed_since_read,
    "settings of similar papers": _settings_of_similar,
    "citation copied": _action("actionCopyApa"),
    "dark": _action("actionThemeDark"),
    **{
        name: _action(action)
        for name, action in (
            ("settings", "actionSettings"),
            ("statistics", "actionGoStats"),
            ("this morning", "actionGoMorning"),
            ("suggested", "actionGoSuggested"),
            ("feeds, none", "actionGoFeeds"),
            ("trends", "actionGoTrends"),
            ("topic map", "actionGoMap"),
            ("palette", "actionPalette"),
            ("duplicates", "actionDuplicates"),
            ("check of the library", "actionCheck"),
            ("backups", "actionRestoreBackup"),
        )
        if any(row.name == action for row in TABLE)
    },
}
"""Every scene by its name. One of an action that the window has not is left out."""


def shown_widgets() -> Iterator[QWidget]:
    """Yield every widget that is on the screen, dialogs and popups too."""
    for top in QApplication.topLevelWidgets():
        if top.isVisible():
            yield top
            yield from (widget for widget in top.findChildren(QWidget) if widget.isVisible())


def close_all(bench: Bench) -> None:
    """Leave a scene: close dialogs, sheets and editors."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    for top in QApplication.topLevelWidgets():
        if isinstance(top, QDialog) and top.isVisible():
            top.reject()
    for _ in range(3):
        QTest.keyClick(QApplication.focusWidget() or bench.window, Qt.Key.Key_Escape)
        bench.settle()
