"""Make one paper of several that are the same. Pure; knows nothing of where papers are kept.

The one that is kept keeps what it says; the others fill in what it lacks. Nothing a reader wrote is lost: tags and
highlights are united, notes stand one after the other, a star stays. The status is that of the paper which has come
furthest in its reader's work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from enum import StrEnum

from readinglist.changes import reading_order
from readinglist.dedup import taken_in
from readinglist.paper import SOURCE_FIELDS, Highlight, Paper, Status


class Rule(StrEnum):
    """Which of several papers is kept."""

    OLDEST = "oldest"
    NEWEST = "newest"
    FULLEST = "fullest"


_FURTHEST = (Status.READING, Status.READ, Status.NEXT, Status.LATER, Status.ARCHIVED, Status.INBOX)


def choose(papers: Sequence[Paper], rule: Rule) -> Paper:
    """Return the paper that a rule keeps: the first or the last added, or the one of which most is known."""
    if rule is Rule.FULLEST:
        return min(papers, key=lambda paper: (-_known(paper), paper.added, paper.id))
    by_age = sorted(papers, key=lambda paper: (paper.added, paper.id))
    return by_age[0] if rule is Rule.OLDEST else by_age[-1]


def _known(paper: Paper) -> int:
    return sum(getattr(paper, name) not in (None, "", ()) for name in SOURCE_FIELDS)


def merged(kept: Paper, others: Iterable[Paper], new_id: Callable[[], str]) -> Paper:
    """Return what `kept` becomes when `others`, the same paper, are merged into it, in their order.

    `new_id` gives the ids of the highlights that come along: those of the other papers stay theirs.
    """
    others = list(others)
    paper = kept
    for other in others:
        # What the reader set by hand is left alone, but what they never had can be filled in.
        filled = taken_in(replace(paper, corrected=frozenset(n for n in paper.corrected if getattr(paper, n))), other)
        paper = replace(filled, corrected=kept.corrected, version=kept.version)
    everyone = [kept, *others]
    furthest = min(everyone, key=lambda one: _FURTHEST.index(one.status))
    return replace(
        paper,
        status=furthest.status,
        order_key=furthest.order_key,
        until=furthest.until,
        finished=furthest.finished or next((one.finished for one in everyone if one.finished), None),
        starred=any(one.starred for one in everyone),
        taste=next((one.taste for one in everyone if one.taste), None),
        tags=_tags(everyone),
        note=_note(everyone),
        highlights=_highlights(paper.abstract or "", kept, others, new_id),
    )


def _tags(papers: Iterable[Paper]) -> frozenset[str]:
    spelt: dict[str, str] = {}
    for paper in papers:
        for tag in sorted(paper.tags):
            spelt.setdefault(tag.casefold(), tag)
    return frozenset(spelt.values())


def _note(papers: Iterable[Paper]) -> str | None:
    notes: list[str] = []
    for paper in papers:
        if paper.note and not any(paper.note.strip() in note for note in notes):
            notes = [note for note in notes if note.strip() not in paper.note] + [paper.note]
    return "\n\n".join(note.strip("\n") if len(notes) > 1 else note for note in notes) or None


def _highlights(
    abstract: str, kept: Paper, others: Iterable[Paper], new_id: Callable[[], str]
) -> tuple[Highlight, ...]:
    from readinglist.anchor import anchor  # with it comes rapidfuzz, 5 ms of every start

    found = list(kept.highlights if abstract == kept.abstract else (anchor(h, abstract) for h in kept.highlights))
    for other in others:
        for highlight in other.highlights:
            moved = replace(anchor(highlight, abstract), id=new_id())
            if not any(_same(moved, one) for one in found):
                found.append(moved)
    return tuple(sorted(found, key=reading_order))


def _same(one: Highlight, other: Highlight) -> bool:
    return (one.quote, one.start, one.comment) == (other.quote, other.start, other.comment)
