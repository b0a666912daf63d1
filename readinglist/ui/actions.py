"""Everything the window can be asked to do, as one table: name, text, keys, icon, menu.

Menus, the command palette, the key sheet, the settings of keys and tooltips are made from it. Knows nothing of
what an action does: whoever does it connects to `triggered`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from typing import Literal

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QMenuBar

from readinglist.ui import icons
from readinglist.ui.keys import Bound, Clash, bind
from readinglist.ui.theme import Theme

CONTEXT = "Actions"

Where = Literal["window", "papers"]
"""Where the keys of an action work: in the whole window, or in the list and the abstract only.

Either way an editor that has the focus keeps every key it can type. "papers" is for keys that mean something
else to a button, a menu or a tree: Space, Enter, the arrows, Delete.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One action. `text` may carry a mnemonic (`&`); `keys` are in Qt's portable text, the first is shown.

    A `menu` with a slash is a submenu ("View/Appearance"). `group` makes actions exclude each other.
    """

    name: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    menu: str = ""
    where: Where = "window"
    group: str = ""
    checkable: bool = False
    starts_section: bool = False


def N(_context: str, text: str) -> str:  # noqa: N802 - short, for a table
    """Mark a text for translation (`lupdate -tr-function-alias QT_TRANSLATE_NOOP+=N`)."""
    return text


TABLE: tuple[Row, ...] = (
    Row("actionImport", N("Actions", "&Import…"), ("Ctrl+O",), "file-input", "File"),
    Row("actionPaste", N("Actions", "&Paste papers"), ("Ctrl+V",), "clipboard-paste", "File"),
    Row("actionExport", N("Actions", "&Export this list…"), ("Ctrl+Shift+E",), "file-up", "File"),
    Row("actionFeedsRefresh", N("Actions", "Re&fresh feeds"), ("F5",), "refresh-cw", "File", starts_section=True),
    Row("actionFeedAdd", N("Actions", "A&dd a feed…"), ("Ctrl+Shift+A",), "rss", "File"),
    Row("actionFeedsImport", N("Actions", "Import a &list of feeds (OPML)…"), menu="File"),
    Row("actionFeedsExport", N("Actions", "Export the list of feeds (OP&ML)…"), menu="File"),
    Row("actionBackUp", N("Actions", "&Back up now"), icon="copy", menu="File", starts_section=True),
    Row("actionRestoreBackup", N("Actions", "&Restore a backup…"), icon="archive-restore", menu="File"),
    Row("actionCheck", N("Actions", "&Check the library"), icon="circle-check", menu="File"),
    Row("actionQuit", N("Actions", "&Quit"), ("Ctrl+Q",), "log-out", "File", starts_section=True),
    Row("actionUndo", N("Actions", "&Undo"), ("Ctrl+Z",), "undo-2", "Edit"),
    Row("actionRedo", N("Actions", "&Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), "redo-2", "Edit"),
    Row("actionCopyCitation", N("Actions", "&Copy citation"), ("C",), "quote", "Edit", starts_section=True),
    Row("actionCopyApa", N("Actions", "&APA"), menu="Edit/Copy citation as"),
    Row("actionCopyChicago", N("Actions", "&Chicago"), menu="Edit/Copy citation as"),
    Row("actionCopyHarvard", N("Actions", "&Harvard"), menu="Edit/Copy citation as"),
    Row("actionCopyIeee", N("Actions", "&IEEE"), menu="Edit/Copy citation as"),
    Row("actionCopyBibtex", N("Actions", "&BibTeX"), menu="Edit/Copy citation as"),
    Row("actionSelectAll", N("Actions", "Select &all papers"), ("Ctrl+A",), menu="Edit", where="papers"),
    Row("actionDuplicates", N("Actions", "Find &duplicates…"), ("Ctrl+M",), "copy", "Edit"),
    Row("actionSearch", N("Actions", "&Search"), ("Ctrl+F", "/"), "search", "Edit", starts_section=True),
    Row("actionSaveSearch", N("Actions", "Sa&ve this search"), ("Ctrl+D",), "bookmark-plus", "Edit"),
    Row("actionEditSearch", N("Actions", "Edit saved search"), ("Ctrl+E",), menu="Edit"),
    Row("actionRenameSearch", N("Actions", "Rename saved search"), ("F2",), "pencil", "Edit"),
    Row("actionDeleteSearch", N("Actions", "Delete saved search"), ("Ctrl+Shift+D",), "trash-2", "Edit"),
    Row("actionSettings", N("Actions", "Se&ttings…"), ("Ctrl+,",), "settings", "Edit", starts_section=True),
    Row("actionSidebar", N("Actions", "&Sidebar"), ("Ctrl+B",), "panel-left", "View", checkable=True),
    Row("actionSortDefault", N("Actions", "&Usual order"), menu="View/Sort by", group="sort", checkable=True),
    Row("actionSortRelevance", N("Actions", "&Relevance"), menu="View/Sort by", group="sort", checkable=True),
    Row("actionSortPosition", N("Actions", "&My order"), menu="View/Sort by", group="sort", checkable=True),
    Row("actionSortSuggested", N("Actions", "&Suggested first"), menu="View/Sort by", group="sort", checkable=True),
    Row("actionSortAdded", N("Actions", "&Newest added"), menu="View/Sort by", group="sort", checkable=True),
    Row("actionSortOldest", N("Actions", "&Oldest added"), menu="View/Sort by", group="sort", checkable=True),
    Row("actionSortYear", N("Actions", "Newest &year"), menu="View/Sort by", group="sort", checkable=True),
    Row("actionSortTitle", N("Actions", "&Title"), menu="View/Sort by", group="sort", checkable=True),
    Row("actionSortUpvotes", N("Actions", "U&pvotes"), menu="View/Sort by", group="sort", checkable=True),
    Row(
        "actionThemeSystem",
        N("Actions", "Like the &system"),
        icon="monitor",
        menu="View/Appearance",
        group="theme",
        checkable=True,
        starts_section=True,
    ),
    Row(
        "actionThemeLight",
        N("Actions", "&Light"),
        icon="sun",
        menu="View/Appearance",
        group="theme",
        checkable=True,
    ),
    Row(
        "actionThemeDark",
        N("Actions", "&Dark"),
        icon="moon",
        menu="View/Appearance",
        group="theme",
        checkable=True,
    ),
    Row("actionLarger", N("Actions", "&Larger text"), ("Ctrl++", "Ctrl+="), "zoom-in", "View"),
    Row("actionSmaller", N("Actions", "S&maller text"), ("Ctrl+-",), "zoom-out", "View"),
    Row("actionUsualSize", N("Actions", "&Usual text size"), ("Ctrl+0",), menu="View"),
    Row("actionReaderLarger", N("Actions", "Larger &abstract"), ("Ctrl+Alt++", "Ctrl+Alt+="), menu="View"),
    Row("actionReaderSmaller", N("Actions", "Smaller a&bstract"), ("Ctrl+Alt+-",), menu="View"),
    Row("actionCompact", N("Actions", "&Compact rows"), menu="View", checkable=True, starts_section=True),
    Row("actionFocus", N("Actions", "F&ocus on the paper"), ("F",), "maximize-2", "View", starts_section=True),
    Row("actionTriage", N("Actions", "&Triage"), ("Ctrl+T",), "layers", "View"),
    Row("actionTriageList", N("Actions", "Tr&iage this list"), ("Ctrl+Shift+T",), menu="View"),
    Row("actionFullScreen", N("Actions", "&Full screen"), ("F11",), menu="View", checkable=True),
    Row(
        "actionToReading",
        N("Actions", "Start reading"),
        ("Return", "Enter"),
        "book-open-check",
        "Paper",
        where="papers",
    ),
    Row("actionToInbox", N("Actions", "Back to &Inbox"), ("I",), "inbox", "Paper"),
    Row("actionToNext", N("Actions", "&Up next"), ("U",), "list-ordered", "Paper"),
    Row("actionToLater", N("Actions", "&Later"), ("L",), "calendar-clock", "Paper"),
    Row("actionLaterTomorrow", N("Actions", "&Tomorrow"), menu="Paper/Later until"),
    Row("actionLaterWeek", N("Actions", "In a &week"), menu="Paper/Later until"),
    Row("actionLaterMonth", N("Actions", "In a &month"), menu="Paper/Later until"),
    Row("actionLaterDay", N("Actions", "On a &day…"), menu="Paper/Later until"),
    Row("actionLaterSomeday", N("Actions", "&No date"), menu="Paper/Later until"),
    Row("actionToRead", N("Actions", "&Read"), ("R",), "circle-check", "Paper"),
    Row("actionToArchived", N("Actions", "&Archive"), ("E",), "archive", "Paper"),
    Row("actionStar", N("Actions", "&Star"), ("S",), "star", "Paper", starts_section=True),
    Row("actionMoreLike", N("Actions", "More li&ke this"), ("+",), "plus", "Paper"),
    Row("actionLessLike", N("Actions", "Less like this"), ("-",), "minus", "Paper"),
    Row("actionMerge", N("Actions", "&Merge…"), ("M",), "merge", "Paper"),
    Row("actionNote", N("Actions", "&Note"), ("N",), "notebook-pen", "Paper"),
    Row("actionNoteVersions", N("Actions", "&Earlier versions of the note…"), ("Shift+N",), "history", "Paper"),
    Row("actionNotePreview", N("Actions", "&Preview of the note"), ("Ctrl+P",), "eye", "View", checkable=True),
    Row("actionHighlight", N("Actions", "&Highlight the selection"), ("H",), "highlighter", "Paper"),
    Row("actionOpenLink", N("Actions", "&Open link"), ("O",), "external-link", "Paper"),
    Row("actionFeedsSeen", N("Actions", "Mark what changed as seen"), (), "check", "Paper"),
    Row(
        "actionMoveUp",
        N("Actions", "Move up in the &queue"),
        ("Alt+Up",),
        "arrow-up",
        "Paper",
        "papers",
        starts_section=True,
    ),
    Row("actionMoveDown", N("Actions", "Move &down"), ("Alt+Down",), "arrow-down", "Paper", "papers"),
    Row("actionMoveTop", N("Actions", "Move to the &top"), ("Alt+Home",), menu="Paper", where="papers"),
    Row("actionMoveBottom", N("Actions", "Move to the &bottom"), ("Alt+End",), menu="Paper", where="papers"),
    Row(
        "actionTrash",
        N("Actions", "Mo&ve to the trash"),
        ("Del",),
        "trash-2",
        "Paper",
        "papers",
        starts_section=True,
    ),
    Row("actionRestore", N("Actions", "Restore from the trash"), (), "archive-restore", "Paper"),
    Row("actionTag", N("Actions", "&Edit tags"), ("T",), "tag", "Tags"),
    Row("actionRenameTag", N("Actions", "&Rename tag…"), (), "pencil", "Tags", starts_section=True),
    Row("actionDeleteTag", N("Actions", "&Delete tag"), (), "trash-2", "Tags"),
    Row("actionNext", N("Actions", "&Next paper"), ("J",), menu="Go"),
    Row("actionPrevious", N("Actions", "&Previous paper"), ("K",), menu="Go"),
    Row("actionPage", N("Actions", "Page down, then next unread"), ("Space",), menu="Go", where="papers"),
    Row("actionBack", N("Actions", "&Back"), ("Alt+Left", "Back"), menu="Go", starts_section=True),
    Row("actionForward", N("Actions", "&Forward"), ("Alt+Right", "Forward"), menu="Go"),
    Row("actionGoInbox", N("Actions", "&Inbox"), ("G, I",), "inbox", "Go", starts_section=True),
    Row("actionGoNext", N("Actions", "&Up next"), ("G, U",), "list-ordered", "Go"),
    Row("actionGoReading", N("Actions", "&Reading"), ("G, R",), "book-open", "Go"),
    Row("actionGoLater", N("Actions", "&Later"), ("G, L",), "calendar-clock", "Go"),
    Row("actionGoRead", N("Actions", "Rea&d (done)"), ("G, D",), "circle-check", "Go"),
    Row("actionGoArchived", N("Actions", "&Archive"), ("G, A",), "archive", "Go"),
    Row("actionGoAll", N("Actions", "All pap&ers"), ("G, E",), "library", "Go"),
    Row("actionGoMorning", N("Actions", "This &morning"), ("G, M",), "sunrise", "Go"),
    Row("actionGoSuggested", N("Actions", "Suggested"), ("G, N",), "sparkles", "Go"),
    Row("actionGoTrends", N("Actions", "&Trends"), ("G, T",), "trending-up", "Go"),
    Row("actionGoMap", N("Actions", "T&opic map"), ("G, P",), "map", "Go"),
    Row("actionGoFeeds", N("Actions", "Feeds"), ("G, F",), "rss", "Go"),
    Row("actionGoStats", N("Actions", "Readin&g stats"), ("G, S",), "chart-column", "Go"),
    Row(
        "actionPalette",
        N("Actions", "Find a &command, list or paper…"),
        ("Ctrl+K", "Ctrl+Shift+P"),
        "command",
        "Go",
        starts_section=True,
    ),
    Row("actionGoList", N("Actions", "To the li&st"), ("F6",), menu="Go", starts_section=True),
    Row("actionKeys", N("Actions", "&Keys"), ("?", "F1"), "keyboard", "Help"),
    Row("actionAbout", N("Actions", "&About Reading List"), (), "info", "Help"),
)

MENUS = (
    N("Actions", "&File"),
    N("Actions", "&Edit"),
    N("Actions", "&View"),
    N("Actions", "&Paper"),
    N("Actions", "&Tags"),
    N("Actions", "&Go"),
    N("Actions", "&Help"),
)

SUBMENUS = {
    "Edit/Copy citation as": N("Actions", "Co&py citation as"),
    "View/Sort by": N("Actions", "S&ort by"),
    "View/Appearance": N("Actions", "&Appearance"),
    "Paper/Later until": N("Actions", "Later &until"),
}

ICON_PX = 17


class Actions(QObject):
    """One QAction for each row of the table, by name: `actions["actionStar"]`."""

    keys_changed = Signal()
    """Some action has other keys than before."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._menus: dict[str, QMenu] = {}
        self._drawn: set[str] = set()
        self._theme = theme
        self._bar: QMenuBar | None = None
        self.rows: tuple[Row, ...] = TABLE
        self.clashes: Sequence[Clash] = ()
        for row in TABLE:
            self._actions[row.name] = self._make(row)

    def __getitem__(self, name: str) -> QAction:
        """Return the action called `name`; KeyError when there is none."""
        return self._actions[name]

    def __iter__(self) -> Iterator[QAction]:
        """Go through all actions in the order of the table."""
        return iter(self._actions.values())

    def keys(self) -> dict[str, tuple[str, ...]]:
        """Return the keys of every action by its name, in Qt's portable text."""
        portable = QKeySequence.SequenceFormat.PortableText
        return {
            name: tuple(key.toString(portable) for key in action.shortcuts()) for name, action in self._actions.items()
        }

    def usual_keys(self) -> dict[str, tuple[str, ...]]:
        """Return the keys that each action has unless the reader chose others."""
        return {row.name: row.keys for row in TABLE}

    def set_keys(self, chosen: Mapping[str, Sequence[str]]) -> Bound:
        """Give the actions the keys that the reader chose, by their short names ("Star"), and the others theirs."""
        bound = bind(self.usual_keys(), {f"action{name}": keys for name, keys in chosen.items()})
        self.clashes = bound.clashes
        before = self.keys()
        for name, keys in bound.keys.items():
            if keys != before[name]:
                action = self._actions[name]
                action.setShortcuts([QKeySequence(key) for key in keys])
                action.setToolTip(tooltip(action))
        if bound.keys != before:
            self.keys_changed.emit()
        return bound

    def clash_text(self, clash: Clash) -> str:
        """Return a sentence about a key that two actions want."""
        kept, lost = (plain_text(self._actions[name]).rstrip("…") for name in (clash.kept_by, clash.lost_by))
        words = self.tr("{key} belongs to “{kept}”, so “{lost}” does not have it.")
        return words.format(key=native_key(clash.key), kept=kept, lost=lost)

    def group(self, name: str) -> QActionGroup:
        """Return the group of actions of which one at a time is checked."""
        return self._groups[name]

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in the theme's colour."""
        self._theme = theme
        self._draw(self._drawn)

    def draw_for_buttons(self, names: Iterable[str]) -> None:
        """Give actions that stand on a button their icons; menus show none, and the palette draws its own."""
        new = set(names) - self._drawn
        self._drawn |= new
        self._draw(new)

    def _draw(self, names: Set[str]) -> None:
        theme = self._theme
        size = theme.px(ICON_PX)
        for row in TABLE:
            if row.icon and row.name in names:
                colour = theme.acc if row.name == "actionToReading" else theme.sub
                self._actions[row.name].setIcon(icons.icon(row.icon, colour, size))

    def fill(self, bar: QMenuBar) -> None:
        """Put every action into its menu.

        The menus open with Alt and the letter marked in `MENUS`; the bar itself is drawn without the marks.
        """
        self._bar = bar
        self._fill(bar)
        for text in MENUS:
            shown, name = _tr(text), text.replace("&", "")
            shortcut = QShortcut(QKeySequence(f"Alt+{shown[shown.find('&') + 1]}"), bar)
            shortcut.setObjectName(f"shortcutmenu{name}")
            shortcut.activated.connect(partial(self._open, name))

    def renew_menus(self) -> None:
        """Make the menus anew: those that were shown once cost as much under another style sheet as a whole window."""
        if self._bar is not None:
            self._bar.clear()
            for name in map(_plain, MENUS):
                self._menus[name].deleteLater()
            self._fill(self._bar)

    def _fill(self, bar: QMenuBar) -> None:
        # Made here, in Python: menus that Qt makes (`addMenu`) were found deleted later by PySide 6.11, though they
        # were there to be seen, after another window had been closed and collected.
        self._menus = {}
        for text in MENUS:
            name = _plain(text)
            menu = self._menus[name] = QMenu(_plain(_tr(text)), bar)
            menu.setObjectName(f"menu{name}")
            bar.addMenu(menu)
        for row in TABLE:
            path = row.menu.split("/")
            menu = self._menus[path[0]]
            if row.starts_section and not menu.isEmpty():
                menu.addSeparator()
            if len(path) > 1:
                if row.menu not in self._menus:
                    self._menus[row.menu] = QMenu(_tr(SUBMENUS[row.menu]), menu)
                    menu.addMenu(self._menus[row.menu])
                menu = self._menus[row.menu]
            menu.addAction(self._actions[row.name])

    def _open(self, name: str) -> None:
        if self._bar is not None:
            self._bar.setActiveAction(self._menus[name].menuAction())

    def _make(self, row: Row) -> QAction:
        action = QAction(_tr(row.text), self)
        action.setObjectName(row.name)
        action.setShortcuts([QKeySequence(key) for key in row.keys])
        action.setShortcutContext(
            Qt.ShortcutContext.WindowShortcut if row.where == "window" else Qt.ShortcutContext.WidgetShortcut
        )
        action.setCheckable(row.checkable)
        action.setMenuRole(QAction.MenuRole.NoRole)
        action.setIconVisibleInMenu(False)
        action.setToolTip(tooltip(action))
        if row.group:
            if row.group not in self._groups:
                self._groups[row.group] = QActionGroup(self)
            self._groups[row.group].addAction(action)
        return action


def _plain(text: str) -> str:
    return text.replace("&", "")


def plain_text(action: QAction) -> str:
    """Return the text of an action without its mnemonic."""
    return action.text().replace("&", "")


def menu_title(menu: str) -> str:
    """Return what a menu of the table ("File") is called in the reader's language."""
    return next(_tr(text).replace("&", "") for text in MENUS if text.replace("&", "") == menu)


def key_text(action: QAction) -> str:
    """Return the key to show for an action as this system writes it ("Ctrl+Z"), or an empty text."""
    keys = action.shortcuts()
    return keys[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else ""


def short_key_text(action: QAction) -> str:
    """Return the shortest key of an action as this system writes it, or an empty text."""
    keys = [key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts()]
    return min(keys, key=len, default="")


def native_key(key: str) -> str:
    """Return a key in Qt's portable text as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def tooltip(action: QAction) -> str:
    """Return what to show over a button of this action: its text and its key."""
    key = key_text(action)
    return f"{plain_text(action).rstrip('…')} ({key})" if key else plain_text(action).rstrip("…")


def _tr(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text)
