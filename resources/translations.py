"""Gather what the window says, for translators, and make translations of it.

    python resources/translations.py gather resources/translations/readinglist_de.ts    # new texts are added to it
    python resources/translations.py release resources/translations/readinglist_de.ts   # makes the .qm beside it
    python resources/translations.py pseudo FOLDER                                       # readinglist_en_XA.ts and .qm

A `.ts` file is edited in Qt Linguist (`pyside6-linguist`). The pseudo-locale is English in which every letter has an
accent, each text is 40 % longer and stands in brackets: what is still plain in it cannot be translated, and what is
cut off in it will be cut off in German. `READINGLIST_LOCALE=en_XA` starts the program in it.
"""

from __future__ import annotations

import ast
import json
import math
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "readinglist"
PSEUDO_LOCALE = "en_XA"
PHRASES = "Phrases"
"""The context of what the layers below the window say; `readinglist.ui.wording` looks there."""

_LONGER = 0.4
_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED = "áƀçđéƒĝħíĵķļḿñóþɋŕšŧúṽŵẋýžÁɃÇĐÉƑĜĦÍĴĶĻḾÑÓÞɊŔŠŦÚṼŴẊÝŽ"
_ACCENTS = str.maketrans(_PLAIN, _ACCENTED)
_KEPT = re.compile(r"(\{[^{}]*\}|%L?n|%\d|&[A-Za-z](?![a-z]+;)|&[a-z]+;|<[^<>]+>|\n)")
_COUNTS = re.compile(r"\{n\b|%L?n")
SHOWN = {
    "phrase": (0,),
    **dict.fromkeys(("ReadingListError", "QueryError", "FieldValueError", "NoSuchPaper", "BadRecord"), (0,)),
    **dict.fromkeys(("LibraryBusy", "LibraryDamaged", "LibraryReadOnly"), (0,)),
    "LibraryUnusable": (0, 1),
    "BadSource": (1,),
    "Problem": (3,),
    "Finding": (2, 3),
    "Format": (1,),
    "step": (2,),
    "Choice": (1,),
    "HelpRow": (1,),
    "Field": (2,),
}
"""What makes texts below the window, and which of the arguments are shown."""
_EDIT_MENU = ("&Undo", "&Redo", "Cu&t", "&Copy", "&Paste", "Delete", "Select All")
QT_TEXTS = {
    "QLineEdit": _EDIT_MENU,
    "QWidgetTextControl": (*_EDIT_MENU, "Copy &Link Location"),
    "QAbstractSpinBox": ("&Select All", "&Step up", "Step &down"),
    "QScrollBar": (
        *("Scroll here", "Left edge", "Top", "Right edge", "Bottom", "Page left", "Page up", "Page right", "Page down"),
        *("Scroll left", "Scroll up", "Scroll right", "Scroll down"),
    ),
    "QPlatformTheme": ("OK", "Cancel", "Close", "Save", "Discard", "Apply", "Reset", "Help", "&Yes", "&No"),
}
"""What Qt itself says in this window: in other languages by its own translations, here for the pseudo-locale."""


def main() -> None:
    """Do what the command line says."""
    match sys.argv[1:]:
        case ["gather", name]:
            gather(Path(name))
        case ["release", name]:
            release(Path(name))
        case ["pseudo", name]:
            print(make_pseudo(Path(name)))
        case _:
            raise SystemExit(__doc__)


