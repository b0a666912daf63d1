"""Papers like others in a library that changes."""

from __future__ import annotations

import pytest

from readinglist.library import Library, NoSuchPaper
from readinglist.paper import Paper


@pytest.fixture
def animals(library: Library) -> Library:
    """The three papers of the page, and two more on cats: 4 and 5."""
    library.add(Paper(title="Boxes that cats prefer", abstract="Forty cats choose boxes; their bias is positional."))
    library.add(Paper(title="Cats"))
    return library


def ids(library: Library, *asked: int) -> list[int]:
    return [one.id for one in library.similar(asked)]


@pytest.mark.parametrize("indexed", [True, False])
def test_the_likest_come_first_whether_indexed_or_not(animals: Library, indexed: bool) -> None:
    if indexed:
        animals.wait_for_index()
    assert ids(animals, 2)[0] == 4
    assert set(ids(animals, 5)) == {2, 4}
    (first, *_) = animals.similar([2], limit=1)
    assert first.score > 0.2
    assert {"cats", "boxes", "bias"} & {word.lower() for word in " ".join(first.why).split()}


def test_new_and_indexed_papers_are_found_together(animals: Library) -> None:
    animals.wait_for_index()
    animals.add(Paper(title="Cats and boxes", abstract="Cats prefer boxes."))
    assert {4, 6} <= set(ids(animals, 2))


def test_papers_in_the_trash_are_like_nothing_but_may_be_asked_about(animals: Library) -> None:
    animals.wait_for_index()
    animals.remove([4])
    assert 4 not in ids(animals, 2)
    animals.wait_for_index()
    assert 4 not in ids(animals, 2)
    assert ids(animals, 4)[0] == 2


def test_an_edit_is_heeded_before_the_index_has_it(animals: Library) -> None:
    animals.wait_for_index()
    animals.correct([4], title="Sleep", abstract="Sleep is long.")
    assert 4 not in ids(animals, 2)


def test_a_paper_that_is_not_there_is_told(animals: Library) -> None:
    with pytest.raises(NoSuchPaper):
        animals.similar([99])
    assert animals.similar([]) == []


def test_papers_are_named_once(animals: Library) -> None:
    animals.wait_for_index()
    assert animals.similar([2, 2, 2]) == animals.similar([2])
