"""The right-hand side of the window: one paper to read, tag, highlight and note.

Shows what it is given and tells by signals what the reader does; it neither asks nor edits a library. A paper
shown again because of an edit from elsewhere leaves scroll, selection and whatever is being typed as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from readinglist.library import revision_of
from readinglist.paper import Paper, PaperId
from readinglist.query.marks import marks
from readinglist.query.nodes import Node
from readinglist.ui.abstract_view import AbstractView
from readinglist.ui.actions import Actions, short_key_text
from readinglist.ui.highlight_list import HighlightList
from readinglist.ui.highlighting import Highlighting
from readinglist.ui.labels import dress, plain_label
from readinglist.ui.marked_label import MarkedLabel, Marks
from readinglist.ui.neighbours import Neighbourhood
from readinglist.ui.note_editor import NoteEditor
from readinglist.ui.paper_head import PaperHead
from readinglist.ui.reader_bar import ReaderBar
from readinglist.ui.reader_column import Column, ReaderArea
from readinglist.ui.reader_message import ReaderMessage
from readinglist.ui.revised_line import RevisedLine
from readinglist.ui.similar_list import SimilarList
from readinglist.ui.suggested_line import SuggestedLine
from readinglist.ui.suggesting import Reason
from readinglist.ui.tag_editor import TagEditor
from readinglist.ui.tag_offers import KnownTag
from readinglist.ui.theme import Theme

ALONE_ZOOM = 1.15
MARKED_CHARS = 20_000
MARKS = 400


class Reader(QWidget):
    """Shows one paper, or says in a sentence why there is none."""

    tags_changed = Signal(object)
    """TagsEdited."""
    note_changed = Signal(object)
    """NoteEdited."""
    highlight_requested = Signal(object)
    """HighlightMade."""
    highlight_removed = Signal(str)
    highlight_edited = Signal(object)
    """HighlightEdited."""
    link_opened = Signal(str)
    """An http or https address the reader has clicked."""
    search_requested = Signal(str)
    """A query."""
    revision_seen = Signal(int)
    """The number of a paper whose change the reader has looked at."""
    paper_wanted = Signal(int)
    """The number of another paper."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reader")
        self.setAccessibleName(self.tr("Paper"))
        self.setMinimumWidth(300)
        self._theme = self._own_theme = theme
        self._zoom = 1.0
        self._alone = False
        self._has_similar = False
        self._paper: Paper | None = None
        self._node: Node | None = None
        self._bar = ReaderBar(theme, self)
        self._head = PaperHead(theme)
        self._revised = RevisedLine(theme)
        self._suggested = SuggestedLine(theme)
        self._tag_editor = TagEditor(theme)
        self._abstract = AbstractView()
        self._no_abstract = plain_label(
            text=self.tr("This paper came without an abstract."), name="noAbstract", wraps=True
        )
        self._hint = plain_label(name="highlightHint", wraps=True)
        self._keywords = MarkedLabel()
        self._keywords.setObjectName("keywordsLabel")
        self._highlights_title = plain_label(None, self.tr("Highlights"), "highlightsTitle", wraps=True)
        self._highlights = HighlightList(theme)
        self._note = NoteEditor(theme)
        self._similar_title = plain_label(
            text=self.tr("Close to this in your library"), name="similarTitle", wraps=True
        )
        self._similar = SimilarList(theme)
        self._column = self._made_column()
        self._area = ReaderArea(self._column, self)
        self._message = ReaderMessage(self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._area)
        self._pages.addWidget(self._message)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(self._pages, 1)
        self._highlighting = Highlighting(self._abstract, self._highlights, self._highlights_title, self._hint, self)
        self._connect()
        self._order_tabs()
        self.set_theme(theme)
        self.show_paper(None, marks_node=None, tag_colours={})

    def _made_column(self) -> Column:
        column = Column(self._theme)
        for part, gap in (
            (self._head, 0),
            (self._revised, 14),
            (self._suggested, 14),
            (self._tag_editor, 16),
            (self._abstract, 22),
            (self._no_abstract, 22),
            (self._hint, 14),
            (self._keywords, 14),
            (self._highlights_title, 24),
            (self._highlights, 4),
            (self._note, 24),
            (self._similar_title, 28),
            (self._similar, 4),
        ):
            column.add(part, gap)
        column.ring = self._abstract
        return column

    def _connect(self) -> None:
        self._head.link_opened.connect(self.link_opened)
        self._revised.seen.connect(self.revision_seen)
        self._tag_editor.tags_changed.connect(self.tags_changed)
        self._tag_editor.search_requested.connect(self.search_requested)
        self._abstract.search_requested.connect(self.search_requested)
        self._abstract.focus_shown.connect(self._column.update)
        self._highlighting.requested.connect(self.highlight_requested)
        self._highlighting.removed.connect(self.highlight_removed)
        self._highlighting.edited.connect(self.highlight_edited)
        self._highlighting.rearranged.connect(self._arrange)
        self._highlights.left.connect(self.focus_abstract)
        self._note.note_changed.connect(self.note_changed)
        self._note.link_opened.connect(self.link_opened)
        self._similar.paper_wanted.connect(self.paper_wanted)
        self._similar.left.connect(self.focus_abstract)
        self._area.width_changed.connect(self._on_width_changed)
        for part, moved in (
            (self._abstract, self._abstract.caret_moved),
            (self._highlights, self._highlights.row_reached),
            (self._note, self._note.caret_moved),
            (self._similar, self._similar.row_reached),
        ):
            self._area.follow(part, moved)
        self._area.verticalScrollBar().valueChanged.connect(self._tag_editor.follow_scroll)

    def _order_tabs(self) -> None:
        parts = (self._bar, self._head, self._revised, self._suggested, self._tag_editor)
        chain: list[QWidget] = [widget for part in parts for widget in part.tab_order()]
        chain += [self._abstract, self._highlights, *self._note.tab_order(), self._similar]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def set_actions(self, actions: Actions) -> None:
        """Take the actions for the tool bar, and those that work while the focus is here and in no editor."""
        for part in (self._bar, self._note, self._suggested):
            part.set_actions(actions)
        self.show_keys_of(actions)
        self._order_tabs()
        for action in actions:
            if action.shortcutContext() == Qt.ShortcutContext.WidgetShortcut:
                for place in (self._abstract, self._message, self._area):
                    place.addAction(action)

    def show_keys_of(self, actions: Actions) -> None:
        """Show the keys that these actions have now."""
        self._highlighting.show_key(short_key_text(actions["actionHighlight"]))
        self._note.show_keys_of(actions)
        self._suggested.show_keys_of(actions)
        self._tag_editor.show_key(short_key_text(actions["actionTag"]))

    def set_alone(self, alone: bool) -> None:
        """Show the paper larger and without the tool bar, where there is nothing beside it."""
        self._alone = alone
        self._bar.setVisible(not alone)
        self._zoom = ALONE_ZOOM if alone else 1.0
        self._dress_column()
        self._place_similar()

    def forbid_writing(self) -> None:
        """Show papers without letting tags and notes be written: the library can only be read."""
        for part in (self._revised, self._suggested, self._tag_editor, self._note):
            part.forbid_writing()

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._own_theme = theme
        self._bar.set_theme(theme)  # never larger: it is not there where the paper is
        self._dress_column()

    def _dress_column(self) -> None:
        theme = self._own_theme
        theme = self._theme = replace(theme, scale=theme.scale * self._zoom)
        for part in (
            self._head,
            self._revised,
            self._suggested,
            self._tag_editor,
            self._abstract,
            self._highlights,
            self._note,
            self._similar,
            self._column,
            self._area,
            self._message,
        ):
            part.set_theme(theme)
        self._keywords.set_look(theme.font(13), theme.sub, theme.mark)
        for label, font, colour in (
            (self._highlights_title, theme.font(13, QFont.Weight.DemiBold), theme.text),
            (self._similar_title, theme.font(13, QFont.Weight.DemiBold), theme.text),
            (self._no_abstract, theme.font(15), theme.faint),
            (self._hint, theme.font(12), theme.sub),
        ):
            dress(label, font, colour)
        self._arrange()

    def set_known_tags(self, tags: Sequence[KnownTag]) -> None:
        """Tell which tags the library has, for completion."""
        self._tag_editor.set_known_tags(tags)

    def set_tag_colours(self, colours: Mapping[str, str]) -> None:
        """Take the colours ('#rrggbb') of tags by name."""
        self._tag_editor.set_colours(colours)

    def show_paper(self, paper: Paper | None, *, marks_node: Node | None, tag_colours: Mapping[str, str]) -> None:
        """Show a paper with the matches of `marks_node` marked; None: there is none to show."""
        if paper is None:
            self._leave_paper(self.tr("No paper selected"), self.tr("Choose one in the list to read it here."))
            return
        again = self._paper is not None and self._paper.id == paper.id
        self._paper = paper
        self._node = marks_node
        self._bar.show_star(paper.starred)
        self._head.show_paper(paper, self._marks_of)
        self._revised.show_revision(revision_of(paper))
        self._tag_editor.show_tags(paper.id, paper.tags, tag_colours)
        self._show_abstract(paper, again=again)
        self._show_keywords(paper)
        if not paper.highlights and self._highlights.hasFocus():
            self.focus_abstract()
        self._highlighting.show_paper(paper)
        self._note.show_note(paper.id, paper.note)
        self._pages.setCurrentWidget(self._area)
        if not again:
            self._area.verticalScrollBar().setValue(0)
            self.show_similar(Neighbourhood(paper.id, ()))
        self._arrange()

    def show_reason(self, reason: Reason | None) -> None:
        """Say why the paper that is shown is suggested; None: it is not."""
        self._suggested.show_reason(reason)
        self._arrange()

    def show_similar(self, found: Neighbourhood) -> None:
        """Show the papers like the one that is shown; those like another are too late."""
        if self._paper is None or found.of != self._paper.id:
            return
        if not found.neighbours and self._similar.hasFocus():
            self.focus_abstract()
        self._similar.show_neighbours(found.neighbours)
        self._has_similar = bool(found.neighbours)
        self._place_similar()

    def _place_similar(self) -> None:
        """Show the papers like this one where there are any, but not where one paper stands alone."""
        for part in (self._similar_title, self._similar):
            part.setVisible(self._has_similar and not self._alone)
        self._arrange()

    def show_many(self, count: int) -> None:
        """Say that `count` papers are selected."""
        self._leave_paper(
            self.tr("%Ln papers selected", "", count), self.tr("Star, tag, move or archive them together.")
        )

    def _leave_paper(self, title: str, text: str) -> None:
        """Show no paper, but what these texts say of it."""
        self._highlighting.show_paper(None)
        self._paper = None
        self._tag_editor.show_tags(PaperId(0), frozenset(), {})
        self._note.show_note(PaperId(0), None)
        self._bar.show_star(False)
        self._message.say(title, text)
        self._pages.setCurrentWidget(self._message)

    def _marks_of(self, field: str, text: str) -> Marks:
        """Return the matches in a text: those in its beginning, where it is longer than any abstract."""
        if self._node is None or not text:
            return ()
        return marks(self._node, field, text[:MARKED_CHARS])[:MARKS]

    def _show_abstract(self, paper: Paper, *, again: bool) -> None:
        text = paper.abstract or ""
        found = self._marks_of("abstract", text)
        self._abstract.show_text(text, paper.highlights, found, keep=again)
        self._abstract.setVisible(bool(text))
        self._no_abstract.setVisible(not text)

    def _show_keywords(self, paper: Paper) -> None:
        text = ""
        found: list[tuple[int, int]] = []
        for keyword in paper.keywords[:40]:
            text += " · " if text else ""
            found += [(a + len(text), b + len(text)) for a, b in self._marks_of("keyword", keyword)]
            text += keyword
        self._keywords.show_text(text, found)
        self._keywords.setVisible(bool(text))

    def edit_tags(self) -> None:
        """Open the field for tags."""
        if self._paper is not None:
            self._tag_editor.start()
            self._show_part(self._tag_editor)

    def edit_note(self) -> None:
        """Begin to write the note."""
        if self._paper is not None:
            self._note.start()
            self._show_part(self._note)

    def set_note_preview(self, on: bool) -> None:
        """Show the note formatted while it is written, or not."""
        self._note.set_preview(on)

    @property
    def is_writing_note(self) -> bool:
        """Say whether the note is being written."""
        return self._note.is_editing

    def leave_note(self) -> None:
        """Stop writing the note; what was typed is told of."""
        self._note.leave()

    def focus_abstract(self) -> None:
        """Put the focus on the abstract, or on the note where there is none."""
        if self._abstract.isHidden():
            self._note.focus_note()
        else:
            self._abstract.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_page(self) -> None:
        """Put the focus on the page as a whole: the arrows scroll, and nothing is framed."""
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    def highlight_selection(self) -> bool:
        """Highlight what is selected in the abstract; with nothing selected say how, and return False."""
        return self._highlighting.highlight_selection()

    def flush(self) -> None:
        """Tell of every note that was typed and is not saved, also of earlier papers."""
        self._note.flush()
        self._note.retry()

    @property
    def settled(self) -> bool:
        """Return False while a long note is being opened."""
        return self._note.settled

    def unsaved_notes(self) -> dict[PaperId, str]:
        """Return the notes the library has not confirmed, by paper."""
        return self._note.unsaved()

    def note_saved(self, paper_id: PaperId, text: str) -> None:
        """Take note that the library has this text as the note of this paper."""
        self._note.note_saved(paper_id, text)

    def note_failed(self, paper_id: PaperId, message: str) -> None:
        """Take note that a note could not be saved; it stays on the screen with the message."""
        self._note.note_failed(paper_id, message)

    def page_down(self) -> bool:
        """Go a page down; False at the end, where nothing moved, or where no paper is shown."""
        return self._pages.currentWidget() is self._area and self._area.page_down()

    def _arrange(self) -> None:
        self._note.page_height = self._area.viewport().height()
        self._column.arrange(max(1, self._area.viewport().width()))

    def _on_width_changed(self) -> None:
        self._arrange()
        self._note.show_caret()

    def _show_part(self, part: QWidget) -> None:
        self._arrange()
        self._area.show_part(part)
