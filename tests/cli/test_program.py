"""The program as a whole: help, loading, calls that are wrong."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from readinglist.cli.arguments import Command
from readinglist.cli.program import program

EXPECTED = {
    *("import", "export", "formats", "search", "show", "highlights", "trash", "similar"),
    *("tag", "star", "unstar", "move", "remove", "restore", "add", "set", "note", "highlight"),
    *("undo", "redo", "history", "tags", "searches", "stats", "doctor", "index"),
}


def all_commands() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(program)
    yield "", program
    for name in program.list_commands(context):
        command = program.get_command(context, name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            for inner in command.list_commands(context):
                found = command.get_command(context, inner)
                assert found is not None
                yield f"{name} {inner}", found


COMMANDS = dict(all_commands())


def test_the_commands_of_the_contract_are_there() -> None:
    assert set(program.list_commands(click.Context(program))) >= EXPECTED
    assert {"tags rename", "tags merge", "tags delete", "tags colour"} <= set(COMMANDS)
    assert {"searches save", "searches delete"} <= set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_with_an_example(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    assert command.help.strip().splitlines()[0].rstrip(":").endswith((".", ";", ","))
    assert command.epilog
    assert f"  readinglist {name}".rstrip() in command.epilog


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_does(name: str) -> None:
    for parameter in COMMANDS[name].params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts[0]}"
            assert parameter.help.endswith("."), f"{name} {parameter.opts[0]}"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_given_unicode(name: str) -> None:
    assert isinstance(COMMANDS[name], Command | click.Group)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_printed(name: str) -> None:
    result = CliRunner().invoke(program, [*name.split(), "--help"])
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: readinglist {name}".rstrip())


@pytest.mark.parametrize("name", ["frobnicate", "Import", "imports"])
def test_a_command_that_is_not_there_is_a_wrong_call(name: str) -> None:
    result = CliRunner().invoke(program, [name])
    assert result.exit_code == 2
    assert f"readinglist: No such command '{name}'" in result.stderr


def test_a_wrong_option_is_a_wrong_call() -> None:
    result = CliRunner().invoke(program, ["star", "1", "--sparkle"])
    assert result.exit_code == 2
    assert "--sparkle" in result.stderr
    assert result.stdout == ""


def test_the_version_is_told() -> None:
    result = CliRunner().invoke(program, ["--version"])
    assert result.exit_code == 0
    assert result.stdout.startswith("readinglist")
