"""No keystroke lost: a note that the library does not take at once is kept in a file elsewhere until it does.

Stands between the reader, who writes, and `Editing`, which saves. What an earlier run left in such files is offered.
Knows no widget but the banner.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from PySide6.QtCore import QObject, QTimer, Signal

from readinglist.library import Draft, Drafts, Edited, Library, NoSuchPaper, base_of
from readinglist.paper import Paper, PaperId
from readinglist.progress import Progress
from readinglist.ui.banner import Banner, Notice
from readinglist.ui.editing import Done, NoteAnswer
from readinglist.ui.jobs import Lane, Lanes
from readinglist.ui.reader_events import NoteEdited
from readinglist.ui.wording import told

log = logging.getLogger(__name__)

LATE_MS = 500
"""A note that is not saved after this time goes to a file."""

AGAIN_MS = 5_000
LOOK_MS = 1_000


@dataclass(slots=True)
class _Held:
    """A note on its way: how often it was sent and not answered, what was wrong, and whether a file has it."""

    note: NoteEdited
    sent: int = 0
    late: bool = False
    problem: str | None = None
    unkept: bool = False


class NoteKeeper(QObject):
    """Sends notes to be saved, keeps those that are not, tries again, and says how it stands."""

    send = Signal(object)
    """A `NoteEdited` to be saved."""

    restored = Signal(object)
    """A `Done`: notes of an earlier run are in the library."""

    told = Signal(str)

    def __init__(
        self,
        library: Library,
        lanes: Lanes,
        banner: Banner,
        paper_of: Callable[[PaperId], Paper | None],
        parent: QObject,
    ) -> None:
        """`paper_of` gives a paper that is at hand, None when it is not."""
        super().__init__(parent)
        self._library = library
        self._lanes = lanes
        self._banner = banner
        self._paper_of = paper_of
        self._held: dict[PaperId, _Held] = {}
        self._drafts = Drafts(library.library_id)
        self._left: Sequence[Draft] = ()
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self.retry)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._on_look)
        if not library.read_only:
            self._look.start()

    @cached_property
    def _lane(self) -> Lane:
        """A thread of its own: the one that saves may be waiting for the very thing that is in the way."""
        return Lane("drafts", self)

    @property
    def busy(self) -> bool:
        """Return whether a note is being written to a file."""
        return "_lane" in self.__dict__ and self._lane.busy

    @property
    def all_kept(self) -> bool:
        """Return whether every note that is not saved is in a file."""
        return not any(held.unkept or (held.problem is None and not held.late) for held in self._held.values())

    def write(self, note: NoteEdited) -> None:
        """Have a note saved."""
        held = self._held.setdefault(note.id, _Held(note))
        held.note = note
        self._send(held)
        if held.late or held.problem is not None:
            self._keep(held)
        else:
            QTimer.singleShot(LATE_MS, self, partial(self._on_late, note))

    def hear(self, answer: NoteAnswer) -> None:
        """Take note of what became of a note."""
        held = self._held.get(answer.id)
        if held is None:
            return
        held.sent -= 1
        if answer.problem is not None:
            held.problem = answer.problem
            self._keep(held)
            self._again.start()
        elif answer.text == held.note.text:
            del self._held[answer.id]
            if held.late or held.problem is not None:
                self._lane.run(lambda _progress: self._drafts.drop(answer.id))
        self._show()

    def retry(self) -> None:
        """Try once more to save what could not be saved."""
        for held in list(self._held.values()):
            if held.problem is not None and not held.sent:
                self._send(held)
        if not any(held.problem is not None for held in self._held.values()):
            self._again.stop()

    def close(self) -> None:
        """End; what is not saved stays in its file for the next run. After the lanes have ended."""
        self._look.stop()
        self._again.stop()
        if "_lane" in self.__dict__:
            self._lane.close(finish=True)
        self._drafts.close()

    def _send(self, held: _Held) -> None:
        held.sent += 1
        self.send.emit(held.note)

    def _on_late(self, note: NoteEdited) -> None:
        held = self._held.get(note.id)
        if held is not None and held.note is note and held.sent:
            held.late = True
            self._keep(held)
            self._show()

    def _keep(self, held: _Held) -> None:
        note, paper = held.note, self._paper_of(held.note.id)
        uid, title = (paper.uid, paper.title) if paper is not None else ("", "")
        base = None if paper is None else base_of(paper.note)

        def call(_progress: Progress) -> None:
            self._drafts.keep(note.id, uid, title, note.text, base=base)

        def failed(error: Exception) -> None:
            log.error("a note is on the screen only: %s", error)
            self._set_unkept(held, True)

        self._lane.run(call, done=lambda _: self._set_unkept(held, False), failed=failed)

    def _set_unkept(self, held: _Held, unkept: bool) -> None:
        held.unkept = unkept
        self._show()

    def _show(self) -> None:
        waiting = [held for held in self._held.values() if held.late or held.problem is not None]
        if not waiting:
            self._banner.show_notice("notes", None)
            return
        problem = next((held.problem for held in waiting if held.problem is not None), None)
        why = problem or self.tr("The library is busy.")
        if any(held.unkept for held in waiting):
            what = self.tr("What you wrote on {what} is on this screen only: copy it before you quit.")
        else:
            what = self.tr("What you wrote on {what} is kept in a file and will be saved as soon as it can be.")
        offer = self.tr("Try again") if problem is not None else ""
        named = self._named([held.note.id for held in waiting])
        self._banner.show_notice("notes", Notice(f"{why} {what.format(what=named)}", offer, can_close=False))

    def _named(self, ids: Sequence[PaperId]) -> str:
        paper = self._paper_of(ids[0]) if len(ids) == 1 else None
        if paper is not None:
            return self.tr("“{title}”").format(title=paper.title)
        return self.tr("%Ln papers", "", len(ids))

    # -- what an earlier run left -----------------------------------------------------------------

    def _on_look(self) -> None:
        self._lanes.background.run(lambda _progress: left_notes(self._library, self._drafts), done=self._on_found)

    def _on_found(self, left: Sequence[Draft]) -> None:
        self._left = left
        if not left:
            self._banner.show_notice("left", None)
            return
        if len(left) == 1:
            words = self.tr("A note on “{title}” was not saved when the program last ended.")
            sentence = words.format(title=left[0].title)
        else:
            papers = len({draft.paper for draft in left})
            sentence = self.tr("Notes on %Ln papers were not saved when the program last ended.", "", papers)
        self._banner.show_notice("left", Notice(sentence, self.tr("Save it now")))

    def save_left(self) -> None:
        """Save what an earlier run left; undo takes it back."""
        left, library, drafts = self._left, self._library, self._drafts
        self._banner.show_notice("left", None)

        def call(_progress: Progress) -> tuple[list[Edited], list[Draft]]:
            return save_drafts(library, drafts, left)

        def done(answer: tuple[list[Edited], list[Draft]]) -> None:
            edits, homeless = answer
            ids = [number for edited in edits for number in edited.ids]
            if homeless:
                words = self.tr("The paper of a note is not in this library any more. What was written is in {file}.")
                self.told.emit(words.format(file=homeless[0].file))
            elif edits:
                words = self.tr("Saved %Ln notes", "", len(edits))
                entry = edits[0].entry if len(edits) == 1 else None
                self.restored.emit(Done(words, entry, tuple(ids)))

        def failed(error: Exception) -> None:
            self.told.emit(told(error))
            self._on_found(left)

        self._lanes.edits.run(call, done=done, failed=failed)


def left_notes(library: Library, drafts: Drafts) -> list[Draft]:
    """Return what earlier runs have left that is not in the library; what is there is let go of."""
    left = drafts.left()
    papers = {paper.id: paper for paper in library.papers([draft.paper for draft in left])}
    saved = [d for d in left if (paper := papers.get(d.paper)) is not None and _same(paper, d) and paper.note == d.text]
    drafts.forget(saved)
    return [draft for draft in left if draft not in saved]


def save_drafts(library: Library, drafts: Drafts, left: Sequence[Draft]) -> tuple[list[Edited], list[Draft]]:
    """Save notes that were left; return the edits, and those whose paper is gone.

    Where the note has been edited since, what was left goes below it. Raises ReadingListError.
    """
    edits, homeless = [], []
    for draft in left:
        try:
            paper = library.paper(draft.paper)
        except NoSuchPaper:
            homeless.append(draft)
            continue
        if not _same(paper, draft):
            homeless.append(draft)
            continue
        note = paper.note or ""
        written_since = draft.is_written_over(paper.note, paper.changed)
        edits.append(library.write_note(paper.id, f"{note}\n\n---\n\n{draft.text}" if written_since else draft.text))
        drafts.forget([draft])
    return edits, homeless


def _same(paper: Paper, draft: Draft) -> bool:
    return not draft.uid or paper.uid == draft.uid
