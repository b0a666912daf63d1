"""What a query that finds next to nothing was meant to be."""

from __future__ import annotations

import pytest

from readinglist.library import Library
from readinglist.paper import Paper


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("wether", "weather"),
        ("positonal bais", "positional bias"),
        ('"logti lens" -is:read', '"logit lens" -is:read'),
        ("title:postional", "title:positional"),
        ("logitlens", "logit lens"),
        ("abstract:logitlens", 'abstract:"logit lens"'),
        ("posi tional bias", "positional bias"),
        ("(wether OR dogs) rain", "(weather OR dogs) rain"),
        ("cats sort:year postional", "cats positional sort:year"),
        ("-dogs wether", "-dogs weather"),
        ("zeppelins wether", "zeppelins weather"),
        ("weather", None),
        ("zeppelins", None),
        ("weather cats", None),
        ("wether~", None),
        ("wethr*", None),
        ("-wether", None),
        ("is:read", None),
        ("title:logti", None),
    ],
)
def test_a_misspelt_query_is_put_right(library: Library, query: str, meant: str | None) -> None:
    library.wait_for_index()
    assert library.search(query).did_you_mean == meant


def test_what_is_meant_is_found(library: Library) -> None:
    library.wait_for_index()
    for query in ("wether", "positonal bais", "logitlens", "posi tional bias"):
        meant = library.search(query).did_you_mean
        assert meant is not None
        assert library.search(meant, relax=False).total


def test_a_word_of_papers_in_the_trash_is_not_meant(library: Library) -> None:
    library.wait_for_index()
    assert library.search("cast").did_you_mean == "cats"
    library.remove([2])
    assert library.search("cast").did_you_mean is None


def test_a_word_that_is_still_to_be_indexed_is_no_mistake(library: Library) -> None:
    library.wait_for_index()
    library.add(Paper(title="Wether and ewe"))
    assert library.pending()
    assert library.search("wether").did_you_mean is None


def test_a_slip_that_a_paper_has_too_is_put_right_when_the_right_word_is_far_commoner(library: Library) -> None:
    library.add(Paper(title="A transfomer for the garden"))
    for n in range(100):
        library.add(Paper(title=f"Transformer {n}"))
    library.wait_for_index()
    hits = library.search("transfomer")
    assert (hits.total, hits.did_you_mean) == (1, "transformer")
    assert library.search("transfomer", typing=True).did_you_mean == "transformer"
    assert library.search("garden").did_you_mean is None


def test_a_saved_search_stays_a_saved_search_in_what_is_meant(library: Library) -> None:
    library.save_search("mine", "is:inbox")
    library.wait_for_index()
    assert library.search("search:mine wether").did_you_mean == "search:mine weather"


def test_a_typed_word_that_nothing_begins_with_is_left_to_the_finished_query(library: Library) -> None:
    library.wait_for_index()
    assert library.search("weathre", typing=True).did_you_mean is None
    assert library.search("weathre").did_you_mean == "weather"
