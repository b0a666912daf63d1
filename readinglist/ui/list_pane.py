"""The middle column: the search field, the title of what is listed, the list, and the toast over it.

Knows no library: it is handed a `Listing` and shows it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from readinglist.errors import QueryError
from readinglist.library import Snippet
from readinglist.paper import Paper
from readinglist.ui import icons
from readinglist.ui.actions import Actions, key_text, plain_text, short_key_text, tooltip
from readinglist.ui.emptiness import emptiness
from readinglist.ui.labels import plain_label
from readinglist.ui.later_popup import LaterPopup
from readinglist.ui.meant_line import MeantLine
from readinglist.ui.menu_button import MenuButton
from readinglist.ui.paper_list import PaperList
from readinglist.ui.paper_model import Fetch
from readinglist.ui.plain_document import tooltip_text
from readinglist.ui.search_field import SearchField
from readinglist.ui.searching import Listing, Question
from readinglist.ui.theme import Theme
from readinglist.ui.toast import Toast
from readinglist.ui.views import BY_SUGGESTION, SUGGESTED, TRASH, View
from readinglist.ui.welcome import EmptyState

SORTS = {
    "actionSortDefault": None,
    "actionSortRelevance": "relevance",
    "actionSortPosition": "position",
    "actionSortSuggested": BY_SUGGESTION,
    "actionSortAdded": "added",
    "actionSortOldest": "-added",
    "actionSortYear": "year",
    "actionSortTitle": "title",
    "actionSortUpvotes": "upvotes",
}
"""What each action of the sort menu orders by, as a key of `sort:` or `BY_SUGGESTION`."""


class ListPane(QWidget):
    """Lays the column out and keeps title, count and sort button true to what is listed."""

    everywhere_chosen = Signal(bool)
    empty_asked = Signal(str)

    def __init__(self, fetch: Fetch, theme: Theme, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("listPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(250)
        self._actions = actions
        self.search = SearchField(theme, self)
        self.search.set_save_key(key_text(actions["actionSaveSearch"]))
        self.meant = MeantLine(theme, self)
        self.meant.chosen.connect(self._on_meant)
        self.papers = PaperList(fetch, theme, self)
        self.empty = EmptyState(theme, self)
        self._empty_of: Listing | None = None
        self._problem: QueryError | None = None
        self.toast = Toast(theme, self)
        self.later = LaterPopup(theme, self, self.toast)
        self.toast.set_key(key_text(actions["actionUndo"]), tooltip(actions["actionUndo"]))
        self._unfold = self._made_button("showSidebarButton", self.tr("Show the sidebar"))
        self._unfold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._unfold.clicked.connect(actions["actionSidebar"].trigger)
        self._title = plain_label(self, name="listTitle")
        self._count = plain_label(self, name="listCount")
        self._count.installEventFilter(self)
        self._count_texts = ("", "")
        self._count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._sort = MenuButton("arrow-down-up", self)
        self._sort.setObjectName("sortButton")
        self._sort.setAccessibleName(self.tr("Order of the list"))
        self._sort.setToolTip(self.tr("Order of the list"))
        self._sort.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._sort)
        menu.addActions(actions.group("sort").actions())
        self._sort.setMenu(menu)
        self._note = plain_label(self, name="listNote", wraps=True)
        self._note.hide()
        self._scope = QWidget(self)
        self._scope.setObjectName("searchScope")
        self._everywhere = self._made_button("scopeEverywhere", self.tr("Search all papers"))
        self._everywhere.setText(self.tr("All papers"))
        self._here = self._made_button("scopeHere", self.tr("Search only this list"))
        self._scopes = QButtonGroup(self)
        for button in (self._everywhere, self._here):
            button.setCheckable(True)
            self._scopes.addButton(button)
        self._everywhere.setChecked(True)
        self._scopes.buttonClicked.connect(self._on_scope_clicked)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.papers)
        self._stack.addWidget(self.empty)
        self.empty.asked.connect(self.empty_asked)
        self.search.went_down.connect(self.focus_list)
        self.papers.left_upwards.connect(self.search.focus)
        self.papers.escaped.connect(self.search.clear)
        self._build()
        self.set_theme(theme)

    def _made_button(self, name: str, says: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAccessibleName(says)
        button.setToolTip(says)
        button.setAutoRaise(True)
        return button

    def _build(self) -> None:
        self._top = QHBoxLayout()
        self._top.addWidget(self.search)
        scope = QHBoxLayout(self._scope)
        scope.setSpacing(6)
        scope.addWidget(self._everywhere)
        scope.addWidget(self._here)
        scope.addStretch(1)
        self._scope_row = scope
        self._heading = QHBoxLayout()
        self._heading.setSpacing(0)
        self._heading.addWidget(self._unfold)
        self._heading.addWidget(self._title)
        self._heading.addSpacing(8)
        self._heading.addWidget(self._count, 1)
        self._heading.addWidget(self._sort)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addLayout(self._top)
        column.addWidget(self._scope)
        column.addWidget(self.meant)
        column.addLayout(self._heading)
        column.addWidget(self._note)
        column.addWidget(self._stack, 1)
        self._column = column
        self._scope.hide()
        self._unfold.hide()
        # With Tab as the eye goes: from the search field down to the papers.
        for after in (self.papers, self._sort, self._unfold, self._here, self._everywhere):
            QWidget.setTabOrder(self.search.last_stop, after)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        px = theme.px
        self.search.set_theme(theme)
        self.meant.set_theme(theme)
        self.papers.set_theme(theme)
        self.empty.set_theme(theme)
        self.toast.set_theme(theme)
        self.later.set_theme(theme)
        self._column.setContentsMargins(0, px(10), 0, 0)
        self._top.setContentsMargins(px(14), 0, px(14), 0)
        self._scope_row.setContentsMargins(px(14), px(8), px(14), 0)
        self._heading.setContentsMargins(px(18), px(11), px(10), px(6))
        self._title.setFont(theme.font(17, QFont.Weight.DemiBold))
        self._count.setFont(theme.font(12))
        self._note.setFont(theme.font(12))
        self._note.setContentsMargins(px(18), 0, px(18), px(6))
        self._sort.set_theme(theme)
        self._unfold.setIcon(icons.icon("panel-left", theme.sub, px(17)))
        self._unfold.setIconSize(QSize(px(17), px(17)))
        for button in (self._everywhere, self._here):
            button.setFont(theme.font(12, QFont.Weight.Medium))
        self.setStyleSheet(
            f"#listPane, #paperList, #emptyState, QStackedWidget {{ background: {theme.list}; border: 0; }}"
            # The rows draw their own selection.
            f"#paperList {{ selection-background-color: {theme.list}; }}"
            f"#listTitle {{ color: {theme.text}; }} #listCount {{ color: {theme.faint}; }}"
            f"#listNote {{ color: {theme.sub}; }}"
            f"#showSidebarButton {{ border: 1px solid transparent; border-radius: {px(5)}px;"
            f" color: {theme.sub}; padding: {px(3)}px {px(4)}px; background: transparent; }}"
            f"#showSidebarButton:hover {{ background: {theme.hover}; }}"
            f"#showSidebarButton:focus {{ border: 1px solid {theme.acc}; }}"
            f"#scopeEverywhere, #scopeHere {{ border: 1px solid transparent; border-radius: {px(11)}px;"
            f" padding: {px(3)}px {px(10)}px; color: {theme.sub}; background: transparent; }}"
            f"#scopeEverywhere:hover, #scopeHere:hover {{ background: {theme.hover}; }}"
            f"#scopeEverywhere:checked, #scopeHere:checked {{ background: {theme.sel}; color: {theme.text}; }}"
            f"#scopeEverywhere:focus, #scopeHere:focus {{ border: 1px solid {theme.acc}; }}"
        )

    # -- what is listed ---------------------------------------------------------------------------

    def show_listing(
        self,
        listing: Listing,
        snippet: Callable[[Paper], Snippet | None],
        reason: Callable[[Paper], Snippet | None] | None = None,
    ) -> None:
        """Show the answer to a question; `snippet` gives the passage of a paper that was found.

        With nothing to find `reason` gives why a paper is in the list, where that is to be said.
        """
        question, hits = listing.question, listing.hits
        searching = question.searching
        has_words = searching and hits.scores is not None
        if searching:
            self.papers.rows.set_search(hits.node, snippet if has_words else None)
        else:
            self.papers.rows.set_search(None, reason)
        one_status = question.view.status is not None or question.view.key == SUGGESTED
        self.papers.rows.set_status_known(one_status and not (searching and question.everywhere))
        self.papers.show_ids(hits.ids, keep_place=question.keep_place)
        if question.select is not None:
            self.papers.select_id(question.select)
        self._show_heading(listing)
        self._show_sort(question)
        # Where nothing is found, the place of the list offers it.
        self.meant.show_query(hits.did_you_mean if searching and hits.ids else None)
        self._empty_of = None if hits.ids else listing
        if hits.ids:
            self._stack.setCurrentWidget(self.papers)
        else:
            had_focus = self.papers.hasFocus()
            self._show_empty()
            self._stack.setCurrentWidget(self.empty)
            if had_focus:  # keys go on working where there is nothing to select
                self.search.line.clearFocus()
                self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_keys_of(self, actions: Actions) -> None:
        """Show the keys that these actions have now."""
        self.toast.set_key(key_text(actions["actionUndo"]), tooltip(actions["actionUndo"]))
        self.search.set_key(short_key_text(actions["actionSearch"]))
        self.search.set_save_key(key_text(actions["actionSaveSearch"]))
        self._show_empty()

    def show_problem(self, problem: QueryError | None) -> None:
        """Say what is wrong with what is typed; in the place of an empty list too, and not what was found before."""
        self.search.show_problem(problem)
        self._problem = problem
        self._show_empty()

    def _show_empty(self) -> None:
        if self._empty_of is not None:
            self.empty.show_emptiness(emptiness(self._empty_of, self._actions, self._problem))

    def show_note(self, words: str) -> None:
        """Say something of the list as a whole under its title; "" says nothing."""
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def show_scope(self, question: Question) -> None:
        """Show where is searched, while something is typed."""
        narrower = question.searching and question.view.key != "view:all"
        self._here.setText(question.view.title)
        (self._everywhere if question.everywhere else self._here).setChecked(True)
        self._scope.setVisible(narrower)

    def show_unfold(self, shown: bool) -> None:
        """Show the button that brings the sidebar back, where the sidebar is folded away."""
        self._unfold.setVisible(shown)

    def _show_heading(self, listing: Listing) -> None:
        question, hits = listing.question, listing.hits
        title = question.view.title
        if question.searching:
            title = self.tr("All papers") if question.everywhere else title
        number = self.locale().toString(hits.total)
        if question.searching:
            text = self.tr("%Ln matches", "", hits.total)
        else:
            text = self.tr("%Ln papers", "", hits.total)
        if hits.relaxed and hits.total:
            text = self.tr("{matches} with some of the words").format(matches=text)
        if hits.pending and question.searching:
            text = self.tr("{matches}, %Ln papers still to be indexed", "", hits.pending).format(matches=text)
        self._title.setText(title)
        self._count_texts = (text, number)
        self._fit_count()
        self._count.setToolTip(text)
        self._title.setAccessibleName(f"{title}, {text}")

    def _fit_count(self) -> None:
        """Say how many there are in words where there is room, else by the number alone: never by half of it."""
        words, number = self._count_texts
        fits = self._count.fontMetrics().horizontalAdvance(words) <= self._count.width()
        self._count.setText(words if fits else number)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the count when its room changes (QObject)."""
        if watched is self._count and event.type() == QEvent.Type.Resize:
            self._fit_count()
        return False

    def _show_sort(self, question: Question) -> None:
        searching = question.searching
        actions = self._actions
        in_queue = question.view.key == "queue:next" and not searching
        actions["actionSortRelevance"].setVisible(searching)
        actions["actionSortPosition"].setVisible(in_queue)
        actions["actionSortSuggested"].setVisible(not searching and question.view.key not in (SUGGESTED, TRASH))
        name = next((name for name, key in SORTS.items() if key == question.sort), "actionSortDefault")
        actions[name].setChecked(True)
        shown = plain_text(actions[name])
        if name == "actionSortDefault":
            shown = self._usual(question.view, searching=searching)
        self._sort.setText(shown)
        self._sort.setToolTip(tooltip_text(self.tr("Order of the list: {order}").format(order=shown)))
        self._sort.setAccessibleDescription(shown)

    def _usual(self, view: View, *, searching: bool) -> str:
        if searching:
            return self.tr("Best first")
        return {
            "suggested": self.tr("Best first"),
            "position": self.tr("My order"),
            "changed": self.tr("Last changed"),
            "finished": self.tr("Last finished"),
            "until": self.tr("Soonest back"),
            "": self.tr("Usual order"),
        }.get(view.sort, self.tr("Newest added"))

    def focus_list(self) -> None:
        """Put the focus on the list, or where keys go on working while it is empty."""
        if self._stack.currentWidget() is self.papers:
            self.papers.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_meant(self, query: str) -> None:
        self.papers.setFocus(Qt.FocusReason.OtherFocusReason)  # the line goes away
        self.empty_asked.emit(f"search:{query}")

    def _on_scope_clicked(self) -> None:
        self.everywhere_chosen.emit(self._everywhere.isChecked())
