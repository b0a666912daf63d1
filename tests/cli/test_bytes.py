"""Words and names on the command line that are no UTF-8."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Commands

ODD = os.fsdecode(b"caf\xff")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="words and names are Unicode elsewhere")


@pytest.mark.parametrize(
    ("status", "call"),
    [
        (0, ["search", ODD]),
        (0, ["search", f"tag:{ODD}"]),
        (0, ["star", "--query", f"tag:{ODD}"]),
        (0, ["add", "--title", ODD, "--url", f"https://example.org/{ODD}"]),
        (0, ["tag", "1", "--add", ODD]),
        (1, ["tags", "colour", ODD, "green"]),
        (1, ["tags", "rename", ODD, "x"]),
        (0, ["searches", "save", ODD, f"note:{ODD}"]),
        (0, ["note", "1", "--append", ODD]),
        (0, ["highlight", "1", "--quote", "weather", "--comment", ODD]),
        (1, ["highlight", "--remove", ODD]),
        (1, ["import", ODD]),
        (2, ["star", ODD]),
        (2, [ODD]),
    ],
)
def test_a_word_that_is_no_text_is_no_mistake_of_the_program(commands: Commands, status: int, call: list[str]) -> None:
    result = commands.run(*call)
    assert result.exit_code == status, result.output
    assert "mistake in the program" not in result.stderr


def test_files_and_libraries_may_be_called_anything(commands: Commands, tmp_path: Path) -> None:
    file = tmp_path / f"{ODD}.jsonl"
    file.write_text('{"title": "A zeppelin"}\n{"title": ""}')
    assert commands.run("import", file).exit_code == 3
    assert len(commands.found("zeppelin")) == 1
    assert type(commands)(tmp_path / ODD).data("add", "--title", "Elsewhere")["id"] == 1
    commands.done("export", "--format", "json", "-o", tmp_path / f"{ODD}.json")
    assert (tmp_path / f"{ODD}.json").exists()
