"""`import`, `export`, `formats`: papers out of files and back into them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from readinglist.cli.arguments import STATUS, Command, QueryCommand, TextType, examples, found, json_option
from readinglist.cli.data import print_json, report_as_json
from readinglist.cli.outcome import INTERRUPTED, SOME_FAILED
from readinglist.cli.output import write_pieces
from readinglist.cli.program import Session
from readinglist.cli.progress import watched
from readinglist.cli.terminal import counted, listens, read_input, say, table, tell
from readinglist.errors import Problem, ReadingListError
from readinglist.progress import Cancelled
from readinglist.text.clean import clean_line

if TYPE_CHECKING:
    from readinglist.formats.markdown_folder import FileWriter
    from readinglist.formats.source import Source
    from readinglist.library import ImportReport, Library
    from readinglist.paper import Paper

_PROBLEMS_SHOWN = 20
_EDITED_SHOWN = 5


class FormatName(TextType):
    """The name of a format that can be read, or written."""

    name = "format"

    def __init__(self, use: Literal["read", "write"]) -> None:
        self._use = use

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name if there is such a format."""
        from readinglist.formats.table import FORMATS

        names = [
            name for name, each in FORMATS.items() if (each.read is not None if self._use == "read" else each.can_write)
        ]
        if value not in names:
            verb = "read" if self._use == "read" else "written"
            self.fail(f"“{value}” is no format that can be {verb}: {', '.join(names)}.", param, ctx)
        return value


@click.command(
    "import",
    cls=Command,
    epilog=examples(
        "import papers.txt",
        "import list.jsonl.gz --tag conference/2026 --to later",
        "import - < page.txt",
        "import papers-in-markdown/",
        "import papers.txt --dry-run",
    ),
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True), metavar="PATH...")
@click.option(
    "--format",
    "format_name",
    type=FormatName("read"),
    metavar="NAME",
    help="The format; else it is recognised.",
)
@click.option("--tag", "tags", multiple=True, metavar="T", help="Give new papers a tag; may be given several times.")
@click.option("--to", "status", type=STATUS, help="Put new papers there instead of the Inbox.")
@click.option("--dry-run", is_flag=True, help="Read and report, but take nothing in.")
@click.option("--large", is_flag=True, help="Lift the limit on the size of a file.")
@json_option
@click.pass_context
def import_command(
    context: click.Context,
    paths: tuple[Path, ...],
    format_name: str | None,
    tags: tuple[str, ...],
    status: str | None,
    dry_run: bool,
    large: bool,
    as_json: bool,
) -> None:
    """Take in papers from files; "-" is standard input, a folder is one of Markdown files.

    All or nothing goes into the library. Records that could not be read are told of, and the exit
    status is then 3.
    """
    sources = _sources(paths, large=large)
    with context.ensure_object(Session).library() as library:
        with watched("Reading") as progress:
            try:
                report = library.import_(
                    sources,
                    to=status,
                    tags=tags,
                    format_name=format_name,
                    dry_run=dry_run,
                    large=large,
                    progress=progress,
                )
            except Cancelled:
                progress.clear()
                tell("readinglist: stopped; nothing was taken in.")
                context.exit(INTERRUPTED)
        _tell_report(report, dry_run, as_json)
        if not dry_run and (report.added or report.updated or library.pending()):
            _bring_up_to_date(context, library)
    if report.failed:
        context.exit(SOME_FAILED)


def _sources(paths: tuple[Path, ...], *, large: bool) -> list[Source]:
    from readinglist.formats.source import Source

    if not paths:
        raise click.UsageError('Name the files to take in, or "-" for standard input.')
    if sum(str(path) == "-" for path in paths) > 1:
        raise click.UsageError("Standard input can be read only once.")
    for path in paths:
        if str(path) == "-":
            continue
        if not path.exists():
            raise ReadingListError(f"{path}: there is no such file.")
    return [
        Source("standard input", data=_standard_input(large=large))
        if str(path) == "-"
        else Source(clean_line(path.name) or str(path.resolve().name), path=path)
        for path in paths
    ]


def _standard_input(*, large: bool) -> bytes:
    from readinglist.formats.source import Limits

    if listens("stdin"):
        tell(f"Paste the papers, then press {'Ctrl+Z and Enter' if os.name == 'nt' else 'Ctrl+D'}.")
    return read_input(Limits.of(large=large).unpacked_bytes)


