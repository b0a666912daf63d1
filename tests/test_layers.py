"""Who may import what: the table of ARCHITECTURE.md, held."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "readinglist"


class Layer(NamedTuple):
    """What the modules of one layer may import besides themselves and the standard library."""

    ours: str = ""
    others: str = ""


VALUES = "paper order errors progress phrase"
PURE = f"{VALUES} text"
TABLE = {
    "__init__": Layer(),
    "__main__": Layer("cli"),
    "paper": Layer(),
    "order": Layer(),
    "errors": Layer("phrase"),
    "phrase": Layer(),
    "progress": Layer(),
    "sharing": Layer(),
    "changes": Layer("paper"),
    "text": Layer("phrase", "snowballstemmer pylatexenc"),
    "anchor": Layer("paper text errors phrase", "rapidfuzz"),
    "dedup": Layer("paper text"),
    "duplicates": Layer("paper dedup progress", "rapidfuzz"),
    "merging": Layer("paper anchor changes dedup"),
    "query": Layer("paper text errors phrase"),
    "formats": Layer("paper text errors phrase progress assets", "citeproc yaml markdown_it psutil"),
    "store": Layer(f"{PURE} changes dedup duplicates query", "sqlite_utils pysqlite3"),
    "index": Layer("paper query text errors progress sharing", "whoosh numpy rapidfuzz"),
    "discover": Layer("paper index text errors phrase paths", "numpy safetensors tokenizers"),
    "feeds": Layer(f"{PURE} formats", "truststore"),
    "library": Layer(
        f"{PURE} changes anchor dedup duplicates merging query formats store index discover feeds paths", "numpy"
    ),
    "assets": Layer(),
    "paths": Layer("sharing", "platformdirs"),
    "settings": Layer("errors phrase paths", "tomlkit"),
    "cli": Layer(f"{PURE} library formats query settings paths ui", "click"),
    "ui": Layer(f"{PURE} library formats query settings paths assets", "PySide6 pyqtgraph numpy rapidfuzz"),
}
ONLY_IN = {
    "sqlite3": ("store/driver.py",),
    "pysqlite3": ("store/driver.py",),
}
"""Modules that only these files may import, whatever their layer."""


class Import(NamedTuple):
    """`target` is the full name imported; `late` tells that it happens inside a function."""

    target: str
    line: int
    late: bool


def imports(file: Path) -> Iterator[Import]:
    tree = ast.parse(file.read_text(encoding="utf-8"), file.name)
    early = {id(node) for node in _outside_functions(tree)}
    for node in ast.walk(tree):
        late = id(node) not in early
        if isinstance(node, ast.Import):
            for name in node.names:
                yield Import(name.name, node.lineno, late)
        elif isinstance(node, ast.ImportFrom):
            dots = "." * node.level
            for name in node.names:
                yield Import(f"{dots}{node.module or ''}.{name.name}", node.lineno, late)


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        for child in ast.iter_child_nodes(node):
            yield from _outside_functions(child)


def layer_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def violations(file: Path) -> list[str]:
    layer = layer_of(file)
    if layer not in TABLE:
        return [f"{layer} is not in the table"]
    ours, others = TABLE[layer].ours.split(), TABLE[layer].others.split()
    where = file.relative_to(PACKAGE).as_posix()
    found = []
    for target, line, late in imports(file):
        top, _, rest = target.partition(".")
        wrong = None
        if target.startswith("."):
            wrong = "a relative import"
        elif where not in ONLY_IN.get(top, (where,)):
            wrong = f"{top} belongs in {' '.join(ONLY_IN[top])} alone"
        elif top == "readinglist":
            name = rest.partition(".")[0]
            if name not in ("", "__version__", layer, *ours):
                wrong = f"{layer} may not import {name}"
            elif name == "ui" and layer != "ui" and not late:
                wrong = "ui is imported where the window is started, inside a function"
        elif top not in sys.stdlib_module_names and top not in others:
            wrong = f"{layer} may not import {top}"
        if wrong:
            found.append(f"{where}:{line}: {target}: {wrong}")
    return found


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("layer", sorted({layer_of(file) for file in FILES}))
def test_modules_import_only_what_their_layer_may(layer: str) -> None:
    assert [wrong for file in FILES if layer_of(file) == layer for wrong in violations(file)] == []


def test_layers_that_allow_each_other_are_none() -> None:
    """The table is a ladder: from no layer does a way lead back to it."""

    def below(layer: str, seen: tuple[str, ...] = ()) -> None:
        assert layer not in seen, " -> ".join((*seen, layer))
        for name in TABLE[layer].ours.split():
            below(name, (*seen, layer))

    for layer in TABLE:
        below(layer)


def test_qt_and_whoosh_have_one_layer_each() -> None:
    assert [name for name, layer in TABLE.items() if "PySide6" in layer.others] == ["ui"]
    assert [name for name, layer in TABLE.items() if "whoosh" in layer.others] == ["index"]


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("from . import paper", "a relative import"),
        ("import PySide6.QtCore", "may not import PySide6"),
        ("from readinglist.ui.app import run", "may not import ui"),
        ("def f():\n    from readinglist.ui import app", "may not import ui"),
        ("from readinglist import store", "may not import store"),
        ("import sqlite3", "alone"),
        ("import json, readinglist.paper", None),
        ("from readinglist.text.words import fold", None),
    ],
)
def test_the_test_sees_what_it_should(
    code: str, wrong: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{__name__}.PACKAGE", tmp_path)
    (tmp_path / "query").mkdir()
    file = tmp_path / "query" / "parse.py"
    file.write_text(code)
    found = violations(file)
    assert found == [] if wrong is None else wrong in found[0]
