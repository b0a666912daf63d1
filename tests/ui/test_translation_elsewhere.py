"""The pseudo-locale where no ordinary library is open, or one with more in it, and in every problem with an import."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListView, QToolButton
from pytestqt.qtbot import QtBot

from readinglist.library import Library, Source
from readinglist.paper import Author, Paper, Status
from readinglist.store.driver import connect
from readinglist.store.restoring import DATABASE
from tests.discover.rising_papers import papers as rising
from tests.discover.topic_papers import papers as topical
from tests.reading_history import history
from tests.ui.conftest import Bench, end
from tests.ui.pseudo import faults, plain_words
from tests.ui.scenes import GREEK, close_all, press
from tests.ui.test_desk import Table, _damage, _empty, _swap, _take_away

SIZES = [((1440, 900), 1.0), ((1000, 700), 1.3)]
ADA = (Author("Άντα"),)
DOUBLES = (
    Paper("Λίστες και βροχή", authors=ADA, year=2020, abstract="Η βροχή μεγαλώνει.", note="Δικό μου."),
    Paper("Λίστες και βροχή", authors=ADA, year=2021, venue="Περιοδικό", doi="10.1000/rain", note="Δικό σου."),
    Paper("Χάρτες εικόνων για παλιά ρομπότ", authors=ADA, year=2021, status=Status.LATER, until="2099-01-01"),
    Paper("Χάρτες εικόνων για παλιά ρομπότ: μια άποψη", authors=ADA, tags=frozenset({"χάρτες"}), upvotes=3),
)

BAD = {
    "βιβλία": """@article{α, title = {Φάροι}, author = {Άντα}, crossref = {ω}, doi = {χωρίς}, url = {κάπου}}
