"""`tags` and `searches` with what can be done to them."""

from __future__ import annotations

import re
from dataclasses import asdict

import click

from readinglist.cli.arguments import Command, QueryCommand, TextType, examples, json_option
from readinglist.cli.data import print_json
from readinglist.cli.edits import tell_edit
from readinglist.cli.program import Session, pass_session
from readinglist.cli.terminal import say, table
from readinglist.text.clean import clean_line

# Dark and bright enough to be read on either ground of the window.
TAG_COLOURS = {
    "blue": "#2A5BD0",
    "green": "#2F7D5B",
    "purple": "#8A4FBF",
    "orange": "#B5651D",
    "teal": "#0F7C8A",
    "red": "#B23A58",
    "grey": "#6B7280",
    "gold": "#8A6D00",
}


class TagColour(TextType):
    """A colour by name or as #rrggbb; gives #RRGGBB."""

    name = "colour"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the colour as #RRGGBB."""
        if re.fullmatch("#[0-9A-Fa-f]{6}", value):
            return value.upper()
        if value.lower() not in TAG_COLOURS:
            self.fail(f"“{value}” is no colour: {', '.join(TAG_COLOURS)}, or as #2A5BD0.", param, ctx)
        return TAG_COLOURS[value.lower()]


@click.group("tags", invoke_without_command=True, epilog=examples("tags", "tags --json", "tags rename nlp language"))
@json_option
@click.pass_context
def tags_command(context: click.Context, as_json: bool) -> None:
    """List the tags with their counts; or rename, merge, delete, colour them."""
    if context.invoked_subcommand is not None:
        return
    with context.ensure_object(Session).library() as library:
        tags = library.tags()
    if as_json:
        print_json([asdict(tag) for tag in tags])
    else:
        say(
            *table([(clean_line(tag.name), f"{tag.count:,}") for tag in tags], right=(1,)) or ["There are no tags yet."]
        )


@tags_command.command("rename", cls=Command, epilog=examples("tags rename nlp language/processing"))
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@json_option
@pass_session
def rename_command(session: Session, old: str, new: str, as_json: bool) -> None:
    """Rename tag A, and the tags under it, to B on every paper."""
    with session.library() as library:
        tell_edit(library, library.rename_tag(old, new), as_json)


@tags_command.command("merge", cls=Command, epilog=examples("tags merge nlp 'language models' language"))
@click.argument("names", nargs=-1, required=True, metavar="A... B")
@json_option
@pass_session
def merge_command(session: Session, names: tuple[str, ...], as_json: bool) -> None:
    """Give every paper that has one of the tags A the tag B instead."""
    if len(names) < 2:
        raise click.UsageError("Name the tags to merge and, last, the one that stays.")
    with session.library() as library:
        tell_edit(library, library.merge_tags(names[:-1], names[-1]), as_json)


@tags_command.command("delete", cls=Command, epilog=examples("tags delete nlp"))
@click.argument("name", metavar="T")
@json_option
@pass_session
def delete_command(session: Session, name: str, as_json: bool) -> None:
    """Take tag T, and the tags under it, from every paper."""
    with session.library() as library:
        tell_edit(library, library.delete_tag(name), as_json)


@tags_command.command("colour", cls=Command, epilog=examples("tags colour nlp green", "tags colour nlp '#2F7D5B'"))
@click.argument("tag_name", metavar="T")
@click.argument("colour", type=TagColour(), metavar="NAME")
@json_option
@pass_session
def colour_command(session: Session, tag_name: str, colour: str, as_json: bool) -> None:
    """Give tag T a colour: blue, green, purple, orange, teal, red, grey, gold, or #rrggbb."""
    with session.library() as library:
        tell_edit(library, library.colour_tag(tag_name, colour), as_json)


@click.group(
    "searches",
    invoke_without_command=True,
    epilog=examples("searches", "searches save unread 'is:unread tag:nlp'", "search search:unread"),
)
@json_option
@click.pass_context
def searches_command(context: click.Context, as_json: bool) -> None:
    """List the saved searches; or save, rename and delete them.

    A saved search is used as search:NAME in a query.
    """
    if context.invoked_subcommand is not None:
        return
    with context.ensure_object(Session).library() as library:
        searches = library.searches()
    if as_json:
        print_json([asdict(search) for search in searches])
    else:
        rows = [(clean_line(search.name), clean_line(search.query)) for search in searches]
        say(*table(rows) or ["There are no saved searches yet."])


@searches_command.command("save", cls=QueryCommand, epilog=examples("searches save unread is:unread -tag:old"))
@click.argument("name", metavar="NAME")
@click.argument("words", nargs=-1, required=True, metavar="QUERY...")
@json_option
@pass_session
def save_command(session: Session, name: str, words: tuple[str, ...], as_json: bool) -> None:
    """Save a query under a name, in place of one saved under it before."""
    with session.library() as library:
        tell_edit(library, library.save_search(name, " ".join(words)), as_json)


@searches_command.command("rename", cls=Command, epilog=examples("searches rename unread 'to read'"))
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@json_option
@pass_session
def rename_search_command(session: Session, old: str, new: str, as_json: bool) -> None:
    """Rename a saved search, also where other saved searches name it."""
    with session.library() as library:
        tell_edit(library, library.rename_search(old, new), as_json)


@searches_command.command("delete", cls=Command, epilog=examples("searches delete unread"))
@click.argument("name", metavar="NAME")
@json_option
@pass_session
def delete_search_command(session: Session, name: str, as_json: bool) -> None:
    """Delete a saved search."""
    with session.library() as library:
        tell_edit(library, library.delete_search(name), as_json)
