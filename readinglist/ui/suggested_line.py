"""A line under the title of a paper that is suggested: why, and two buttons to answer with."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from readinglist.ui import icons
from readinglist.ui.actions import Actions, plain_text, tooltip
from readinglist.ui.labels import plain_label
from readinglist.ui.suggesting import Reason
from readinglist.ui.theme import Theme

_HEIGHT_PX = 38
_ANSWERS = {"more": "actionMoreLike", "less": "actionLessLike"}


class SuggestedLine(QWidget):
    """Shows one reason; nothing when there is none. The column that it stands in gives it its height."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("suggestedLine")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._icon = plain_label(self)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._label = plain_label(self, name="suggestedWords", wraps=True)
        self._label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._buttons: dict[str, QToolButton] = {}
        answers = QHBoxLayout()
        for taste, name in _ANSWERS.items():
            button = self._buttons[taste] = QToolButton(self)
            button.setObjectName(f"{name}Button")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setCheckable(True)
            answers.addWidget(button)
        answers.addStretch(1)
        words = QVBoxLayout()
        words.addWidget(self._label)
        words.addLayout(answers)
        row = QHBoxLayout(self)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        self._row, self._words, self._answers = row, words, answers
        self.hide()
        self.set_theme(theme)

    def set_actions(self, actions: Actions) -> None:
        """Let the buttons do what these actions do."""
        for taste, name in _ANSWERS.items():
            self._buttons[taste].clicked.connect(actions[name].trigger)
        self.show_keys_of(actions)

    def show_keys_of(self, actions: Actions) -> None:
        """Show the keys that these actions have now."""
        for taste, name in _ANSWERS.items():
            self._buttons[taste].setText(plain_text(actions[name]))
            self._buttons[taste].setToolTip(tooltip(actions[name]))

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme, at once or when there is something to show: mostly there is not."""
        self._theme = theme
        self._dressed = False
        if not self.isHidden():
            self._dress()

    def _dress(self) -> None:
        self._dressed = True
        theme = self._theme
        px = theme.px
        self._row.setContentsMargins(px(12), px(9), px(10), px(9))
        self._row.setSpacing(px(9))
        self._words.setSpacing(px(7))
        self._answers.setSpacing(px(7))
        self._icon.setPixmap(icons.pixmap("sparkles", theme.acc, px(16), self.devicePixelRatioF()))
        self._label.setFont(theme.font(13))
        for taste, icon in (("more", "plus"), ("less", "minus")):
            self._buttons[taste].setFont(theme.font(12, QFont.Weight.Medium))
            self._buttons[taste].setIcon(icons.icon(icon, theme.acc, px(13)))
        self.setStyleSheet(
            f"#suggestedLine {{ background: {theme.chip}; border-radius: {px(8)}px; }}"
            f"QLabel {{ color: {theme.text}; background: transparent; }}"
            f"QToolButton {{ color: {theme.acc}; background: {theme.read}; border: 1px solid {theme.line};"
            f" border-radius: {px(7)}px; padding: {px(3)}px {px(9)}px; }}"
            f"QToolButton:hover {{ background: {theme.hover}; }}"
            f"QToolButton:checked {{ background: {theme.sel}; border: 1px solid {theme.acc}; color: {theme.text}; }}"
            f"QToolButton:focus {{ border: 1px solid {theme.acc}; }}"
        )

    def show_reason(self, reason: Reason | None) -> None:
        """Say why the paper is suggested, and what was answered; None: it is not."""
        if reason is not None and not self._dressed:
            self._dress()
        self.setVisible(reason is not None)
        if reason is None:
            return
        self._label.setText(self.tr("Suggested because: {reasons}").format(reasons=reason.words))
        for taste, button in self._buttons.items():
            button.setChecked(reason.taste == taste)
            words = self.tr("{answer}, chosen") if reason.taste == taste else "{answer}"
            button.setAccessibleName(words.format(answer=button.text()))

    def forbid_writing(self) -> None:
        """Offer nothing: the library can only be read."""
        for button in self._buttons.values():
            button.hide()

    def tab_order(self) -> list[QWidget]:
        """Return what takes the focus in here."""
        return list(self._buttons.values())

    def height_for(self, width: int) -> int:
        """Return the height of sentence and buttons at `width`."""
        px = self._theme.px
        margins = self._row.contentsMargins()
        beside = margins.left() + margins.right() + self._row.spacing() + px(16)
        height = self._label.heightForWidth(max(width - beside, px(60))) + margins.top() + margins.bottom()
        shown = [button.sizeHint().height() for button in self._buttons.values() if not button.isHidden()]
        return max(px(_HEIGHT_PX), height + (max(shown) + self._words.spacing() if shown else 0))
