"""The settings on one sheet. What is chosen is in force at once; there is nothing to confirm."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFont, QFontDatabase
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSpinBox,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from readinglist.library import Library
from readinglist.settings import DENSITIES, FEED_HOURS, LATERS, RANGES, SIMILARS, THEMES, Settings
from readinglist.ui import icons
from readinglist.ui.actions import Actions
from readinglist.ui.choice_box import ChoiceBox
from readinglist.ui.feed_words import refresh_choices
from readinglist.ui.key_settings import KeySettings
from readinglist.ui.number_box import NumberBox
from readinglist.ui.overlay import Sheet
from readinglist.ui.preferences import Preferences
from readinglist.ui.theme import FAMILY, Theme

_EXTRA = "pip install wordllama"


class SettingsSheet(Sheet):
    """Pages of choices, each beside its name; `preferences` is asked and told, nothing is kept here.

    Each page is made when it is first looked at: all of them together would hold up the sheet.
    """

    def __init__(self, theme: Theme, parent: QWidget, preferences: Preferences, actions: Actions) -> None:
        super().__init__(theme, parent, card_width=820, card_height=600)
        self.setObjectName("settingsSheet")
        self.setAccessibleName(self.tr("Settings"))
        self._preferences = preferences
        self._quiet = False
        self._dialog: QFileDialog | None = None
        self._labels: list[QLabel] = []
        self._hints: list[QLabel] = []
        self._boxes: list[QComboBox] = []
        self._spins: list[QSpinBox] = []
        self._title = QLabel(self.tr("Settings"), self.card)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._close = QToolButton(self.card)
        self._close.setObjectName("settingsClose")
        self._close.setAccessibleName(self.tr("Close"))
        self._close.setToolTip(self.tr("Close (Esc)"))
        self._close.clicked.connect(self.close_sheet)
        self._pages = QStackedWidget(self.card)
        self._names = QListWidget(self.card)
        self._names.setObjectName("settingsPages")
        self._names.setAccessibleName(self.tr("Pages of settings"))
        self._names.setFrameShape(QFrame.Shape.NoFrame)
        self._names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._actions = actions
        makers = (
            (self.tr("Look"), SettingsSheet._look_page),
            (self.tr("Triage"), SettingsSheet._triage_page),
            (self.tr("Feeds"), SettingsSheet._feeds_page),
            (self.tr("Similar"), SettingsSheet._similar_page),
            (self.tr("Keys"), SettingsSheet._keys_page),
            (self.tr("Files"), SettingsSheet._files_page),
        )
        self._makers = {number: make for number, (_, make) in enumerate(makers)}
        self._places: list[QVBoxLayout] = []
        for name, _ in makers:
            place = QWidget(self.card)
            self._places.append(QVBoxLayout(place))
            self._places[-1].setContentsMargins(0, 0, 0, 0)
            self._pages.addWidget(place)
            self._names.addItem(name)
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 16, 10)
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        below = QHBoxLayout()
        below.setContentsMargins(14, 0, 14, 0)
        below.setSpacing(14)
        below.addWidget(self._names)
        below.addWidget(self._pages, 1)
        self.body.setContentsMargins(1, 1, 1, 14)
        self.body.addLayout(head)
        self.body.addLayout(below, 1)
        preferences.changed.connect(self._show)
        self.set_theme(theme)
        self._names.currentRowChanged.connect(self.show_page)
        self._names.setCurrentRow(0)

    def show_settings(self) -> None:
        """Open the sheet."""
        self._show(self._preferences.settings)
        self.open_sheet(self._names)

    def show_page(self, number: int) -> None:
        """Show a page, counted from 0."""
        if (make := self._makers.pop(number, None)) is not None:
            page = make(self)
            self._places[number].addWidget(page)
            self._dress(page)
            self._show(self._preferences.settings)
        if "keys" in self.__dict__ and self._places[number].indexOf(self.keys) >= 0:
            self.keys.refresh()
        self._names.setCurrentRow(number)
        self._pages.setCurrentIndex(number)

    @cached_property
    def keys(self) -> KeySettings:
        """The page of keys."""
        return KeySettings(self._theme, self._preferences, self._actions, self._pages)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        super().set_theme(theme)
        px = theme.px
        self._pages.setStyleSheet(form_style(theme))  # before the fonts, which it would set back
        self._title.setStyleSheet(f"color: {theme.text};")
        self._title.setFont(theme.font(20, QFont.Weight.DemiBold))
        self._dress(self._pages)
        self._names.setFont(theme.font(13))
        self._names.setFixedWidth(px(130))
        self._close.setIcon(icons.icon("x", theme.sub, px(17)))
        self._close.setStyleSheet(
            "QToolButton{border:2px solid transparent;border-radius:6px;padding:5px}"
            f"QToolButton:hover{{background:{theme.hover}}}QToolButton:focus{{border-color:{theme.acc}}}"
        )
        self._names.setStyleSheet(
            f"QListWidget {{ background: transparent; border: 0; outline: 0; color: {theme.text}; }}"
            f"QListWidget::item {{ padding: {px(6)}px {px(10)}px; border-radius: {px(6)}px;"
            " border: 2px solid transparent; }"
            f"QListWidget::item:selected {{ background: {theme.sel}; color: {theme.text}; }}"
            f"QListWidget::item:selected:focus {{ border: 2px solid {theme.acc}; }}"
        )
        if "keys" in self.__dict__:
            self.keys.set_theme(theme)

    def _dress(self, page: QWidget) -> None:
        theme = self._theme
        for label in page.findChildren(QLabel):
            quiet = label in self._hints
            if quiet or label in self._labels:
                label.setStyleSheet(f"color: {theme.sub if quiet else theme.text};")
                label.setFont(theme.font(12 if quiet else 13))
        for box in page.findChildren(ChoiceBox):
            box.set_theme(theme)
            box.setMinimumHeight(theme.px(30))
        for spin in page.findChildren(NumberBox):
            spin.set_theme(theme)
        for kind in (QComboBox, QSpinBox, QLineEdit, QPushButton):
            for widget in page.findChildren(kind):
                widget.setFont(theme.font(13))

    # -- the pages --------------------------------------------------------------------------------

    def _look_page(self) -> QWidget:
        themes = (self.tr("Like the system"), self.tr("Light"), self.tr("Dark"))
        families = sorted(QFontDatabase.families(), key=str.casefold)
        own = self.tr("{font} (the program's own)").format(font=FAMILY)
        others = [family for family in families if family != FAMILY]
        same = self.tr("The same")
        rows = (self.tr("Comfortable"), self.tr("Compact"))
        unit = self.tr(" px")
        return self._form(
            self._box("settingsTheme", self.tr("Appearance"), "theme", THEMES, themes),
            self._box("settingsFont", self.tr("Font"), "font", ["", *others], [own, *others]),
            self._box(
                "settingsReaderFont", self.tr("Font of abstracts"), "reader_font", ["", *families], [same, *families]
            ),
            self._spin("settingsTextSize", self.tr("Size of text"), "text_size", unit),
            self._spin("settingsReaderTextSize", self.tr("Size of abstracts"), "reader_text_size", unit),
            self._box("settingsDensity", self.tr("Rows of the list"), "density", DENSITIES, rows),
            hint=self.tr("Everything grows with the size of text; abstracts and notes also with their own."),
        )

    def _triage_page(self) -> QWidget:
        days = (self.tr("Tomorrow"), self.tr("In a week"), self.tr("In a month"), self.tr("Some day (no date)"))
        return self._form(
            self._box("settingsLater", self.tr("Papers put off come back"), "later", LATERS, days),
            hint=self.tr(
                "A paper that is put off comes back to the Inbox by itself on its day. Another day chosen while "
                "putting off becomes the usual one. "
                "What the other triage keys do can be given other keys on the page Keys."
            ),
        )

    def _feeds_page(self) -> QWidget:
        hours = tuple(FEED_HOURS)
        return self._form(
            self._box("settingsFeeds", self.tr("Refresh feeds"), "refresh_feeds", hours, refresh_choices()),
            hint=self.tr(
                "Feeds are the only thing that uses the network, and as long as you do not choose otherwise they are "
                "refreshed only when you ask for it. An interval holds while the window is open."
            ),
        )

    def _similar_page(self) -> QWidget:
        ways = (self.tr("Their words"), self.tr("Their words and what they mean"))
        if Library.knows_meaning():
            hint = self.tr(
                "What papers mean is learnt once, in the background: a minute or less for 100,000 papers, and half a "
                "megabyte for each 1,000. Then “Close to this in your library” also finds papers that say the same in "
                "other words. Nothing of it uses the network."
            )
        else:
            hint = self.tr(
                "What papers mean needs an extra that is not installed: {command}. As long as it is not, papers are "
                "similar by their words alone."
            ).format(command=_EXTRA)
        similar = self._box("settingsSimilar", self.tr("Papers are similar by"), "similar_by", SIMILARS, ways)
        return self._form(similar, hint=hint)

    def _keys_page(self) -> QWidget:
        return self.keys

    def _files_page(self) -> QWidget:
        choose = QPushButton(self.tr("Choose…"), self.card)
        choose.setObjectName("settingsChooseBackups")
        choose.clicked.connect(self._choose_folder)
        row = QWidget(self.card)
        row.setAccessibleName(self._backups.accessibleName())
        beside = QHBoxLayout(row)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self._backups, 1)
        beside.addWidget(choose)
        row.setFocusProxy(self._backups)
        file = QPushButton(self.tr("Open the file of settings"), self.card)
        file.setObjectName("settingsOpenFile")
        file.setAccessibleName(self.tr("Open the file of settings"))
        file.clicked.connect(self._open_file)
        page = self._form(
            row,
            hint=self.tr("All settings are in {file}. You can edit it while the window is open.").format(
                file=self._preferences.file
            ),
        )
        layout = page.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(1, self._folder_problem)
            layout.insertWidget(3, file, 0, Qt.AlignmentFlag.AlignLeft)
        return page

    @cached_property
    def _backups(self) -> QLineEdit:
        field = QLineEdit(self.card)
        field.setObjectName("settingsBackupFolder")
        field.setAccessibleName(self.tr("Folder of backups"))
        field.setPlaceholderText(self.tr("backups, in the library's folder"))
        field.editingFinished.connect(self._on_folder_typed)
        return field

    @cached_property
    def _folder_problem(self) -> QLabel:
        label = QLabel(self.card)
        label.setObjectName("settingsProblem")
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _form(self, *controls: QWidget, hint: str) -> QWidget:
        page = QWidget(self.card)
        column = QVBoxLayout(page)
        column.setContentsMargins(8, 4, 14, 4)
        column.setSpacing(12)
        form = QFormLayout()
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for control in controls:
            label = self._label(control.accessibleName())
            label.setBuddy(control)
            form.addRow(label, control)
        words = self._label(hint, quiet=True)
        column.addLayout(form)
        column.addWidget(words)
        column.addStretch(1)
        return page

    def _label(self, text: str, *, quiet: bool = False) -> QLabel:
        label = QLabel(text, self.card)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(quiet)
        (self._hints if quiet else self._labels).append(label)
        return label

    def _box(self, name: str, says: str, setting: str, values: Sequence[str], texts: Sequence[str]) -> QComboBox:
        box = ChoiceBox(self._theme, self.card)
        box.setObjectName(name)
        box.setAccessibleName(says)
        for value, text in zip(values, texts, strict=True):
            box.addItem(text, value)
        box.setProperty("setting", setting)
        box.currentIndexChanged.connect(self._on_chosen)
        self._boxes.append(box)
        return box

    def _spin(self, name: str, says: str, setting: str, unit: str) -> QSpinBox:
        spin = NumberBox(self._theme, self.card)
        spin.setObjectName(name)
        spin.setAccessibleName(says)
        spin.setRange(*RANGES[setting])
        spin.setSuffix(unit)
        spin.setStepType(QAbstractSpinBox.StepType.DefaultStepType)
        spin.setProperty("setting", setting)
        spin.setKeyboardTracking(False)
        spin.valueChanged.connect(self._on_number_chosen)
        self._spins.append(spin)
        return spin

    # -- choosing ---------------------------------------------------------------------------------

    def _show(self, settings: Settings) -> None:
        self._quiet = True
        for box in self._boxes:
            value = getattr(settings, box.property("setting"))
            if box.findData(value) < 0:
                box.addItem(value, value)  # a font of another machine
            box.setCurrentIndex(box.findData(value))
        for spin in self._spins:
            spin.setValue(getattr(settings, spin.property("setting")))
        if "_backups" in self.__dict__:
            if not self._backups.hasFocus():
                self._backups.setText(settings.backup_folder)
            self._folder_problem.hide()
        self._quiet = False

    def _on_chosen(self) -> None:
        box = self.sender()
        if not self._quiet and isinstance(box, QComboBox):
            self._preferences.change(**{box.property("setting"): box.currentData()})

    def _on_number_chosen(self, value: int) -> None:
        if not self._quiet:
            self._preferences.change(**{self.sender().property("setting"): value})

    def _on_folder_typed(self) -> None:
        self._take_folder(self._backups.text().strip())

    def _take_folder(self, folder: str) -> None:
        fits = not folder or (Path(folder).is_absolute() and Path(folder).is_dir())
        if fits:
            self._preferences.change(backup_folder=folder)
        self._folder_problem.setText("" if fits else self.tr("There is no folder {folder}.").format(folder=folder))
        self._folder_problem.setVisible(not fits)

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("Folder of backups"), self._preferences.settings.backup_folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._on_folder_chosen)
        dialog.finished.connect(dialog.deleteLater)
        self._dialog = dialog
        dialog.open()

    def _on_folder_chosen(self, folder: str) -> None:
        self._backups.setText(folder)
        self._take_folder(folder)

    def _open_file(self) -> None:
        # Written with every setting named and explained, where there is no file yet.
        self._preferences.write_all()
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._preferences.file)))


def form_style(theme: Theme) -> str:
    """Return the style sheet of fields, buttons and tables on a sheet."""
    px = theme.px
    field = f"border: 1px solid {theme.line}; border-radius: {px(7)}px; background: {theme.list}; color: {theme.text};"
    return (
        f"QLineEdit {{ {field} padding: 0 {px(9)}px;"
        f" min-height: {px(30)}px; selection-background-color: {theme.acc}; selection-color: {theme.acctext}; }}"
        f"QLineEdit:focus {{ border: 2px solid {theme.acc}; }}"
        f"QPushButton {{ {field} padding: 0 {px(12)}px; min-height: {px(30)}px; }}"
        f"QPushButton:hover {{ background: {theme.hover}; }} QPushButton:disabled {{ color: {theme.faint}; }}"
        f"QPushButton:focus {{ border: 2px solid {theme.acc}; }}"
        f"#settingsProblem, #keyProblem {{ color: {theme.danger}; }}"
        f"QTableWidget {{ background: {theme.read}; color: {theme.text}; border: 1px solid {theme.line};"
        f" border-radius: {px(7)}px; gridline-color: transparent; outline: 0; }}"
        f"QTableWidget::item {{ padding: 0 {px(8)}px; border: 0; }}"
        f"QTableWidget::item:selected {{ background: {theme.sel}; color: {theme.text}; }}"
    )
