"""`feeds` with what can be done to them; `feeds refresh` is the only command that uses the network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from readinglist.cli.arguments import NUMBER, Command, examples, json_option
from readinglist.cli.data import edited_as_json, print_json, report_as_json
from readinglist.cli.dates import local_time
from readinglist.cli.edits import bring_up_to_date, tell_edit
from readinglist.cli.outcome import FAILED, INTERRUPTED, SOME_FAILED
from readinglist.cli.output import write_pieces
from readinglist.cli.program import Session, pass_session
from readinglist.cli.progress import watched
from readinglist.cli.terminal import counted, say, table, tell
from readinglist.errors import ReadingListError
from readinglist.text.clean import clean_line

if TYPE_CHECKING:
    from readinglist.library import Feed, Outcome, Refreshed, Revision

_DAYS_SHOWN = 7


@click.group(
    "feeds",
    invoke_without_command=True,
    epilog=examples(
        "feeds",
        "feeds add arxiv:cs.CL",
        "feeds add 'arxiv:all:electron'",
        "feeds add huggingface",
        "feeds add https://example.org/new.xml",
        "feeds refresh",
    ),
)
@json_option
@click.pass_context
def feeds_command(context: click.Context, as_json: bool) -> None:
    """List the feeds with their state; or add, remove and refresh them.

    Only "feeds refresh" uses the network.
    """
    if context.invoked_subcommand is not None:
        return
    with context.ensure_object(Session).library() as library:
        feeds = library.feeds()
        notices = {feed.number: library.feed_notices(feed) for feed in feeds}
        revisions = library.revisions()
    if as_json:
        print_json([feed_as_json(feed, notices[feed.number]) for feed in feeds])
        return
    if not feeds:
        say("There are no feeds yet. Add one: readinglist feeds add arxiv:cs.CL")
        return
    say(*table([_row(feed) for feed in feeds], right=(0, 3)))
    for feed in feeds:
        _tell_state(feed, notices[feed.number])
    _tell_revisions(revisions)


def feed_as_json(feed: Feed, notices: list[str]) -> dict[str, Any]:
    """Return a feed as the contract has it; what may be a secret in its address is left out."""
    state = feed.state
    return {
        "id": feed.number,
        "name": clean_line(feed.name),
        "address": feed.shown_address,
        "kind": str(feed.address.kind),
        "added": feed.added,
        "checked": state.checked,
        "fetched": state.fetched,
        "newest": state.newest,
        "new": state.new,
        "error": state.error,
        "failing_since": state.failing_since,
        "wait_until": state.wait_until,
        "notices": notices,
    }


def _row(feed: Feed) -> tuple[str, str, str, str]:
    state = feed.state
    if state.checked is None:
        told = "not asked yet"
    elif state.error:
        told = f"failing since {local_time(state.failing_since or state.checked)}"
    else:
        told = f"refreshed {local_time(state.checked)}"
    return str(feed.number), clean_line(feed.name), told, f"{state.new:,} new" if state.new else ""


def _tell_state(feed: Feed, notices: list[str]) -> None:
    if feed.state.error:
        tell(f"{feed.number} {feed.name}: {feed.state.error}")
    for notice in notices:
        tell(f"{feed.number} {feed.name}: {notice}")


def _tell_revisions(revisions: list[Revision]) -> None:
    for told in revisions:
        versions = f" ({told.before} to {told.after})" if told.before and told.after else ""
        what = " and ".join(told.fields)
        say(f"Changed since you read it: {told.paper} {clean_line(told.title)}{versions}{f': {what}' if what else ''}")


@feeds_command.command(
    "add",
    cls=Command,
    epilog=examples("feeds add arxiv:cs.CL+cs.LG", "feeds add https://example.org/new.xml --name 'New papers'"),
)
@click.argument("address", metavar="URL|FILE")
@click.option("--name", metavar="NAME", help="What to call it; else as it calls itself.")
@json_option
@pass_session
def add_command(session: Session, address: str, name: str | None, as_json: bool) -> None:
    """Subscribe to a feed; nothing is fetched until it is refreshed.

    It is an address of RSS or Atom, a file of any format that can be imported, arxiv:CATEGORY, arxiv:QUERY, or
    huggingface.
    """
    with session.library() as library:
        edited, feed = library.add_feed(address, name=name, folder=Path.cwd())
    if as_json:
        print_json({**edited_as_json(edited), "feed": feed_as_json(feed, [])})
    else:
        say(
            f"Added feed {feed.number}: {clean_line(feed.name)}. Fetch it with: readinglist feeds refresh {feed.number}"
        )


@feeds_command.command("remove", cls=Command, epilog=examples("feeds remove 3"))
@click.argument("number", type=NUMBER, metavar="N")
@json_option
@pass_session
def remove_command(session: Session, number: int, as_json: bool) -> None:
    """Unsubscribe from a feed. Its papers stay."""
    with session.library() as library:
        tell_edit(library, library.remove_feed(number), as_json)


@feeds_command.command("rename", cls=Command, epilog=examples("feeds rename 3 'New papers'", "feeds rename 3 ''"))
@click.argument("number", type=NUMBER, metavar="N")
@click.argument("name", metavar="NAME")
@json_option
@pass_session
def rename_command(session: Session, number: int, name: str, as_json: bool) -> None:
    """Give a feed another name; an empty one lets it have its own."""
    with session.library() as library:
        tell_edit(library, library.rename_feed(number, name), as_json)


@feeds_command.command("show", cls=Command, epilog=examples("feeds show 3", "feeds show 3 --days 5 --json"))
@click.argument("number", type=NUMBER, metavar="N")
@click.option("--days", type=NUMBER, default=7, show_default=True, help="So many days with papers, the newest first.")
@json_option
@pass_session
def show_command(session: Session, number: int, days: int, as_json: bool) -> None:
    """List what a feed told of, by the day of its list."""
    with session.library() as library:
        feed = library.feed(number)
        found = library.announcements(number, days)
        titles = {int(paper.id): paper.title for day in found for paper in library.papers(day.ids)}
        notices = library.feed_notices(feed)
    if as_json:
        told = [{"day": day.day, "ids": list(day.ids)} for day in found]
        print_json({**feed_as_json(feed, notices), "days": told})
        return
    say(f"{clean_line(feed.name)}  {clean_line(feed.shown_address)}")
    for day in found:
        say("", f"{day.day}  {counted(len(day.ids), 'paper')}")
        say(*table([(f"  {i}", clean_line(titles[i])) for i in day.ids], right=(0,)))
    if not found:
        say("It has told of nothing yet.")
    _tell_state(feed, notices)


@feeds_command.command("refresh", cls=Command, epilog=examples("feeds refresh", "feeds refresh 1 3 --json"))
@click.argument("numbers", nargs=-1, type=NUMBER, metavar="[N]...")
@json_option
@click.pass_context
def refresh_command(context: click.Context, numbers: tuple[int, ...], as_json: bool) -> None:
    """Ask the feeds for what is new and take it in: all of them, or those named.

    The only command that uses the network. The exit status is 1 when no feed could be fetched, 3 when some could not.
    """
    with context.ensure_object(Session).library() as library:
        with watched("Refreshing") as progress:
            done = library.refresh_feeds(numbers or None, progress)
            progress.clear()
        notices = {each.feed.number: library.feed_notices(each.feed) for each in done.outcomes}
        if as_json:
            print_json(_refreshed_as_json(done, notices))
        else:
            _tell_refreshed(done, notices)
        if done.added or done.entries:
            bring_up_to_date(library)
    if done.stopped:
        tell("readinglist: stopped; what had come in by then is in.")
        context.exit(INTERRUPTED)
    broken = any(each.report.failed for each in done.outcomes if each.report)
    if done.failed or broken:
        context.exit(FAILED if len(done.failed) == len(done.outcomes) else SOME_FAILED)


def _refreshed_as_json(done: Refreshed, notices: dict[int, list[str]]) -> dict[str, Any]:
    return {
        "feeds": [
            {
                **feed_as_json(each.feed, notices[each.feed.number]),
                "state": each.state,
                **(report_as_json(each.report) if each.report else dict.fromkeys(_REPORT)),
                "left_out": each.left_out,
                "days": [{"day": day, "ids": list(ids)} for day, ids in each.days],
                "revised": [_revision_as_json(told) for told in each.revised],
            }
            for each in done.outcomes
        ],
        "added": done.added,
        "failed": len(done.failed),
        "stopped": done.stopped,
        "seconds": done.seconds,
    }


_REPORT = ("read", "added", "updated", "unchanged", "failed", "problems", "import_id", "seconds")


def _revision_as_json(told: Revision) -> dict[str, Any]:
    return {
        "id": int(told.paper),
        "title": told.title,
        "from": told.before,
        "to": told.after,
        "at": told.at,
        "fields": list(told.fields),
    }


def _tell_refreshed(done: Refreshed, notices: dict[int, list[str]]) -> None:
    if not done.outcomes and not done.stopped:
        say("There are no feeds yet. Add one: readinglist feeds add arxiv:cs.CL")
    for each in done.outcomes:
        if each.state == "failed":
            tell(f"readinglist: feed {each.feed.number} ({each.feed.name}): {each.feed.state.error}")
        else:
            say(f"{clean_line(each.feed.name)}: {_told(each)}")
        for day, ids in each.days[:_DAYS_SHOWN]:
            say(f"  {day}  {counted(len(ids), 'new paper')}")
        if len(each.days) > _DAYS_SHOWN:
            earlier = sum(len(ids) for _, ids in each.days[_DAYS_SHOWN:])
            say(f"  earlier     {counted(earlier, 'new paper')}")
        for problem in each.report.problems if each.report else ():
            if problem.kind == "failed":
                tell(f"{each.feed.name}: not taken in: {problem.message}")
        for notice in notices[each.feed.number]:
            tell(f"{each.feed.name}: {notice}")
    _tell_revisions(done.revised)


def _told(outcome: Outcome) -> str:
    if outcome.state == "waiting":
        return f"asked to be left alone until {local_time(outcome.feed.state.wait_until or '')}"
    report = outcome.report
    if report is None:
        return "nothing new"
    parts = [f"{report.added:,} added, {report.updated:,} updated, {report.unchanged:,} unchanged"]
    if report.failed:
        parts.append(f"{report.failed:,} failed")
    if outcome.left_out:
        parts.append(f"{counted(outcome.left_out, 'new version')} of papers that are not here left out")
    return ", ".join(parts)


@feeds_command.command("seen", cls=Command, epilog=examples("feeds seen", "feeds seen 12 15"))
@click.argument("ids", nargs=-1, type=NUMBER, metavar="[ID]...")
@json_option
@pass_session
def seen_command(session: Session, ids: tuple[int, ...], as_json: bool) -> None:
    """Say that you have looked at what changed in papers you had read: all of these, or those named."""
    with session.library() as library:
        numbers = ids or tuple(told.paper for told in library.revisions())
        tell_edit(library, library.mark_seen(numbers), as_json)


@feeds_command.command("import", cls=Command, epilog=examples("feeds import feeds.opml"))
@click.argument("file", type=click.Path(path_type=Path), metavar="OPML")
@json_option
@click.pass_context
def import_command(context: click.Context, file: Path, as_json: bool) -> None:
    """Subscribe to the feeds of an OPML list that are not here yet."""
    if not file.exists():
        raise ReadingListError(f"{file}: there is no such file.")
    with context.ensure_object(Session).library() as library:
        done = library.import_feeds(file)
    failed = [problem for problem in done.problems if problem.kind == "failed"]
    if as_json:
        print_json(
            {
                **edited_as_json(done.edited),
                "read": len(done.feeds) + done.here + len(failed),
                "added": len(done.feeds),
                "unchanged": done.here,
                "failed": len(failed),
                "problems": [
                    {"kind": p.kind, "source": p.source, "line": p.line, "message": p.message} for p in done.problems
                ],
                "feeds": [feed_as_json(feed, []) for feed in done.feeds],
            }
        )
    else:
        say(f"{counted(len(done.feeds), 'feed')} added, {done.here:,} here already, {len(failed):,} failed")
        for problem in done.problems:
            tell(f"{problem.source}{f', line {problem.line}' if problem.line else ''}: {problem.message}")
    if failed:
        context.exit(SOME_FAILED if done.feeds or done.here else FAILED)


@feeds_command.command("export", cls=Command, epilog=examples("feeds export -o feeds.opml"))
@click.option(
    "-o", "--output", "file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to a file."
)
@pass_session
def export_command(session: Session, file: Path | None) -> None:
    """Write the feeds as an OPML list, on standard output or to a file; files of this machine are left out."""
    with session.library() as library:
        text = library.export_feeds()
        secret = sum(feed.has_secret for feed in library.feeds())
    write_pieces([text], file)
    if secret:
        tell(f"{counted(secret, 'address', 'addresses')} in it may hold a password or a token: mind who gets it.")
