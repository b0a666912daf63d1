"""What the window remembers by itself from one run to the next: its size, and for each library where the reader was.

What the reader chose is not here but in the settings (`preferences`). Nobody edits this file; a broken one is
forgotten.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from readinglist.library import Library
from readinglist.paper import PaperId
from readinglist.paths import replace_file
from readinglist.ui.views import View, built_in_views, queue_views, saved_view, tag_view

T = TypeVar("T")

log = logging.getLogger(__name__)

_PLACES_KEPT = 20
_USED_KEPT = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reader was in a library: the key of a view, a paper or None, and the papers looked at, newest first."""

    view: str = "queue:inbox"
    paper: PaperId | None = None
    recent: Sequence[PaperId] = ()


class Memory:
    """The file of what is remembered, read once and written when asked to.

    `window` is Qt's saved geometry in base64, "" at first. `splitter_px` are the widths of sidebar, list and reader;
    () until the reader has moved them. `note_preview`: a note is shown formatted while it is written. `used` are the
    commands taken from the palette, the last one first.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        values = _read(file)
        window = values.get("window")
        self.window: str = window if isinstance(window, str) else ""
        self.splitter_px: tuple[int, ...] = tuple(_all_of(int, values.get("splitter_px")))
        self.sidebar_open: bool = values.get("sidebar_open") is not False
        self.note_preview: bool = values.get("note_preview") is not False
        self.used: list[str] = _all_of(str, values.get("used"))
        places = values.get("places")
        self._places: dict[str, Any] = dict(places) if isinstance(places, dict) else {}

    def place(self, library_id: str) -> Place:
        """Return where the reader was in a library."""
        found = self._places.get(library_id)
        if not isinstance(found, Mapping):
            return Place()
        view, paper = found.get("view"), found.get("paper")
        return Place(
            view if isinstance(view, str) else Place().view,
            PaperId(paper) if type(paper) is int else None,
            tuple(map(PaperId, _all_of(int, found.get("recent")))),
        )

    def set_place(self, library_id: str, place: Place) -> None:
        """Remember where the reader is in a library."""
        self._places.pop(library_id, None)
        while len(self._places) >= _PLACES_KEPT:
            self._places.pop(next(iter(self._places)))
        self._places[library_id] = {"view": place.view, "paper": place.paper, "recent": list(place.recent)}

    def use(self, command: str) -> None:
        """Remember that a command of the palette was taken."""
        self.used = [command, *(other for other in self.used if other != command)][:_USED_KEPT]

    def save(self) -> None:
        """Write it; a disk that cannot take it is no reason to stop (logged)."""
        values = {
            "window": self.window,
            "splitter_px": self.splitter_px,
            "sidebar_open": self.sidebar_open,
            "note_preview": self.note_preview,
            "used": self.used,
            "places": self._places,
        }
        try:
            replace_file(self._file, json.dumps(values, indent=1).encode())
        except OSError as error:
            log.warning("what the window remembers cannot be saved in %s: %s", self._file, error)


def _read(file: Path) -> dict[str, Any]:
    try:
        values = json.loads(file.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        log.warning("what the window remembered in %s is forgotten: %s", file, error)
        return {}
    return values if isinstance(values, dict) else {}


def _all_of(kind: type[T], values: object) -> list[T]:
    """Return the values when they are a list of one kind, else none."""
    return list(values) if isinstance(values, list) and all(type(value) is kind for value in values) else []


def view_called(key: str, library: Library) -> View | None:
    """Return the view with a key, or None when the library has it no longer."""
    for view in (*queue_views(), *built_in_views()):
        if view.key == key and view.kind != "page":
            return view
    kind, _, name = key.partition(":")
    if kind == "tag":
        known = (tag.name.casefold() for tag in library.tags())
        folded = name.casefold()
        return tag_view(name) if any(t == folded or t.startswith(folded + "/") for t in known) else None
    if kind == "search":
        return next((saved_view(s.name, s.query) for s in library.searches() if s.name == name), None)
    return None
