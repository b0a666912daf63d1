"""What is new, in groups with reasons, as text and as Markdown. Knows nothing of how it was gathered."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from readinglist.formats.markdown_list import paper_addresses
from readinglist.formats.markdown_text import escape_markdown
from readinglist.paper import Paper
from readinglist.text.clean import clean_line

EXCERPT = 320
_EXCERPT_LEAST = 140
_SENTENCE_END = re.compile(r"(?<!\bet al)(?<!\be\.g)(?<!\bi\.e)[.?!](?= [A-Z])")
_WIDTH = 78
_IN_ADDRESS = str.maketrans({"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C", "`": "%60", " ": "%20"})

Kind = Literal["suggestion", "search", "tag", "rest"]


@dataclass(frozen=True, slots=True)
class DigestPaper:
    """A new paper, and in a few words each why it stands where it does."""

    paper: Paper
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class DigestGroup:
    """New papers that belong together: to a saved search or a tag called `name`, suggested, or the `rest`.

    `query` lists them all, and more of the kind.
    """

    kind: Kind
    name: str
    query: str
    papers: Sequence[DigestPaper]


@dataclass(frozen=True, slots=True)
class Digest:
    """What came since a day, both ISO dates; no paper stands in two groups, and no group is empty.

    `total` counts all papers that came, also those beyond the limit that was asked for. `library` is a library's id,
    `note` says by what suggestions were chosen.
    """

    today: str
    since: str
    by: Literal["suggestion", "search", "tag"]
    library: str
    total: int
    groups: Sequence[DigestGroup]
    note: str | None = None

    @property
    def shown(self) -> int:
        """How many papers stand in the groups."""
        return sum(len(group.papers) for group in self.groups)

    @property
    def title(self) -> str:
        """What it is, in one line."""
        return f"{counted(self.total)} since {self.since}"


def counted(papers: int) -> str:
    """Return a number of new papers in words.

    >>> counted(0), counted(1), counted(1200)
    ('No new papers', '1 new paper', '1,200 new papers')
    """
    return "No new papers" if not papers else f"{papers:,} new {'paper' if papers == 1 else 'papers'}"


def group_name(group: DigestGroup) -> str:
    """Return the heading of a group."""
    return group.name or ("Suggested for you" if group.kind == "suggestion" else "Everything else")


def more_papers(digest: Digest) -> str:
    """Return a sentence on the papers that are not shown; empty when all are."""
    more = digest.total - digest.shown
    return f"{more:,} more {'is' if more == 1 else 'are'} in the library." if more else ""


def facts(paper: Paper) -> list[str]:
    """Return venue, date and upvotes of a paper, as far as they are known."""
    upvotes = f"{paper.upvotes:,} {'upvote' if paper.upvotes == 1 else 'upvotes'}" if paper.upvotes else None
    return [fact for fact in (paper.venue, paper.published or str(paper.year or ""), upvotes) if fact]


def people(paper: Paper, most: int = 6) -> str:
    """Return the authors in one line, the first ones if they are many."""
    names = [author.name for author in paper.authors]
    return ", ".join(names if len(names) <= most + 1 else [*names[:most], f"and {len(names) - most} more"])


def excerpt(abstract: str) -> str:
    """Return the beginning of an abstract: whole sentences where they are short enough, else words."""
    line = " ".join(abstract.split())
    if len(line) <= EXCERPT:
        return line
    ends = [found.end() for found in _SENTENCE_END.finditer(line, _EXCERPT_LEAST, EXCERPT)]
    end = ends[-1] if ends else line.rfind(" ", _EXCERPT_LEAST, EXCERPT)
    return (line[:end] if end > 0 else line[:EXCERPT]) + " …"


# -- text -----------------------------------------------------------------------------------------


def text_digest(digest: Digest) -> Iterator[str]:
    """Yield the digest as plain text, lines of 78 characters, safe for a terminal."""
    yield f"{digest.title}\n{'=' * len(digest.title)}\n"
    if digest.note:
        yield "\n" + textwrap.fill(clean_line(digest.note), _WIDTH) + "\n"
    for group in digest.groups:
        head = f"{clean_line(group_name(group))} ({len(group.papers)})"
        yield f"\n{head}\n{'-' * min(len(head), _WIDTH)}\n"
        for entry in group.papers:
            yield "\n" + "\n".join(_text_entry(entry)) + "\n"
    if more := more_papers(digest):
        yield f"\n{more}\n"


def _text_entry(entry: DigestPaper) -> Iterator[str]:
    paper = entry.paper

    def wrapped(text: str, first: str = "  ") -> Iterator[str]:
        line = clean_line(text)
        if line:
            yield from textwrap.wrap(line, _WIDTH, initial_indent=first, subsequent_indent="  ", break_on_hyphens=False)

    yield from wrapped(paper.title, f"{paper.id}  ")
    yield from wrapped(people(paper))
    yield from wrapped(" · ".join(facts(paper)))
    yield from wrapped("; ".join(entry.reasons), "  > ")
    yield from wrapped(excerpt(paper.abstract or ""))
    for _, address in list(paper_addresses(paper))[:1]:
        yield f"  {clean_line(address)}"


# -- Markdown -------------------------------------------------------------------------------------


def markdown_digest(digest: Digest) -> Iterator[str]:
    """Yield the digest as Markdown; whatever a paper says shows as it is."""
    yield f"# {escape_markdown(digest.title)}\n"
    if digest.note:
        yield f"\n{escape_markdown(clean_line(digest.note))}\n"
    for group in digest.groups:
        yield f"\n## {escape_markdown(clean_line(group_name(group)))} ({len(group.papers)})\n"
        for entry in group.papers:
            yield "\n" + "\n\n".join(_markdown_blocks(entry)) + "\n"
    if more := more_papers(digest):
        yield f"\n{more}\n"


def _markdown_blocks(entry: DigestPaper) -> Iterator[str]:
    paper = entry.paper
    title = escape_markdown(clean_line(paper.title))
    addresses = list(paper_addresses(paper))
    linked = f"[{title}]({addresses[0][1].translate(_IN_ADDRESS)})" if addresses else title
    yield f"### {linked}"
    about = [people(paper), *facts(paper)]
    if shown := " · ".join(escape_markdown(clean_line(fact)) for fact in about if fact):
        yield shown
    if entry.reasons:
        yield f"*{escape_markdown(clean_line('; '.join(entry.reasons)))}*"
    if paper.abstract:
        yield escape_markdown(excerpt(paper.abstract))


def _html(digest: Digest) -> Iterator[str]:
    from readinglist.formats.digest_page import html_digest

    return html_digest(digest)


def _mail(digest: Digest) -> Iterator[str]:
    from readinglist.formats.digest_mail import mail_digest

    return mail_digest(digest)


DIGEST_FORMATS: Mapping[str, Callable[[Digest], Iterator[str]]] = MappingProxyType(
    {"text": text_digest, "markdown": markdown_digest, "html": _html, "eml": _mail}
)
"""What writes a digest in each format, piece by piece."""
