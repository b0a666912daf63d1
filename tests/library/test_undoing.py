"""Undo and redo, also in another run of the program."""

from __future__ import annotations

import pytest

from readinglist.errors import ReadingListError
from readinglist.formats.source import Source
from readinglist.library import Library
from readinglist.paper import Paper


def test_everything_can_be_undone_step_by_step_and_done_again(library: Library) -> None:
    steps = [
        lambda: library.star([1, 2]),
        lambda: library.tag([2, 3], add=["nlp", "to cite"]),
        lambda: library.move([1, 3], "next"),
        lambda: library.write_note(2, "Ask *Signe*."),
        lambda: library.highlight(2, "first of several boxes", comment="key"),
        lambda: library.correct([1], title="Weather, corrected", year=2020),
        lambda: library.remove([3]),
        lambda: library.rename_tag("nlp", "cats/nlp"),
        lambda: library.colour_tag("to cite", "#123456"),
        lambda: library.save_search("Cats", "title:cats"),
        lambda: library.delete_tag("to cite"),
    ]
    states = [_state(library)]
    for step in steps:
        step()
        states.append(_state(library))
    for state in reversed(states[:-1]):
        assert library.undo().conflicts == []
        assert _state(library) == state
    for state in states[1:]:
        assert library.redo().conflicts == []
        assert _state(library) == state


def _state(library: Library) -> object:
    papers = [(p.id, p.trashed is None, _reader_part(p)) for p in library.papers([1, 2, 3])]
    return papers, library.tags(), library.searches()


def _reader_part(paper: Paper) -> tuple[object, ...]:
    return (
        paper.title,
        paper.year,
        paper.status,
        paper.position,
        paper.starred,
        paper.tags,
        paper.note,
        paper.highlights,
        paper.corrected,
    )


def test_undo_in_another_process_takes_back_the_newest_and_names_it(library: Library, reopened: Library) -> None:
    library.star([1])
    undone = reopened.undo()
    assert (undone.label, undone.ids) == ("Star", [1])
    assert not library.paper(1).starred
    assert library.redo().label == "Star"


def test_own_undo_leaves_the_edits_of_others_alone(library: Library, reopened: Library) -> None:
    library.star([1])
    reopened.star([2])
    assert library.undo(own=True).ids == [1]
    assert library.paper(2).starred


def test_a_field_that_has_changed_since_is_told_of_and_left_alone(library: Library) -> None:
    entry = library.correct([1], title="First", year=2001).entry
    library.correct([1], title="Second")
    undone = library.undo(entry)
    assert library.paper(1).title == "Second"
    assert library.paper(1).year is None
    assert len(undone.conflicts) == 1
    assert "title" in undone.conflicts[0]


def test_an_entry_is_undone_once(library: Library) -> None:
    entry = library.star([1]).entry
    library.undo(entry)
    with pytest.raises(ReadingListError, match="already"):
        library.undo(entry)


def test_nothing_to_undo_or_redo_is_said_plainly(empty: Library) -> None:
    with pytest.raises(ReadingListError, match="nothing to undo"):
        empty.undo()
    with pytest.raises(ReadingListError, match="nothing to redo"):
        empty.redo()


def test_an_edit_ends_the_way_forward(library: Library) -> None:
    library.star([1])
    library.undo()
    library.star([2])
    with pytest.raises(ReadingListError):
        library.redo()


def test_undo_of_an_import_moves_its_papers_to_the_trash_and_redo_brings_them_back(library: Library) -> None:
    text = (
        "One more paper about trash\n\nIt is about what readers throw away, and why. Most of it comes back "
        "within a week, and so we keep all of it."
    )
    report = library.import_([Source("more", data=text.encode())])
    assert report.added == 1
    library.star(list(report.ids))
    library.undo(report.import_id)
    assert library.search().total == 3
    assert [p.title for p in library.trash()] == ["One more paper about trash"]
    library.redo()
    assert library.search().total == 4
    assert library.paper(report.ids[0]).starred


def test_the_saves_of_one_stretch_of_writing_are_one_entry(library: Library) -> None:
    before = len(library.history())
    for text in ("A", "A no", "A note"):
        library.write_note(1, text, stretch="s1")
    assert len(library.history()) == before + 1
    library.write_note(1, "A note, later", stretch="s2")
    library.undo()
    assert library.paper(1).note == "A note"
    library.undo()
    assert library.paper(1).note is None


def test_a_stretch_does_not_run_over_somebody_elses_edit(library: Library, reopened: Library) -> None:
    library.write_note(1, "Mine", stretch="s1")
    reopened.write_note(1, "Theirs")
    library.write_note(1, "Mine again", stretch="s1")
    library.undo()
    assert library.paper(1).note == "Theirs"


def test_history_tells_what_was_done(library: Library) -> None:
    library.star([1, 2])
    library.undo()
    newest, star, imported = library.history(3)
    assert (newest.kind, newest.label, newest.edited) == ("undo", "Star", 2)
    assert (star.kind, star.undone) == ("edit", True)
    assert imported.label == "Import page"
