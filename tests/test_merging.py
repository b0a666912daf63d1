"""One paper of several: what is kept, what is filled in, and that nothing a reader wrote is lost."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from readinglist.anchor import make_highlight
from readinglist.merging import Rule, choose, merged
from readinglist.paper import Author, Highlight, Link, Paper, PaperId, Status

OLD = Paper("Lists", id=PaperId(1), uid="a", added="2026-01-01T00:00:00Z", abstract="We keep a list.", year=2025)
NEW = Paper(
    "Lists, revised",
    id=PaperId(2),
    uid="b",
    added="2026-02-01T00:00:00Z",
    abstract="We keep a list of papers.",
    authors=(Author("Ada Example"),),
    year=2026,
    venue="Journal of Lists",
    doi="10.1000/lists",
    links=(Link("pdf", "https://example.org/lists.pdf"),),
)


def ids() -> count[int]:
    return count(1)


def merge(kept: Paper, *others: Paper) -> Paper:
    numbers = ids()
    return merged(kept, others, lambda: f"new-{next(numbers)}")


def highlight(paper: Paper, quote: str, hid: str) -> Highlight:
    return make_highlight(paper.abstract or "", quote, id=hid, created="2026-03-01T00:00:00Z")


def test_rules_choose_by_age_or_by_what_is_known() -> None:
    assert [choose([NEW, OLD], rule) for rule in Rule] == [OLD, NEW, NEW]


def test_the_kept_one_keeps_what_it_says_and_gains_what_it_lacks() -> None:
    result = merge(OLD, NEW)
    assert (result.title, result.abstract, result.year) == (OLD.title, OLD.abstract, OLD.year)
    assert (result.authors, result.venue, result.doi, result.links) == (NEW.authors, NEW.venue, NEW.doi, NEW.links)
    assert (result.id, result.uid, result.added) == (OLD.id, OLD.uid, OLD.added)


def test_what_the_reader_set_by_hand_stays_and_what_they_emptied_is_filled() -> None:
    kept = replace(OLD, title="My title", venue=None, corrected=frozenset({"title", "venue"}))
    result = merge(kept, NEW)
    assert (result.title, result.venue, result.corrected) == ("My title", NEW.venue, kept.corrected)


def test_tags_and_notes_of_both_are_kept() -> None:
    result = merge(
        replace(OLD, tags=frozenset({"NLP"}), note="First."),
        replace(NEW, tags=frozenset({"nlp", "b"}), note="Second.\n"),
    )
    assert result.tags == {"NLP", "b"}
    assert result.note == "First.\n\nSecond."


def test_a_note_that_another_holds_is_not_said_twice() -> None:
    assert merge(replace(OLD, note="Good."), replace(NEW, note="Good. Very.")).note == "Good. Very."
    assert merge(replace(OLD, note="Good. Very.\n"), replace(NEW, note="Good.")).note == "Good. Very.\n"


def test_the_status_is_of_the_one_that_came_furthest() -> None:
    read = replace(NEW, status=Status.READ, finished="2026-03-01T00:00:00Z")
    result = merge(replace(OLD, status=Status.LATER, until="2026-04-01"), read)
    assert (result.status, result.until, result.finished) == (Status.READ, None, read.finished)
    assert merge(replace(OLD, starred=True), NEW).starred
    queued = replace(NEW, status=Status.NEXT, order_key="m")
    assert merge(OLD, queued).order_key == "m"


def test_highlights_come_along_under_new_ids_and_find_their_place() -> None:
    kept = replace(OLD, highlights=(highlight(OLD, "keep a list", "h1"),))
    other = replace(NEW, highlights=(highlight(NEW, "keep a list", "h2"), highlight(NEW, "list of papers", "h3")))
    result = merge(kept, other)
    assert [(h.id, h.quote, h.start) for h in result.highlights] == [
        ("h1", "keep a list", 3),
        ("new-2", "list of papers", None),
    ]


words = st.text("ab \n", max_size=12).map(lambda text: text or None)


@given(st.lists(words, min_size=2, max_size=4))
def test_no_word_of_a_note_is_lost(notes: list[str | None]) -> None:
    papers = [replace(OLD, id=PaperId(n), note=note) for n, note in enumerate(notes, 1)]
    result = merge(papers[0], *papers[1:])
    assert all(note is None or note.strip() in (result.note or "") for note in notes)
