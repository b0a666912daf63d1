"""What the reader does to papers, done in the edits lane and told in a sentence. Knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QObject, Signal

from readinglist.library import Edited, Library, Undone
from readinglist.paper import PaperId, Status
from readinglist.progress import Progress
from readinglist.ui.jobs import Lane
from readinglist.ui.reader_events import HighlightEdited, HighlightMade, NoteEdited, TagsEdited
from readinglist.ui.row_text import day_text, today


@dataclass(frozen=True, slots=True)
class Done:
    """An edit that was made.

    `words` say it ("Archived “…”"); `entry` undoes it, None when nothing is to be undone; `loud` when it should
    be told over the list, because what was done is not seen where the eye is. `ids` are the papers.
    """

    words: str
    entry: int | None
    ids: Sequence[int] = field(default=())
    loud: bool = True
    was_undo: bool = False


@dataclass(frozen=True, slots=True)
class NoteAnswer:
    """What became of a note that was to be saved; `problem` is None when it was."""

    id: PaperId
    text: str
    problem: str | None = None


class Editing(QObject):
    """One method for each thing a reader does; each returns at once."""

    done = Signal(object)
    """A `Done`."""

    failed = Signal(str)
    note_answered = Signal(object)
    """A `NoteAnswer`."""

    def __init__(self, library: Library, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._lane = lane

    def move(self, ids: Sequence[PaperId], status: Status, what: str, *, until: date | None = None) -> None:
        """Change the status of papers; `what` names them in a sentence."""
        day = until.isoformat() if until is not None else None
        words = self._moved(status, until).format(what=what)
        self._edit(lambda: self._library.move(ids, status, until=day), words)

    def order(self, ids: Sequence[PaperId], before: PaperId | None, *, top: bool = False) -> None:
        """Put papers of Up next before another, to the top, or to the bottom."""
        place = "top" if top else "bottom"
        self._edit(
            lambda: self._library.move(ids, Status.NEXT, place=place, before=before),
            self.tr("Moved in Up next"),
            loud=False,
        )

    def star(self, ids: Sequence[PaperId], on: bool, what: str) -> None:
        """Star papers or take the star away."""
        words = self.tr("Starred {what}") if on else self.tr("Took the star from {what}")
        self._edit(lambda: self._library.star(ids, on), words.format(what=what), loud=len(ids) > 1)

    def tag(self, ids: Sequence[PaperId], added: frozenset[str], removed: frozenset[str], what: str) -> None:
        """Add and remove tags."""
        names = ", ".join(sorted(added or removed, key=str.casefold))
        words = self.tr("Tagged {what}: {tags}") if added else self.tr("Took {tags} from {what}")
        self._edit(
            lambda: self._library.tag(ids, add=sorted(added), remove=sorted(removed)),
            words.format(what=what, tags=names),
            loud=len(ids) > 1,
        )

    def tag_one(self, edited: TagsEdited) -> None:
        """Add and remove tags of the paper in the reader."""
        self.tag([edited.id], edited.added, edited.removed, self.tr("the paper"))

    def remove(self, ids: Sequence[PaperId], what: str) -> None:
        """Put papers into the trash."""
        words = self.tr("Moved {what} to the trash").format(what=what)
        self._edit(lambda: self._library.remove(ids), words)

    def restore(self, ids: Sequence[PaperId], what: str) -> None:
        """Take papers out of the trash."""
        self._edit(lambda: self._library.restore(ids), self.tr("Restored {what}").format(what=what))

    def write_note(self, note: NoteEdited) -> None:
        """Save a note; what became of it is told by `note_answered`."""

        def call(_progress: Progress) -> Edited:
            return self._library.write_note(note.id, note.text, stretch=note.stretch)

        def saved(_edited: Edited) -> None:
            self.note_answered.emit(NoteAnswer(note.id, note.text))

        def failed(error: Exception) -> None:
            self.note_answered.emit(NoteAnswer(note.id, note.text, str(error)))

        self._lane.run(call, done=saved, failed=failed)

    def highlight(self, made: HighlightMade) -> None:
        """Mark a passage."""
        self._edit(
            lambda: self._library.highlight(
                made.id, made.quote, start=made.start, comment=made.comment, colour=made.colour
            ),
            self.tr("Highlighted a passage"),
            loud=False,
        )

    def change_highlight(self, edited: HighlightEdited) -> None:
        """Give a highlight another comment or colour."""
        self._edit(
            lambda: self._library.change_highlight(edited.hid, comment=edited.comment or "", colour=edited.colour),
            self.tr("Changed a highlight"),
            loud=False,
        )

    def remove_highlight(self, hid: str) -> None:
        """Remove a highlight."""
        self._edit(lambda: self._library.remove_highlight(hid), self.tr("Removed a highlight"))

    def rename_tag(self, old: str, new: str) -> None:
        """Rename a tag, with the tags under it."""
        words = self.tr("Renamed the tag “{old}” to “{new}”").format(old=old, new=new)
        self._edit(lambda: self._library.rename_tag(old, new), words)

    def delete_tag(self, name: str) -> None:
        """Take a tag from every paper."""
        words = self.tr("Deleted the tag “{name}”").format(name=name)
        self._edit(lambda: self._library.delete_tag(name), words)

    def colour_tag(self, name: str, colour: str) -> None:
        """Give a tag a colour, "#rrggbb"."""
        words = self.tr("Coloured the tag “{name}”").format(name=name)
        self._edit(lambda: self._library.colour_tag(name, colour), words, loud=False)

    def save_search(self, name: str, query: str) -> None:
        """Save a query under a name."""
        words = self.tr("Saved the search “{name}”").format(name=name)
        self._edit(lambda: self._library.save_search(name, query), words)

    def rename_search(self, old: str, new: str, then: Callable[[], None]) -> None:
        """Rename a saved search, and do `then` when it has been."""
        words = self.tr("Renamed the search “{old}” to “{new}”").format(old=old, new=new)
        self._edit(lambda: self._library.rename_search(old, new), words, then=then)

    def delete_search(self, name: str) -> None:
        """Delete a saved search."""
        words = self.tr("Deleted the saved search “{name}”").format(name=name)
        self._edit(lambda: self._library.delete_search(name), words)

    def undo(self, entry: int | None = None) -> None:
        """Take back one entry; without one, the newest made in this window."""
        self._reverse(lambda: self._library.undo(entry, own=entry is None), self.tr("Undone: {label}"))

    def redo(self) -> None:
        """Do again what was last taken back in this window."""
        self._reverse(lambda: self._library.redo(own=True), self.tr("Done again: {label}"))

    # -- doing it ---------------------------------------------------------------------------------

    def _edit(
        self,
        change: Callable[[], Edited],
        words: str,
        *,
        loud: bool = True,
        then: Callable[[], None] | None = None,
    ) -> None:
        def call(_progress: Progress) -> Edited:
            return change()

        def done(edited: Edited) -> None:
            if then is not None:
                then()
            if edited.entry is not None:
                self.done.emit(Done(words, edited.entry, tuple(edited.ids), loud))

        self._lane.run(call, done=done, failed=self._on_failed)

    def _reverse(self, change: Callable[[], Undone], words: str) -> None:
        def call(_progress: Progress) -> Undone:
            return change()

        def done(undone: Undone) -> None:
            told = " ".join([words.format(label=undone.label), *undone.conflicts])
            self.done.emit(Done(told, None, tuple(undone.ids), loud=True, was_undo=True))

        self._lane.run(call, done=done, failed=self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(str(error))

    def _moved(self, status: Status, until: date | None) -> str:
        match status:
            case Status.INBOX:
                return self.tr("Moved {what} to the Inbox")
            case Status.NEXT:
                return self.tr("Put {what} up next")
            case Status.READING:
                return self.tr("Started reading {what}")
            case Status.LATER if until is not None:
                return self.tr("Put {what} off until {day}").replace("{day}", day_text(until, today()))
            case Status.LATER:
                return self.tr("Put {what} off")
            case Status.READ:
                return self.tr("Marked {what} as read")
            case Status.ARCHIVED:
                return self.tr("Archived {what}")
