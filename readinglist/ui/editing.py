"""What the reader does to papers, done in the edits lane and told in a sentence. Knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from readinglist.errors import ReadingListError
from readinglist.library import Edited, Library, Rule, Undone
from readinglist.paper import PaperId, Status
from readinglist.progress import Progress
from readinglist.ui.jobs import Job, Lane, Step
from readinglist.ui.reader_events import HighlightEdited, HighlightMade, NoteEdited, TagsEdited
from readinglist.ui.row_text import day_text, today
from readinglist.ui.status_line import Work, WorkShown
from readinglist.ui.wording import told, told_label

T = TypeVar("T")

EDIT = "edit"
"""The name of an edit of many papers as a piece of work."""

_CONFLICTS_TOLD = 3

MANY = 1_000
"""From so many papers on an edit takes long enough to be watched and stopped."""


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


@dataclass(slots=True)
class PutOff:
    """Papers that were put off, and the entry it was done with: filled in when it is done, in the lane."""

    ids: tuple[PaperId, ...]
    what: str
    entry: int | None = None


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

    work_changed = Signal(object)
    """A `WorkShown`: how far an edit of many papers is."""

    moved = Signal(object, object)
    """Papers were sent somewhere: their ids, and a `Status` or None (the trash). Told before it is written."""

    def __init__(self, library: Library, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._lane = lane
        self._shown: Job | None = None
        self._bound: Mapping[int, Sequence[int]] = {}

    def cancel(self, name: str) -> None:
        """Stop the edit that is shown as the work called `name`; nothing of it is done then."""
        if name == EDIT and self._shown is not None:
            self._shown.cancel()

    def move(self, ids: Sequence[PaperId], status: Status, what: str, *, until: date | None = None) -> None:
        """Change the status of papers; `what` names them in a sentence."""
        day = until.isoformat() if until is not None else None
        words = self._moved(status, until).format(what=what)
        self.moved.emit(ids, status)
        self._edit(lambda progress: self._library.move(ids, status, until=day, progress=progress), words)

    def put_off(self, ids: Sequence[PaperId], what: str, until: date | None) -> PutOff:
        """Put papers off, until a day or without one; what is returned lets the day be changed."""
        made = PutOff(tuple(ids), what)
        self._put_off(made, until)
        return made

    def change_day(self, made: PutOff, until: date | None) -> None:
        """Put papers off until another day instead, so that one undo takes them back to where they were."""
        self._put_off(made, until)

    def _put_off(self, made: PutOff, until: date | None) -> None:
        day = until.isoformat() if until is not None else None

        def change(progress: Progress) -> Edited:
            if made.entry is not None:
                with suppress(ReadingListError):  # somebody else has undone it already
                    self._library.undo(made.entry, progress=progress)
            edited = self._library.move(made.ids, Status.LATER, until=day, progress=progress)
            made.entry = edited.entry
            return edited

        self.moved.emit(made.ids, Status.LATER)
        self._edit(change, self._moved(Status.LATER, until).format(what=made.what))

    def order(self, ids: Sequence[PaperId], before: PaperId | None, *, top: bool = False) -> None:
        """Put papers of Up next before another, to the top, or to the bottom."""
        place = "top" if top else "bottom"
        self._edit(
            lambda progress: self._library.move(ids, Status.NEXT, place=place, before=before, progress=progress),
            self.tr("Moved in Up next"),
            loud=False,
        )

    def star(self, ids: Sequence[PaperId], on: bool, what: str) -> None:
        """Star papers or take the star away."""
        words = self.tr("Starred {what}") if on else self.tr("Took the star from {what}")
        self._edit(
            lambda progress: self._library.star(ids, on, progress=progress), words.format(what=what), loud=len(ids) > 1
        )

    def answer(self, ids: Sequence[PaperId], taste: str | None, what: str) -> None:
        """Note that the reader wants more suggested like papers, or less, or has taken that back."""
        words = {
            "more": self.tr("More will be suggested like {what}"),
            "less": self.tr("Less will be suggested like {what}"),
        }.get(taste or "", self.tr("Took back the answer on {what}"))
        self._edit(lambda progress: self._library.answer(ids, taste, progress=progress), words.format(what=what))

    def tag(self, ids: Sequence[PaperId], added: frozenset[str], removed: frozenset[str], what: str) -> None:
        """Add and remove tags."""
        names = ", ".join(sorted(added or removed, key=str.casefold))
        words = self.tr("Tagged {what}: {tags}") if added else self.tr("Took {tags} from {what}")
        self._edit(
            lambda progress: self._library.tag(ids, add=sorted(added), remove=sorted(removed), progress=progress),
            words.format(what=what, tags=names),
            loud=len(ids) > 1,
        )

    def tag_one(self, edited: TagsEdited) -> None:
        """Add and remove tags of the paper in the reader."""
        self.tag([edited.id], edited.added, edited.removed, self.tr("the paper"))

    def remove(self, ids: Sequence[PaperId], what: str) -> None:
        """Put papers into the trash."""
        words = self.tr("Moved {what} to the trash").format(what=what)
        self.moved.emit(ids, None)
        self._edit(lambda progress: self._library.remove(ids, progress=progress), words)

    def restore(self, ids: Sequence[PaperId], what: str) -> None:
        """Take papers out of the trash."""
        words = self.tr("Restored {what}").format(what=what)
        self._edit(lambda progress: self._library.restore(ids, progress=progress), words)

    def merge(self, ids: Sequence[PaperId], keep: PaperId, what: str, then: Callable[[Edited], None]) -> None:
        """Make one paper of several, and do `then` when it has been."""
        words = self.tr("Merged %Ln papers into {what}", "", len(ids)).format(what=what)
        self._edit(lambda _: self._library.merge(ids, keep=keep), words, then=then)

    def merge_each(self, groups: Sequence[Sequence[PaperId]], rule: Rule, then: Callable[[Edited], None]) -> None:
        """Make one paper of each of several groups, and do `then` when it has been."""
        words = self.tr("Merged the papers of %Ln groups", "", len(groups))
        self._edit(lambda progress: self._library.merge_each(groups, rule, progress=progress), words, then=then)

    def keep_apart(self, ids: Sequence[PaperId], then: Callable[[Edited], None]) -> None:
        """Keep that papers are not one, and do `then` when it has been."""
        words = self.tr("Kept: these %Ln papers are not duplicates", "", len(ids))
        self._edit(lambda _: self._library.keep_apart(ids), words, then=then)

    def write_note(self, note: NoteEdited) -> None:
        """Save a note; what became of it is told by `note_answered`."""

        def call(_progress: Progress) -> Edited:
            return self._library.write_note(note.id, note.text, stretch=note.stretch)

        def saved(_edited: Edited) -> None:
            self.note_answered.emit(NoteAnswer(note.id, note.text))

        def failed(error: Exception) -> None:
            self.note_answered.emit(NoteAnswer(note.id, note.text, told(error)))

        self._lane.run(call, done=saved, failed=failed)

    def take_back_note(self, paper_id: PaperId, version: int) -> None:
        """Make the note on a paper what it was in one of its versions."""
        words = self.tr("Took an earlier version of the note back")
        self._edit(lambda _: self._library.take_back_note(paper_id, version), words)

    def highlight(self, made: HighlightMade) -> None:
        """Mark a passage."""
        self._edit(
            lambda _: self._library.highlight(
                made.id, made.quote, start=made.start, comment=made.comment, colour=made.colour
            ),
            self.tr("Highlighted a passage"),
            loud=False,
        )

    def change_highlight(self, edited: HighlightEdited) -> None:
        """Give a highlight another comment or colour."""
        self._edit(
            lambda _: self._library.change_highlight(edited.hid, comment=edited.comment or "", colour=edited.colour),
            self.tr("Changed a highlight"),
            loud=False,
        )

    def remove_highlight(self, hid: str) -> None:
        """Remove a highlight."""
        self._edit(lambda _: self._library.remove_highlight(hid), self.tr("Removed a highlight"))

    def rename_tag(self, old: str, new: str, *, merges: bool, then: Callable[[], None]) -> None:
        """Rename a tag, with the tags under it, and do `then` when it has been; `merges`: there is one called `new`."""
        words = (
            self.tr("Merged the tag “{old}” into “{new}”") if merges else self.tr("Renamed the tag “{old}” to “{new}”")
        )
        self._edit(lambda _: self._library.rename_tag(old, new), words.format(old=old, new=new), then=lambda _: then())

    def delete_tag(self, name: str) -> None:
        """Take a tag from every paper."""
        words = self.tr("Deleted the tag “{name}”").format(name=name)
        self._edit(lambda _: self._library.delete_tag(name), words)

    def colour_tag(self, name: str, colour: str) -> None:
        """Give a tag a colour, "#rrggbb"."""
        words = self.tr("Coloured the tag “{name}”").format(name=name)
        self._edit(lambda _: self._library.colour_tag(name, colour), words, loud=False)

    def save_search(self, name: str, query: str) -> None:
        """Save a query under a name."""
        words = self.tr("Saved the search “{name}”").format(name=name)
        self._edit(lambda _: self._library.save_search(name, query), words)

    def rename_search(self, old: str, new: str, then: Callable[[], None]) -> None:
        """Rename a saved search, and do `then` when it has been."""
        words = self.tr("Renamed the search “{old}” to “{new}”").format(old=old, new=new)
        self._edit(lambda _: self._library.rename_search(old, new), words, then=lambda _: then())

    def delete_search(self, name: str) -> None:
        """Delete a saved search."""
        words = self.tr("Deleted the saved search “{name}”").format(name=name)
        self._edit(lambda _: self._library.delete_search(name), words)

    def do(
        self, change: Callable[[Progress], Edited], words: str, *, then: Callable[[Edited], None] | None = None
    ) -> None:
        """Make a change that others know of, tell it in `words`, and do `then` when it has been made."""
        self._edit(change, words, then=then)

    def bind(self, entries: Sequence[int]) -> None:
        """Let entries that were made together, the newest first, be taken back together."""
        self._bound = dict.fromkeys(entries, entries)

    def undo(self, entry: int | None = None) -> None:
        """Take back one entry, with those bound to it; without one, the newest made in this window."""

        def change(progress: Progress) -> Undone:
            undone = self._library.undo(entry, own=entry is None, progress=progress)
            target = self._library.history(1)[0].reverses if entry is None else entry
            for other in self._bound.get(target or 0, ()):
                if other != target:
                    with suppress(ReadingListError):  # somebody has undone it already
                        undone = _together(undone, self._library.undo(other, progress=progress))
            return undone

        self._reverse(change, self.tr("Undone: {label}"))

    def redo(self) -> None:
        """Do again what was last taken back in this window."""
        self._reverse(lambda progress: self._library.redo(own=True, progress=progress), self.tr("Done again: {label}"))

    # -- doing it ---------------------------------------------------------------------------------

    def _edit(
        self,
        change: Callable[[Progress], Edited],
        words: str,
        *,
        loud: bool = True,
        then: Callable[[Edited], None] | None = None,
    ) -> None:
        def done(edited: Edited) -> None:
            if then is not None:
                then(edited)
            if edited.entry is not None:
                self.done.emit(Done(words, edited.entry, tuple(edited.ids), loud))

        self._run(change, done)

    def _reverse(self, change: Callable[[Progress], Undone], words: str) -> None:
        def done(undone: Undone) -> None:
            conflicts = [told(conflict) for conflict in undone.conflicts[:_CONFLICTS_TOLD]]
            sentence = " ".join([words.format(label=told_label(undone.label)), *conflicts])
            self.done.emit(Done(sentence, None, tuple(undone.ids), loud=True, was_undo=True))

        self._run(change, done)

    def _run(self, change: Callable[[Progress], T], done: Callable[[T], None]) -> None:
        """Do it in the lane; where it takes many papers, show how far it is."""
        job: Job | None = None
        values: list[T] = []

        def call(progress: Progress) -> T:
            values.append(change(progress))
            return values[0]

        def end() -> None:
            if self._shown is job:
                self._shown = None
                self.work_changed.emit(WorkShown(EDIT, None))

        def progressed(step: Step) -> None:
            if (step.total or 0) >= MANY:
                self._shown = job
                self.work_changed.emit(WorkShown(EDIT, Work(self.tr("Editing papers"), step)))

        def on_done(value: T) -> None:
            end()
            done(value)

        def on_failed(error: Exception) -> None:
            end()
            self.failed.emit(told(error))

        def on_cancelled() -> None:
            end()
            if values:  # it was done before the wish to stop it came
                done(values[0])
            else:
                self.failed.emit(self.tr("Stopped. Nothing was changed."))

        job = self._lane.run(call, done=on_done, failed=on_failed, cancelled=on_cancelled, progressed=progressed)

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


def _together(one: Undone, other: Undone) -> Undone:
    """Return what two undone entries did, under the name of the first."""
    return replace(
        one,
        edited=one.edited + other.edited,
        ids=[*one.ids, *other.ids],
        entry=other.entry,
        conflicts=[*one.conflicts, *other.conflicts],
    )
