"""What is new, in groups with reasons, and the words that all forms of it share. Knows not how it was gathered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from readinglist.paper import Paper

EXCERPT = 320
_EXCERPT_LEAST = 140
_SENTENCE_END = re.compile(r"(?<!\bet al)(?<!\be\.g)(?<!\bi\.e)[.?!](?= [A-Z])")

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
