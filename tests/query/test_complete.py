"""What is being typed, and what it may become."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.query.complete import complete, completed


@pytest.mark.parametrize(
    ("typed", "kind", "field", "word", "replaced"),
    [
        ("ti|", "field", None, "ti", "ti"),
        ("a (-ti|", "field", None, "ti", "ti"),
        ("t|itle:x", "field", None, "t", "title:"),
        ("tag:|", "value", "tag", "", ""),
        ("tag:nl|", "value", "tag", "nl", "nl"),
        ("tag:n|lp rest", "value", "tag", "n", "nlp"),
        ('a tag:"to c|', "value", "tag", "to c", '"to c'),
        ('tag:"to |cite" b', "value", "tag", "to ", '"to cite"'),
        ("tag:(a OR b|", "value", "tag", "b", "b"),
        ("tag:(a OR |", "value", "tag", "", ""),
        ("tag:a |", "word", None, "", ""),
        ("tag: |", "word", None, "", ""),
        ("tag:a b ti|", "field", None, "ti", "ti"),
        ("tag:(a) ti|", "field", None, "ti", "ti"),
        ("title:(a ti|", "value", "title", "ti", "ti"),
        ("is:in|", "value", "is", "in", "in"),
        ("sort:-ad|", "value", "sort", "ad", "ad"),
        ("zebra|", "word", None, "zebra", "zebra"),
        ('"logit le|ns" x', "word", None, "logit le", '"logit lens"'),
        ("a |", "word", None, "", ""),
        ("tga:x zeb|", "word", None, "zeb", "zeb"),
        ("(a)|", "word", None, "", ""),
    ],
)
def test_what_is_being_typed(typed: str, kind: str, field: str | None, word: str, replaced: str) -> None:
    cursor = typed.index("|")
    text = typed.replace("|", "")
    found = complete(text, cursor)
    assert (found.kind, found.field, found.typed, text[found.start : found.end]) == (kind, field, word, replaced)


def candidates(text: str) -> list[str]:
    return [choice.text for choice in complete(text, len(text)).candidates]


def test_candidates_come_from_the_table_of_fields() -> None:
    assert candidates("ta") == ["tag:", "tags:"]
    assert candidates("is:re") == ["reading", "read", "revised"]
    assert candidates("-has:a") == ["abstract", "arxiv"]
    assert candidates("tag:n") == ["none"]
    assert candidates("until:") == ["today", "tomorrow", "<2w", ">1m"]
    assert candidates("sort:-up") == ["upvotes"]
    assert candidates("zebra") == []
    assert "title:" in candidates("")


@pytest.mark.parametrize(
    ("typed", "candidate", "result"),
    [
        ("a ta|", "tag:", "a tag:|"),
        ("t|itle:x", "tag:", "tag:|x"),
        ("is:in|", "inbox", "is:inbox |"),
        ("(is:in|)", "inbox", "(is:inbox|)"),
        ("is:in| b", "inbox", "is:inbox |b"),
        ('tag:"to c|', '"to cite"', 'tag:"to cite" |'),
    ],
)
def test_a_candidate_is_put_in_its_place(typed: str, candidate: str, result: str) -> None:
    cursor = typed.index("|")
    text = typed.replace("|", "")
    after, place = completed(text, complete(text, cursor), candidate)
    assert after[:place] + "|" + after[place:] == result


@given(st.text('ta:g"(-) is\\zn', max_size=20), st.integers(-1, 21))
def test_any_text_and_cursor_can_be_asked(text: str, cursor: int) -> None:
    found = complete(text, cursor)
    assert 0 <= found.start <= found.end <= len(text)
    assert found.start <= max(0, min(cursor, len(text))) <= found.end
