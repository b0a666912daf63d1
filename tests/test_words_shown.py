"""What is shown to a reader has gone through the translation: no words in the code of the window beside it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scripts import script

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "readinglist"
STYLES = {"style_sheet.py"}
MODULES = [file for file in sorted((PACKAGE / "ui").glob("*.py")) if file.name not in STYLES]

TRANSLATED = {"tr", "translate", "N", "phrase"}
NEVER_SHOWN = {"setStyleSheet", "setObjectName", "compile", "AssertionError", "RuntimeError", "TypeError"}
SETTERS = re.compile(
    r"set(Text|ToolTip|StatusTip|WhatsThis|WindowTitle|Title|PlaceholderText|Accessible(Name|Description)|Html|PlainText"
    r"|Markdown|ItemText|TabText|LabelText|InformativeText|DetailedText|Format|Headers?Labels?|WindowFilePath|Prefix|Suffix"
    r"|SpecialValueText|NameFilters?)"
    r"|add(Action|Menu|Items?|Row|Tab|Section)|drawText|draw_elided|draw_at_right|announce|say|warn"
    r"|Q(Label|PushButton|ToolButton|Action|Menu|GroupBox|CheckBox|RadioButton|FileDialog)"
)
"""Calls whose texts come on the screen or are read out; in them any letters count, elsewhere what looks like words."""

WORDS = re.compile(r"[A-Za-z]{2,},? [A-Za-z]|^[A-Z][a-z]+[.…:?!]?$")
LETTERS = re.compile(r"[A-Za-z]{2,}")
MARKUP = re.compile(r"<[^<>]*>?|&[a-z]+;|[^<>]*'>|.* \dpx solid .*")

MENUS = ("File", "Edit", "View", "Paper", "Tags", "Go", "Help", "Actions")
SUBMENUS = ("Edit/Copy citation as", "View/Sort by", "Paper/Later until")
EXEMPT = {
    **dict.fromkeys(("Return", "Enter", "Esc", "Tab", "Space", "Del", "Back", "Forward"), "names of keys, Qt's own"),
    **dict.fromkeys(("Ctrl", "Shift", "Alt", "Backspace"), "names of keys, found in a text"),
    **dict.fromkeys(MENUS + SUBMENUS, "keys of a table of menus; what is shown stands beside them"),
    **dict.fromkeys(("ddd d MMM", "d MMM yyyy", "ddd d MMM yyyy", "MMMM yyyy"), "QLocale puts its own words in"),
    "Fusion": "a style of Qt's",
    "pip install wordllama": "a command",
    "Inter": "a font",
    "Phrases": "the context of the translations",
    "History": "the context of the translations",
    **dict.fromkeys(("Take back note", "Note"), "compared with what the history holds"),
    "Weeks": "the end of an object name",
    "PDF": "a format, and a link to it",
    "arXiv ": "a name, before a number",
    "Empty": "the beginning of an object name",
    "sheet shadow ": "the key of a picture that is kept",
    **dict.fromkeys(("is:unread added:", "is:unread sort:added"), "the language of queries"),
}
"""What may stand in the code of the window as it is, and why."""


def _literals(node: ast.AST, shown: bool = False) -> Iterator[tuple[int, str, bool]]:
    """Yield (line, text, whether a setter is given it) of each text in the code that is not translated."""
    if isinstance(node, ast.Call):
        name = _name(node)
        if name in TRANSLATED or name in NEVER_SHOWN or _is_log(node):
            return
        shown = bool(SETTERS.fullmatch(name)) or (shown and name in ("join", "format"))
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    elif isinstance(node, ast.Subscript | ast.Compare):
        shown = False  # a key, not what is found by it
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield node.lineno, node.value, shown
        return
    annotations = {getattr(node, "annotation", None), getattr(node, "returns", None)}
    for child in ast.iter_child_nodes(node):
        if child not in annotations:
            yield from _literals(child, shown)


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _is_log(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "log"


def _untranslated(code: str) -> list[str]:
    found = []
    for line, text, shown in _literals(ast.parse(code)):
        plain = MARKUP.sub("", text)
        if (LETTERS if shown else WORDS).search(plain) and text not in EXEMPT:
            found.append(f"{line}: {text!r}")
    return found


def test_no_words_of_the_window_stand_beside_the_translation() -> None:
    found = {file.name: _untranslated(file.read_text(encoding="utf-8")) for file in MODULES}
    assert {name: texts for name, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    "code",
    [
        'label.setText("ok then")',
        'label.setToolTip(f"Open {name}")',
        'label.setText(" ".join([name, "more"]))',
        'button = QPushButton("Add", self)',
        'rows = [("key", "Add papers")]',
        'menu.addAction("Cut")',
        'label.setText("papers" if many else one)',
    ],
)
def test_words_beside_the_translation_are_seen(code: str) -> None:
    assert len(_untranslated(code)) == 1


@pytest.mark.parametrize(
    "code",
    [
        'label.setText(self.tr("Add papers"))',
        'label.setText(f"{a} · {b}")',
        'label.setText(words["en_more"])',
        'log.warning("no backup: %s", error)',
        'label.setText(f"<p>{text}</p>")',
    ],
)
def test_what_is_translated_or_has_no_words_passes(code: str) -> None:
    assert _untranslated(code) == []


def test_sentences_of_the_layers_below_keep_their_templates() -> None:
    made_up = []
    shown_by = script("translations").SHOWN
    for file in sorted(PACKAGE.rglob("*.py")):
        if "cli" in file.relative_to(PACKAGE).parts[:1] or file.name == "phrase.py":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                shown = [node.args[at] for at in shown_by.get(_name(node), ()) if at < len(node.args)]
                if _name(node) == "append" and "notices" in ast.unparse(node.func):
                    shown = [node.args[0].elts[-1] if isinstance(node.args[0], ast.Tuple) else node.args[0]]
                of_others = _name(node) == "phrase"  # what somebody else says, as it is
                made_up += [f"{file.name}:{node.lineno}" for each in shown if _is_made_up(each, of_others=of_others)]
    assert made_up == []


def _is_made_up(node: ast.expr, *, of_others: bool) -> bool:
    """Say whether a sentence is put together in a way that no translation can follow."""
    if isinstance(node, ast.IfExp):
        return any(_is_made_up(each, of_others=of_others) for each in (node.body, node.orelse))
    calls = ("format",) if of_others else ("format", "str")
    return isinstance(node, ast.JoinedStr | ast.BinOp) or (isinstance(node, ast.Call) and _name(node) in calls)
