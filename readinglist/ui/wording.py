"""The language of the window: which translation is loaded, and how sentences from below are said in it.

Knows no widget. Translations are `resources/translations/readinglist_<locale>.qm`, made by
`resources/translations.py`.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from readinglist.errors import ReadingListError
from readinglist.phrase import Phrase, phrase

LOCALE_VARIABLE = "READINGLIST_LOCALE"
"""Names another language than the system's: "de", "pt_BR", "en_XA" (the pseudo-locale)."""

PHRASES = "Phrases"

_MOST = 2**31 - 1  # that Qt can count
_UNKNOWN = phrase("Something went wrong in the program.")


def N(_context: str, text: str) -> str:  # noqa: N802 - short, for a table
    """Mark a text for translation (`lupdate -tr-function-alias QT_TRANSLATE_NOOP+=N`)."""
    return text


LABELS = (
    N("History", "Add"),
    N("History", "Colour tag"),
    N("History", "Correct"),
    N("History", "Delete search"),
    N("History", "Delete tag"),
    N("History", "Highlight"),
    N("History", "Less like this"),
    N("History", "Mend note"),
    N("History", "Mend paper"),
    N("History", "Merge"),
    N("History", "Merge duplicates"),
    N("History", "Merge tags"),
    N("History", "More like this"),
    N("History", "Move to Archive"),
    N("History", "Move to Inbox"),
    N("History", "Move to Later"),
    N("History", "Move to Read"),
    N("History", "Move to Reading"),
    N("History", "Move to Up next"),
    N("History", "Not duplicates"),
    N("History", "Note"),
    N("History", "Remove"),
    N("History", "Rename feed"),
    N("History", "Rename search"),
    N("History", "Rename tag"),
    N("History", "Restore"),
    N("History", "Save search"),
    N("History", "See what changed"),
    N("History", "Star"),
    N("History", "Tag"),
    N("History", "Take back an answer"),
    N("History", "Take back note"),
    N("History", "Unstar"),
    N("History", "Untag"),
)
"""What the library calls edits in its history, where they stay as they were written."""

NAMED = (
    N("History", "Import {name}"),
    N("History", "Add feeds of {name}"),
    N("History", "Add feed {name}"),
    N("History", "Remove feed {name}"),
    N("History", "Feed {name}"),
)
"""Those that end with a name; of two that begin alike the longer one first."""


def load_translations(app: QCoreApplication, folder: Path) -> list[QTranslator]:
    """Install what there is for the reader's languages: Qt's own texts and, from `folder`, ours.

    English is always there, for its plural forms. Return what was installed, best last; the application owns it.
    """
    named = os.environ.get(LOCALE_VARIABLE, "")
    locale = QLocale(named) if named else QLocale()
    installed = []
    for stem, place, language in (
        ("readinglist", str(folder), "en"),
        ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), named),
        ("readinglist", str(folder), named),
    ):
        translator = QTranslator(app)
        # By its very name first: a locale Qt does not know ("en_XA") counts as another one ("en_US").
        found = bool(language) and translator.load(f"{stem}_{language}", place)
        if found or translator.load(locale, stem, "_", place):
            QCoreApplication.installTranslator(translator)
            installed.append(translator)
    if named:
        QLocale.setDefault(locale)
    return installed


def told(message: object) -> str:
    """Return a sentence of the layers below, or an error with one, in the reader's language.

    What an error that is no `ReadingListError` says is nothing for a reader: it is a bug, and logged.
    """
    if isinstance(message, ReadingListError):
        message = message.message
    elif isinstance(message, BaseException):
        message = _UNKNOWN
    if isinstance(message, Phrase):
        return message.in_other_words(_translated, _Number)
    return _translated(str(message)) if message else ""


def told_label(label: str) -> str:
    """Return what an entry of the history is called in the reader's language."""
    for template in NAMED:
        start = template.removesuffix("{name}")
        if label.startswith(start):
            return QCoreApplication.translate("History", template).format(name=label.removeprefix(start))
    return QCoreApplication.translate("History", label)


class _Number(int):
    """A number that is written as in the reader's language where its digits are grouped."""

    def __format__(self, spec: str) -> str:
        return QLocale().toString(int(self)) if spec == "," else format(int(self), spec)


def _translated(text: str, n: object = None) -> str:
    return QCoreApplication.translate(PHRASES, text, "", min(n, _MOST) if isinstance(n, int) else -1)
