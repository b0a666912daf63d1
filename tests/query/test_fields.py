"""The table of fields, and what is made from it."""

from __future__ import annotations

import pytest

from readinglist.query.fields import FIELDS, SORT_DESCENDING, Kind, close_field, help_rows
from readinglist.query.nodes import TEXT_FIELDS
from readinglist.query.parse import parse


def test_every_example_and_value_in_the_table_is_understood() -> None:
    for field in FIELDS.values():
        assert field.example.startswith(f"{field.name}:")
        for query in [field.example, *(f"{field.name}:{choice.text}" for choice in field.values)]:
            understood = parse(query)
            assert understood.sort or getattr(understood.node, "field", field.name) == field.name


def test_the_text_fields_are_those_of_the_leaves() -> None:
    assert tuple(field.name for field in FIELDS.values() if field.kind is Kind.TEXT) == TEXT_FIELDS


def test_every_line_of_the_help_sheet_can_be_typed() -> None:
    rows = help_rows()
    for row in rows:
        parse(row.write)
        assert row.finds
    written = [row.write for row in rows]
    assert len(set(written)) == len(written)
    assert all(any(f"{name}:" in line for line in written) for name in FIELDS)


def test_every_order_can_be_asked_for_both_ways() -> None:
    for name, descending in SORT_DESCENDING.items():
        assert [key.descending for key in parse(f"sort:{name} sort:-{name}").sort] == [descending, not descending]


@pytest.mark.parametrize(
    ("name", "close"),
    [
        ("tga", "tag"),
        ("titel", "title"),
        ("autor", "author"),
        ("abstact", "abstract"),
        ("tgas", "tags"),
    ],
)
def test_a_slip_is_close_to_a_field(name: str, close: str) -> None:
    assert close_field(name) == close


@pytest.mark.parametrize("name", ["http", "https", "mailto", "re", "algorithms", "bag", "std", "x", "ratio", "was"])
def test_other_words_before_a_colon_are_close_to_none(name: str) -> None:
    assert close_field(name) is None
