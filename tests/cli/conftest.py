"""A real small library and a way to run commands on it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from readinglist.cli.program import program

PAGE = "\n\n".join(
    f"A short study of reading list number {number}\n\nWe keep {number} papers in a list and ask how often the reader "
    f"returns to them. The answer depends on tags, notes and the {word} of the day. Code is at "
    f"https://github.com/example/list{number}."
    for number, word in enumerate(["weather", "length", "mood", "order", "café"], 1)
)


@dataclass(frozen=True)
class Commands:
    """Runs commands on one library, each as a run of the program of its own."""

    folder: Path

    def run(self, *arguments: object, stdin: str | None = None) -> Result:
        """Run a command and return its result, whatever its exit status."""
        runner = CliRunner()
        return runner.invoke(program, ["--library", str(self.folder), *map(str, arguments)], input=stdin)

    def done(self, *arguments: object, stdin: str | None = None) -> str:
        """Run a command that must succeed and return what it printed."""
        result = self.run(*arguments, stdin=stdin)
        assert result.exit_code == 0, result.output
        return result.stdout

    def data(self, *arguments: object, stdin: str | None = None) -> Any:
        """Run a command that must succeed with --json and return the value it printed."""
        return json.loads(self.done(*arguments, "--json", stdin=stdin))

    def found(self, *query: str) -> Sequence[int]:
        """Return the numbers of the papers that a query finds."""
        return [paper["id"] for paper in self.data("search", *query)["papers"]]


@pytest.fixture
def page() -> str:
    """A page of five papers."""
    return PAGE


@pytest.fixture
def other(tmp_path: Path) -> Commands:
    """Commands on a second library."""
    return Commands(tmp_path / "other")


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """Commands on a library that is not there yet; nothing outside `tmp_path` is touched."""
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.delenv("READINGLIST_LIBRARY", raising=False)
    return Commands(tmp_path / "library")


@pytest.fixture
def commands(empty: Commands) -> Commands:
    """Commands on a library of five papers."""
    empty.done("import", "-", stdin=PAGE)
    return empty
