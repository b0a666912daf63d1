"""Edits: what they change, what follows from them, what they refuse."""

from __future__ import annotations

from dataclasses import replace

import pytest

from readinglist.errors import ReadingListError
from readinglist.formats.source import Source
from readinglist.library import Changed, Library, NoSuchPaper
from readinglist.paper import Author, Link, Paper, Status
from readinglist.progress import Cancelled


def test_an_edit_changes_what_differs_and_nothing_else(library: Library) -> None:
    before = library.paper(2)
    edited = library.edit("Star", [2, 3], lambda p: replace(p, starred=p.id == 2))
    assert (edited.edited, edited.ids) == (1, [2])
    assert library.paper(2) == replace(before, starred=True)


def test_an_edit_that_changes_nothing_leaves_no_entry(library: Library) -> None:
    entries = len(library.history())
    assert library.star([2], on=False).entry is None
    assert len(library.history()) == entries


def test_none_puts_a_paper_into_the_trash_and_restore_brings_it_back(library: Library) -> None:
    library.edit("Remove", [2], lambda _: None)
    assert [p.id for p in library.trash()] == [2]
    assert library.search("cats").total == 0
    library.restore([2])
    assert library.search("cats").ids == [2]


def test_a_number_that_no_paper_has_stops_the_whole_edit(library: Library) -> None:
    with pytest.raises(NoSuchPaper, match="no paper 99"):
        library.star([1, 99])
    assert not library.paper(1).starred


def test_an_error_inside_a_change_leaves_everything_as_it_was(library: Library) -> None:
    def change(paper: Paper) -> Paper:
        if paper.id == 3:
            raise ReadingListError("no")
        return replace(paper, starred=True)

    with pytest.raises(ReadingListError):
        library.edit("Star", [1, 2, 3], change)
    assert library.search("is:starred").total == 0


def test_no_text_of_an_edit_brings_in_controls_or_turns_of_direction(library: Library) -> None:
    trick = "a\u202eb\x1b[31m\x00"
    library.highlight(2, "forty cats", comment=trick)

    def change(paper: Paper) -> Paper:
        return replace(
            paper,
            title=trick,
            abstract=paper.abstract and paper.abstract + trick,
            authors=(Author(trick, trick), Author("\u202e")),
            venue=trick,
            keywords=(trick, "\x1b"),
            links=(Link("code", f"https://example.org/{trick}"),),
            note=trick,
            submitted_by=trick,
            tags=frozenset({trick}),
        )

    library.edit("Edit", [2], change)
    library.save_search(trick, f"title:{trick}")
    paper = library.paper(2)
    texts = repr((paper, library.searches(), library.history()))
    assert [char for char in ("\\x1b", "\\x00", "\\u202e") if char in texts] == []
    assert (paper.authors, paper.keywords) == ((Author("ab[31m", "ab[31m"),), ("ab[31m",))


def test_a_field_set_by_hand_is_remembered_as_corrected(library: Library) -> None:
    library.correct([2], year=2024, doi="https://doi.org/10.1000/ABC")
    paper = library.paper(2)
    assert (paper.year, paper.doi) == (2024, "10.1000/abc")
    assert paper.corrected == {"year", "doi"}


@pytest.mark.parametrize(
    "values", [{"title": " \n"}, {"doi": "none"}, {"arxiv_id": "x"}, {"abstract": "x" * 1_000_001}]
)
def test_an_impossible_value_is_refused(library: Library, values: dict[str, str]) -> None:
    with pytest.raises(ReadingListError):
        library.correct([2], **values)
    assert library.paper(2).title == "Positional bias of cats"


def test_tags_are_one_whatever_their_case_and_keep_the_first_spelling(library: Library) -> None:
    library.tag([1], add=["NLP/Parsing", "to cite, soon"])
    library.tag([2], add=["nlp/parsing"])
    assert library.paper(1).tags == {"NLP/Parsing", "to cite, soon"}
    assert library.paper(2).tags == {"NLP/Parsing"}
    library.tag([1, 2], remove=["nlp/PARSING"])
    assert library.paper(1).tags == {"to cite, soon"}
    assert library.paper(2).tags == frozenset()


@pytest.mark.parametrize("tag", ["", "  ", "a//b", "/a", "none", "Any"])
def test_a_tag_that_means_something_else_is_refused(library: Library, tag: str) -> None:
    with pytest.raises(ReadingListError):
        library.tag([1], add=[tag])


def test_up_next_keeps_the_order_it_is_given(library: Library) -> None:
    library.move([3, 1], Status.NEXT)
    library.move([2], "next", place="top")
    assert library.search("is:next sort:position").ids == [2, 3, 1]
    library.move([1], "next", before=3)
    assert library.search("is:next sort:position").ids == [2, 1, 3]
    assert [p.position for p in library.papers([1, 2, 3])] == [2, 1, 3]
    library.move([2], "read")
    assert library.paper(2).position is None
    assert library.paper(1).position == 1


