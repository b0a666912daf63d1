"""What is shown where there is nothing to show: the first run, and an empty list. Knows no library."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from readinglist.ui import icons
from readinglist.ui.actions import Actions, key_text
from readinglist.ui.labels import plain_label
from readinglist.ui.theme import Theme


class _Choice(QToolButton):
    """One of the first run's three choices: an icon, a title and a sentence."""

    def __init__(self, icon: str, title: str, words: str, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._least_px = 0
        self.setAccessibleName(f"{title}. {words}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)  # as high as the words need
        self.setSizePolicy(policy)
        self._icon = QLabel(self)
        self._title = QLabel(title, self)
        self._words = QLabel(words, self)
        self._words.setWordWrap(True)
        self._key = QLabel(key, self)
        for label in (self._icon, self._title, self._words, self._key):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._title)
        texts.addWidget(self._words)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 12, 18, 12)
        row.setSpacing(16)
        row.addWidget(self._icon)
        row.addLayout(texts, 1)
        row.addWidget(self._key)

    def set_key(self, key: str) -> None:
        """Say which key does the same."""
        self._key.setText(key)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        px = theme.px
        size = px(22)
        self._icon.setPixmap(icons.pixmap(self._icon_name, theme.acc, size, self.devicePixelRatioF()))
        self._title.setFont(theme.font(14, QFont.Weight.DemiBold))
        self._words.setFont(theme.font(12))
        self._key.setFont(theme.font(12))
        self._title.setStyleSheet(f"color: {theme.text};")
        self._words.setStyleSheet(f"color: {theme.sub};")
        self._key.setStyleSheet(f"color: {theme.faint};")
        self._least_px = px(72)
        self._fit()
        self.setStyleSheet(
            f"QToolButton {{ border: 1px solid {theme.line}; border-radius: {px(10)}px; background: {theme.list}; }}"
            f"QToolButton:hover {{ background: {theme.hover}; }}"
            f"QToolButton:focus {{ border: 2px solid {theme.acc}; }}"
            "QLabel { background: transparent; border: 0; }"
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the words need (QWidget)."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Be as high as the words need, in another font too (QWidget)."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        layout = self.layout()
        self.setMinimumHeight(max(self._least_px, layout.heightForWidth(self.width()) if layout is not None else 0))


class Welcome(QWidget):
    """The first run: three ways to begin."""

    samples_asked = Signal()

    def __init__(self, theme: Theme, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcomeView")
        self.setAccessibleName(self.tr("Welcome"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._title = plain_label(self, self.tr("A place for the papers you mean to read"))
        self._words = plain_label(
            self, self.tr("Everything stays on this computer and works offline. How would you like to begin?")
        )
        self._import = _Choice(
            "file-input",
            self.tr("Import a file"),
            self.tr("A saved page, a list of papers, an export. You see what is in it first."),
            key_text(actions["actionImport"]),
            self,
        )
        self._paste = _Choice(
            "clipboard-paste",
            self.tr("Paste a page of papers"),
            self.tr("Copy a page of titles and abstracts in your browser, then paste it here."),
            key_text(actions["actionPaste"]),
            self,
        )
        self._samples = _Choice(
            "sparkles",
            self.tr("Try ten sample papers"),
            self.tr("Invented for this program, to play with. One undo takes them away again."),
            "",
            self,
        )
        self._drop = plain_label(self, self.tr("You can also drop files or text anywhere in this window."))
        for choice, name in (
            (self._import, "welcomeImport"),
            (self._paste, "welcomePaste"),
            (self._samples, "welcomeSamples"),
        ):
            choice.setObjectName(name)
        for label in (self._title, self._words, self._drop):
            label.setWordWrap(True)
        self._import.clicked.connect(actions["actionImport"].trigger)
        self._paste.clicked.connect(actions["actionPaste"].trigger)
        self._samples.clicked.connect(self.samples_asked)
        self._build()
        self.set_theme(theme)

    def _build(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addSpacing(14)
        for choice in (self._import, self._paste, self._samples):
            column.addWidget(choice)
        column.addSpacing(8)
        column.addWidget(self._drop)
        column.addStretch(3)
        middle = QWidget(self)
        middle.setMaximumWidth(560)
        middle.setLayout(column)
        self._middle = middle
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)

    def show_keys_of(self, actions: Actions) -> None:
        """Show the keys that these actions have now."""
        self._import.set_key(key_text(actions["actionImport"]))
        self._paste.set_key(key_text(actions["actionPaste"]))

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._title.setFont(theme.font(24, QFont.Weight.DemiBold))
        self._words.setFont(theme.font(14))
        self._drop.setFont(theme.font(12))
        self._middle.setMaximumWidth(theme.px(560))
        self.setStyleSheet(f"#welcomeView {{ background: {theme.read}; }}")
        self._title.setStyleSheet(f"color: {theme.text};")
        self._words.setStyleSheet(f"color: {theme.sub};")
        self._drop.setStyleSheet(f"color: {theme.faint};")
        for choice in (self._import, self._paste, self._samples):
            choice.set_theme(theme)

    def focus_first(self) -> None:
        """Put the focus on the first choice."""
        self._import.setFocus(Qt.FocusReason.OtherFocusReason)


@dataclass(frozen=True, slots=True)
class Emptiness:
    """Why a list is empty, in a sentence, and the one thing to do about it (`action` names it; "" for none)."""

    icon: str
    sentence: str
    action: str = ""
    offer: str = ""


class EmptyState(QWidget):
    """One sentence and one action in place of an empty list."""

    asked = Signal(str)
    """The name of what the reader wants done."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, name: str = "emptyState") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._icon = QLabel(self)
        self._sentence = plain_label(self)
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._button = QPushButton(self)
        self._button.setObjectName(f"{name}Button")
        self._button.setAccessibleName(self.tr("What to do about it"))
        self._button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._button.clicked.connect(self._on_clicked)
        self._shown = Emptiness("inbox", "")
        column = QVBoxLayout(self)
        column.setContentsMargins(36, 0, 36, 0)
        column.setSpacing(14)
        column.addStretch(2)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._sentence)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._theme = theme
        px = theme.px
        self._sentence.setFont(theme.font(13))
        self._sentence.setStyleSheet(f"color: {theme.sub};")
        self._button.setFont(theme.font(13, QFont.Weight.Medium))
        self._button.setStyleSheet(
            f"QPushButton {{ border: 1px solid {theme.line}; border-radius: {px(8)}px; background: {theme.read};"
            f" color: {theme.acc}; padding: {px(7)}px {px(14)}px; }}"
            f"QPushButton:hover {{ background: {theme.hover}; }}"
            f"QPushButton:focus {{ border: 1px solid {theme.acc}; }}"
        )
        self.show_emptiness(self._shown)

    def show_emptiness(self, emptiness: Emptiness) -> None:
        """Say why the list is empty."""
        self._shown = emptiness
        size = self._theme.px(34)
        self._icon.setPixmap(icons.pixmap(emptiness.icon, self._theme.faint, size, self.devicePixelRatioF()))
        self._icon.setFixedSize(QSize(size, size))
        self._sentence.setText(emptiness.sentence)
        self._button.setText(emptiness.offer)
        self._button.setAccessibleName(emptiness.offer or self.tr("What to do about it"))
        self._button.setVisible(bool(emptiness.offer))

    def take_offer(self) -> None:
        """Do what is offered, as the button does."""
        self._button.click()

    def sentence(self) -> str:
        """Return the sentence shown."""
        return self._shown.sentence

    def _on_clicked(self) -> None:
        self.asked.emit(self._shown.action)
