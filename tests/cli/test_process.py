"""The program as a process: what it loads, how it ends, what a pipe sees."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Commands


HEAVY = ("PySide6", "shiboken6", "readinglist.ui")


def program(commands: Commands, *arguments: str, **changed: str) -> tuple[list[str], Mapping[str, str]]:
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    return (
        [sys.executable, "-m", "readinglist", "--library", str(commands.folder), *arguments],
        environment | {"PYTHONIOENCODING": ""} | changed,
    )


def run(
    commands: Commands, *arguments: str, stdin: str | None = None, **changed: str
) -> subprocess.CompletedProcess[str]:
    call, environment = program(commands, *arguments, **changed)
    return subprocess.run(
        call, env=environment, input=stdin, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
    )


def test_no_command_loads_the_window(commands: Commands) -> None:
    script = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from readinglist.cli.program import program\n"
        "for call in (['search', 'mood'], ['star', '1'], ['show', '1'], ['export', '--format', 'json'], ['doctor']):\n"
        f"    result = CliRunner().invoke(program, ['--library', {str(commands.folder)!r}, *call])\n"
        "    assert result.exit_code == 0, result.output\n"
        f"print([name for name in sys.modules if name.startswith({HEAVY!r})])\n"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert result.stdout.strip() == "[]", result.stderr


def test_help_loads_neither_the_library_nor_what_it_needs(commands: Commands) -> None:
    script = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from readinglist.cli.program import program\n"
        "assert CliRunner().invoke(program, ['--help']).exit_code == 0\n"
        "heavy = {'numpy', 'whoosh', 'sqlite_utils', 'sqlite3', 'pysqlite3', 'readinglist.library', 'rapidfuzz'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert result.stdout.strip() == "[]", result.stderr


def test_exit_statuses_reach_the_shell(commands: Commands) -> None:
    assert run(commands, "show", "99999").returncode == 1
    bad = '{"title": "Good"}\n{"title": ""}\n'
    assert run(commands, "import", "-", stdin=bad).returncode == 3


def test_without_a_display_the_window_is_refused_in_words(commands: Commands) -> None:
    result = run(commands)
    assert result.returncode == 1
    assert result.stderr.startswith("readinglist: ")
    assert "import" in result.stderr


def test_output_is_utf_8_whatever_the_locale(commands: Commands) -> None:
    commands.done("add", "--title", "Café 注意")
    result = run(commands, "search", "title:cafe", "--json", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert json.loads(result.stdout)["papers"][0]["title"] == "Café 注意"


def test_there_are_no_colours_in_a_pipe(commands: Commands) -> None:
    assert "\x1b" not in run(commands, "search", "mood").stdout


@pytest.mark.skipif(os.name != "posix", reason="pipes are closed otherwise")
def test_a_closed_pipe_ends_the_program_quietly(commands: Commands, tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text("".join(json.dumps({"title": f"Paper {n}", "abstract": "word " * 200}) + "\n" for n in range(300)))
    commands.done("import", many)
    call, environment = program(commands, "export", "--format", "jsonl")
    with subprocess.Popen(call, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=30) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_full_disk_behind_standard_output_is_said_plainly(commands: Commands) -> None:
    call, environment = program(commands, "search")
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            call, env=environment, stdout=full, stderr=subprocess.PIPE, text=True, timeout=30, check=False
        )
    assert result.returncode == 1
    assert result.stderr.startswith("readinglist: standard output")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_an_interrupt_while_waiting_for_input_ends_plainly(empty: Commands, page: str) -> None:
    call, environment = program(empty, "import", "-")
    with subprocess.Popen(
        call,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A shell that runs the tests in its background has them ignore interrupts, and what they start, too.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(page.encode())
        process.stdin.flush()
        time.sleep(1.0)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 130
        assert process.stderr.read().decode().strip() == "readinglist: stopped."
    assert empty.data("search")["total"] == 0


def test_an_interrupt_while_the_program_is_imported_ends_plainly() -> None:
    code = """
import sys

class Interrupted:
    def find_spec(self, name, path=None, target=None):
        if name == "readinglist.cli.program":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupted())
from readinglist.__main__ import main
main()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "readinglist: stopped.")
