"""Save what is typed under a name, and edit, rename and delete what was saved. Every step can be undone."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from readinglist.errors import QueryError
from readinglist.ui.actions import Actions
from readinglist.ui.editing import Editing
from readinglist.ui.save_bar import SearchNamed
from readinglist.ui.search_field import SearchField
from readinglist.ui.searching import Searching, written
from readinglist.ui.sidebar import Sidebar
from readinglist.ui.sidebar_rows import Renamed
from readinglist.ui.views import View, saved_view
from readinglist.ui.wording import told


class SavedSearches(QObject):
    """Connects the search field, the rows of the sidebar and the actions with the library."""

    failed = Signal(str)
    """What is typed cannot be saved; the sentence says why."""

    def __init__(
        self,
        actions: Actions,
        sidebar: Sidebar,
        field: SearchField,
        searching: Searching,
        editing: Editing,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._sidebar = sidebar
        self._field = field
        self._searching = searching
        self._editing = editing
        field.save_asked.connect(self.ask_name)
        field.save_bar.named.connect(self._on_named)
        sidebar.renamed.connect(self._on_renamed)
        sidebar.delete_asked.connect(self.delete)
        actions["actionSaveSearch"].triggered.connect(self.ask_name)
        actions["actionEditSearch"].triggered.connect(lambda: self.edit(self._shown()))
        actions["actionRenameSearch"].triggered.connect(lambda: self.rename(self._shown()))
        actions["actionDeleteSearch"].triggered.connect(lambda: self.delete(self._shown()))

    def update_enabled(self) -> None:
        """Grey out what cannot be done with what is shown."""
        question = self._searching.question
        self._actions["actionSaveSearch"].setEnabled(question.searching and not self._field.has_problem)
        for name in ("actionEditSearch", "actionRenameSearch", "actionDeleteSearch"):
            self._actions[name].setEnabled(question.view.kind == "search")

    def fill_menu(self, menu: QMenu, view: View) -> None:
        """Put what can be done to a saved search into the menu of its row."""
        menu.addAction(self.tr("Edit search"), lambda: self.edit(view))
        menu.addAction(self.tr("Rename"), lambda: self.rename(view))
        menu.addSeparator()
        menu.addAction(self.tr("Delete saved search"), lambda: self.delete(view))

    def ask_name(self) -> None:
        """Ask under the field for a name for what is typed; at first what it is saved as, or its own words."""
        text = self._field.text().strip()
        if text:
            self._field.ask_name(self._field.saved_as() or text)

    def edit(self, view: View | None) -> None:
        """Put a saved search into the field to be changed, with its name ready to save it again."""
        if view is None:
            return
        self._field.focus()
        self._field.set_text(view.query)
        self._field.ask_name(view.title, editing=view.title)
        self._field.line.end(False)

    def rename(self, view: View | None) -> None:
        """Let another name be typed in the sidebar."""
        if view is not None:
            self._actions["actionSidebar"].setChecked(True)
            self._sidebar.start_renaming(view.key)

    def delete(self, view: View | None) -> None:
        """Delete a saved search."""
        if view is not None:
            self._editing.delete_search(view.title)

    def _shown(self) -> View | None:
        view = self._searching.question.view
        return view if view.kind == "search" else None

    def _on_named(self, named: SearchNamed) -> None:
        question = replace(self._searching.question, text=self._field.text())
        if question.view.papers is not None and not question.everywhere:
            self.failed.emit(self.tr("A search among papers that were picked cannot be saved. Tag them first."))
            return
        try:
            self._editing.save_search(named.name, written(question))
        except QueryError as error:
            self.failed.emit(told(error))

    def _on_renamed(self, renamed: Renamed) -> None:
        view = renamed.view

        def then() -> None:
            if self._searching.question.view.key == view.key:
                self._searching.rename_view(saved_view(renamed.name, view.query))

        self._editing.rename_search(view.title, renamed.name, then)
