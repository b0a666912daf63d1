"""What the reader does in the parts of the window that changes papers, brought to who makes the edit."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from readinglist.errors import ReadingListError
from readinglist.library import Library
from readinglist.ui.commands import Commands
from readinglist.ui.editing import Editing
from readinglist.ui.feed_keeping import FeedKeeper
from readinglist.ui.list_pane import ListPane
from readinglist.ui.note_keeper import NoteKeeper
from readinglist.ui.presenter import Presenter
from readinglist.ui.reader import Reader
from readinglist.ui.sheets import Sheets
from readinglist.ui.sidebar import Sidebar
from readinglist.ui.wording import told

SHARED_TAGS_OF = 500
"""Of so many papers at the most the tags they share are looked up: it is done while the reader waits."""


class EditRequests(QObject):
    """Passes on what is asked by reader, list, sidebar and sheets; commands bring their own to `editing`."""

    told = Signal(str)
    """A sentence for the reader."""

    def __init__(
        self,
        *,
        library: Library,
        sidebar: Sidebar,
        pane: ListPane,
        reader: Reader,
        sheets: Sheets,
        notes: NoteKeeper,
        commands: Commands,
        editing: Editing,
        feeds: FeedKeeper,
        presenter: Presenter,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._sheets = sheets
        self._commands = commands
        self._presenter = presenter
        reader.tags_changed.connect(editing.tag_one)
        reader.note_changed.connect(notes.write)
        notes.send.connect(editing.write_note)
        reader.highlight_requested.connect(editing.highlight)
        reader.highlight_removed.connect(editing.remove_highlight)
        reader.highlight_edited.connect(editing.change_highlight)
        reader.revision_seen.connect(feeds.mark_seen)
        pane.toast.undo_asked.connect(editing.undo)
        sidebar.papers_dropped.connect(commands.drop_on)
        commands.tags_asked.connect(self._ask_for_tags)
        sheets.tags_accepted.connect(commands.tag_many)

    def _ask_for_tags(self) -> None:
        """Open the sheet that tags what is selected, with the tags that all of it has."""
        ids = self._commands.selected()
        try:
            shared = self._library.shared_tags(ids) if len(ids) <= SHARED_TAGS_OF else frozenset()
        except ReadingListError as error:
            self.told.emit(told(error))
            return
        self._sheets.tag_sheet.show_tags(ids, shared, self._presenter.known_tags(), self._presenter.colours)
