"""Letters fit names as a reader means them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglist.ui.fuzzy import folded, match


def score(typed: str, name: str) -> float:
    found = match(folded(typed).split(), folded(name))
    return found.score if found is not None else -1.0


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("inb", "[Inb]ox"),
        ("gi", "[G]o to [I]nbox"),
        ("in go", "[Go] to [In]box"),
        ("arx", "[Ar]chive of e[x]ports"),
        ("cafe", "the [Café]"),
        ("rtv", "[r]e[t]rie[v]al tag"),
        ("par", "nlp/[par]sing"),
    ],
)
def test_the_letters_that_fit_are_known(typed: str, marked: str) -> None:
    name = marked.replace("[", "").replace("]", "")
    found = match(folded(typed).split(), folded(name))
    assert found is not None
    shown = "".join(f"[{c}]" if place in found.places else c for place, c in enumerate(name)).replace("][", "")
    assert shown == marked


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        ("star", "Star", "Restart"),
        ("re", "Read", "Undo the redoing"),
        ("re", "Read", "More"),
        ("gi", "Go to Inbox", "Going"),
        ("tag", "Edit tags", "Stagger"),
    ],
)
def test_what_is_meant_comes_first(typed: str, better: str, worse: str) -> None:
    assert score(typed, better) > score(typed, worse)


@pytest.mark.parametrize(
    ("typed", "name"), [("xyz", "Archive"), ("ie", "archive"), ("inbox zz", "Inbox"), ("e", "Read")]
)
def test_what_does_not_fit_is_no_match(typed: str, name: str) -> None:
    assert match(folded(typed).split(), folded(name)) is None


@given(st.text(max_size=20))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(folded(text)) == len(text)


@settings(max_examples=50)
@given(st.text("abc /", min_size=1, max_size=12), st.text("abc /é", max_size=30))
def test_places_are_letters_that_were_typed(typed: str, name: str) -> None:
    words, text = folded(typed).split(), folded(name)
    found = match(words, text)
    if found is not None:
        assert list(found.places) == sorted(set(found.places))
        assert {text[place] for place in found.places} <= set("".join(words))
