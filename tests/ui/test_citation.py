"""Citations in running text."""

from __future__ import annotations

import pytest

from readinglist.paper import Author, Paper
from readinglist.ui.citation import citation


@pytest.mark.parametrize(
    ("paper", "text"),
    [
        (
            Paper(
                "On Lists",
                authors=(Author("Ada Bo"), Author("Cy Du")),
                year=2020,
                doi="10.1/x",
                url="https://a.example",
            ),
            "Ada Bo, Cy Du (2020). On Lists. https://doi.org/10.1/x",
        ),
        (
            Paper("Why?", venue="Proc. of Things", arxiv_id="2401.00001"),
            "Why?. Proc. of Things. https://arxiv.org/abs/2401.00001",
        ),
        (Paper("Bare"), "Bare."),
        (Paper("Dated", published="2019-05-01"), "(2019). Dated."),
    ],
)
def test_a_citation_says_what_is_known(paper: Paper, text: str) -> None:
    assert citation(paper) == text


def test_a_crowd_of_authors_is_cut_short() -> None:
    crowd = Paper("Big", authors=tuple(Author(f"N{n}") for n in range(40)), year=2021)
    assert citation(crowd).startswith("N0, N1")
    assert "N19 et al. (2021)" in citation(crowd)
