"""The sheet of what is wrong with the library, and of what a repair does. Knows no library."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QScrollArea, QVBoxLayout, QWidget

from readinglist.library import Finding
from readinglist.ui import icons
from readinglist.ui.jobs import Step
from readinglist.ui.plain_sheet import PlainSheet
from readinglist.ui.theme import Theme
from readinglist.ui.wording import told


class CheckSheet(PlainSheet):
    """Shows a check while it runs and what it found; what is wrong stands first."""

    repair_asked = Signal()
    stop_asked = Signal()
    restore_asked = Signal()
    """The database itself is damaged: a backup is wanted back."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent, self.tr("Check the library"), card_width=640, card_height=460)
        self.setObjectName("checkSheet")
        self._findings: Sequence[Finding] = ()
        self._bar = QProgressBar(self.card)
        self._bar.setObjectName("checkProgress")
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self.body.addWidget(self._bar)
        self._area = QScrollArea(self.card)
        self._area.setObjectName("checkFindings")
        self._area.setAccessibleName(self.tr("What was found"))
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._leave = QPushButton(self.tr("Close"), self.card)
        self._stop = QPushButton(self.tr("Stop"), self.card)
        self._restore = QPushButton(self.tr("Restore a backup…"), self.card)
        self._repair = QPushButton(self.tr("Repair"), self.card)
        self.fill(
            self._area,
            ("checkStop", self._stop),
            ("checkLeave", self._leave),
            ("checkRestore", self._restore),
            ("checkRepair", self._repair),
        )
        self._leave.clicked.connect(self.close_sheet)
        self._stop.clicked.connect(self.stop_asked)
        self._restore.clicked.connect(self._on_restore)
        self._repair.clicked.connect(self.repair_asked)
        self.closed.connect(self.stop_asked)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        super().set_theme(theme)
        px = theme.px
        self._bar.setFixedHeight(px(6))
        self._bar.setStyleSheet(
            f"QProgressBar {{ border: 0; border-radius: {px(3)}px; background: {theme.line}; }}"
            f"QProgressBar::chunk {{ border-radius: {px(3)}px; background: {theme.acc}; }}"
        )
        self._area.setStyleSheet(f"QScrollArea, QScrollArea > QWidget > QWidget {{ background: {theme.read}; }}")
        self._draw()

    def show_running(self, *, repairing: bool = False) -> None:
        """Open the sheet, or go on in it, while the library is checked or repaired."""
        self.words.setText(self.tr("Repairing…") if repairing else self.tr("Looking at everything in the library…"))
        self._set_running(True)
        if not self.isVisible():
            self._findings = ()
            self._draw()
            self.open_sheet(self._stop)
        else:
            self._stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_step(self, step: Step) -> None:
        """Show how far the check or repair is."""
        self._bar.setRange(0, step.total or 0)
        self._bar.setValue(step.done)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what was found; opens the sheet where it is not open."""
        self._findings = sorted(findings, key=lambda finding: (finding.ok and not finding.repaired, finding.ok))
        wrong = [finding for finding in findings if not finding.ok]
        mended = sum(finding.repaired for finding in findings)
        damaged = any(finding.check == "database" for finding in wrong)
        mendable = [finding for finding in wrong if finding.repair and finding.check != "database"]
        self.words.setText(self._summary(len(wrong), mended))
        self._set_running(False)
        self._repair.setVisible(bool(mendable) and not damaged)
        self._restore.setVisible(damaged)
        self._draw()
        last = self._restore if damaged else self._repair if mendable else self._leave
        if self.isVisible():
            last.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.open_sheet(last)

    def show_problem(self, why: str) -> None:
        """Say why the check was not finished."""
        self.words.setText(why)
        self._set_running(False)
        self._leave.setFocus(Qt.FocusReason.OtherFocusReason)

    def _summary(self, wrong: int, mended: int) -> str:
        if wrong:
            return self.tr("%Ln things are not as they should be.", "", wrong)
        if mended:
            return self.tr("Repaired; what was done stands first.")
        return self.tr("Everything is as it should be.")

    def _set_running(self, running: bool) -> None:
        self._bar.setVisible(running)
        self._bar.setRange(0, 0)
        self._stop.setVisible(running)
        self._leave.setVisible(not running)
        for button in (self._restore, self._repair):
            button.setVisible(False)

    def _draw(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 4, 8, 4)
        column.setSpacing(self._theme.px(10))
        for finding in self._findings:
            column.addLayout(self._row(finding, page))
        column.addStretch(1)
        self._area.setWidget(page)

    def _row(self, finding: Finding, page: QWidget) -> QHBoxLayout:
        theme = self._theme
        size = theme.px(16)
        name, colour, state = (
            ("circle-check", theme.acc, self.tr("Repaired"))
            if finding.repaired
            else ("check", theme.faint, self.tr("All right"))
            if finding.ok
            else ("triangle-alert", theme.danger, self.tr("Wrong"))
        )
        sign = QLabel(page)
        sign.setPixmap(icons.pixmap(name, colour, size, self.devicePixelRatioF()))
        sign.setAccessibleName(state)
        text = told(finding.message)
        if finding.repair and not finding.ok:
            text += "\n" + self.tr("A repair {does}.").format(does=told(finding.repair))
        elif not finding.ok:
            text += "\n" + self.tr("A repair leaves this to you.")
        label = QLabel(text, page)
        label.setObjectName(f"finding-{finding.check}")
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setFont(theme.font(13))
        label.setStyleSheet(f"color: {theme.sub if finding.ok and not finding.repaired else theme.text};")
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label, 1)
        return row

    def _on_restore(self) -> None:
        self.close_sheet()
        self.restore_asked.emit()
