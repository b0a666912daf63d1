"""`tag`, `star`, `unstar`, `move`, `remove`, `restore`: put papers where they belong."""

from __future__ import annotations

import click

from readinglist.cli.arguments import (
    NUMBER,
    STATUS,
    Command,
    Day,
    chosen,
    examples,
    json_option,
    papers_arguments,
)
from readinglist.cli.dates import today
from readinglist.cli.edits import tell_edit
from readinglist.cli.program import Session, pass_session
from readinglist.paper import Status


@click.command(
    "tag",
    cls=Command,
    epilog=examples("tag 12 15 --add nlp/parsing", "tag --query tag:nlp --add language --remove nlp"),
)
@papers_arguments
@click.option("--add", "added", multiple=True, metavar="TAG", help="Add a tag; may be given several times.")
@click.option("--remove", "removed", multiple=True, metavar="TAG", help="Remove a tag; may be given several times.")
@json_option
@pass_session
def tag_command(
    session: Session,
    ids: tuple[int, ...],
    query: str | None,
    added: tuple[str, ...],
    removed: tuple[str, ...],
    as_json: bool,
) -> None:
    """Add tags to papers and remove them.

    A tag may hold spaces and commas; "/" separates levels.
    """
    if not added and not removed:
        raise click.UsageError("Say which tags: --add TAG, --remove TAG.")
    with session.library() as library:
        tell_edit(library, library.tag(chosen(library, ids, query), add=added, remove=removed), as_json)


@click.command("star", cls=Command, epilog=examples("star 12", "star --query 'tag:nlp is:reading'"))
@papers_arguments
@json_option
@pass_session
def star_command(session: Session, ids: tuple[int, ...], query: str | None, as_json: bool) -> None:
    """Star papers."""
    with session.library() as library:
        tell_edit(library, library.star(chosen(library, ids, query)), as_json)


@click.command("unstar", cls=Command, epilog=examples("unstar 12", "unstar --query is:archived"))
@papers_arguments
@json_option
@pass_session
def unstar_command(session: Session, ids: tuple[int, ...], query: str | None, as_json: bool) -> None:
    """Take the star away from papers."""
    with session.library() as library:
        tell_edit(library, library.star(chosen(library, ids, query), on=False), as_json)


@click.command(
    "move",
    cls=Command,
    epilog=examples(
        "move 12 15 --to next --top",
        "move 12 --to next --before 7",
        "move 12 --to later --until 'next week'",
        "move --query 'is:inbox added:<2026-01-01' --to archived",
    ),
)
@papers_arguments
@click.option("--to", "status", type=STATUS, required=True, help="The new status.")
@click.option("--top", is_flag=True, help="At the top of Up next.")
@click.option("--bottom", is_flag=True, help="At the bottom of Up next; this is usual.")
@click.option("--before", type=NUMBER, metavar="ID", help="Before another paper in Up next.")
@click.option(
    "--until",
    type=Day(),
    metavar="DATE",
    help="The day a Later paper comes back: 2026-03-11, 11.3.2026, tomorrow, friday, next friday, next week, 3d, 2w.",
)
@json_option
@pass_session
def move_command(
    session: Session,
    ids: tuple[int, ...],
    query: str | None,
    status: str,
    top: bool,
    bottom: bool,
    before: int | None,
    until: str | None,
    as_json: bool,
) -> None:
    """Change the status of papers, order Up next.

    Papers keep the order in which they are named.
    """
    if top + bottom + (before is not None) > 1:
        raise click.UsageError("Give one of --top, --bottom and --before.")
    if (top or bottom or before is not None) and status != Status.NEXT:
        raise click.UsageError("--top, --bottom and --before order Up next: use them with --to next.")
    if until is not None and status != Status.LATER:
        raise click.UsageError("--until says when a Later paper comes back: use it with --to later.")
    if until is not None and until < today().isoformat():
        raise click.BadParameter(f"{until} has gone by.", param_hint="'--until'")
    place = "top" if top else "before" if before is not None else "bottom"
    with session.library() as library:
        moved = library.move(chosen(library, ids, query), status, place=place, before=before, until=until)
        tell_edit(library, moved, as_json)


@click.command("remove", cls=Command, epilog=examples("remove 12", "remove --query 'is:archived -is:starred'"))
@papers_arguments
@json_option
@pass_session
def remove_command(session: Session, ids: tuple[int, ...], query: str | None, as_json: bool) -> None:
    """Put papers into the trash."""
    with session.library() as library:
        tell_edit(library, library.remove(chosen(library, ids, query)), as_json)


@click.command("restore", cls=Command, epilog=examples("restore 12", "restore --query title:attention"))
@papers_arguments
@json_option
@pass_session
def restore_command(session: Session, ids: tuple[int, ...], query: str | None, as_json: bool) -> None:
    """Take papers out of the trash; a query looks in the trash."""
    with session.library() as library:
        tell_edit(library, library.restore(chosen(library, ids, query, trash=True)), as_json)
