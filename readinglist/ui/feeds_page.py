"""The page of feeds: what there is and how it is, what changed, a line for a new one. Reads in the search lane."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from readinglist.library import Day, Feed, Library, Revision
from readinglist.progress import Progress
from readinglist.settings import FEED_HOURS, Settings
from readinglist.ui import feed_words, icons
from readinglist.ui.choice_box import ChoiceBox
from readinglist.ui.feed_keeping import FeedKeeper
from readinglist.ui.feed_table import DayTable, FeedTable, RevisedTable
from readinglist.ui.jobs import Lane
from readinglist.ui.labels import plain_label
from readinglist.ui.name_line import NameLine
from readinglist.ui.page import Page
from readinglist.ui.plain_document import tooltip_text
from readinglist.ui.preferences import Preferences
from readinglist.ui.theme import Theme

_DAYS = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """What is on the page; `days` are those of one feed, by its number."""

    feeds: Sequence[Feed]
    notices: Mapping[int, Sequence[str]]
    revisions: Sequence[Revision]
    number: int | None
    days: Sequence[Day]


class FeedsPage(Page):
    """Shows the feeds; what the reader does with them is told to the keeper."""

    def __init__(
        self, library: Library, lane: Lane, keeper: FeedKeeper, preferences: Preferences, theme: Theme
    ) -> None:
        super().__init__("feedsView", self.tr("Feeds"), theme, lane, scrolls=True)
        self._library = library
        self._keeper = keeper
        self._preferences = preferences
        self._dialog: QFileDialog | None = None
        self.shown: Shown | None = None
        self._make_parts()
        self._build()
        self._connect()
        if library.read_only:
            for part in (self.line, self._add, self._choose, self._one, self._rename, self._remove, self._seen):
                part.setEnabled(False)
        self._show_interval(preferences.settings)

    def _make_parts(self) -> None:
        inside = self._inside
        self._interval_says = plain_label(inside, self.tr("Refresh"))
        self.interval = ChoiceBox(self._theme, inside)
        self.interval.setObjectName("feedsInterval")
        self.interval.setAccessibleName(self.tr("When feeds are refreshed"))
        for value, words in zip(FEED_HOURS, feed_words.refresh_choices(), strict=True):
            self.interval.addItem(words, value)
        self._interval_says.setBuddy(self.interval)
        self._all = self._button("feedsRefreshAll", self.tr("Refresh all"))
        self.line = NameLine(inside)
        self.line.setObjectName("feedAddress")
        self.line.setAccessibleName(self.tr("Address of a new feed"))
        self.line.setPlaceholderText(self.tr("arxiv:cs.CL, https://…"))
        self.line.setToolTip(
            tooltip_text(
                self.tr(
                    "An address of RSS or Atom; arxiv:cs.CL for a category; arxiv:all:electron for a search of arXiv;"
                    " huggingface for its daily papers"
                )
            )
        )
        self.line.setMaxLength(4000)
        self._add = self._button("feedAdd", self.tr("Add"))
        self._choose = self._button("feedChoose", self.tr("Choose a file…"))
        self._empty = plain_label(
            inside,
            self.tr(
                "There are no feeds yet. A feed brings what is new in a category of arXiv, a search there, the daily "
                "papers of Hugging Face, or any page with RSS or Atom into the Inbox, when you ask for it."
            ),
        )
        self._empty.setWordWrap(True)
        self.revised = RevisedTable(inside)
        self._seen = self._button("feedsSeen", self.tr("Mark as seen"))
        self.table = FeedTable(inside)
        self._words = plain_label(inside, name="feedWords")
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._address = plain_label(inside, name="feedShownAddress")
        self._address.setWordWrap(True)
        self._one = self._button("feedRefresh", self.tr("Refresh this one"))
        self._rename = self._button("feedRename", self.tr("Rename"))
        self._remove = self._button("feedRemove", self.tr("Remove"))
        self.days = DayTable(inside)
        self._import = self._button("feedsImport", self.tr("Import a list (OPML)…"))
        self._export = self._button("feedsExport", self.tr("Export the list…"))

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self._inside)
        button.setObjectName(name)
        button.setAccessibleName(text)
        return button

    def _build(self) -> None:
        for part in (self._interval_says, self.interval, self._all):
            self._head.addWidget(part)
        column = self._column
        column.setSpacing(12)
        column.addLayout(_row(self.line, self._add, self._choose, wide=self.line))
        column.addWidget(self._empty)
        column.addWidget(self.revised)
        column.addLayout(_row(None, self._seen))
        column.addWidget(self.table)
        column.addWidget(self._words)
        column.addWidget(self._address)
        column.addLayout(_row(self._one, self._rename, self._remove, None))
        column.addWidget(self.days)
        column.addLayout(_row(None, self._import, self._export))
        column.addStretch(1)

    def _connect(self) -> None:
        self.interval.currentIndexChanged.connect(self._on_interval_chosen)
        self._preferences.changed.connect(self._show_interval)
        self._keeper.add_asked.connect(self._on_add_asked)
        self._all.clicked.connect(lambda: self.action_asked.emit("actionFeedsRefresh"))
        self._seen.clicked.connect(lambda: self.action_asked.emit("actionFeedsSeen"))
        self._import.clicked.connect(lambda: self.action_asked.emit("actionFeedsImport"))
        self._export.clicked.connect(lambda: self.action_asked.emit("actionFeedsExport"))
        self.line.returnPressed.connect(self._on_add)
        self.line.escaped.connect(self.left)
        self._add.clicked.connect(self._on_add)
        self._choose.clicked.connect(self._on_choose)
        self.table.chosen.connect(self._on_chosen)
        self.table.removed.connect(self._on_remove)
        self.table.renamed.connect(self._on_renamed)
        self._one.clicked.connect(self._on_refresh_one)
        self._rename.clicked.connect(self.table.start_renaming)
        self._remove.clicked.connect(self._on_remove)
        self.days.search_asked.connect(self.search_asked)
        self.revised.paper_asked.connect(self.paper_asked)

    def rules(self, theme: Theme) -> str:
        """Return the rules of the line for an address and of the buttons."""
        px = theme.px
        frame = f"border: 1px solid {theme.line}; border-radius: {px(7)}px; background: {theme.read};"
        return (
            f"#feedAddress {{ {frame} color: {theme.text}; padding: 0 {px(9)}px; min-height: {px(30)}px;"
            f" selection-background-color: {theme.acc}; selection-color: {theme.acctext}; }}"
            f"#feedAddress:focus {{ border: 1px solid {theme.acc}; }}"
            f"QPushButton {{ {frame} color: {theme.acc}; padding: 0 {px(12)}px; min-height: {px(28)}px; }}"
            f"QPushButton:hover {{ background: {theme.hover}; }}"
            f"QPushButton:disabled {{ color: {theme.faint}; }}"
            f"QPushButton:focus {{ border: 1px solid {theme.acc}; }}"
        )

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        super().set_theme(theme)
        px = theme.px
        self.interval.set_theme(theme)
        metrics = QFontMetrics(self.interval.font())
        self.interval.setMinimumWidth(
            max(metrics.horizontalAdvance(words) for words in feed_words.refresh_choices()) + px(46)
        )
        for label, colour in (
            (self._interval_says, theme.sub),
            (self._empty, theme.sub),
            (self._words, theme.text),
            (self._address, theme.sub),
        ):
            label.setFont(theme.font(13))
            label.setStyleSheet(f"color: {colour};")
        self.line.setFont(theme.font(13))
        for button in self._inside.findChildren(QPushButton):
            button.setFont(theme.font(13, QFont.Weight.Medium))
        self._all.setIcon(icons.icon("refresh-cw", theme.acc, px(15)))
        for table in (self.table, self.days, self.revised):
            table.set_theme(theme)

    # -- what is shown ----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the feeds again."""
        library, chosen = self._library, self.table.number()

        def call(_progress: Progress) -> Shown:
            feeds = library.feeds()
            numbers = [feed.number for feed in feeds]
            number = chosen if chosen in numbers else next(iter(numbers), None)
            days = library.announcements(number, _DAYS) if number is not None else []
            notices = {feed.number: library.feed_notices(feed) for feed in feeds}
            return Shown(feeds, notices, library.revisions(), number, days)

        self.ask(call, self._on_read)

    def _on_read(self, shown: Shown) -> None:
        newcomers = self._newcomers(shown)
        at_first = self.shown is None
        self.shown = shown
        self._empty.setVisible(not shown.feeds)
        self.table.setVisible(bool(shown.feeds))
        self.table.show_feeds(shown.feeds, shown.notices)
        self.revised.setVisible(bool(shown.revisions))
        self._seen.setVisible(bool(shown.revisions))
        self.revised.show_revisions(shown.revisions)
        if len(newcomers) == 1:
            self.table.select(newcomers[0])
            self.line.clear()
        elif shown.number is not None and self.table.number() == shown.number:
            self._show_days(shown.days)
        self._show_details()
        if at_first and shown.feeds and self.window().focusWidget() is self.line and not self.line.text():
            self.focus_first()

    def _newcomers(self, shown: Shown) -> list[int]:
        if self.shown is None:
            return []
        known = {feed.number for feed in self.shown.feeds}
        return [feed.number for feed in shown.feeds if feed.number not in known]

    def _feed(self) -> Feed | None:
        number = self.table.number()
        feeds = self.shown.feeds if self.shown is not None else ()
        return next((feed for feed in feeds if feed.number == number), None)

    def _show_details(self) -> None:
        feed = self._feed()
        for part in (self._address, self._one, self._rename, self._remove):
            part.setVisible(feed is not None)
        words = ""
        if feed is not None and self.shown is not None:
            words = feed_words.details(feed, self.shown.notices.get(feed.number, ()))
            self._address.setText(feed.shown_address)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self._export.setEnabled(feed is not None)
        self.days.setVisible(feed is not None and self.days.topLevelItemCount() > 0)

    def _show_days(self, days: Sequence[Day]) -> None:
        self.days.show_days(days)
        self.days.setVisible(bool(days))

    def _on_chosen(self) -> None:
        self._show_details()
        number = self.table.number()
        if number is None:
            return
        library = self._library

        def done(days: list[Day]) -> None:
            if self.table.number() == number:
                self._show_days(days)

        self.ask(lambda _: library.announcements(number, _DAYS), done)

    # -- what the reader does ---------------------------------------------------------------------

    def _show_interval(self, settings: Settings) -> None:
        self.interval.blockSignals(True)
        self.interval.setCurrentIndex(self.interval.findData(settings.refresh_feeds))
        self.interval.blockSignals(False)

    def _on_interval_chosen(self) -> None:
        self._preferences.change(refresh_feeds=self.interval.currentData())

    def _on_add_asked(self) -> None:
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_add(self) -> None:
        if typed := self.line.text().strip():
            self._keeper.add(typed)

    def _on_choose(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("A file as a feed"))
        dialog.setObjectName("feedDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setOption(QFileDialog.Option.ReadOnly)  # Qt's own dialog would delete files at Del
        dialog.fileSelected.connect(self._keeper.add)
        dialog.finished.connect(dialog.deleteLater)
        self._dialog = dialog
        dialog.open()

    def _on_refresh_one(self) -> None:
        if (feed := self._feed()) is not None:
            self._keeper.refresh([feed.number])

    def _on_remove(self) -> None:
        if (feed := self._feed()) is not None:
            self._keeper.remove(feed)

    def _on_renamed(self, name: str) -> None:
        if (feed := self._feed()) is not None:
            self._keeper.rename(feed, name)

    def focus_first(self) -> None:
        """Put the focus on the feeds, or where the first one is named."""
        part = self.table if self.shown is not None and self.shown.feeds else self.line
        part.setFocus(Qt.FocusReason.OtherFocusReason)


def _row(*parts: QWidget | None, wide: QWidget | None = None) -> QHBoxLayout:
    """Return parts beside each other; None is a gap that takes the room there is, unless `wide` does."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for part in parts:
        if part is None:
            row.addStretch(1)
        else:
            row.addWidget(part, 1 if part is wide else 0)
    return row
