"""What a word is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.text.words import forms, stem, stems, title_key, words


@given(st.text())
def test_forms_are_the_forms_of_the_words(text: str) -> None:
    assert forms(text) == [word.form for word in words(text)]


@given(st.text(st.characters(max_codepoint=127)))
def test_forms_of_ascii_are_the_forms_of_the_words(text: str) -> None:
    assert forms(text) == [word.form for word in words(text)]


@given(st.lists(st.text()))
def test_stems_are_the_stem_of_each(texts: list[str]) -> None:
    assert stems(texts) == [stem(text) for text in texts]


@given(st.text())
def test_words_tell_where_they_stand(text: str) -> None:
    for word in words(text):
        assert forms(text[word.start : word.end]) == [word.form]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Crème BRÛLÉE", ["creme", "brulee"]),
        (unicodedata.normalize("NFD", "Crème"), ["creme"]),
        ("GPT-4's snake_case", ["gpt", "4", "s", "snake", "case"]),
        ("Øystein Łukasz Æther", ["oystein", "lukasz", "aether"]),
        ("注意 Attention機構", ["注", "意", "attention", "機", "構"]),
        ("Ｗｉｄｅ ﬁx", ["wide", "fix"]),
        ("Модели языка", ["модели", "языка"]),
        ("naïve — “quoted”…", ["naive", "quoted"]),
        ("½ ﷺ", ["12", "صلىاللهعليهوسلم"]),
        ("!?", []),
    ],
)
def test_a_text_is_cut_and_folded(text: str, expected: list[str]) -> None:
    assert forms(text) == expected


def test_a_word_without_end_is_cut_off() -> None:
    assert forms("x" * 1000) == ["x" * 64]


def test_stems_join_inflections_and_leave_other_scripts_alone() -> None:
    assert stem("languages") == stem("language")
    assert stem("модели") == "модели"


def test_spellings_of_a_title_share_its_key() -> None:
    assert title_key("Attention Is All You Need!") == title_key("attention is all you  need")
