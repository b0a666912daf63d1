"""The state of a feed is kept as text, whatever that text is; errors keep what they say."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.feeds.address import read_address
from readinglist.feeds.values import WRONG, Feed, FeedError, FeedState, said_of
from readinglist.phrase import Phrase, phrase

STATE = FeedState(
    title="Lists",
    etag='"a"',
    modified="Wed, 11 Mar 2026 08:00:00 GMT",
    checked="2026-03-11T08:00:00Z",
    wrong="not_found",
    wrong_values={"host": "example.org", "status": 404},
    returned=0,
    new=3,
    cut_off=True,
    days=("2026-03-10", "2026-03-11"),
)


def test_a_state_is_what_was_kept() -> None:
    assert FeedState.of_text(STATE.as_text()) == STATE
    assert FeedState.of_text(FeedState().as_text()) == FeedState()
    assert STATE.error == "there is nothing at this address any more (404)"


@pytest.mark.parametrize("text", ["", "[]", "null", "{", '{"new": "3", "days": [1], "etag": 5, "wrong_values": []}'])
def test_what_makes_no_sense_is_left_out(text: str) -> None:
    assert FeedState.of_text(text) == FeedState()


@given(
    st.none() | st.integers() | st.dictionaries(st.text(), st.none() | st.integers() | st.text() | st.lists(st.none()))
)
def test_an_error_of_another_program_is_told_of_all_the_same(values: object) -> None:
    state = FeedState.of_text(json.dumps({"wrong": "gone_mad", "wrong_values": values}))
    assert state.error == "something is wrong with this feed (gone_mad)"


def test_a_foreign_state_cannot_make_a_sentence_do_anything() -> None:
    assert said_of("unreadable", {"reason": "{0.__class__:>999999999}"}) == "{0.__class__:>999999999}"
    assert "not_found" in said_of("not_found", {})


def test_every_error_can_be_said() -> None:
    values: dict[str, str | int] = {name: 7 for said in WRONG.values() for name in re.findall(r"{(\w+)}", said)}
    values["reason"] = "a reason"
    for code in WRONG:
        assert said_of(code, values)
    assert str(FeedError("refused", host="example.org")) == "nothing answers at example.org"


@pytest.mark.parametrize(
    ("address", "given", "title", "name"),
    [
        ("https://example.org/feed", None, None, "example.org/feed"),
        ("https://example.org/feed", None, "Lists", "Lists"),
        ("https://example.org/feed", "Mine", "Lists", "Mine"),
        ("arxiv:cs.CL", None, "cs.CL updates on arXiv.org", "arXiv cs.CL"),
        ("https://export.arxiv.org/api/query?search_query=all:lists", None, "arXiv Query: x", "arXiv all:lists"),
        ("huggingface", None, None, "Hugging Face daily papers"),
    ],
)
def test_a_feed_has_a_name(address: str, given: str | None, title: str | None, name: str) -> None:
    assert Feed(1, "u", read_address(address), "", given, FeedState(title=title)).name == name


def test_a_reason_can_still_be_said_in_another_language_when_it_was_kept() -> None:
    reason = phrase("this nests more than {nesting} levels deep", nesting=9)
    state = FeedState(wrong="unreadable", wrong_values={"reason": reason})
    error = FeedState.of_text(state.as_text()).error
    assert isinstance(error, Phrase)
    assert (error, error.template) == ("this nests more than 9 levels deep", reason.template)


def test_what_the_system_says_within_an_error_can_be_said_in_another_language() -> None:
    error = FeedError("no_network", host="example.org", reason="Network is down").message
    assert isinstance(error, Phrase)
    assert error.in_other_words(lambda text, _n: text.replace("is down", "ist aus")).endswith("(Network ist aus)")


@pytest.mark.parametrize(
    "parts",
    [
        "[",
        "7",
        '["{n:>999999999}", {"n": 1}]',
        '["{n.__class__}", {"n": 1}]',
        '["{}", {"n": [1]}]',
        "[" * 99,
    ],
)
def test_a_foreign_reason_stays_what_it_says(parts: str) -> None:
    kept = json.dumps({"wrong": "unreadable", "wrong_values": {"reason": "as it says", "reason_parts": parts}})
    assert FeedState.of_text(kept).error == "as it says"
