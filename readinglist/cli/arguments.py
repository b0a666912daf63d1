"""What the commands' arguments have in common: types, the choice of papers, queries that hold dashes."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from readinglist.cli.progress import watched
from readinglist.paper import COLOURS, PaperId, Status

if TYPE_CHECKING:
    from readinglist.library import Library

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

_LONE = re.compile("[\ud800-\udfff]")

NUMBER = click.IntRange(min=1, max=2**63 - 1)
STATUS = click.Choice([status.value for status in Status])
COLOUR = click.Choice(COLOURS)


if TYPE_CHECKING:
    TextType = click.ParamType[str]
else:
    TextType = click.ParamType  # generic since click 8.5 only


class Day(TextType):
    """A date as a person writes it; gives ISO text."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the ISO date that `value` names."""
        from readinglist.cli.dates import today
        from readinglist.text.days import read_day

        try:
            return read_day(value, today()).isoformat()
        except ValueError as error:
            self.fail(str(error), param, ctx)


class Since(TextType):
    """A day that is past, as a query names it; gives a date."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the first day of what `value` names: 2026-03-11, 2026-03, 2026, yesterday, 7d, 2w, 3m."""
        from readinglist.cli.dates import today
        from readinglist.query.dates import days, read_dates
        from readinglist.query.fields import FieldValueError

        try:
            first = days(read_dates(value.strip(), ahead=False), today(), ahead=False).first
        except FieldValueError as error:
            self.fail(str(error), param, ctx)
        if first is None or first > today():
            self.fail(f"“{value}” is no day that has been.", param, ctx)
        return first


class Command(click.Command):
    """A command whose words are Unicode, whatever bytes it was called with."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command with readable words; paths stay as they are, they have to be found."""
        ctx.params = {name: _readable(value) for name, value in ctx.params.items()}
        return super().invoke(ctx)


def _readable(value: Any) -> Any:
    """Decode again what Python could not decode from the command line; what is no UTF-8 becomes "\ufffd"."""
    if isinstance(value, str) and not value.isascii():
        return os.fsencode(value).decode("utf-8", "replace") if _LONE.search(value) else value
    if isinstance(value, tuple):
        return tuple(map(_readable, value))
    return value


class QueryCommand(Command):
    """A command whose last argument is a query of several words.

    A word that begins with "-" and is not exactly a declared option belongs to the query (`-is:starred`), so
    that nobody has to know of "--". An option may stand before, between or behind the words.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the options first and the words of the query behind "--"."""
        takes_value = {
            name: not option.is_flag
            for option in self.get_params(ctx)
            if isinstance(option, click.Option)
            for name in (*option.opts, *option.secondary_opts)
        }
        options: list[str] = []
        words: list[str] = []
        rest = iter(args)
        for word in rest:
            name, equals, _ = word.partition("=")
            if word == "--":
                words += rest
            elif word in takes_value:
                options.append(word)
                if takes_value[word]:
                    options += [value for value in (next(rest, None),) if value is not None]
            elif equals and name.startswith("--") and takes_value.get(name):
                options.append(word)
            else:
                words.append(word)
        return super().parse_args(ctx, [*options, "--", *words])


def examples(*lines: str) -> str:
    """Return an epilog with examples, one a line, each without the program's name."""
    return "\b\n" + "\n".join(["Examples:", *(f"  readinglist {line}" for line in lines)])


def json_option(command: Decorated) -> Decorated:
    """Add `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON on standard output.")(command)


def papers_arguments(command: Decorated) -> Decorated:
    """Add the papers a command works on: numbers or `--query`."""
    command = click.option("--query", metavar="QUERY", help="All papers that the query finds, instead of numbers.")(
        command
    )
    return click.argument("ids", nargs=-1, type=NUMBER, metavar="[ID]...")(command)


def chosen(library: Library, ids: Sequence[int], query: str | None, *, trash: bool = False) -> list[PaperId]:
    """Return the papers that were named, in order, no repeats; with `trash`, a query looks in the trash.

    Raises a usage error unless exactly one of `ids` and `query` was given. A query counts only where it holds
    as it stands: papers that have some of its words are not meant.
    """
    if query is None:
        if not ids:
            raise click.UsageError("Name papers by their numbers, or with --query QUERY.")
        return [PaperId(i) for i in dict.fromkeys(ids)]
    if ids:
        raise click.UsageError("Give numbers or --query, not both.")
    if not query.strip():
        raise click.UsageError("An empty query would mean every paper; say which ones.")
    return found(library, query, trash=trash)


def found(library: Library, query: str, *, trash: bool = False) -> list[PaperId]:
    """Return every paper for which the query holds, in the query's order."""
    hits = library.search(query)
    if trash:
        # Behind the last alternative of an OR this leaves more than the trash, never less.
        hits = library.search(f"{query} is:trash")
    if hits.pending:
        with watched("Bringing the index up to date") as progress:
            library.update_index(progress)
        library.wait_for_index()  # where another process was at it
        hits = library.search(hits.query)
    if hits.relaxed:
        return []
    ids = [PaperId(int(i)) for i in hits.ids]
    if trash:
        ids = [paper.id for paper in library.papers(ids) if paper.trashed is not None]
    return ids
