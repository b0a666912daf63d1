"""The window in the pseudo-locale: every word has been through the translation, and none is cut off."""

from __future__ import annotations

import importlib.util
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QLocale, QModelIndex, Qt
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
    QWidget,
)

from readinglist.phrase import phrase
from readinglist.query.fields import FIELDS, help_rows
from readinglist.ui.wording import LOCALE_VARIABLE, load_translations, told
from tests.ui.painted import painted_texts
from tests.ui.scenes import GREEK, SCENES, close_all, go_home, settle_in, shown_widgets

if TYPE_CHECKING:
    from tests.ui.conftest import Bench

ROOT = Path(__file__).resolve().parent.parent.parent

KEYS = "Ctrl Alt Shift Meta Return Enter Esc Del Delete Space Tab Home End Up Down Left Right Back Forward F"
NAMES = "APA Chicago Harvard IEEE BibTeX Markdown JSON JSONL RIS CSL CSV MEDLINE HTML arXiv PDF DOI OK"
VALUES = " ".join(choice.text for field in FIELDS.values() for choice in field.values)
QUERY = " ".join([*FIELDS, *(row.write for row in help_rows()), VALUES, "OR AND NOT foo auhtor fuzy"])
CITATION = "In"
TIMES = "AM PM"
FONT = "Inter"
DAYS = " ".join(
    [QLocale("en").dayName(day, QLocale.FormatType.ShortFormat) for day in range(1, 8)]
    + [QLocale("en").dayName(day) for day in range(1, 8)]
    + [QLocale("en").monthName(month, QLocale.FormatType.ShortFormat) for month in range(1, 13)]
)
ALLOWED = set(re.findall("[A-Za-z]+", f"{KEYS} {NAMES} {QUERY} {DAYS} {TIMES} {CITATION} {FONT}"))
"""What is the same in every language: keys, formats, the language of queries, days (which Qt translates)."""


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """Return `resources/translations.py`."""
    spec = importlib.util.spec_from_file_location("translations", ROOT / "resources" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pseudo_folder(script: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the pseudo-locale in it."""
    folder = tmp_path_factory.mktemp("translations")
    script.make_pseudo(folder)
    return folder


@pytest.fixture
def pseudo(pseudo_folder: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the program speak the pseudo-locale."""
    monkeypatch.setenv(LOCALE_VARIABLE, "en_XA")
    before = QLocale()
    installed = load_translations(qapp, pseudo_folder)
    yield
    for translator in installed:
        QCoreApplication.removeTranslator(translator)
    QLocale.setDefault(before)


@pytest.fixture
def bench(pseudo: None, make_bench: Callable[[list[dict[str, object]]], Bench]) -> Bench:
    made = make_bench(GREEK)
    settle_in(made)
    return made


def test_every_count_has_its_forms_in_english(script: ModuleType, tmp_path: Path) -> None:
    kept = ROOT / "resources" / "translations" / "readinglist_en.ts"
    gathered = tmp_path / kept.name
    gathered.write_bytes(kept.read_bytes())
    script.gather(gathered)
    for message in ElementTree.parse(gathered).iter("message"):
        source = message.findtext("source") or ""
        forms = [form.text or "" for form in message.iter("numerusform")]
        assert [bool(form) for form in forms] == [True, True], f"{source}: gather and translate {kept.name}"
        assert all(set(re.findall(r"{\w*", form)) <= set(re.findall(r"{\w*", source)) for form in forms), source
    assert script.release(gathered).read_bytes() == kept.with_suffix(".qm").read_bytes(), f"release {kept.name}"


@pytest.mark.parametrize(("count", "said"), [(1, "1 paper"), (2, "2 papers"), (87_326, "87,326 papers")])
def test_a_count_has_the_right_form(count: int, said: str) -> None:
    assert QCoreApplication.translate("Commands", "%Ln papers", "", count) == said
    assert told(phrase("{n:,} papers read", n=count)) == f"{said} read"


@pytest.mark.parametrize("size", [(1440, 900), (900, 600)], ids=["wide", "narrow"])
def test_nothing_is_left_in_english_and_nothing_is_cut_off(bench: Bench, size: tuple[int, int]) -> None:
    bench.window.resize(*size)
    faults: dict[str, list[str]] = {}
    for name, scene in SCENES.items():
        go_home(bench)
        scene(bench)
        for fault in sorted(set(_plain(bench)) | set(_cut_off(bench))):
            faults.setdefault(fault, []).append(name)
        close_all(bench)
    assert faults == {}


def _plain(bench: Bench) -> Iterator[str]:
    """Yield what is said in plain English."""
    for widget in shown_widgets(bench):
        for where, text in _texts(widget):
            if _plain_words(text, bench):
                yield f"{widget.objectName() or type(widget).__name__}.{where}: {text}"
    for action in [each for each in bench.window.findChildren(QAction) if each.associatedObjects()]:
        for where, text in (("text", action.text()), ("toolTip", action.toolTip())):
            if _plain_words(text, bench):
                yield f"{action.objectName()}.{where}: {text}"
    for top in QApplication.topLevelWidgets():
        if top.isVisible():
            for text in painted_texts(top):
                if _plain_words(text, bench):
                    yield f"painted: {text}"


def _plain_words(text: str, bench: Bench) -> set[str]:
    if "</" in text:
        document = QTextDocument()
        document.setHtml(text)
        text = document.toPlainText()
    words = set(re.findall("[A-Za-z]{2,}", re.sub(r"https?://\S+", "", text)))
    return words - ALLOWED - set(re.findall("[A-Za-z]+", str(bench.folder)))


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


def _cut_off(bench: Bench) -> Iterator[str]:
    """Yield what there is no room for. The words of papers may end in an ellipsis, those of the program may not."""
    for top in QApplication.topLevelWidgets():
        if top.isVisible():
            yield from (f"ends early: {text}" for text in painted_texts(top) if _is_ours(text) and text[-1] == "…")
    for widget in shown_widgets(bench):
        match widget:
            case QLabel() if widget.text() and _is_ours(widget.text()):
                wanted = widget.sizeHint()
                if widget.wordWrap():
                    fits = widget.heightForWidth(widget.width()) <= widget.height()
                else:
                    fits = wanted.width() <= widget.width() and wanted.height() <= widget.height() + 1
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
