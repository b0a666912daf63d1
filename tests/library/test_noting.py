"""Versions of notes: which there are, where they come from, and taking one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from readinglist.errors import ReadingListError
from readinglist.formats.source import Source
from readinglist.store.driver import connect

if TYPE_CHECKING:
    from readinglist.library import Library
    from tests.library.conftest import Clock


def _texts(library: Library, number: int) -> list[str]:
    return [version.text for version in library.note_versions(number)]


def test_every_text_of_a_note_is_a_version_in_the_order_of_time(library: Library, clock: Clock) -> None:
    assert library.note_versions(2) == []
    for text in ("One.", "One.\n\nTwo.", ""):
        clock.pass_(hours=1)
        library.write_note(2, text)
    versions = library.note_versions(2)
    assert [(v.number, v.text, v.label, v.whole) for v in versions] == [
        (1, "One.", "Note", True),
        (2, "One.\n\nTwo.", "Note", True),
        (3, "", "Note", True),
    ]
    assert [v.at[11:16] for v in versions] == ["10:30", "11:30", "12:30"]


def test_a_stretch_of_writing_is_one_version(library: Library) -> None:
    for text in ("O", "On", "One."):
        library.write_note(2, text, stretch="s")
    library.write_note(2, "Two.", stretch="t")
    assert _texts(library, 2) == ["One.", "Two."]


def test_what_came_with_the_paper_is_the_first_version(library: Library) -> None:
    library.import_([Source("x.json", data=b'[{"title": "Brought along", "note": "From elsewhere."}]')])
    (number,) = library.search("brought").ids
    (only,) = library.note_versions(number)
    assert (only.text, only.label, only.at) == ("From elsewhere.", "", library.paper(number).added)
    library.write_note(number, "Mine.")
    assert _texts(library, number) == ["From elsewhere.", "Mine."]


def test_taking_back_is_an_edit_that_can_be_undone(library: Library) -> None:
    library.write_note(2, "One.")
    library.write_note(2, "Two.")
    edited = library.take_back_note(2, 1)
    assert (edited.label, edited.ids) == ("Take back note", [2])
    assert library.paper(2).note == "One."
    library.undo()
    assert library.paper(2).note == "Two."
    assert [(v.kind, v.label, v.text) for v in library.note_versions(2)][2:] == [
        ("edit", "Take back note", "One."),
        ("undo", "Take back note", "Two."),
    ]
    assert library.take_back_note(2, 2).entry is None  # it is so already
    assert all(finding.ok for finding in library.doctor() if finding.check in ("notes", "history"))


def test_a_version_without_a_note_can_be_taken_back_too(library: Library) -> None:
    library.write_note(2, "One.")
    library.write_note(2, "")
    library.take_back_note(2, 1)
    library.take_back_note(2, 2)
    assert library.paper(2).note is None


def test_what_a_merge_and_its_undo_made_of_a_note_are_versions(library: Library) -> None:
    library.write_note(1, "Mine.")
    library.write_note(2, "Theirs.")
    library.merge([1, 2], keep=1)
    assert "Theirs." in (library.paper(1).note or "")
    library.undo()
    assert [(v.kind, v.label) for v in library.note_versions(1)] == [
        ("edit", "Note"),
        ("edit", "Merge"),
        ("undo", "Merge"),
    ]
    assert _texts(library, 1)[0] == _texts(library, 1)[2] == "Mine."
    library.take_back_note(1, 2)
    assert "Theirs." in (library.paper(1).note or "")


@pytest.mark.parametrize("version", [0, -1, 3])
def test_a_version_that_is_not_there_is_refused(library: Library, version: int) -> None:
    library.write_note(2, "One.")
    library.write_note(2, "Two.")
    with pytest.raises(ReadingListError):
        library.take_back_note(2, version)
    assert library.paper(2).note == "Two."


@pytest.mark.parametrize("damage", [b'"O\xffe."', b'"Obe."', b"", b"[1]", b'"On'])
def test_a_damaged_version_is_marked_unless_the_next_change_has_its_text(library: Library, damage: bytes) -> None:
    for text in ("One.", "Two.", "Three."):
        library.write_note(2, text)
    _damage(library, "UPDATE change SET after = CAST(? AS TEXT) WHERE after = '\"One.\"'", damage)
    assert [(v.text, v.whole) for v in library.note_versions(2)] == [("One.", True), ("Two.", True), ("Three.", True)]
    _damage(library, "UPDATE change SET before = CAST(? AS TEXT) WHERE before = '\"One.\"'", damage)
    assert [v.whole for v in library.note_versions(2)] == [False, True, True]
    library.take_back_note(2, 1)  # for want of a better one
    assert library.note_versions(2)[-1].label in ("Take back note", "Note")


def test_versions_of_a_paper_in_the_trash_can_be_looked_at(library: Library) -> None:
    library.write_note(2, "One.")
    library.remove([2])
    assert _texts(library, 2) == ["One."]


def _damage(library: Library, statement: str, *values: object) -> None:
    connection = connect(library.folder / "library.db")
    connection.execute(statement, values)
    connection.close()
