"""What can be done to a row of the sidebar: a tag's name and colour; for a saved search see `saved_searches`."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from readinglist.ui.actions import Actions
from readinglist.ui.editing import Editing
from readinglist.ui.saved_searches import SavedSearches
from readinglist.ui.searching import Searching
from readinglist.ui.sidebar import Sidebar
from readinglist.ui.theme import LIGHT, Theme
from readinglist.ui.views import View, tag_of, tag_view


class ViewMenu(QObject):
    """Opens the menu of a row, and does what is chosen there or in the menu bar."""

    def __init__(
        self,
        window: QWidget,
        actions: Actions,
        sidebar: Sidebar,
        searching: Searching,
        editing: Editing,
        searches: SavedSearches,
        theme: Theme,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._sidebar = sidebar
        self._searching = searching
        self._editing = editing
        self._searches = searches
        self._theme = theme
        self._view: View | None = None
        self._menu: QMenu | None = None
        self._dialog: QInputDialog | None = None
        sidebar.menu_asked.connect(self.open_menu)
        actions["actionRenameTag"].triggered.connect(self._rename_shown)
        actions["actionDeleteTag"].triggered.connect(self._delete_shown)

    def set_theme(self, theme: Theme) -> None:
        """Show a tag's colours as this theme does."""
        self._theme = theme

    def update_enabled(self) -> None:
        """Grey out what cannot be done with the view that is shown."""
        question = self._searching.question
        for name in ("actionRenameTag", "actionDeleteTag"):
            self._actions[name].setEnabled(question.view.kind == "tag")
        self._searches.update_enabled()

    def open_menu(self, view: View, place: QPoint) -> None:
        """Open the menu of a row of the sidebar, where it has one."""
        if view.kind in ("tag", "search"):
            menu = self.made_menu(view)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(place)

    def made_menu(self, view: View) -> QMenu:
        """Return the menu of a tag's or a saved search's row."""
        self._view = view
        menu = QMenu(self._window)
        menu.setObjectName("viewMenu")
        if view.kind == "tag":
            menu.addAction(self.tr("Rename tag…"), self._rename_chosen)
            colours = menu.addMenu(self.tr("Colour"))
            for name, colour in LIGHT.tags.items():
                action = colours.addAction(self._dot(self._theme.tags[name]), self._colour_name(name))
                action.setIconVisibleInMenu(True)
                action.setData(colour)
            colours.triggered.connect(self._on_colour_chosen)
            menu.addSeparator()
            menu.addAction(self.tr("Delete tag"), self._delete_chosen)
        else:
            self._searches.fill_menu(menu, view)
        self._menu = menu
        return menu

    def _rename_shown(self) -> None:
        self._view = self._searching.question.view
        self._rename_chosen()

    def _delete_shown(self) -> None:
        self._view = self._searching.question.view
        self._delete_chosen()

    def _rename_chosen(self) -> None:
        if self._view is not None and self._view.kind == "tag":
            name = tag_of(self._view)
            self._ask(
                self.tr("Rename tag"),
                self.tr("New name (a/b puts it under a; that of another tag merges the two):"),
                name,
                self._rename,
            )

    def _delete_chosen(self) -> None:
        if self._view is not None and self._view.kind == "tag":
            self._editing.delete_tag(tag_of(self._view))

    def _on_colour_chosen(self, action: QObject) -> None:
        if self._view is not None:
            self._editing.colour_tag(tag_of(self._view), str(action.data()))  # type: ignore[attr-defined]

    def _rename(self, new: str) -> None:
        new = new.strip()
        if self._view is None or not new or new == tag_of(self._view):
            return
        old = tag_of(self._view)
        merges = new.casefold() != old.casefold() and any(
            view.kind == "tag" and tag_of(view).casefold() == new.casefold() for view in self._sidebar.views()
        )
        self._editing.rename_tag(old, new, merges=merges, then=lambda: self._follow(old, new))

    def _follow(self, old: str, new: str) -> None:
        """Go on showing the papers of a tag, or of one under it, under its new name."""
        shown = self._searching.question.view
        if shown.kind == "tag" and f"{tag_of(shown)}/".startswith(f"{old}/"):
            self._searching.rename_view(tag_view(new + tag_of(shown)[len(old) :]))
            self._searching.refresh()

    def _ask(self, title: str, label: str, text: str, receiver: object) -> None:
        dialog = QInputDialog(self._window)
        dialog.setObjectName("nameDialog")
        dialog.setWindowTitle(title)
        dialog.setLabelText(label)
        dialog.setTextValue(text)
        dialog.setFont(self._theme.font(13))
        dialog.textValueSelected.connect(receiver)
        dialog.finished.connect(dialog.deleteLater)
        self._dialog = dialog
        dialog.open()

    def _dot(self, colour: str) -> QIcon:
        drawn = QPixmap(32, 32)
        drawn.setDevicePixelRatio(2.0)
        drawn.fill(QColor(0, 0, 0, 0))
        painter = QPainter(drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(0, 0, 0, 0))
        painter.setBrush(QColor(colour))
        painter.drawEllipse(4, 4, 8, 8)
        painter.end()
        return QIcon(drawn)

    def _colour_name(self, name: str) -> str:
        return {
            "green": self.tr("Green"),
            "purple": self.tr("Purple"),
            "orange": self.tr("Orange"),
            "blue": self.tr("Blue"),
            "red": self.tr("Red"),
            "teal": self.tr("Teal"),
            "yellow": self.tr("Yellow"),
            "pink": self.tr("Pink"),
            "grey": self.tr("Grey"),
        }.get(name, name)
