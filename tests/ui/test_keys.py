"""Which action has which key, when two want the same."""

from __future__ import annotations

import pytest

from readinglist.ui.actions import TABLE
from readinglist.ui.keys import Clash, bind, key_here, normal_key, owner

USUAL = {"star": ("S",), "find": ("Ctrl+F", "/"), "inbox": ("G, I",), "later": ("G, L",), "none": ()}


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("ctrl+shift+z", "Ctrl+Shift+Z"),
        ("g,i", "G, I"),
        ("G, I", "G, I"),
        ("Ctrl+,", "Ctrl+,"),
        ("?", "?"),
        ("Del", "Del"),
        ("Esc", None),
        ("Tab", None),
        ("Ctrl+", None),
        ("Nonsense", None),
        ("", None),
    ],
)
def test_keys_are_written_as_qt_does_or_refused(written: str, key: str | None) -> None:
    assert normal_key(written) == key


def test_the_table_itself_has_no_clash() -> None:
    bound = bind({row.name: row.keys for row in TABLE}, {})
    assert (bound.clashes, bound.unknown) == ([], [])
    assert bound.keys == {row.name: row.keys for row in TABLE}


def test_what_was_chosen_goes_before_what_is_usual() -> None:
    bound = bind(USUAL, {"none": ("s",)})
    assert (bound.keys["none"], bound.keys["star"]) == (("S",), ())
    assert bound.clashes == [Clash("S", "none", "star")]


def test_of_two_that_were_chosen_the_first_has_the_key() -> None:
    bound = bind(USUAL, {"find": ("X",), "star": ("X", "Y")})
    assert (bound.keys["star"], bound.keys["find"]) == (("X", "Y"), ())
    assert bound.clashes == [Clash("X", "star", "find")]


def test_a_key_that_begins_others_takes_them_away() -> None:
    bound = bind(USUAL, {"star": ("G",)})
    assert (bound.keys["star"], bound.keys["inbox"]) == (("G",), ())
    assert bound.clashes == [Clash("G, I", "star", "inbox"), Clash("G, L", "star", "later")]
    other = bind(USUAL, {"star": ("S, T",), "none": ("S",)})
    assert other.clashes == [Clash("S", "star", "none")]


def test_no_key_at_all_can_be_chosen_and_nonsense_is_told() -> None:
    bound = bind(USUAL, {"find": (), "star": ("Esc", "Hyper+1"), "newer": ("X",)})
    assert (bound.keys["find"], bound.keys["star"]) == ((), ())
    assert bound.unknown == ["Esc", "Hyper+1"]
    assert "newer" not in bound.keys


def test_the_owner_of_a_key_is_found() -> None:
    assert owner(USUAL, "Ctrl+F", besides="star") == "find"
    assert owner(USUAL, "G", besides="star") == "inbox"
    assert owner(USUAL, "S, X", besides="find") == "star"
    assert owner(USUAL, "S", besides="star") is None


@pytest.mark.parametrize(
    ("text", "on_mac"),
    [("Ctrl+Enter", "⌘↩"), ("Ctrl+Space", "⌃Space"), ("Backspace", "⌫"), ("F2", "F2"), ("→ ↓", "→ ↓")],
)
def test_keys_of_editors_are_called_as_the_system_calls_them(text: str, on_mac: str) -> None:
    assert key_here(text, mac=True) == on_mac
    assert key_here(text, mac=False) == text
