"""The pictures of the reading stats say in words and as searches what they show."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from readinglist.formats.source import Source
from readinglist.library import Library, Stats
from readinglist.ui.stats_pictures import Picture, pictures, tags_picture, weeks_picture
from readinglist.ui.theme import DARK, LIGHT
from tests.reading_history import NOW, history

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("history") / "library", clock=lambda: NOW) as library:
        library.import_([Source("history.jsonl", data=history(NOW))])
        yield library


@pytest.fixture(scope="module")
def stats(library: Library) -> Stats:
    return library.stats()


def all_pictures(stats: Stats) -> list[Picture]:
    return [*pictures(stats, LIGHT, "read"), *pictures(stats, DARK, "added")]


def test_every_cell_is_as_high_as_its_search_finds_papers(library: Library, stats: Stats) -> None:
    checked = 0
    for picture in all_pictures(stats):
        for cell in picture.cells[::7]:
            count = library.search(cell.query, limit=0, relax=False).total
            assert cell.words.endswith("1 paper" if count == 1 else f"{count:,} papers")
            if picture.name != "statsCalendar":
                assert cell.height == count
            checked += 1
    assert checked > 100


def test_cells_stay_inside_their_picture_and_have_places_of_their_own(stats: Stats) -> None:
    for picture in all_pictures(stats):
        for cell in picture.cells:
            assert cell.x >= 0
            assert cell.x + cell.width <= picture.right
            assert cell.y >= 0
            assert cell.y + cell.height <= picture.top
        places = [(cell.column, cell.row) for cell in picture.cells]
        assert len(set(places)) == len(places)


def test_ticks_are_few_round_and_inside(stats: Stats) -> None:
    for picture in all_pictures(stats):
        assert all(0 <= place <= picture.right for place, _ in picture.x_ticks)
        assert 1 <= len(picture.y_ticks) <= 4
        assert all(0 <= place <= picture.top for place, _ in picture.y_ticks)


def test_the_whole_is_said_in_a_sentence(stats: Stats) -> None:
    read = weeks_picture(stats, LIGHT, "read")
    total = sum(week.read for week in stats.weeks)
    assert read.summary.startswith(f"{total} papers in 53 weeks. The most, ")
    assert all(picture.summary and picture.title for picture in all_pictures(stats))


def test_a_tag_with_signs_of_the_query_language_is_quoted(stats: Stats) -> None:
    picture = tags_picture(stats, LIGHT, "added")
    assert any(cell.query.startswith('tag:"rope work" added:2026-') for cell in picture.cells)
    assert len({colour for colour, _ in picture.legend}) == len(picture.legend)


def test_one_day_of_many_hides_no_other(tmp_path: Path) -> None:
    start = datetime(2026, 11, 2, 12, tzinfo=UTC)
    lines = [
        json.dumps({"title": f"{day} {n}", "status": "read", "finished": (start + timedelta(days=day)).isoformat()})
        for day, count in enumerate((1, 2, 3, 90))
        for n in range(count)
    ]
    with Library.open(tmp_path / "library", clock=lambda: NOW) as library:
        library.import_([Source("x.jsonl", data="\n".join(lines).encode())])
        calendar = pictures(library.stats(), LIGHT, "read")[2]
    shades = [cell.colour for cell in calendar.cells if not cell.words.endswith(" 0 papers")]
    assert len(set(shades)) == len(shades) == 4


def test_the_only_day_with_papers_is_the_strongest(tmp_path: Path) -> None:
    day = datetime(2026, 11, 2, 12, tzinfo=UTC).isoformat()
    lines = [json.dumps({"title": f"Paper {n}", "status": "read", "finished": day}) for n in range(3)]
    with Library.open(tmp_path / "library", clock=lambda: NOW) as library:
        library.import_([Source("x.jsonl", data="\n".join(lines).encode())])
        calendar = pictures(library.stats(), LIGHT, "read")[2]
    (shade,) = [cell.colour for cell in calendar.cells if not cell.words.endswith(" 0 papers")]
    assert shade.casefold() == LIGHT.acc.casefold()
