"""Names of bibliographies, taken apart and put together."""

from __future__ import annotations

import pytest

from readinglist.formats.names import name_parts, read_editors, read_name, write_editors, write_name
from readinglist.paper import Author


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("Shannon,Claude E.", Author("Claude E. Shannon", "Shannon")),
        ("van der Aa, Zoë", Author("Zoë van der Aa", "van der Aa")),
        ("King, Martin, Jr.", Author("Martin King Jr.", "King")),
        ("King, Jr., Martin", Author("Martin King Jr.", "King")),
        ("Ye, X", Author("X Ye", "Ye")),
        ("Fanning E.", Author("E. Fanning", "Fanning")),
        ("CERN,", Author("CERN", "CERN")),
        ("Google, Inc.", Author("Google, Inc.", "Google, Inc.")),
        ("Ada Bo", Author("Ada Bo")),
        (", Ada", Author("Ada")),
        (" , ", None),
        ("," * 5000, None),
        ("", None),
    ],
)
def test_names_are_read(text: str, author: Author | None) -> None:
    assert read_name(text) == author


@pytest.mark.parametrize(
    ("author", "text"),
    [
        (Author("Ada Bo"), "Bo, Ada"),
        (Author("Ludwig van Beethoven"), "van Beethoven, Ludwig"),
        (Author("Martin King Jr.", "King"), "King, Martin, Jr."),
        (Author("CERN", "CERN"), "CERN,"),
        (Author("Plato"), "Plato"),
        (Author("Google, Inc.", "Google, Inc."), "Google, Inc.,"),
        (Author("Bo Ada", "Zed"), "Bo Ada,"),
    ],
)
def test_names_are_written_so_that_they_are_read_as_they_were(author: Author, text: str) -> None:
    assert write_name(author) == text
    again = read_name(text)
    assert again is not None
    assert again.name == author.name


def test_a_name_has_parts() -> None:
    assert name_parts(Author("Ada B. Bo", "Bo")) == ("Bo", "Ada B.", "")


def test_editors_are_written_as_bibtex_does() -> None:
    editors = (Author("Ada Bo", "Bo"), Author("Sun and Moon", "Sun and Moon"), Author("{X} Du", "Du"))
    assert write_editors(editors) == "Bo, Ada and {Sun and Moon} and Du, X"
    assert [each.name for each in read_editors(write_editors(editors))] == ["Ada Bo", "Sun and Moon", "X Du"]


def test_spaces_within_the_braces_of_an_institution_are_no_part_of_its_name() -> None:
    assert read_editors("Bo, Ada and { space} and { }") == (Author("Ada Bo", "Bo"), Author("space", "space"))
