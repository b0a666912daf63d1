"""What the program is and where the library lies, in a small dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

translate = QCoreApplication.translate


def open_about(window: QWidget, folder: Path) -> QMessageBox:
    """Open the dialog over the window; return it, to be kept while it is open."""
    box = QMessageBox(window)
    box.setObjectName("aboutDialog")
    box.setWindowTitle(translate("About", "About Reading List"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(
        translate(
            "About",
            "Reading List keeps the papers you mean to read, on your own computer.\n\n"
            "This library lies in {folder}.\n\nIcons: Lucide (ISC). Font: Inter (OFL).",
        ).format(folder=folder)
    )
    box.finished.connect(box.deleteLater)
    box.open()
    return box
