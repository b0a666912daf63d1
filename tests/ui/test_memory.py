"""What is remembered between two runs."""

from __future__ import annotations

from pathlib import Path

from readinglist.library import Library
from readinglist.paper import PaperId
from readinglist.ui.memory import Memory, Place, view_called


def test_a_place_is_remembered_for_each_library(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "window.json")
    memory.set_place("one", Place("tag:nlp", PaperId(7), (PaperId(7), PaperId(3))))
    memory.set_place("two", Place("queue:next"))
    memory.window, memory.splitter_px, memory.sidebar_open = "AdnQ", (224, 404, 812), False
    memory.use("actionStar")
    memory.use("tag:nlp")
    memory.use("actionStar")
    memory.save()
    again = Memory(tmp_path / "window.json")
    assert again.place("one") == Place("tag:nlp", PaperId(7), (PaperId(7), PaperId(3)))
    assert again.place("two") == Place("queue:next", None)
    assert again.place("three") == Place()
    assert (again.window, again.splitter_px, again.sidebar_open) == ("AdnQ", (224, 404, 812), False)
    assert again.used == ["actionStar", "tag:nlp"]


def test_only_the_last_libraries_are_remembered(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "window.json")
    for number in range(30):
        memory.set_place(str(number), Place("view:all", PaperId(number)))
    assert memory.place("0") == Place()
    assert memory.place("29").paper == 29


def test_nonsense_in_the_file_is_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "window.json"
    file.write_text(
        '{"places": {"one": 3, "two": {"view": 7, "paper": "x", "recent": [1, "y"]}}, "used": 3, "window": 1}'
    )
    memory = Memory(file)
    assert [memory.place(name) for name in ("one", "two")] == [Place(), Place()]
    assert (memory.used, memory.window, memory.splitter_px) == ([], "", ())
    for broken in ("", "[1]", "{", "\0"):
        file.write_text(broken)
        assert Memory(file).place("one") == Place()


def test_a_file_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    memory = Memory(tmp_path / "file" / "window.json")
    memory.use("actionStar")
    memory.save()
    assert memory.used == ["actionStar"]


def test_a_view_is_found_again_by_its_key_while_there_is_one(tmp_path: Path, folder: Path) -> None:
    from readinglist.paper import Paper

    with Library.open(folder) as library:
        edited = library.add(Paper("Ropes"))
        library.tag(edited.ids, add=["sea/ropes"])
        library.save_search("knots", "knot")
        found = {key: view_called(key, library) for key in ("tag:sea", "tag:land", "search:knots", "search:x", "x")}
        queue = view_called("queue:next", library)
    assert {key: view.query for key, view in found.items() if view} == {"tag:sea": "tag:sea", "search:knots": "knot"}
    assert queue is not None
    assert queue.title == "Up next"
