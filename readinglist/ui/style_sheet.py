"""The style sheet for Qt's own widgets: menus, tooltips, scroll bars, dialogs. Knows no widget of ours by name."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from readinglist.ui.theme import Theme


def dress(window: QWidget, theme: Theme, own: str = "") -> None:
    """Give a window, with its menus and dialogs, the style sheet of a theme, and the application its palette.

    `own` are rules of the window itself. To set a style sheet for the application takes Qt four times as long.
    """
    QApplication.setPalette(theme.palette())
    sheet = style_sheet(theme) + own
    if sheet != window.styleSheet():  # else every widget is looked at, for a change of the abstract's font
        window.setStyleSheet(sheet)


def style_sheet(theme: Theme) -> str:
    """Return the style sheet of a whole window."""
    px = theme.px
    return f"""
QMenuBar {{ background: {theme.side}; color: {theme.text}; border-bottom: 1px solid {theme.line};
    padding: {px(1)}px {px(10)}px; }}
QMenuBar::item {{ padding: {px(5)}px {px(10)}px; background: transparent; border-radius: {px(5)}px; }}
QMenuBar::item:selected, QMenuBar::item:pressed {{ background: {theme.hover}; }}
QMenu {{ background: {theme.read}; color: {theme.text}; border: 1px solid {theme.line}; padding: {px(5)}px; }}
QMenu::item {{ padding: {px(5)}px {px(26)}px {px(5)}px {px(24)}px; border-radius: {px(5)}px; }}
QMenu::item:selected {{ background: {theme.sel}; }}
QMenu::item:disabled {{ color: {theme.faint}; }}
QMenu::separator {{ height: 1px; background: {theme.line}; margin: {px(5)}px {px(8)}px; }}
QMenu::indicator {{ width: {px(12)}px; height: {px(12)}px; left: {px(6)}px; }}
QMenu::indicator:checked {{ background: {theme.acc}; border-radius: {px(6)}px; }}
QToolTip {{ background: {theme.toast}; color: {theme.toasttext}; border: 1px solid {theme.toast};
    padding: {px(3)}px {px(6)}px; }}
QLineEdit, QTextEdit {{ placeholder-text-color: {theme.faint}; }}
QSplitter::handle {{ background: {theme.line}; }}
QScrollBar:vertical {{ background: transparent; width: {px(11)}px; margin: 0; border: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {px(11)}px; margin: 0; border: 0; }}
QScrollBar::handle {{ background: {theme.line}; border-radius: {px(3)}px; margin: {px(2)}px {px(3)}px; }}
QScrollBar::handle:vertical {{ min-height: {px(36)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(36)}px; margin: {px(3)}px {px(2)}px; }}
QScrollBar::handle:hover {{ background: {theme.faint}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
#sidebar {{ background: {theme.side}; border: 0; padding: {px(1)}px 0 {px(10)}px 0; }}
"""
