"""Text that looks like HTML, Markdown or a trick of direction stays text, wherever the window shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QDesktopServices, QImage, QTextDocument
from PySide6.QtGui import Qt as Gui
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QTextEdit,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from readinglist.library import Library
from readinglist.ui.plain_document import SafeDocument
from tests.poison import poison
from tests.ui.conftest import Bench, end, taken_in
from tests.ui.painted import painted_texts
from tests.ui.scenes import GREEK, SCENES, close_all, go_home, shown_widgets
from tests.watched import watched

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_ROLES = (
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.WhatsThisRole,
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
_OF_THE_PROGRAM = (
    *("query with", "completion of", "nothing", "dark", "keys", "settings", "wrong day", "undone", "about", "starred"),
    *("reading, empty", "trash, empty", "check of", "highlight nothing", "new tag", "preview turned", "versions, none"),
    *("feeds, none", "day to come back", "triage of a list", "archived", "note without", "inbox", "up next", "later"),
)
"""Scenes in which nothing new is said that comes from a paper."""


@pytest.fixture
def picture(qapp: QApplication, tmp_path: Path) -> Path:
    """Return a picture that no text may make the program open."""
    file = tmp_path / "secret.png"
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(0)
    assert image.save(str(file))
    return file


def hostile(picture: Path) -> list[dict[str, object]]:
    """Return the papers of the scenes with a picture, a link and a trick of direction in every text."""
    trick = f'<b>\u202e\x1b[31m</b><img src="{picture}"><a href="file:{picture}">'
    markdown = f"![]({picture.as_uri()}) ![x][p] <img src='{picture.as_uri()}'>\n\n[p]: {picture.as_uri()}\n"
    papers = []
    for number, paper in enumerate(GREEK):
        made: dict[str, object] = {**paper, "title": f"{trick} {paper['title']}"}
        made["abstract"] = f"{trick} {paper.get('abstract', '')} {markdown}"
        made["note"] = f"{paper.get('note', '')}\n\n{markdown}\n\n{trick}"
        made["authors"] = [f"{trick} {number}", "Άντα Μπραντ"]
        made["venue"] = made["submitted_by"] = f"{trick} {number}"
        made["keywords"] = [trick]
        made["tags"] = [*paper.get("tags", []), trick.replace("\u202e\x1b[31m", "")]  # type: ignore[misc]
        papers.append(made)
    return papers


def _settle_in(bench: Bench, picture: Path) -> None:
    """Give the library what an import cannot."""
    with bench.library() as library:
        (number,) = library.search("title:ομίχλη", limit=1).ids
        library.highlight(number, "έναν φάρο", comment=f"\u202e<img src='{picture}'>![]({picture.as_uri()})")
        library.save_search(f"<img src='{picture}'>", "ομίχλη")
        library.save_search("κύματα", "ομίχλη")
        library.wait_for_index()
    bench.settle()


def _texts(widget: QWidget) -> Iterator[tuple[str, str]]:
    """Yield every text of a widget that somebody could see or hear, with where it stands."""
    yield "tooltip", widget.toolTip()
    yield "status tip", widget.statusTip()
    yield "what's this", widget.whatsThis()
    yield "name", widget.accessibleName()
    yield "description", widget.accessibleDescription()
    if isinstance(widget, QAbstractScrollArea):
        yield "tooltip", widget.viewport().toolTip()
    if isinstance(widget, QLabel | QMessageBox):
        rich = widget.textFormat() != Qt.TextFormat.PlainText
        yield "rich text" if rich else "text", widget.text()
    if isinstance(widget, QMessageBox):
        yield "informative text", widget.informativeText()
    if isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
        for row in range(min(model.rowCount(widget.rootIndex()), 20)):
            index = model.index(row, 0, widget.rootIndex())
            below = [model.index(n, 0, index) for n in range(min(model.rowCount(index), 20))]
            for each in (index, *below):
                for role in _ROLES:
                    kind = "tooltip" if role == Qt.ItemDataRole.ToolTipRole else role.name
                    if isinstance(said := model.data(each, role), str):
                        yield kind, said


def _faults(widget: QWidget) -> Iterator[str]:
    name = widget.objectName() or type(widget).__name__
    if isinstance(widget, QTextEdit) and not isinstance(widget.document(), SafeDocument):
        yield f"{name} shows an unsafe document"
    for where, text in _texts(widget):
        if unsafe := _UNSAFE.search(text.replace("\n", "").replace("\t", "")):
            yield f"{name}.{where} holds {unsafe.group()!r}"
        if where in ("tooltip", "rich text", "what's this", "informative text") and Gui.mightBeRichText(text):
            document = SafeDocument()
            document.setHtml(text)
            if "\ufffc" in document.toPlainText() or "<img" in text or "<a " in text:
                yield f"{name}.{where} is taken for HTML: {text[:80]}"
            if where == "tooltip":
                QToolTip.showText(QPoint(0, 0), text, widget)


def test_no_text_is_taken_for_html_or_turns_the_line_around(
    picture: Path, make_bench: Callable[[list[dict[str, object]]], Bench], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    bench = make_bench(hostile(picture))
    _settle_in(bench, picture)
    faults: dict[str, list[str]] = {}
    seen = False
    with watched(picture) as watch:
        for name, scene in SCENES.items():
            if name.startswith(_OF_THE_PROGRAM):
                continue
            go_home(bench)
            scene(bench)
            found = {fault for widget in shown_widgets() for fault in _faults(widget)}
            for top in [top for top in QApplication.topLevelWidgets() if top.isVisible()]:
                painted = list(painted_texts(top))
                found |= {f"painted: {text!r}" for text in painted if _UNSAFE.search(text)}
                seen = seen or any("<img" in text for text in painted)
            found |= {f"{each.objectName()} (action): {each.toolTip()[:80]}" for each in _wrong_actions(bench)}
            if watch.opened():
                found.add("the picture was opened")
            for fault in found:
                faults.setdefault(fault, []).append(name)
            close_all(bench)
    QToolTip.hideText()
    assert seen
    assert opened == []  # no address is opened without a click
    assert "\n".join(f"{fault}: {names}" for fault, names in sorted(faults.items())) == ""


def test_a_library_that_somebody_else_has_written_turns_no_line_around(qtbot: QtBot, folder: Path) -> None:
    taken_in(folder, GREEK)
    with Library.open(folder) as library:
        library.save_search("κύματα", "ομίχλη")
        number = library.search("title:ομίχλη", limit=1).ids[0]
        library.highlight(number, "έναν φάρο", comment="ποιον;")
    poison(folder)
    bench = Bench(qtbot, folder)
    faults: dict[str, list[str]] = {}
    seen = 0
    for name in ("paper", "found", "triage", "palette", "duplicates"):
        go_home(bench)
        SCENES[name](bench)
        found = {fault for widget in shown_widgets() for fault in _faults(widget) if " holds " in fault}
        for top in [top for top in QApplication.topLevelWidgets() if top.isVisible()]:
            texts = list(painted_texts(top))
            seen += sum("gnp.exe" in text for text in texts)
            found |= {f"painted: {text!r}" for text in texts if _UNSAFE.search(text)}
        for fault in found:
            faults.setdefault(fault, []).append(name)
        close_all(bench)
    end(bench.window)
    assert seen > 20
    assert "\n".join(f"{fault}: {names}" for fault, names in sorted(faults.items())) == ""


def _wrong_actions(bench: Bench) -> Iterator[QAction]:
    for action in bench.window.findChildren(QAction):
        if Gui.mightBeRichText(action.toolTip()) and "<img" in action.toolTip():
            yield action


def test_the_test_sees_a_picture_that_is_opened(picture: Path, qapp: QApplication) -> None:
    with watched(picture) as watch:
        QTextDocument().setHtml("x")
        assert watch.opened() == 0
        document = QTextDocument()
        document.setHtml(f'<img src="{picture.as_uri()}">')
        document.setTextWidth(100)
        document.size()
        assert watch.opened() > 0


def test_the_test_sees_a_label_that_guesses(qapp: QApplication, picture: Path) -> None:
    label = QLabel(f'<img src="{picture}">')
    assert [fault for fault in _faults(label) if "taken for HTML" in fault]
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setToolTip(f'<img src="{picture}">')
    assert [fault for fault in _faults(label) if ".tooltip is taken" in fault]
    assert list(_faults(QPlainTextEdit("a"))) == []
    assert list(_faults(QTextEdit("a"))) == ["QTextEdit shows an unsafe document"]
