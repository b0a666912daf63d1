"""Identifiers and addresses in text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.text.identifiers import addresses, is_web_address, link_kind, normal_arxiv, normal_doi


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("https://doi.org/10.1145/3366423.3380130", "10.1145/3366423.3380130"),
        ("doi:10.1000/ABC(2)X.", "10.1000/abc(2)x"),
        ("https://dx.doi.org/10.1002/%28SICI%291097", "10.1002/(sici)1097"),
        ("(see 10.1000/182)", "10.1000/182"),
        ("10.12", None),
        ("10.1080/.", None),
    ],
)
def test_a_doi_is_found_and_normalised(text: str, doi: str | None) -> None:
    assert normal_doi(text) == doi


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("arXiv:2401.00001v2", ("2401.00001", "v2")),
        ("https://arxiv.org/pdf/2401.00001", ("2401.00001", None)),
        ("hep-th/9901001v1", ("hep-th/9901001", "v1")),
        ("math.GT/0309136", ("math.GT/0309136", None)),
        ("1999.5", None),
        ("2473.12345", None),
    ],
)
def test_an_arxiv_id_is_found_with_its_version(text: str, found: tuple[str, str | None] | None) -> None:
    assert normal_arxiv(text) == found


def test_an_address_ends_before_the_sentence_does() -> None:
    text = "Code: (https://github.com/a/b_(c)), www.x.org/y. And github.com/d/e!"
    assert addresses(text) == ["https://github.com/a/b_(c)", "https://www.x.org/y", "https://github.com/d/e"]


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    for url in addresses(text):
        assert is_web_address(url)
        assert link_kind(url) in {"code", "pdf", "page", "other", "project"}
    normal_doi(text)
    normal_arxiv(text)