def test_status_seen_to_by_any_edit_keeps_order_and_dates_true(library: Library) -> None:
    library.edit("Up next", [1, 2], lambda p: replace(p, status=Status.NEXT))
    assert library.search("is:next sort:position").ids == [1, 2]
    library.edit("Read", [1], lambda p: replace(p, status=Status.READ))
    paper = library.paper(1)
    assert (paper.finished, paper.order_key) == ("2026-03-11T09:30:00Z", None)
    library.move([1], "inbox")
    assert library.paper(1).finished is None


def test_a_paper_put_off_comes_back_by_itself(library: Library, clock: object) -> None:
    library.move([2], Status.LATER, until="2026-03-12")
    assert library.search("is:inbox").total == 2
    assert library.counts().later == 1
    clock.pass_(days=1)  # type: ignore[attr-defined]
    assert library.search("is:inbox").total == 3
    assert library.search("is:due").ids == [2]
    assert (library.counts().inbox, library.counts().later) == (3, 0)


def test_a_day_to_come_back_must_be_a_date_and_only_for_later(library: Library) -> None:
    for status, until in (("later", "soon"), ("later", "2026-02-30"), ("read", "2026-03-12")):
        with pytest.raises(ReadingListError):
            library.move([2], status, until=until)


def test_subscribers_hear_what_changed_after_it_was_written(library: Library) -> None:
    heard: list[Changed] = []
    stop = library.subscribe(heard.append)
    library.star([1])
    library.remove([1])
    library.undo()
    stop()
    library.star([2])
    assert [(c.label, set(c.added), set(c.edited), set(c.removed)) for c in heard] == [
        ("Star", set(), {1}, set()),
        ("Remove", set(), set(), {1}),
        ("Remove", {1}, set(), set()),
    ]


def test_a_paper_added_by_hand_is_found_at_once(library: Library) -> None:
    added = Paper(title="  On  adding\tby hand ", abstract="A hand adds.", tags=frozenset({"Own"}))
    edited = library.add(added)
    paper = library.paper(edited.ids[0])
    assert (paper.title, paper.source, paper.tags) == ("On adding by hand", "manual", {"Own"})
    assert library.search("adding").ids == [paper.id]


def test_thousands_of_papers_are_edited_and_undone_as_one(empty: Library) -> None:
    from readinglist.formats.source import Source

    lines = "".join(f'{{"title": "Paper number {n} of many"}}\n' for n in range(2000))
    empty.import_([Source("many", data=lines.encode())])
    ids = empty.search().ids
    assert empty.tag(ids, add=["all"]).edited == 2000
    assert empty.search("tag:all").total == 2000
    assert empty.undo().edited == 2000
    assert empty.search("tag:any").total == 0


@pytest.fixture
def many(empty: Library) -> list[int]:
    """More papers than are read at a time, in the library `empty`."""
    data = "\n".join(f'{{"title": "Paper number {n}"}}' for n in range(1, 1202)).encode()
    return list(empty.import_([Source("many.jsonl", data=data)]).ids)


class _Watcher:
    """Notes every step, and stops the work at one of them."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.steps: list[tuple[int, int | None]] = []
        self._stop_at = stop_at

    def step(self, done: int, total: int | None, text: str = "") -> None:
        self.steps.append((done, total))
        if self._stop_at is not None and done >= self._stop_at:
            raise Cancelled


def test_edit_of_many_tells_how_far_it_is(empty: Library, many: list[int]) -> None:
    eye = _Watcher()
    empty.star(many, progress=eye)
    assert eye.steps == [(0, 1201), (500, 1201), (1000, 1201)]


def test_edit_of_many_is_one_entry_and_undone_in_one(empty: Library, many: list[int]) -> None:
    edited = empty.move(many, Status.NEXT)
    assert (edited.edited, edited.ids) == (len(many), many)
    assert [paper.position for paper in empty.papers(many)] == list(range(1, len(many) + 1))
    assert empty.undo().edited == len(many)
    assert {paper.status for paper in empty.papers(many)} == {Status.INBOX}


def test_edit_of_many_that_is_stopped_leaves_nothing_behind(empty: Library, many: list[int]) -> None:
    entries = len(empty.history())
    with pytest.raises(Cancelled):
        empty.tag(many, add=["half"], progress=_Watcher(stop_at=500))
    assert empty.search("tag:half", limit=0).total == 0
    assert len(empty.history()) == entries


def test_undo_of_many_that_is_stopped_leaves_everything_done(empty: Library, many: list[int]) -> None:
    empty.tag(many, add=["all"])
    with pytest.raises(Cancelled):
        empty.undo(progress=_Watcher(stop_at=500))
    assert empty.search("tag:all", limit=0).total == len(many)
