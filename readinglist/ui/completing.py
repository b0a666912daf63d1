"""What may stand where one types in a query. Reads the library's names in a lane and keeps them until it changes."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal

from readinglist.library import NAMED_FIELDS, Library, Names
from readinglist.progress import Progress
from readinglist.query.complete import Completion
from readinglist.query.printer import quoted
from readinglist.ui.jobs import Lane
from readinglist.ui.wording import told

translate = QCoreApplication.translate

MOST_NAMES = 8
_FEW_NAMES = 3
_ASKED_FIELDS = ("tag", "author", "venue", "keyword", "search")


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to complete with: `text` is put into the query, `shown` is how it reads, `meaning` stands beside it.

    `spoken` is both as a screen reader says them. `count` is the number of papers, where it is known.
    """

    text: str
    shown: str
    meaning: str = ""
    count: int | None = None

    @property
    def spoken(self) -> str:
        """Return the row in words."""
        if self.count is not None:
            return translate("Completing", "{name}, %Ln papers", "", self.count).format(name=self.shown)
        return f"{self.shown}, {self.meaning}" if self.meaning else self.shown


class Completing(QObject):
    """Gives offers at once, from the names it has; reads those that it lacks and says when they have come."""

    names_read = Signal(str)
    """The names of this field have come, or come anew."""

    def __init__(self, library: Library, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._lane = lane
        self._names: dict[str, Names] = {}
        self._old: set[str] = set()
        self._reading: set[str] = set()

    def outdate(self) -> None:
        """The library has changed: read names again when they are next asked for."""
        self._old.update(self._names)

    def offers(self, found: Completion, *, asked: bool) -> list[Offer]:
        """Return what may stand in place of what is being typed, best first; `asked`: the reader wants to see names.

        A plain word is completed only when `asked`, then to fields and to the names it begins.
        """
        if found.kind == "value":
            return self._values(found)
        fields = [Offer(each.text, each.text, told(each.help)) for each in found.candidates]
        for each in fields:
            if (field := each.text.removesuffix(":")) in NAMED_FIELDS:
                self._get(field)  # so that they are there when the colon is
        if not asked:
            return fields if found.kind == "field" else []
        if not found.typed.strip():
            return fields
        return fields + [offer for field in _ASKED_FIELDS for offer in self._named(field, found.typed, _FEW_NAMES)]

    def _values(self, found: Completion) -> list[Offer]:
        fixed = [Offer(each.text, each.text, told(each.help)) for each in found.candidates]
        field = found.field
        if field not in NAMED_FIELDS:
            return fixed
        names = self._get(field)
        known = names.starting(found.typed, MOST_NAMES) if names is not None else []
        return [Offer(quoted(each.name), each.name, each.query, each.count) for each in known] + fixed

    def _named(self, field: str, typed: str, most: int) -> list[Offer]:
        names = self._get(field)
        known = names.starting(typed, most) if names is not None else []
        return [Offer(f"{field}:{quoted(each.name)}", f"{field}:{each.name}", each.query, each.count) for each in known]

    def _get(self, field: str) -> Names | None:
        """Return the names of a field as far as they have been read, and see to it that they are read."""
        if (field not in self._names or field in self._old) and field not in self._reading:
            self._reading.add(field)
            self._old.discard(field)
            library = self._library

            def call(_progress: Progress) -> Names:
                return library.completions(field)

            def done(names: Names) -> None:
                self._reading.discard(field)
                self._names[field] = names
                self.names_read.emit(field)

            def failed(_error: Exception) -> None:
                self._reading.discard(field)  # told of where it matters: the list cannot be read either

            self._lane.run(call, done=done, failed=failed, cancelled=lambda: self._reading.discard(field))
        return self._names.get(field)
