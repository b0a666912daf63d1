"""The look of a list with columns and a head. Knows nothing of what it lists."""

from __future__ import annotations

from PySide6.QtWidgets import QTreeWidget

from readinglist.ui.theme import Theme


def dress_table(tree: QTreeWidget, theme: Theme) -> None:
    """Draw a list that has a name in the colours and sizes of a theme."""
    px, name = theme.px, tree.objectName()
    tree.setFont(theme.font(13))
    tree.header().setFont(theme.font(12))
    tree.setStyleSheet(
        f"#{name} {{ background: {theme.list}; border: 1px solid {theme.line}; border-radius: {px(8)}px;"
        f" color: {theme.text}; outline: 0; }}"
        f"#{name}:focus {{ border: 1px solid {theme.acc}; }}"
        f"#{name}::item {{ height: {px(30)}px; padding: 0 {px(6)}px; border: 0; }}"
        f"#{name}::item:hover {{ background: {theme.hover}; }}"
        f"#{name}::item:selected, #{name}::item:selected:active {{ background: {theme.sel};"
        f" color: {theme.text}; border: 0; }}"
        f"#{name}::item:disabled {{ color: {theme.faint}; }}"
        f"QHeaderView {{ background: transparent; border: 0; }}"
        f"QHeaderView::section {{ background: transparent; color: {theme.sub}; border: 0;"
        f" border-bottom: 1px solid {theme.line}; padding: {px(6)}px {px(8)}px; }}"
    )