@article{ψ, title = {Δίχτυα}, title = {Άλλο}}
@article{β title = {Σχοινιά} year = 2020}
@article{α, title = {Κόμποι}, keywords = {α//β}}
@article{γ, author = {Κανείς}}
@article{δ, title = {Ανοιχτό, year = 2020
%@article{ε, title = {Σχόλιο}}
@article{ζ, title = {Μήνας}, month = κανένας}
@article ψ
""",
    "εξαγωγή": """{"title": "Φάροι", "doi": "χωρίς", "arxiv_id": "ψ", "url": "κάπου", "links": 3, "tags": ["α//β"]}
{"title": "Σχοινιά", "authors": [{}, 3], "status": "ψ", "starred": "ίσως", "highlights": [{}], "uid": "ψ"}
{"title": "Άλλο", "year": "ποτέ", "added": "χθες"}
{"abstract": "χωρίς"}
{"title": "Κόμποι", "title": "ξανά"}
{"title": "Ψ"
[1]
""",
    "ρις": """ψ
TY  - JOUR
TI  - Φάροι
DA  - ποτέ
DO  - χωρίς
ER  -
TY  - JOUR
AU  - Άντα
ER  -
""",
    "τροφή": """<?xml version="1.0"?><rss version="2.0"><channel><title>Νέα</title>
<item><title>Φάροι</title><link>κάπου</link><pubDate>ποτέ</pubDate></item>
<item><description>χωρίς</description></item>
<item><title>Σχοινιά</title><description>μισό<b></description></item>
</channel></rss>
""",
    "πίνακας": """title,year,doi,tags,status
Φάροι,ποτέ,χωρίς,α//β,ψ
Σχοινιά,2020,,,,,περισσότερα
,2021,,,
""",
    "σημείωση": """---
title: Φάροι
title: Ξανά
uid: ψ
---
""",
    "άλλη σημείωση": """---
title: [Φάροι
doi: χωρίς
---
""",
    "αριθμοί": """10.1000/182
ψψψ ωωω
2401.00001
""",
    "κενό": "",
    "εικόνα": "\x89\0\0\1ψ",
    "τίποτα": "ψ",
}
"""Inputs of every kind with everything wrong in them that a reader of one tells of, by the names of their files."""
KEYS = {"doi", "url", "links", "authors", "arxiv", "id", "year", "uid", "status", "starred", "highlights", "added"}
KEYS |= {"title", "tags", "pubDate", "link", "month", "arxiv_id", "article"}
"""Fields that a problem names as they stand in the file."""


@pytest.fixture(params=SIZES, ids=["usual", "large text"])
def fit(request: pytest.FixtureRequest) -> Callable[[Bench], None]:
    """Return what gives a window the size and the text of this run."""

    def fitted(bench: Bench) -> None:
        (width, height), zoom = request.param
        bench.window.resize(width, height)
        bench.window._switch.set_zoom(zoom)
        bench.settle()

    return fitted


def test_the_first_run(pseudo: None, empty_bench: Bench, fit: Callable[[Bench], None]) -> None:
    fit(empty_bench)
    assert faults(empty_bench.folder) == []


def test_duplicates_side_by_side(pseudo: None, qtbot: QtBot, folder: Path, fit: Callable[[Bench], None]) -> None:
    with Library.open(folder) as library:
        for paper in DOUBLES:
            library.add(paper)
    bench = Bench(qtbot, folder)
    try:
        fit(bench)
        bench.do("actionDuplicates")
        seen = faults(folder)
        press(bench, Qt.Key.Key_Down)
        seen += faults(folder)
        close_all(bench)
        bench.go("view:all")
        bench.do("actionSelectAll")
        bench.do("actionMerge")
        seen += faults(folder)
        assert seen == []
    finally:
        end(bench.window)


def test_a_year_of_reading(
    pseudo: None, make_bench: Callable[[list[dict[str, object]]], Bench], fit: Callable[[Bench], None]
) -> None:
    read = history(datetime.now(UTC), tags=("θάλασσα", "φαγητό", "σχοινιά")).decode()
    papers = [json.loads(line) for line in read.replace("Invented paper number", "Χαρτί").splitlines()]
    bench = make_bench(papers)
    fit(bench)
    bench.do("actionGoStats")
    assert faults(bench.folder) == []


def test_what_rises_what_is_near_and_what_came_this_morning(
    pseudo: None, make_bench: Callable[[list[dict[str, object]]], Bench], fit: Callable[[Bench], None]
) -> None:
    risen: list[dict[str, object]] = [
        {"title": _greek(paper.title), "abstract": _greek(paper.abstract), "year": 2024 if paper.id <= 60 else 2025}
        for paper in rising(60, 30)
    ]
    about: list[dict[str, object]] = [
        {"title": _greek(paper.title), "abstract": _greek(paper.abstract), "tags": [_greek(topic)]}
        for topic, paper in topical(12)
    ]
    bench = make_bench([*risen, *about])
    fit(bench)
    with bench.library() as library:
        library.save_search("κύματα", "year:2025")
    seen = []
    for action in ("actionGoTrends", "actionGoMap", "actionGoMorning"):
        bench.do(action)
        seen += faults(bench.folder)
        press(bench, Qt.Key.Key_Down)
        seen += faults(bench.folder)
    for group in ("Search", "Tag"):
        button = bench.find(f"morningView{group}")
        assert isinstance(button, QToolButton)
        button.click()
        bench.settle()
        seen += faults(bench.folder)
    assert sorted(set(seen)) == []


def _greek(text: str | None) -> str:
    """Return invented words in Greek letters."""
    return (text or "").lower().translate(str.maketrans("abcdefghijklmnopqrstuvwxyz", "αβξδεφγηιθκλμνοπψρστυωχχυζ"))


def test_what_a_check_finds(
    pseudo: None, make_bench: Callable[[list[dict[str, object]]], Bench], fit: Callable[[Bench], None]
) -> None:
    bench = make_bench(GREEK)
    fit(bench)
    with closing(connect(bench.folder / DATABASE)) as connection:
        connection.execute("UPDATE paper SET note = 'κρατημένα' WHERE note = 'κρατημένο'")
    bench.do("actionCheck")
    seen = faults(bench.folder)
    assert bench.find("checkRepair").isVisible()
    press(bench, Qt.Key.Key_Return)
    seen += faults(bench.folder)
    assert seen == []


@pytest.mark.parametrize("harm", [_damage, _empty, _take_away, _swap])
@pytest.mark.parametrize("backed_up", [True, False])
def test_a_library_that_does_not_open(
    pseudo: None, qtbot: QtBot, folder: Path, harm: Callable[[Path], None], backed_up: bool
) -> None:
    with Library.open(folder) as library:
        library.import_([Source("α", data='{"title": "Φάροι"}'.encode())])
        if backed_up:
            library.back_up()
    harm(folder)
    table = Table(qtbot, folder)
    try:
        table.settle()
        QApplication.processEvents()
        assert (table.desk.rescue is None) == (harm is _take_away and not backed_up)
        assert [fault for fault in faults(folder) if DATABASE not in fault] == []
    finally:
        table.close()


def test_every_problem_with_an_input(
    pseudo: None, make_bench: Callable[[list[dict[str, object]]], Bench], fit: Callable[[Bench], None]
) -> None:
    bench = make_bench(GREEK)
    fit(bench)
    sources = [Source(name, data=text.encode()) for name, text in BAD.items()]
    bench.window._arrivals.importing.preview(sources, "αρχεία")
    bench.settle()
    rows = bench.find("importList")
    assert isinstance(rows, QListView)
    said = [str(rows.model().index(row, 0).data()) for row in range(rows.model().rowCount())]
    for name in BAD:
        assert any(text.startswith(f"{name}: ") for text in said), f"no problem with {name}"
    assert len(said) > 40
    plain = {text: words for text in said if (words := plain_words(text, bench.folder) - KEYS)}
    assert plain == {}
    assert [fault for fault in faults(bench.folder) if not fault.startswith(("importList", "painted"))] == []
