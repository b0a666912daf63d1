"""What the window remembers from one run to the next: sizes, theme, and for each library where the reader was."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from readinglist.errors import ReadingListError
from readinglist.library import Library
from readinglist.paper import PaperId
from readinglist.settings import Settings, read_settings, write_settings
from readinglist.ui.views import View, built_in_views, queue_views, saved_view, tag_view

log = logging.getLogger(__name__)

_PLACES = "places"
_PLACES_KEPT = 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reader was in a library: the key of a view, and a paper or None."""

    view: str = "queue:inbox"
    paper: PaperId | None = None


class Memory:
    """The settings file, read once and written when asked to."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.settings: Settings = read_settings(file)

    def change(self, **values: Any) -> None:
        """Change settings; written by `save`."""
        self.settings = replace(self.settings, **values)

    def place(self, library_id: str) -> Place:
        """Return where the reader was in a library."""
        found = self._places().get(library_id)
        if not isinstance(found, Mapping):
            return Place()
        view, paper = found.get("view"), found.get("paper")
        return Place(view if isinstance(view, str) else Place().view, PaperId(paper) if type(paper) is int else None)

    def set_place(self, library_id: str, place: Place) -> None:
        """Remember where the reader is in a library."""
        places = {key: value for key, value in self._places().items() if key != library_id}
        while len(places) >= _PLACES_KEPT:
            places.pop(next(iter(places)))
        here: dict[str, Any] = {"view": place.view}
        if place.paper is not None:
            here["paper"] = int(place.paper)
        places[library_id] = here
        self.change(other={**self.settings.other, _PLACES: places})

    def save(self) -> None:
        """Write the settings; a disk that cannot take them is no reason to stop (logged)."""
        try:
            write_settings(self.settings, self._file)
        except ReadingListError as error:
            log.warning("%s", error)

    def _places(self) -> Mapping[str, Any]:
        places = self.settings.other.get(_PLACES)
        return places if isinstance(places, Mapping) else {}


def view_called(key: str, library: Library) -> View | None:
    """Return the view with a key, or None when the library has it no longer."""
    for view in (*queue_views(), *built_in_views()):
        if view.key == key:
            return view
    kind, _, name = key.partition(":")
    if kind == "tag":
        known = (tag.name.casefold() for tag in library.tags())
        folded = name.casefold()
        return tag_view(name) if any(t == folded or t.startswith(folded + "/") for t in known) else None
    if kind == "search":
        return next((saved_view(s.name, s.query) for s in library.searches() if s.name == name), None)
    return None
