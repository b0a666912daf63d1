"""Queries on the command line."""

import click
import pytest
from click.testing import CliRunner

from readinglist.cli.arguments import Day, QueryCommand


@click.command(cls=QueryCommand)
@click.argument("words", nargs=-1)
@click.option("--limit", type=int)
@click.option("-o", "--output")
@click.option("--json", "as_json", is_flag=True)
def probe(words: tuple[str, ...], limit: int | None, output: str | None, as_json: bool) -> None:
    click.echo(repr((" ".join(words), limit, output, as_json)))


@pytest.mark.parametrize(
    ("arguments", "understood"),
    [
        (["-is:starred"], ("-is:starred", None, None, False)),
        (["attention", "-title:foo", "--limit", "5"], ("attention -title:foo", 5, None, False)),
        (["--limit", "5", "-title:foo", "attention"], ("-title:foo attention", 5, None, False)),
        (["a", "--limit=5", "b", "--json"], ("a b", 5, None, True)),
        (["--", "--json", "-x"], ("--json -x", None, None, False)),
        (["a", "--", "--limit", "5"], ("a --limit 5", None, None, False)),
        (["--lim", "x"], ("--lim x", None, None, False)),
        (["-o", "-", "-odd"], ("-odd", None, "-", False)),
        (["a=b", "--other=1"], ("a=b --other=1", None, None, False)),
        (["-"], ("-", None, None, False)),
        ([], ("", None, None, False)),
    ],
)
def test_a_dash_belongs_to_the_query_unless_it_is_an_option(
    arguments: list[str], understood: tuple[object, ...]
) -> None:
    result = CliRunner().invoke(probe, arguments)
    assert result.exit_code == 0
    assert result.output.strip() == repr(understood)


def test_an_option_without_its_value_is_a_wrong_call() -> None:
    assert CliRunner().invoke(probe, ["word", "--limit"]).exit_code == 2


def test_a_date_becomes_iso_text() -> None:
    assert Day().convert("2026-03-11", None, None) == "2026-03-11"
    with pytest.raises(click.BadParameter, match="no date"):
        Day().convert("someday", None, None)
