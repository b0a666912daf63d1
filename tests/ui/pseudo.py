"""What the pseudo-locale shows: words that went past the translation, and those that have no room."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QLocale, QModelIndex, Qt
from PySide6.QtGui import QAction, QFontDatabase, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QProgressBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

from readinglist.query.fields import FIELDS, help_rows
from tests.ui.painted import painted_texts
from tests.ui.scenes import shown_widgets

KEYS = "Ctrl Alt Shift Meta Return Enter Esc Del Delete Space Tab Home End Up Down Left Right Back Forward F"
NAMES = "APA Chicago Harvard IEEE BibTeX Markdown JSON JSONL RIS CSL CSV MEDLINE HTML arXiv PDF DOI OK"
VALUES = " ".join(choice.text for field in FIELDS.values() for choice in field.values)
QUERY = " ".join([*FIELDS, *(row.write for row in help_rows()), VALUES, "OR AND NOT foo auhtor fuzy"])
CITATION = "In https doi org"
TIMES = "AM PM"
COMMAND = "pip install wordllama"
FONT = "Inter"
DAYS = " ".join(
    [QLocale("en").dayName(day, QLocale.FormatType.ShortFormat) for day in range(1, 8)]
    + [QLocale("en").dayName(day) for day in range(1, 8)]
    + [QLocale("en").monthName(month, QLocale.FormatType.ShortFormat) for month in range(1, 13)]
)
ALLOWED = set(re.findall("[A-Za-z]+", f"{KEYS} {NAMES} {QUERY} {DAYS} {TIMES} {CITATION} {COMMAND} {FONT}"))
"""What is the same in every language: keys, formats, the language of queries, days (which Qt translates)."""


def faults(folder: Path) -> list[str]:
    """Return what is plain English and what is cut off in all that is shown now; paths in `folder` are data."""
    return sorted({*plain(folder), *cut_off()})


def plain(folder: Path) -> Iterator[str]:
    """Yield what is said in plain English."""
    for widget in shown_widgets():
        for where, text in _texts(widget):
            if plain_words(text, folder):
                yield f"{widget.objectName() or type(widget).__name__}.{where}: {text}"
    for top in [each for each in QApplication.topLevelWidgets() if each.isVisible()]:
        for action in [each for each in top.findChildren(QAction) if each.associatedObjects()]:
            said = {"text": action.text(), "toolTip": action.toolTip(), "statusTip": action.statusTip()}
            for where, text in said.items():
                if plain_words(text, folder):
                    yield f"{action.objectName()}.{where}: {text}"
        for text in painted_texts(top):
            if plain_words(text, folder):
                yield f"painted: {text}"


def plain_words(text: str, folder: Path) -> set[str]:
    if "</" in text:
        document = QTextDocument()
        document.setHtml(text)
        text = document.toPlainText()
    words = set(re.findall("[A-Za-z]{2,}", re.sub(r"/[^\s<]+", "", text)))
    return words - ALLOWED - set(re.findall("[A-Za-z]+", str(folder)))


def _texts(widget: QWidget) -> Iterator[tuple[str, str]]:
    """Yield every text that a widget says, with the name of the property."""
    yield "accessibleName", widget.accessibleName()
    yield "accessibleDescription", widget.accessibleDescription()
    yield "toolTip", widget.toolTip()
    yield "statusTip", widget.statusTip()
    yield "windowTitle", widget.windowTitle()
    match widget:
        case QLabel() | QAbstractButton():
            yield "text", widget.text()
        case QLineEdit():
            yield "placeholderText", widget.placeholderText()
        case QTextEdit():
            yield "placeholderText", widget.placeholderText()
            yield "text", widget.toPlainText()
        case QProgressBar():
            yield "format", widget.text()
        case QMenu():
            yield "title", widget.title()
        case QComboBox():
            items = {widget.itemText(row) for row in range(widget.count())}
            yield from (("item", item) for item in sorted(items - set(QFontDatabase.families())))
        case QAbstractItemView():
            yield from _model_texts(widget.model(), QModelIndex())


def _model_texts(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[tuple[str, str]]:
    role = Qt.ItemDataRole
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        for asked in (role.DisplayRole, role.ToolTipRole, role.AccessibleTextRole, role.AccessibleDescriptionRole):
            text = index.data(asked)
            if isinstance(text, str):
                yield asked.name, text
        yield from _model_texts(model, index)


def cut_off() -> Iterator[str]:
    """Yield what there is no room for. The words of papers may end in an ellipsis, those of the program may not."""
    for top in QApplication.topLevelWidgets():
        if top.isVisible():
            yield from (f"ends early: {text}" for text in painted_texts(top) if _is_ours(text) and text[-1] == "…")
    for widget in shown_widgets():
        match widget:
            case QLabel() if widget.text() and _is_ours(widget.text()):
                wanted = widget.sizeHint()
                if widget.wordWrap():
                    fits = widget.heightForWidth(widget.width()) <= widget.height()
                else:
                    fits = wanted.width() <= widget.width() and wanted.height() <= widget.height() + 1
            case QToolButton() if widget.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly:
                fits = widget.iconSize().width() <= widget.width()
            case QAbstractButton() | QComboBox() if _said(widget):
                fits = widget.sizeHint().width() <= widget.width()
            case QLineEdit() if _is_ours(widget.placeholderText()) and not widget.text():
                fits = widget.fontMetrics().horizontalAdvance(widget.placeholderText()) <= widget.width()
            case _:
                continue
        said = widget.placeholderText() if isinstance(widget, QLineEdit) else _said(widget)
        if not fits:
            has, wants = widget.size().toTuple(), widget.sizeHint().toTuple()
            yield f"no room: {widget.objectName() or type(widget).__name__} has {has}, wants {wants}: {said}"


def _said(widget: QWidget) -> str:
    return next((text for where, text in _texts(widget) if where in ("text", "item")), "")


def _is_ours(text: str) -> bool:
    """Say whether a text has words of the program, which have accents here."""
    return bool(re.search("[ŕšŧñĝħļ]", text))
