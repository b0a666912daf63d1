"""`duplicates` and `merge`: papers that are in the library twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from readinglist.cli.arguments import NUMBER, Command, examples, json_option
from readinglist.cli.data import print_json
from readinglist.cli.edits import tell_edit
from readinglist.cli.program import Session, pass_session
from readinglist.cli.progress import watched
from readinglist.cli.terminal import counted, say
from readinglist.text.clean import clean_line

if TYPE_CHECKING:
    from readinglist.library import Group, Library, Merge
    from readinglist.paper import Paper

_RULES = click.Choice(["oldest", "newest", "fullest"])
_WHY = {
    "doi": "The same DOI",
    "arxiv": "The same arXiv id",
    "title": "The same title",
    "similar": "Similar titles, to be looked at",
}


@click.command(
    "duplicates",
    cls=Command,
    epilog=examples("duplicates", "duplicates --merge oldest", "duplicates --apart 12 40"),
)
@click.option("--merge", "rule", type=_RULES, help="Merge papers that are certainly one and keep this one of them.")
@click.option("--apart", nargs=2, type=NUMBER, metavar="ID ID", help="These two are not one: do not list them again.")
@click.option("--dry-run", is_flag=True, help="With --merge: only say what would be done.")
@json_option
@pass_session
def duplicates_command(
    session: Session, rule: str | None, apart: tuple[int, int] | None, dry_run: bool, as_json: bool
) -> None:
    """List papers that are perhaps in the library twice; or merge those that certainly are."""
    from readinglist.library import Rule

    if dry_run and rule is None:
        raise click.UsageError("--dry-run goes with --merge.")
    with session.library() as library:
        if apart is not None:
            tell_edit(library, library.keep_apart(apart), as_json)
            return
        with watched("Looking for duplicates") as progress:
            if rule is not None and not dry_run:
                edited = library.merge_duplicates(Rule(rule), progress=progress)
            else:
                found = library.duplicates(similar=rule is None, progress=progress)
        if rule is not None and not dry_run:
            tell_edit(library, edited, as_json)
        elif rule is not None:
            merges = [library.preview_merge(group.ids, rule=Rule(rule)) for group in found]
            _tell_merges(merges, as_json)
        elif as_json:
            print_json([_group_as_json(library, group) for group in found])
        else:
            _list(library, found)


@click.command("merge", cls=Command, epilog=examples("merge 12 40", "merge 12 40 --keep 40", "merge 12 40 --dry-run"))
@click.argument("ids", nargs=-1, required=True, type=NUMBER, metavar="ID ID...")
@click.option("--keep", type=NUMBER, metavar="ID", help="The paper to keep; without it the one that was added first.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@json_option
@pass_session
def merge_command(session: Session, ids: tuple[int, ...], keep: int | None, dry_run: bool, as_json: bool) -> None:
    """Make one paper of several.

    The one that is kept takes in what it lacks, and all tags, notes and highlights; the others go to the trash.
    """
    with session.library() as library:
        if dry_run:
            _tell_merges([library.preview_merge(ids, keep=keep)], as_json)
        else:
            tell_edit(library, library.merge(ids, keep=keep), as_json)


def _list(library: Library, found: Sequence[Group]) -> None:
    for group in found:
        say(f"{_WHY[group.why]}:")
        for paper in library.papers(group.ids):
            say(f"  {paper.id:>6}  {_line(paper)}")
        say("")
    certain = sum(group.certain for group in found)
    if not found:
        say("No paper is in the library twice.")
        return
    say(f"{counted(len(found), 'group')}, {certain} of them certain.")
    say("Merge by hand with: readinglist merge ID ID; all that are certain with: readinglist duplicates --merge oldest")


def _line(paper: Paper) -> str:
    first = paper.authors[0].name if paper.authors else ""
    parts = [paper.title, first, str(paper.year or ""), paper.venue or "", paper.doi or paper.arxiv_id or ""]
    return " · ".join(clean_line(part) for part in parts if part)


def _group_as_json(library: Library, group: Group) -> dict[str, Any]:
    from readinglist.formats.paper_json import paper_as_json

    return {
        "why": group.why,
        "certain": group.certain,
        "papers": [paper_as_json(paper) for paper in library.papers(group.ids)],
    }


def _tell_merges(merges: Sequence[Merge], as_json: bool) -> None:
    from readinglist.formats.paper_json import paper_as_json

    if as_json:
        print_json(
            [
                {
                    "kept": int(merge.kept.id),
                    "merged": [int(other.id) for other in merge.others],
                    "result": paper_as_json(merge.result),
                }
                for merge in merges
            ]
        )
        return
    for merge in merges:
        before, after = paper_as_json(merge.kept), paper_as_json(merge.result)
        gone = ", ".join(str(other.id) for other in merge.others)
        say(f"{merge.kept.id} stays, {gone} would go to the trash: {clean_line(merge.kept.title)}")
        for name, value in after.items():
            if name in before and before[name] != value:
                say(f"  {name}: {_short(before[name])} -> {_short(value)}")
    say("Nothing was changed." if merges else "There is nothing to merge.")


def _short(value: object) -> str:
    if value is None or value == []:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = clean_line(", ".join(map(str, value)) if isinstance(value, list) else str(value))
    return text if len(text) <= 60 else f"{text[:59]}…"