def _tell_report(report: ImportReport, dry_run: bool, as_json: bool) -> None:
    if as_json:
        print_json(report_as_json(report))
        return
    say(
        f"{report.read:,} read: {report.added:,} added, {report.updated:,} updated, "
        f"{report.unchanged:,} unchanged, {report.failed:,} failed"
    )
    if dry_run:
        say("This was a trial: nothing was taken in.")
    for problem in report.problems[:_PROBLEMS_SHOWN]:
        tell(_problem_line(problem))
    if len(report.problems) > _PROBLEMS_SHOWN:
        tell(f"… and {counted(len(report.problems) - _PROBLEMS_SHOWN, 'more problem')} (--json lists all).")


def _problem_line(problem: Problem) -> str:
    where = problem.source if problem.line is None else f"{problem.source}, line {problem.line}"
    return f"{where}: {'not taken in: ' if problem.kind == 'failed' else ''}{problem.message}"


def _bring_up_to_date(context: click.Context, library: Library) -> None:
    """Index what came in; it is in the library already, whatever becomes of this."""
    with watched("Making the papers searchable") as progress:
        try:
            library.update_index(progress)
        except (Cancelled, KeyboardInterrupt):
            progress.clear()
            tell("readinglist: stopped; the papers are in, and searchable by text after “readinglist index”.")
            context.exit(INTERRUPTED)
        except ReadingListError as error:
            progress.clear()
            tell(f"readinglist: the papers are in, but not yet searchable by text: {error}")


@click.command(
    "export",
    cls=QueryCommand,
    epilog=examples(
        "export --format json -o everything.json",
        "export is:starred --format jsonl",
        "export tag:nlp -is:read --format json",
        "export --format markdown-folder -o vault/papers",
    ),
)
@click.argument("words", nargs=-1, metavar="[QUERY]...")
@click.option(
    "--format",
    "format_name",
    type=FormatName("write"),
    required=True,
    metavar="NAME",
    help="The format to write.",
)
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Write to a file, or a folder where the format is one; without it to standard output.",
)
@click.pass_context
def export_command(context: click.Context, words: tuple[str, ...], format_name: str, file: Path | None) -> None:
    """Write papers in a format: all, or those that a query finds.

    A file is replaced only when all is written. In a folder that an earlier export made, files that you have
    edited since are left as they are.
    """
    from readinglist.formats.table import FORMATS, write

    files = FORMATS[format_name].files
    if files is not None and (file is None or str(file) == "-"):
        raise click.UsageError("This format is a folder: name it with -o DIR.")
    if files is None and file is not None and file.is_dir():
        raise click.UsageError(f"{file}: is a folder; name a file.")
    with context.ensure_object(Session).library() as library:
        # Not `Library.export`: papers that have only some of the words are no answer here, and all must be searchable.
        ids = found(library, " ".join(words))
        papers = library.read_all(ids)
        if files is not None and file is not None:
            _write_folder(context, papers, len(ids), files, file)
            return
        write_pieces(write(papers, format_name), file)


def _write_folder(context: click.Context, papers: Iterable[Paper], total: int, files: FileWriter, folder: Path) -> None:
    from readinglist.formats.folder import write_folder

    with watched("Writing") as progress:
        try:
            written = write_folder(papers, total, files, folder, progress)
        except Cancelled:
            progress.clear()
            tell("readinglist: stopped; nothing was written.")
            context.exit(INTERRUPTED)
    if written.edited:
        some = ", ".join(map(clean_line, written.edited[:_EDITED_SHOWN]))
        more = ", …" if len(written.edited) > _EDITED_SHOWN else ""
        tell(f"{counted(len(written.edited), 'file')} edited since the last export left as they are: {some}{more}")


@click.command("formats", cls=Command, epilog=examples("formats", "formats --json"))
@json_option
def formats_command(as_json: bool) -> None:
    """List the formats that can be read and written."""
    from readinglist.formats.table import FORMATS

    formats = [
        {
            "name": each.name,
            "label": each.label,
            "suffixes": list(each.suffixes),
            "read": each.read is not None,
            "write": each.can_write,
        }
        for each in FORMATS.values()
    ]
    if as_json:
        print_json(formats)
        return
    rows = [
        (
            each.name,
            clean_line(each.label),
            " ".join(each.suffixes),
            "read" if each.read is not None else "",
            "write" if each.can_write else "",
        )
        for each in FORMATS.values()
    ]
    say(*table(rows))
