"""The words of papers in their order, put together from posting lists."""

from __future__ import annotations

import numpy as np
import pytest

from readinglist.discover.streams import streams
from readinglist.paper import Paper, PaperId
from readinglist.text.words import forms, stem
from tests.discover.snapshots import snapshot_of

PAPERS = [
    Paper(id=PaperId(1), title="Ships and ships", abstract="A ship sees a lighthouse.", keywords=("fog", "ship")),
    Paper(id=PaperId(2), title="注意 of lights"),
    Paper(id=PaperId(3), title="Ships", abstract="Lighthouses, lighthouses. Ships!"),
]


@pytest.mark.parametrize("shares", [1, 2])
def test_texts_come_back_word_by_word(shares: int) -> None:
    snapshot = snapshot_of(PAPERS, shares)
    found, stems = streams(snapshot, np.ones(3, np.bool_), ("title", "abstract", "keyword"))
    for name, texts in (
        ("title", [paper.title for paper in PAPERS]),
        ("abstract", [paper.abstract or "" for paper in PAPERS]),
    ):
        codes, docs = found[name]
        for doc, number in enumerate(snapshot.papers.tolist()):
            words = [stems[code] for code in codes[(docs == doc) & (codes >= 0)].tolist()]
            assert words == [stem(form) for form in forms(texts[number - 1])]


def test_texts_have_a_gap_between_them_and_so_have_keywords() -> None:
    found, stems = streams(snapshot_of(PAPERS), np.ones(3, np.bool_), ("title", "keyword"))
    titles = [stems[code] if code >= 0 else "|" for code in found["title"].codes.tolist()]
    assert " ".join(titles) == "ship and ship | 注 意 of light | ship |"
    keywords = found["keyword"].codes
    places = np.flatnonzero(keywords >= 0)
    assert [stems[code] for code in keywords[places].tolist()] == ["fog", "ship"]
    assert np.diff(places)[0] > 1


def test_only_the_documents_wanted_are_read() -> None:
    found, _ = streams(snapshot_of(PAPERS), np.array([False, False, True]), ("title", "abstract"))
    assert set(found["abstract"].docs[found["abstract"].codes >= 0].tolist()) == {2}
