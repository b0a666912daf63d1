"""The small window in place of the library's own where that cannot be opened: what is wrong, and what can be done.

Knows no library; it tells what the reader chose. It also shows how far a backup is while it is put back.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from readinglist.library import Backup
from readinglist.ui import icons
from readinglist.ui.backup_list import BackupList
from readinglist.ui.backup_sheet import backup_dialog
from readinglist.ui.jobs import Step
from readinglist.ui.labels import plain_label
from readinglist.ui.plain_sheet import dress_buttons
from readinglist.ui.style_sheet import dress
from readinglist.ui.theme import Theme


class RescueWindow(QWidget):
    """What is wrong in a sentence, the backups there are, and the ways on."""

    restore_asked = Signal(object)
    """The Path of a backup to put back."""

    folder_asked = Signal(object)
    """The Path of another library to open."""

    again_asked = Signal()
    stop_asked = Signal()

    def __init__(self, theme: Theme, folder: Path) -> None:
        super().__init__()
        self.setObjectName("rescueWindow")
        self.setWindowTitle(self.tr("Reading List"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self._theme = theme
        self._dialog: QFileDialog | None = None
        self._icon = QLabel(self)
        self._title = _label(self, "rescueTitle")
        self._problem = _label(self, "rescueProblem")
        self._place = _label(self, "rescueFolder")
        self._place.setText(self.tr("Library: {folder}").format(folder=folder))
        self._words = _label(self, "rescueWords")
        self.list = BackupList(theme, self)
        self._bar = QProgressBar(self)
        self._bar.setObjectName("rescueProgress")
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.setTextVisible(False)
        self._quit = self._button("rescueQuit", self.tr("Quit"))
        self._other = self._button("rescueOther", self.tr("Open another folder…"))
        self._choose = self._button("rescueChoose", self.tr("Choose a file…"))
        self._again = self._button("rescueAgain", self.tr("Try again"))
        self._stop = self._button("rescueStop", self.tr("Stop"))
        self._restore = self._button("rescueRestore", self.tr("Put this backup back"))
        self._buttons = [self._quit, self._stop, self._other, self._choose, self._again, self._restore]
        self._quit.clicked.connect(self.close)
        self._other.clicked.connect(self._on_other)
        self._choose.clicked.connect(self._on_choose)
        self._again.clicked.connect(self.again_asked)
        self._stop.clicked.connect(self.stop_asked)
        self._restore.clicked.connect(self._on_restore)
        self.list.chosen.connect(lambda path: self._restore.setEnabled(path is not None))
        self.list.itemActivated.connect(self._on_restore)
        self._build()
        self.set_theme(theme)

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(True)
        return button

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in self._buttons[:2]:
            buttons.addWidget(button)
        buttons.addStretch(1)
        for button in self._buttons[2:]:
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(26, 24, 26, 20)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._problem)
        column.addWidget(self._place)
        column.addSpacing(6)
        column.addWidget(self._words)
        column.addWidget(self._bar)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        column.addLayout(buttons)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._theme = theme
        px, size = theme.px, theme.px(24)
        self._icon.setPixmap(icons.pixmap("triangle-alert", theme.danger, size, self.devicePixelRatioF()))
        self._icon.setFixedSize(QSize(size, size))
        for label, font, colour in (
            (self._title, theme.font(18, QFont.Weight.DemiBold), theme.text),
            (self._problem, theme.font(14), theme.text),
            (self._place, theme.font(12), theme.faint),
            (self._words, theme.font(13), theme.sub),
        ):
            label.setFont(font)
            label.setStyleSheet(f"color: {colour};")
        self.list.set_theme(theme)
        self._bar.setFixedHeight(px(6))
        dress_buttons(self._buttons, theme)
        dress(
            self,
            theme,
            f"#rescueWindow {{ background: {theme.read}; }}"
            f"QProgressBar {{ border: 0; border-radius: {px(3)}px; background: {theme.line}; }}"
            f"QProgressBar::chunk {{ border-radius: {px(3)}px; background: {theme.acc}; }}",
        )
        self.setMinimumHeight(px(300))  # the width follows from the buttons
        self.resize(px(720), px(500))

    def show_trouble(self, what: str, *, can_restore: bool) -> None:
        """Say what is wrong; with `can_restore` the backups are being looked for."""
        self._icon.show()
        self._title.setText(self.tr("The library cannot be opened"))
        self._problem.setText(what)
        self._words.setText(self.tr("Looking for backups…") if can_restore else "")
        self._show_parts(can_restore=can_restore)
        self.list.hide()
        self._restore.hide()
        self.show()
        self._again.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_backups(self, backups: Sequence[Backup], best: Path | None) -> None:
        """Offer backups; `best` is the newest that is whole, None when there is none."""
        self.list.setVisible(bool(backups))
        self._restore.setVisible(bool(backups))
        self.list.show_backups(backups, best)
        if best is not None:
            self._words.setText(
                self.tr(
                    "The newest whole backup is chosen below. What is in its place now is kept, in the folder"
                    " “replaced” of the library; nothing is deleted."
                )
            )
            self._restore.setFocus(Qt.FocusReason.OtherFocusReason)
        elif backups:
            self._words.setText(
                self.tr("None of the backups below is whole. If you have another one, choose its file.")
            )
            self.list.clearSelection()
        else:
            self._words.setText(self.tr("There are no backups here. If you have one elsewhere, choose its file."))

    def show_restoring(self) -> None:
        """Say that a backup is being put back."""
        self._icon.hide()
        self._title.setText(self.tr("Putting the backup back"))
        self._problem.setText(self.tr("The library is opened as soon as it is done."))
        self._words.setText("")
        self._show_parts(restoring=True)
        self.show()
        self._stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_step(self, step: Step) -> None:
        """Show how far it is."""
        self._bar.setRange(0, step.total or 0)
        self._bar.setValue(step.done)

    def show_more(self, sentence: str) -> None:
        """Say something besides what is wrong: what was tried and did not work."""
        self._problem.setText(f"{self._problem.text()}\n\n{sentence}")

    def problem(self) -> str:
        """Return the sentence that says what is wrong."""
        return self._problem.text()

    def _show_parts(self, *, can_restore: bool = False, restoring: bool = False) -> None:
        self._bar.setVisible(restoring)
        self._bar.setRange(0, 0)
        self._stop.setVisible(restoring)
        for widget in (self._quit, self._other, self._again):
            widget.setVisible(not restoring)
        self._choose.setVisible(can_restore)
        self.list.hide()
        self._restore.hide()
        self._words.setVisible(not restoring)

    def _on_restore(self) -> None:
        if (path := self.list.path()) is not None:
            self.restore_asked.emit(path)

    def _on_choose(self) -> None:
        dialog = backup_dialog(self)
        dialog.fileSelected.connect(lambda name: self.restore_asked.emit(Path(name)))
        self._dialog = dialog
        dialog.open()

    def _on_other(self) -> None:
        dialog = QFileDialog(self, self.tr("Open a library"))
        dialog.setObjectName("folderDialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setOption(QFileDialog.Option.ReadOnly)  # Qt's own dialog would delete folders at Del
        dialog.fileSelected.connect(lambda name: self.folder_asked.emit(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        self._dialog = dialog
        dialog.open()


def _label(parent: QWidget, name: str) -> QLabel:
    label = plain_label(parent, name=name, wraps=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
