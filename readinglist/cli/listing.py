"""Papers as text for a terminal: short in a list, whole for one. Knows nothing of how they were found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from readinglist.cli.dates import local_time
from readinglist.cli.terminal import cells, cut, pad, width, wrap, wrap_marked
from readinglist.paper import Paper, Status
from readinglist.text.clean import clean_line, clean_text

if TYPE_CHECKING:
    from readinglist.library import Snippet

STATUS_NAMES = {
    Status.INBOX: "Inbox",
    Status.NEXT: "Up next",
    Status.READING: "Reading",
    Status.LATER: "Later",
    Status.READ: "Read",
    Status.ARCHIVED: "Archived",
}
STATUS_SIGNS = {
    Status.INBOX: "·",
    Status.NEXT: "»",
    Status.READING: "~",
    Status.LATER: "z",
    Status.READ: "✓",
    Status.ARCHIVED: "▫",
}
_READING_CELLS = 88
_MARK_COLOURS = {
    "yellow": "yellow",
    "green": "green",
    "blue": "blue",
    "pink": "magenta",
    "orange": "bright_red",
}


def is_due(paper: Paper, today: str) -> bool:
    """Say whether a Later paper's day has come; it is shown in the Inbox then."""
    return paper.status is Status.LATER and paper.until is not None and paper.until <= today


def paper_lines(papers: Sequence[Paper], *, today: str, snippets: Sequence[Snippet | None] | None = None) -> list[str]:
    """Return papers as lines: number, signs and title; authors, venue, year and tags; the snippet."""
    number_cells = max((len(str(paper.id)) for paper in papers), default=1)
    indent = " " * (number_cells + 5)
    room = width()
    lines: list[str] = []
    for at, paper in enumerate(papers):
        status = Status.INBOX if is_due(paper, today) else paper.status
        number = pad(str(paper.id), number_cells, right=True)
        star = click.style("*", fg="yellow") if paper.starred else " "
        title = click.style(cut(clean_line(paper.title), room - len(indent)), bold=True)
        lines.append(f"{click.style(number, fg='cyan')} {STATUS_SIGNS[status]}{star}  {title}")
        if under := _under_title(paper, room - len(indent)):
            lines.append(indent + under)
        if snippets is not None and (snippet := snippets[at]) is not None and snippet.field != "title":
            lines += wrap_marked(snippet.text, snippet.marks, room, most_lines=2, indent=indent)
    return lines


def _under_title(paper: Paper, room: int) -> str:
    tags = clean_line(", ".join(sorted(paper.tags, key=str.casefold)))
    tags = cut(tags, room // 2)
    facts = " · ".join(part for part in (_few_authors(paper), _place_and_year(paper)) if part)
    facts = cut(facts, room - cells(tags) - 3 if tags else room)
    return (f"{facts} · " if facts and tags else facts) + (click.style(tags, fg="green") if tags else "")


def _few_authors(paper: Paper) -> str:
    names = [clean_line(author.name) for author in paper.authors]
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _place_and_year(paper: Paper) -> str:
    return " ".join(clean_line(str(part)) for part in (paper.venue, paper.year) if part)


def whole_paper(paper: Paper, *, today: str) -> list[str]:
    """Return everything a reader may want to see of a paper."""
    room = min(width(), _READING_CELLS)
    lines = [click.style(line, bold=True) for line in wrap(f"{paper.id}  {clean_line(paper.title)}", room)]
    if paper.authors:
        lines += wrap(", ".join(clean_line(author.name) for author in paper.authors), room)
    facts = [(name, value) for name, value in _facts(paper, today) if value]
    label_cells = max(cells(name) for name, _ in facts) + 2
    lines.append("")
    for name, value in facts:
        first, *others = wrap(clean_line(value), room - label_cells)
        lines.append(click.style(pad(name, label_cells), dim=True) + first)
        lines += [" " * label_cells + line for line in others]
    if paper.abstract:
        lines += ["", *wrap(clean_text(paper.abstract), room)]
    if paper.highlights:
        lines += ["", click.style("Highlights", bold=True), *highlight_lines(paper, room)]
    if paper.note:
        lines += ["", click.style("Note", bold=True), *wrap(clean_text(paper.note), room, "  ")]
    return lines


def _facts(paper: Paper, today: str) -> Iterable[tuple[str, str | None]]:
    yield "Status", _status_words(paper, today)
    yield "Tags", ", ".join(sorted(paper.tags, key=str.casefold))
    yield "In", _place_and_year(paper)
    yield "Published", paper.published
    yield "Listed", paper.listed
    yield "DOI", paper.doi
    yield (
        "arXiv",
        " ".join(part for part in (paper.arxiv_id, paper.version) if part) if paper.arxiv_id else None,
    )
    yield "Address", paper.url
    for link in paper.links:
        yield clean_line(link.kind).capitalize(), link.url
    yield "Keywords", ", ".join(paper.keywords)
    yield "Upvotes", None if paper.upvotes is None else f"{paper.upvotes:,}"
    yield "From", paper.submitted_by
    yield "Added", f"{local_time(paper.added)} ({paper.source})"
    yield "Changed", local_time(paper.changed) if paper.changed != paper.added else None
    yield "Finished", local_time(paper.finished) if paper.finished else None


def _status_words(paper: Paper, today: str) -> str:
    words = STATUS_NAMES[paper.status]
    if paper.position is not None:
        words += f", place {paper.position}"
    if is_due(paper, today):
        words = f"Inbox (came back on {paper.until})"
    elif paper.until:
        words += f", comes back on {paper.until}"
    if paper.starred:
        words += ", starred"
    if paper.trashed:
        words = f"in the trash since {local_time(paper.trashed)}; was {words}"
    return words


def highlight_lines(paper: Paper, room: int) -> list[str]:
    """Return the highlights of a paper: the quote, then its short id, colour and comment."""
    lines: list[str] = []
    for mark in paper.highlights:
        colour = _MARK_COLOURS.get(mark.colour)
        quote = wrap(f"“{clean_line(mark.quote)}”", room, "  ")
        lines += [click.style(line, fg=colour) for line in quote]
        lost = ", no longer in the abstract" if mark.start is None else ""
        lines.append(click.style(f"    {clean_line(mark.id)[:8]} {clean_line(mark.colour)}{lost}", dim=True))
        if mark.comment:
            lines += wrap(clean_text(mark.comment), room, "    ")
    return lines