def gather(target: Path) -> None:
    """Write all texts to `target` (.ts), to the English one those that count: the others say what is written.

    Translations that are there already stay. Raises CalledProcessError.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    sources = sorted(str(file) for file in (PACKAGE / "ui").glob("*.py"))
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder, "first.py")
        first.write_text(_as_classes({PHRASES: phrases(), **_counted()}), encoding="utf-8")
        _lupdate(first, *sources, *(["-pluralonly"] if target.stem.endswith("_en") else []), "-ts", target)


def _as_classes(contexts: Mapping[str, Iterable[str]]) -> str:
    """Return code that says these texts in these contexts, as lupdate understands it: those that count with forms.

    WORKAROUND PySide6 6.11: lupdate takes a number in `self.tr` of a class, and in `translate` overlooks it; what it
    finds first decides.
    """
    lines = []
    for name, texts in contexts.items():
        lines += [f"class {name}:", "    def say(self):"]
        for text in sorted(texts):
            number = ', "", n' if _COUNTS.search(text) else ""
            lines.append(f"        self.tr({json.dumps(text, ensure_ascii=False)}{number})")
    return "\n".join(lines)


def _counted() -> dict[str, list[str]]:
    """Return the texts that count and are given to `translate`, by their contexts."""
    found: dict[str, list[str]] = {}
    for file in sorted((PACKAGE / "ui").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "translate" and len(node.args) == 4:
                context, text = (ast.literal_eval(each) for each in node.args[:2])
                found.setdefault(context, []).append(text)
    return found


def _lupdate(*arguments: str | Path) -> None:
    alias = ["-tr-function-alias", "QT_TRANSLATE_NOOP+=N"]
    _run("pyside6-lupdate", "-silent", "-locations", "none", "-no-obsolete", *alias, *map(str, arguments))


def release(source: Path) -> Path:
    """Make the `.qm` that the program reads beside a `.ts`; return it. Raises CalledProcessError."""
    made = source.with_suffix(".qm")
    _run("pyside6-lrelease", "-silent", str(source), "-qm", str(made))
    return made


def make_pseudo(folder: Path) -> Path:
    """Make the pseudo-locale in `folder`; return its `.qm`."""
    target = folder / f"readinglist_{PSEUDO_LOCALE}.ts"
    target.unlink(missing_ok=True)
    gather(target)
    tree = ElementTree.parse(target)
    tree.getroot().set("language", PSEUDO_LOCALE)
    for name, texts in QT_TEXTS.items():
        context = ElementTree.SubElement(tree.getroot(), "context")
        ElementTree.SubElement(context, "name").text = name
        for text in texts:
            message = ElementTree.SubElement(context, "message")
            ElementTree.SubElement(message, "source").text = text
            ElementTree.SubElement(message, "translation")
    for message in tree.iter("message"):
        source, translation = message.findtext("source") or "", message.find("translation")
        if translation is None:
            continue
        translation.attrib.pop("type", None)
        forms = translation.findall("numerusform")
        for form in forms:
            form.text = pseudo(source)
        if not forms:
            translation.text = pseudo(source)
    _write(tree, target)
    return release(target)


def pseudo(text: str) -> str:
    """Return a text with accents, 40 % longer and in brackets; placeholders, marks and mnemonics stay.

    >>> pseudo("&Quit {name}")
    '[&Qúíŧ {name} éé]'
    """
    parts = [part if _KEPT.fullmatch(part) else part.translate(_ACCENTS) for part in _KEPT.split(text)]
    length = sum(len(part) for part in _KEPT.split(text) if not _KEPT.fullmatch(part))
    return f"[{''.join(parts)} {'é' * max(0, math.ceil(length * _LONGER) - 3)}]".replace(" ]", "]")


def phrases() -> set[str]:
    """Return every text that is shown by way of `readinglist.phrase` or an error, with its placeholders."""
    found: set[str] = set()
    for file in sorted(PACKAGE.rglob("*.py")):
        if "cli" not in file.relative_to(PACKAGE).parts[:1]:
            found.update(_phrases_of(ast.parse(file.read_text(encoding="utf-8"))))
    return found


def _phrases_of(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for place in SHOWN.get(name, ()):
            if place < len(node.args):
                yield from _constants(node.args[place])


def _constants(node: ast.expr) -> Iterator[str]:
    """Yield the text that an expression is, or each of the two that it may be."""
    if isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value


def _write(tree: ElementTree.ElementTree[ElementTree.Element], target: Path) -> None:
    ElementTree.indent(tree, " " * 4)
    body = ElementTree.tostring(tree.getroot(), encoding="unicode")
    target.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")


def _run(tool: str, *arguments: str) -> None:
    """Run one of the tools that come with PySide6."""
    found = shutil.which(tool, path=str(Path(sys.executable).parent)) or shutil.which(tool)
    if found is None:
        raise SystemExit(f"{tool} is not installed; it comes with PySide6-Essentials.")
    subprocess.run([found, *arguments], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
