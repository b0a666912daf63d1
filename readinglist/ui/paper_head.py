"""The head of a paper in the reader: title, authors, where it appeared, its links. Opens nothing itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QStyleOptionButton, QWidget

from readinglist.paper import Paper
from readinglist.ui.labels import dress
from readinglist.ui.marked_label import MarkedLabel, Marks, reads_leftwards
from readinglist.ui.paper_links import SHOWN, NamedLink, paper_links
from readinglist.ui.plain_document import tooltip_text
from readinglist.ui.row_text import iso_day_text, today
from readinglist.ui.theme import Theme

TITLE_PX = 26
LONG_TITLE_PX = 22
LONG_TITLE_CHARS = 150
AUTHORS_SHOWN = 24

MarksOf = Callable[[str, str], Marks]
"""From a field and its text to the matches of the current search in it."""


class LinkButton(QPushButton):
    """A link as text: reached by Tab, opened by click, Enter or Space."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.link = NamedLink("", "", "")
        self.setFlat(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_link(self, link: NamedLink) -> None:
        """Show another link."""
        self.link = link
        self.setText(link.name.replace("&", "&&"))
        self.setAccessibleName(self.tr("Open {name}").format(name=link.name))
        self.setAccessibleDescription(link.url)
        self.setToolTip(tooltip_text(link.url))

    def sizeHint(self) -> QSize:
        """Return the size of the text with room for the focus frame (QWidget)."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.link.name) + 6, metrics.height() + 4)

    def initStyleOption(self, option: QStyleOptionButton) -> None:  # noqa: N802 - Qt's name
        """Leave out the middle of a name that is wider than the column (QPushButton)."""
        super().initStyleOption(option)
        text = self.fontMetrics().elidedText(self.link.name, Qt.TextElideMode.ElideMiddle, self.width() - 5)
        option.text = text.replace("&", "&&")


class PaperHead(QWidget):
    """Shows who wrote what where, and the way there; its parent gives it its width."""

    link_opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._paper: Paper | None = None
        self._marks_of: MarksOf = _no_marks
        self._everyone = False
        self._title = MarkedLabel(self)
        self._title.setObjectName("titleLabel")
        self._authors = MarkedLabel(self)
        self._authors.setObjectName("authorsLabel")
        self._others = LinkButton(self)
        self._others.setObjectName("allAuthorsButton")
        self._others.clicked.connect(self._show_everyone)
        self._facts = MarkedLabel(self)
        self._facts.setObjectName("factsLabel")
        self._dots: list[QLabel] = []
        self._links: list[LinkButton] = []
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self._authors.set_look(theme.font(14), theme.text, theme.mark)
        self._facts.set_look(theme.font(13), theme.sub, theme.mark)
        for button in (*self._links, self._others):
            self._style_link(button)
        for dot in self._dots:
            self._style_dot(dot)
        if self._paper is not None:
            self.show_paper(self._paper, self._marks_of)

    def _style_link(self, button: QPushButton) -> None:
        theme = self._theme
        button.setFont(theme.font(13))
        button.setStyleSheet(
            f"QPushButton{{border:1px solid transparent;border-radius:4px;padding:0 2px;text-align:left;"
            f"background:transparent;color:{theme.acc}}}QPushButton:hover{{text-decoration:underline}}"
            f"QPushButton:focus{{border-color:{theme.acc}}}"
        )

    def _style_dot(self, dot: QLabel) -> None:
        dress(dot, self._theme.font(13), self._theme.sub)

    def show_paper(self, paper: Paper, marks_of: MarksOf) -> None:
        """Show the head of a paper with the matches of the current search marked."""
        if self._paper is None or paper.id != self._paper.id:
            self._everyone = False
        self._paper = paper
        self._marks_of = marks_of
        theme = self._theme
        px = TITLE_PX if len(paper.title) <= LONG_TITLE_CHARS else LONG_TITLE_PX
        self._title.set_look(theme.font(px, QFont.Weight.DemiBold), theme.text, theme.mark)
        self._title.show_text(paper.title, marks_of("title", paper.title))
        self._show_authors(paper)
        self._show_facts(paper)
        self._show_links(paper_links(paper))
        self._arrange()

    def _show_authors(self, paper: Paper) -> None:
        authors = paper.authors if self._everyone else paper.authors[:AUTHORS_SHOWN]
        text = ""
        marks: list[tuple[int, int]] = []
        for author in authors:
            if text:
                text += ", "
            marks += [(start + len(text), end + len(text)) for start, end in self._marks_of("author", author.name)]
            text += author.name
        self._authors.show_text(text, marks)
        self._authors.setVisible(bool(text))
        more = len(paper.authors) - len(authors)
        self._others.setVisible(more > 0)
        self._others.show_link(NamedLink(self.tr("and %Ln more", "", more), "", ""))
        self._others.setToolTip("")

    def _show_facts(self, paper: Paper) -> None:
        facts = []
        marks: Marks = ()
        if paper.venue:
            facts.append(paper.venue)
            marks = self._marks_of("venue", paper.venue)
        if paper.published and not paper.venue:
            facts.append(iso_day_text(paper.published, today()))
        elif paper.year is not None:
            facts.append(str(paper.year))
        if not facts and paper.listed:
            facts.append(self.tr("listed {day}").format(day=iso_day_text(paper.listed, today())))
        if paper.submitted_by:
            facts.append(self.tr("submitted by {name}").format(name=paper.submitted_by))
        if paper.upvotes:
            facts.append(self.tr("%Ln upvotes", "", paper.upvotes))
        text = " · ".join(facts)
        self._facts.show_text(text, marks)
        self._facts.setVisible(bool(text))

    def _show_links(self, links: list[NamedLink]) -> None:
        shown = links[:SHOWN]
        while len(self._links) < len(shown):
            self._add_link()
        for place, (button, dot) in enumerate(zip(self._links, self._dots, strict=True)):
            if place < len(shown):
                button.show_link(shown[place])
            button.setVisible(place < len(shown))
            dot.setVisible(place < len(shown) and (place > 0 or not self._facts.isHidden()))

    def _add_link(self) -> None:
        dot = QLabel("·", self)
        dot.setTextFormat(Qt.TextFormat.PlainText)
        self._style_dot(dot)
        button = LinkButton(self)
        button.setObjectName(f"link{len(self._links)}")
        button.clicked.connect(self._on_link_clicked)
        self._style_link(button)
        if self._links:
            QWidget.setTabOrder(self._links[-1], button)
        else:
            QWidget.setTabOrder(self._others, button)
        self._dots.append(dot)
        self._links.append(button)

    def _on_link_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, LinkButton) and button.link.url:
            self.link_opened.emit(button.link.url)

    def _show_everyone(self) -> None:
        self._everyone = True
        if self._paper is not None:
            self.show_paper(self._paper, self._marks_of)
            self.updateGeometry()

    def tab_order(self) -> list[QWidget]:
        """Return what takes the focus in here, in order; links follow it."""
        return [self._others]

    def height_for(self, width: int) -> int:
        """Return the height of everything at `width`."""
        return self._place(width, move=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the parts (QWidget)."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self._place(max(1, self.width()), move=True)

    def _place(self, width: int, *, move: bool) -> int:
        """Put the parts under each other; return the height they take."""
        px = self._theme.px
        y = 0
        height = self._title.heightForWidth(width)
        if move:
            self._title.setGeometry(0, y, width, height)
        y += height + px(10)
        if not self._authors.isHidden():
            height = self._authors.heightForWidth(width)
            if move:
                self._authors.setGeometry(0, y, width, height)
            y += height + px(4)
        if not self._others.isHidden():
            hint = self._others.sizeHint()
            if move:
                self._others.setGeometry(-3, y, hint.width(), hint.height())
            y += hint.height() + px(2)
        return y + self._place_facts(y, width, move=move)

    def _place_facts(self, top: int, width: int, *, move: bool) -> int:
        """Put facts and links on one line where they have room, links on lines of their own where they have not."""
        pairs = zip(self._dots, self._links, strict=True)
        pieces: list[QWidget] = [piece for pair in pairs for piece in pair if not piece.isHidden()]
        if self._facts.isHidden():
            return self._flow(pieces, 0, top, width, move=move)
        one_line = QFontMetrics(self._facts.font()).horizontalAdvance(self._facts.text()) + 2
        if one_line > width or reads_leftwards(self._facts.text()):
            height = self._facts.heightForWidth(width)
            if move:
                self._facts.setGeometry(0, top, width, height)
            return height + self._flow(pieces[1:], 0, top + height + 2, width, move=move)
        height = QFontMetrics(self._facts.font()).height()
        if move:
            self._facts.setGeometry(0, top, one_line, height)
        return max(height, self._flow(pieces, one_line, top, width, move=move))

    def _flow(self, pieces: list[QWidget], left: int, top: int, width: int, *, move: bool) -> int:
        """Put dots and links side by side from `left` on; return the height of all rows."""
        x, y = left, 0
        row = QFontMetrics(self._facts.font()).height()
        for piece in pieces:
            hint = piece.sizeHint()
            is_dot = not isinstance(piece, LinkButton)
            wide = min(hint.width(), width)
            if x + wide > width and x > 0 and not is_dot:
                x, y = 0, y + row + 4
            if move:
                # The frame of a link takes three pixels at each side.
                middle = top + y + (row - hint.height()) // 2
                piece.setGeometry(x + (2 if is_dot else -3), middle, wide, hint.height())
            x += wide + (6 if is_dot else -4)
        return y + row if pieces else 0


def _no_marks(field: str, text: str) -> Marks:
    return ()
