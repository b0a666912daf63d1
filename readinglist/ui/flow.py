"""Widgets side by side in as many rows as they need. Knows neither chips nor links."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget


def place_in_rows(widgets: Sequence[QWidget], width: int, *, gap: int, row_gap: int, move: bool = True) -> int:
    """Put `widgets` into rows of at most `width` pixels, each at its own size; return the height they take.

    A widget wider than a row is made as narrow as the row. With `move` false nothing is moved, only measured.
    """
    x = y = row_height = 0
    for widget in widgets:
        # A fixed height is not in the hint of a styled button or field.
        hint = widget.sizeHint().expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize())
        wide = min(hint.width(), width)
        if x and x + wide > width:
            x, y, row_height = 0, y + row_height + row_gap, 0
        if move:
            widget.setGeometry(x, y, wide, hint.height())
        x += wide + gap
        row_height = max(row_height, hint.height())
    return y + row_height
