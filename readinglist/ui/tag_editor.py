"""The tags of a paper as chips, edited in place with completion. Knows no library: edits are told by a signal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from readinglist.paper import PaperId
from readinglist.query.printer import quoted
from readinglist.ui.editing_keys import focused_widget, give_focus_back
from readinglist.ui.flow import place_in_rows
from readinglist.ui.icons import icon
from readinglist.ui.reader_events import TagsEdited
from readinglist.ui.tag_chip import CHIP_PX, TagChip, TagField
from readinglist.ui.tag_offers import KnownTag, Offer, clean_tag, is_tag, offers
from readinglist.ui.theme import Theme

if TYPE_CHECKING:
    from readinglist.ui.tag_popup import TagPopup

GAP_PX = 6
SHOWN = 60
PENDING_MS = 3_000
QWIDGETSIZE_MAX = (1 << 24) - 1


class TagEditor(QWidget):
    """Shows a paper's tags and lets the reader change them; its parent gives it its width.

    An edit shows at once; until the library confirms it (the paper is shown again with it), it is kept apart,
    so that a paper shown again for another reason does not undo it on the screen.
    """

    tags_changed = Signal(object)
    """TagsEdited."""
    search_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tagEditor")
        self.setAccessibleName(self.tr("Tags"))
        self._theme = theme
        self._id = PaperId(0)
        self._tags: frozenset[str] = frozenset()
        self._pending: dict[str, bool] = {}
        self._colours: Mapping[str, str] = {}
        self._known: Sequence[KnownTag] = ()
        self._chips: list[TagChip] = []
        self._editing = False
        self._forbidden = False
        self._all = False
        self._back_to: QWidget | None = None
        self._popup: TagPopup | None = None
        self._field = TagField(self)
        self._field.setObjectName("tagField")
        self._field.setAccessibleName(self.tr("Add a tag"))
        self._field.setMaxLength(200)
        self._field.hide()
        self._field.key_pressed.connect(self._on_key)
        self._field.textEdited.connect(self._offer)
        self._field.left.connect(self._on_left)
        self._more = self._ghost("showTagsButton")
        self._more.clicked.connect(self._show_all)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._add = self._ghost("addTagButton")
        self._add.setAccessibleName(self.tr("Add a tag"))
        self.show_key("")
        self._add.clicked.connect(self.start)
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.setInterval(PENDING_MS)
        self._forget.timeout.connect(self._forget_pending)
        self.set_theme(theme)

    def _ghost(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def show_key(self, key: str) -> None:
        """Say which key opens the field, "" for none."""
        words = self.tr("Add or remove tags")
        self._add.setToolTip(f"{words} ({key})" if key else words)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        radius = theme.px(CHIP_PX) // 2
        height = theme.px(CHIP_PX)
        self._field.setFont(theme.font(12, QFont.Weight.Medium))
        self._field.setFixedSize(theme.px(130), height)
        self._field.setStyleSheet(
            f"QLineEdit{{border:2px solid {theme.acc};border-radius:{radius}px;padding:0 {theme.px(10)}px;"
            f"background:{theme.read};color:{theme.text}}}"
        )
        for button in (self._add, self._more):
            button.setFont(theme.font(12, QFont.Weight.Medium))
            button.setFixedHeight(height)
            button.setStyleSheet(
                f"QToolButton{{border:1px solid {theme.line};border-radius:{radius}px;"
                f"padding:0 {theme.px(6)}px;color:{theme.sub};background:transparent}}"
                f"QToolButton:hover{{background:{theme.hover};color:{theme.text}}}"
                f"QToolButton:focus{{border:2px solid {theme.acc}}}"
            )
        self._add.setIcon(icon("plus", theme.sub, theme.px(13)))
        self._add.setIconSize(QSize(theme.px(13), theme.px(13)))
        if self._popup is not None:
            self._popup.set_theme(theme)
        self._refresh()

    def set_known_tags(self, tags: Sequence[KnownTag]) -> None:
        """Tell which tags the library has, for completion."""
        self._known = tags
        if self._editing:
            self._offer()

    def show_tags(self, paper_id: PaperId, tags: frozenset[str], colours: Mapping[str, str]) -> None:
        """Show the tags of a paper; another paper ends the editing of the one before."""
        if paper_id != self._id:
            self.leave()
            self._id = paper_id
            self._pending.clear()
            self._all = False
        self._pending = {name: on for name, on in self._pending.items() if (name in tags) != on}
        if (tags, colours) != (self._tags, self._colours) or self._pending:
            self._tags = tags
            self._colours = colours
        self._refresh()

    def set_colours(self, colours: Mapping[str, str]) -> None:
        """Take the colours ('#rrggbb') of tags by name; a tag just made has its colour later than its chip."""
        self._colours = colours
        self._refresh()

    def shown_tags(self) -> frozenset[str]:
        """Return the tags as shown: the library's with the edits it has not confirmed yet."""
        added = {name for name, on in self._pending.items() if on}
        return frozenset((self._tags | added) - {name for name, on in self._pending.items() if not on})

    @property
    def is_editing(self) -> bool:
        """Say whether the field is open."""
        return self._editing

    def forbid_writing(self) -> None:
        """Only show tags from now on."""
        self._forbidden = True
        self._refresh()

    def start(self) -> None:
        """Open the field, with the tags used most under it."""
        if self._forbidden:
            return
        if not self._editing:
            self._back_to = focused_widget(self)
            self._editing = True
            self._field.clear()
            self._refresh()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._offer()

    def leave(self) -> None:
        """Close the field and go back to where the reader was."""
        if not self._editing:
            return
        self._close()
        give_focus_back(self._back_to)
        self._back_to = None

    def height_for(self, width: int) -> int:
        """Return the height of all rows at `width`."""
        return place_in_rows(self._items(), width, gap=GAP_PX, row_gap=GAP_PX, move=False)

    def hasHeightForWidth(self) -> bool:
        """Say that more rows need more height, for a parent with a layout (QWidget)."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows at `width` (QWidget)."""
        return self.height_for(width)

    def sizeHint(self) -> QSize:
        """Return the size of one row (QWidget)."""
        return QSize(self._theme.px(200), self._theme.px(CHIP_PX))

    def minimumSizeHint(self) -> QSize:
        """Return room for one chip (QWidget)."""
        return QSize(self._theme.px(130), self._theme.px(CHIP_PX))

    def tab_order(self) -> list[QWidget]:
        """Return what takes the focus in here, in order."""
        return [self._field, self._more, self._add]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the chips into rows (QWidget)."""
        super().resizeEvent(event)
        self._arrange()

    def _items(self) -> list[QWidget]:
        items: list[QWidget] = [chip for chip in self._chips if not chip.isHidden()]
        return items + [w for w in (self._more, self._field, self._add) if not w.isHidden()]

    def _arrange(self) -> None:
        place_in_rows(self._items(), max(1, self.width()), gap=GAP_PX, row_gap=GAP_PX)
        if self._popup is not None and self._popup.isVisible():
            self._offer()

    def _refresh(self) -> None:
        """Show the tags there are now, with as few changes to widgets as possible."""
        names = sorted(self.shown_tags(), key=str.casefold)
        shown = names if self._all else names[:SHOWN]
        while len(self._chips) < len(shown):
            self._chips.append(self._new_chip())
        for place, chip in enumerate(self._chips):
            if place < len(shown):
                chip.show_tag(self._theme, shown[place], self._colours.get(shown[place]))
            chip.setVisible(place < len(shown))
            # One stop of the Tab key for all of them; the arrow keys go from one to the next.
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus if not place else Qt.FocusPolicy.ClickFocus)
        self._more.setVisible(len(names) > len(shown))
        self._more.setText(self.tr("%Ln more", "", len(names) - len(shown)))
        self._add.setVisible(not self._editing and not self._forbidden)
        self._show_add_button(bare=bool(names))
        self._field.setVisible(self._editing)
        self._arrange()
        self.updateGeometry()

    def _show_add_button(self, *, bare: bool) -> None:
        """Show the button with its name where there is no tag, as a sign alone beside tags."""
        style = Qt.ToolButtonStyle
        self._add.setText("" if bare else self.tr("Add tags"))
        self._add.setToolButtonStyle(style.ToolButtonIconOnly if bare else style.ToolButtonTextBesideIcon)
        self._add.setMinimumWidth(self._theme.px(CHIP_PX) if bare else 0)
        self._add.setMaximumWidth(self._theme.px(CHIP_PX) if bare else QWIDGETSIZE_MAX)

    def _new_chip(self) -> TagChip:
        chip = TagChip(self._theme, self)
        chip.clicked.connect(self._on_chip_clicked)
        chip.remove_wanted.connect(self._remove)
        chip.step_wanted.connect(self._step_chip)
        chip.leave_wanted.connect(self._leave_chips)
        if self._chips:
            QWidget.setTabOrder(self._chips[-1], chip)
        else:
            # First after the field, then the field after it: it has taken the field's place.
            QWidget.setTabOrder(self._field, chip)
            QWidget.setTabOrder(chip, self._field)
        return chip

    def _on_key(self, meaning: str) -> None:
        typed = clean_tag(self._field.text())
        if meaning == "leave":
            self.leave()
        elif meaning in ("next", "previous") and self._popup is not None:
            self._popup.step(1 if meaning == "next" else -1)
        elif meaning == "create" and is_tag(typed):
            self._take(self._known_spelling(typed))
        elif meaning == "take":
            offer = self._popup.current() if self._popup is not None else None
            if offer is not None:
                self._on_offer_chosen(offer)
            elif not typed:
                self.leave()
        elif meaning in ("remove", "back"):
            visible = [chip for chip in self._chips if not chip.isHidden()]
            if visible and meaning == "back":
                visible[-1].setFocus(Qt.FocusReason.ShortcutFocusReason)
            elif visible:
                self._remove(visible[-1].name)

    def _known_spelling(self, name: str) -> str:
        """Return the tag as the library spells it: tags are the same by case folding."""
        folded = name.casefold()
        taken: Iterable[str] = self.shown_tags()
        names = (*taken, *(tag.name for tag in self._known))
        return next((known for known in names if known.casefold() == folded), name)

    def _on_offer_chosen(self, offer: Offer) -> None:
        if not offer.refused:
            self._take(offer.name)

    def _take(self, name: str) -> None:
        self._field.clear()
        if name not in self.shown_tags():
            self._edit(name, on=True)
        self._offer()

    def _remove(self, name: str) -> None:
        had = [chip.name for chip in self._chips if not chip.isHidden()]
        in_chips = any(chip.hasFocus() for chip in self._chips)
        self._edit(name, on=False)
        if in_chips and name in had:
            left = [chip for chip in self._chips if not chip.isHidden()]
            target = left[min(had.index(name), len(left) - 1)] if left else self._add
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self._editing:
            self._offer()

    def _edit(self, name: str, *, on: bool) -> None:
        if self._forbidden:
            return
        self._pending[name] = on
        self._forget.start()
        self._refresh()
        names = frozenset({name})
        none: frozenset[str] = frozenset()
        self.tags_changed.emit(TagsEdited(self._id, names if on else none, none if on else names))

    def _forget_pending(self) -> None:
        """Show what the library has; an edit it never confirmed has failed, which the window tells."""
        if self._pending:
            self._pending.clear()
            self._refresh()

    def _offer(self) -> None:
        if not self._editing:
            return
        if self._popup is None or self._popup.parentWidget() is not self.window():
            from readinglist.ui.tag_popup import TagPopup

            self._popup = TagPopup(self._theme, self.window())
            self._popup.chosen.connect(self._on_offer_chosen)
        typed = self._field.text()
        found = offers(typed, self._known, self.shown_tags())
        corner = self._field.mapTo(self.window(), QPoint(0, self._field.height() + 4))
        self._popup.show_offers(found, corner, select=bool(clean_tag(typed)))

    def follow_scroll(self) -> None:
        """Put the completion where the field now is; the parent calls this when it has scrolled."""
        if self._popup is not None and self._popup.isVisible():
            self._offer()

    def _on_left(self) -> None:
        if self._editing and not any(chip.hasFocus() for chip in self._chips):
            self._back_to = None
            self._close()

    def _close(self) -> None:
        self._editing = False
        if self._popup is not None:
            self._popup.hide()
        self._field.clear()
        self._refresh()

    def _on_chip_clicked(self) -> None:
        chip = self.sender()
        if isinstance(chip, TagChip):
            self.search_requested.emit(f"tag:{quoted(chip.name)}")

    def _step_chip(self, by: int) -> None:
        visible = [chip for chip in self._chips if not chip.isHidden()]
        place = next((place for place, chip in enumerate(visible) if chip.hasFocus()), 0) + by
        if place >= len(visible):
            (self._field if self._editing else self._add).setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            visible[max(0, place)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _leave_chips(self) -> None:
        if self._editing:
            self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.window().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_all(self) -> None:
        self._all = True
        self._refresh()
