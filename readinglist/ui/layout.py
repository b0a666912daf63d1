"""The frame of the window: where the columns stand, how wide they are, when the sidebar folds away.

Knows the widgets by their place only.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from readinglist.ui.theme import Theme

SIDEBAR_PX, LIST_PX = 224, 404
NARROW_PX = 1_000
_LEAST_READER_PX = 340


class _Columns(QSplitter):
    """List and reader; tells when there is more or less room for them."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell of it (QWidget)."""
        super().resizeEvent(event)
        self.resized.emit()


class Frame(QWidget):
    """Sidebar, list and reader side by side; in place of the last two a welcome; below all of it a line."""

    sidebar_shown = Signal(bool)
    """The sidebar has come or gone, by width or by wish."""

    def __init__(
        self, sidebar: QWidget, pane: QWidget, reader: QWidget, welcome: QWidget, status: QWidget, theme: Theme
    ) -> None:
        super().__init__()
        self.setObjectName("frame")
        self._sidebar = sidebar
        self._theme = theme
        self._wanted = True
        self._unfolded = False
        self._sidebar_px = theme.px(SIDEBAR_PX)
        self._narrow: bool | None = None
        self._pane_px = theme.px(LIST_PX)
        self._inner = _Columns(Qt.Orientation.Horizontal)
        self._inner.addWidget(pane)
        self._inner.addWidget(reader)
        self._inner.setStretchFactor(0, 0)
        self._inner.setStretchFactor(1, 1)
        self._right = QStackedWidget()
        self._right.addWidget(self._inner)
        self._right.addWidget(welcome)
        self._outer = QSplitter(Qt.Orientation.Horizontal)
        self._outer.addWidget(sidebar)
        self._outer.addWidget(self._right)
        self._outer.setStretchFactor(0, 0)
        self._outer.setStretchFactor(1, 1)
        self._inner.setAccessibleName(self.tr("List and reader"))
        self._outer.setAccessibleName(self.tr("Sidebar and papers"))
        for splitter in (self._inner, self._outer):
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
        self._outer.splitterMoved.connect(self._on_sidebar_moved)
        self._inner.splitterMoved.connect(self._on_list_moved)
        self._inner.resized.connect(self._share)
        sidebar.setMinimumWidth(max(150, sidebar.minimumSizeHint().width()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._outer)
        column.addWidget(self._pages, 1)
        column.addWidget(status)
        self._pane, self._reader = pane, reader
        self._alone = False
        self._kept: list[int] = []

    def put_on_top(self, strip: QWidget) -> None:
        """Put a strip over everything."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(0, strip)

    def set_widths(self, widths: Sequence[int]) -> None:
        """Set the widths of sidebar, list and reader; () are the usual ones."""
        px = self._theme.px
        sidebar, pane, reader = widths if len(widths) == 3 else (px(SIDEBAR_PX), px(LIST_PX), px(810))
        self._sidebar_px, self._pane_px = sidebar, pane
        self._outer.setSizes([sidebar, pane + reader])
        self._inner.setSizes([pane, reader])

    def set_theme(self, theme: Theme) -> None:
        """Give the columns room for larger or smaller text."""
        ratio = theme.scale / self._theme.scale
        self._theme = theme
        self._sidebar.setMinimumWidth(max(150, self._sidebar.minimumSizeHint().width()))
        if ratio == 1:
            return
        self._sidebar_px = round(self._sidebar_px * ratio)
        self._pane_px = round(self._pane_px * ratio)
        self._look_at_width()
        room = self.width()
        if not self._sidebar.isHidden():
            room = max(1, room - self._sidebar_px)
            self._outer.setSizes([self._sidebar_px, room])
        self._share()

    def widths(self) -> tuple[int, ...]:
        """Return the widths of sidebar, list and reader; one that has no room now keeps the width it had."""
        inner = self._kept if self._alone or self._inner.count() < 2 else self._inner.sizes()
        return (self._sidebar_px, self._pane_px, *inner[1:])

    def _on_sidebar_moved(self) -> None:
        # Its width is what the reader dragged it to, not what a narrow window squeezed it to on the way to folding.
        self._sidebar_px = self._outer.sizes()[0]

    def _on_list_moved(self) -> None:
        self._pane_px = self._inner.sizes()[0]

    def _share(self) -> None:
        """Give the list the width that it was given, where the reader has room enough beside it."""
        sizes = self._inner.sizes()
        if len(sizes) != 2 or self._alone or not sum(sizes):
            return
        room = sum(sizes)
        pane = max(self._pane.minimumWidth(), min(self._pane_px, room - self._theme.px(_LEAST_READER_PX)))
        if pane != sizes[0]:
            self._inner.setSizes([pane, max(1, room - pane)])

    def show_welcome(self, shown: bool) -> None:
        """Show the welcome in place of list and reader, or take it away."""
        self._right.setCurrentIndex(1 if shown else 0)

    def show_in_place(self, page: QWidget | None) -> None:
        """Show a page in place of list and reader; None shows these again."""
        if page is None:
            self._right.setCurrentIndex(0)
            return
        if self._right.indexOf(page) < 0:
            self._right.addWidget(page)
        self._right.setCurrentWidget(page)

    @property
    def page(self) -> QWidget | None:
        """Return the page that is shown, if one is."""
        return self._right.currentWidget() if self._right.currentIndex() > 1 else None

    @property
    def welcoming(self) -> bool:
        """Return whether the welcome is shown."""
        return self._right.currentIndex() == 1

    @property
    def sidebar_wanted(self) -> bool:
        """Return whether the reader wants the sidebar where there is room for it."""
        return self._wanted

    def want_sidebar(self, wanted: bool) -> None:
        """Show or hide the sidebar as the reader wishes; in a narrow window this holds until it is wide again."""
        if self._narrow:
            self._unfolded = wanted
        else:
            self._wanted = wanted
        self._fold()

    @property
    def alone(self) -> bool:
        """Return whether the reader has the window to itself."""
        return self._alone

    def leave_reader_alone(self, alone: bool) -> None:
        """Give the reader the whole window, or the list and the sidebar their places back."""
        if alone == self._alone:
            return
        if alone:
            self._kept = self._inner.sizes()
        self._alone = alone
        self._pane.setVisible(not alone)
        self._fold()

    def show_page(self, page: QWidget) -> None:
        """Show a page in place of the columns."""
        self._kept = self._inner.sizes()
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)

    def show_columns(self) -> None:
        """Show the columns again, with the reader back in its place."""
        if self._inner.indexOf(self._reader) < 0:
            self._inner.insertWidget(1, self._reader)
            self._inner.setStretchFactor(1, 1)
            self._inner.setSizes(self._kept)
            self._reader.show()
        self._pages.setCurrentWidget(self._outer)

    def _fold(self) -> None:
        shown = (self._unfolded if self._narrow else self._wanted) and not self._alone
        if self._sidebar.isHidden() == shown:
            self._sidebar.setVisible(shown)
            if shown:
                self._outer.setSizes([self._sidebar_px, self.width() - self._sidebar_px])
        self.sidebar_shown.emit(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the sidebar away where the window is narrow (QWidget)."""
        self._look_at_width()
        super().resizeEvent(event)

    def _look_at_width(self) -> None:
        """Fold or unfold where there is room for less or for more than there was; larger text needs more."""
        narrow = self.width() < self._theme.px(NARROW_PX)
        if narrow != self._narrow:
            self._narrow = narrow
            self._unfolded = False
            self._fold()
