"""Similar papers by meaning: off at first, kept in step with the library, never in the way. The model is a stand-in.

The last test is of the real one, where it is installed.
"""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from readinglist.discover import embedding
from readinglist.library import Library
from readinglist.paper import Paper
from readinglist.paths import index_folder
from readinglist.progress import Cancelled
from tests.meanings import TITLES, StandIn, stand_in


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    return stand_in(monkeypatch)


@pytest.fixture
def pets(empty: Library) -> Library:
    for title in TITLES:
        empty.add(Paper(title))
    empty.wait_for_index()
    return empty


def ids(library: Library, number: int = 1) -> list[int]:
    return [one.id for one in library.similar([number])]


def folder_of(library: Library) -> Path:
    return index_folder(library.library_id, library.folder) / "vectors"


def test_it_is_off_until_it_is_chosen(pets: Library, model: StandIn) -> None:
    assert (pets.embeddings_behind(), pets.update_embeddings()) == (False, 0)
    by_words = ids(pets)
    assert by_words[0] == 2
    pets.by_meaning = True
    assert pets.embeddings_behind()
    assert ids(pets) == by_words  # until the vectors are made
    pets.by_meaning = False
    assert (model.read, folder_of(pets).exists()) == ([], False)


def test_what_texts_mean_counts_beside_their_words(pets: Library, model: StandIn) -> None:
    pets.by_meaning = True
    assert pets.update_embeddings() == 5
    assert not pets.embeddings_behind()
    assert ids(pets)[0] == 3
    assert 5 not in ids(pets)  # which has no word in common
    found = pets.similar([1])
    assert all(0 < one.score <= 1 and one.why for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    pets.by_meaning = False
    assert ids(pets)[0] == 2


def test_without_the_package_all_is_as_before(pets: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "is_installed", lambda: False)
    before = pets.similar([1])
    pets.by_meaning = True
    assert (pets.knows_meaning(), pets.embeddings_behind(), pets.update_embeddings()) == (False, False, 0)
    assert pets.similar([1]) == before
    assert not folder_of(pets).exists()


def test_edits_are_taken_in_with_the_index_and_only_changed_texts_are_read(pets: Library, model: StandIn) -> None:
    pets.by_meaning = True
    pets.update_embeddings()
    model.read.clear()
    pets.star([1, 2, 3])
    pets.correct([2], title="The cat that slept in the old harbour")
    (new,) = pets.add(Paper("A cat, a feline and a house")).ids
    pets.update_index()
    assert model.read == ["The cat that slept in the old harbour. ", "A cat, a feline and a house. "]
    assert not pets.embeddings_behind()
    assert new in ids(pets)[:3]
    pets.undo()
    pets.update_index()
    assert not pets.embeddings_behind()
    assert new not in ids(pets)


def test_who_edits_without_it_leaves_it_behind_and_it_catches_up(pets: Library, model: StandIn) -> None:
    pets.by_meaning = True
    pets.update_embeddings()
    model.read.clear()
    with Library.open(pets.folder) as other:
        (new,) = other.add(Paper("Another feline in a house")).ids
        other.wait_for_index()
    assert pets.embeddings_behind()
    pets.star([1])
    pets.update_index()
    assert pets.embeddings_behind()  # it knows that something before is lacking
    assert pets.update_embeddings() == 1
    assert not pets.embeddings_behind()
    assert new in ids(pets)


def test_what_was_done_until_it_was_stopped_stays(
    pets: Library, model: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readinglist.library.meaning._COMMITTED", 2)
    steps: list[tuple[int, int | None]] = []

    class Stopping:
        def step(self, done: int, total: int | None, text: str = "") -> None:
            steps.append((done, total))
            if done >= 4:
                raise Cancelled

    pets.by_meaning = True
    with pytest.raises(Cancelled):
        pets.update_embeddings(Stopping())
    assert steps == [(2, 5), (4, 5)]
    assert pets.embeddings_behind()
    model.read.clear()
    assert pets.update_embeddings() == 3
    assert len(model.read) == 3


def test_it_goes_with_the_index_and_with_another_model(
    pets: Library, model: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    pets.by_meaning = True
    pets.update_embeddings()
    pets.rebuild_index()
    assert pets.embeddings_behind()
    assert ids(pets)[0] == 2
    assert pets.update_embeddings() == 5
    monkeypatch.setattr(embedding, "model_name", lambda: "a newer one")
    with Library.open(pets.folder) as other:
        other.by_meaning = True
        assert other.embeddings_behind()
        assert other.update_embeddings() == 5


def test_many_edits_are_left_to_a_work_that_is_shown(
    pets: Library, model: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readinglist.library.meaning._EDITED", 2)
    pets.by_meaning = True
    pets.update_embeddings()
    pets.correct([1, 2, 3], venue="House pets")
    pets.correct([4], title="A dog")
    pets.update_index()
    assert pets.embeddings_behind()
    assert pets.update_embeddings() == 1  # the one whose text has changed
    assert not pets.embeddings_behind()


def test_papers_in_the_trash_are_not_among_them_until_they_come_back(pets: Library, model: StandIn) -> None:
    pets.remove([3])
    pets.by_meaning = True
    pets.update_embeddings()
    assert 3 not in ids(pets)
    pets.restore([3])
    pets.update_index()
    assert ids(pets)[0] == 3


def test_the_real_model_loads_from_its_own_folder_without_a_network(
    pets: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("wordllama", reason="the extra is not installed")

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    cat, feline, sums, nothing = embedding.Embedding().of(["Sleeping cats", "A feline at rest", "Sums of primes", ""])
    assert cat @ feline > cat @ sums
    assert [round(float(each @ each), 3) for each in (cat, nothing)] == [1, 0]
    pets.by_meaning = True
    assert pets.update_embeddings() == 5
    near = pets.nearness([1], np.array([3, 5]))
    assert near is not None
    assert near[0] > near[1]
    assert not (tmp_path / "home").exists()
