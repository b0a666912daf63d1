"""Papers on their way under the mouse: from the list to another place in it, or to a list of the sidebar.

What is dragged names no paper outside this window: another program, or a window on another library, is given a
token that means nothing there.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from PySide6.QtCore import QMimeData, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QDrag, QFont, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from readinglist.paper import PaperId
from readinglist.ui.theme import Theme

PAPERS = "application/x-readinglist-papers"

_MOST_PX = 280


class PaperDrag:
    """Knows which papers are being dragged, while they are."""

    def __init__(self) -> None:
        self._token = b""
        self._ids: Sequence[PaperId] = ()

    def begin(self, ids: Sequence[PaperId]) -> QMimeData:
        """Remember what is dragged; return what stands for it."""
        self._ids = ids
        self._token = uuid4().bytes
        data = QMimeData()
        data.setData(PAPERS, self._token)
        return data

    def end(self) -> None:
        """Forget what was dragged."""
        self._ids, self._token = (), b""

    def ids_in(self, data: QMimeData) -> Sequence[PaperId]:
        """Return the papers that `data` stands for; none when it comes from elsewhere."""
        return self._ids if self._token and data.data(PAPERS).data() == self._token else ()

    def run(self, source: QWidget, ids: Sequence[PaperId], words: str, theme: Theme) -> None:
        """Drag papers from a widget; return when they are dropped, here or nowhere."""
        drag = QDrag(source)
        drag.setMimeData(self.begin(ids))
        drag.setPixmap(_label(words, theme, source.devicePixelRatioF()))
        drag.setHotSpot(QPoint(-theme.px(12), -theme.px(10)))
        try:
            drag.exec(Qt.DropAction.MoveAction)
        finally:
            self.end()


def _label(words: str, theme: Theme, dpr: float) -> QPixmap:
    """Return a small label with what is dragged."""
    px = theme.px
    font = theme.font(13, QFont.Weight.Medium)
    metrics = QFontMetrics(font)
    text = metrics.elidedText(words, Qt.TextElideMode.ElideRight, px(_MOST_PX))
    width, height = metrics.horizontalAdvance(text) + px(24), px(30)
    picture = QPixmap(round(width * dpr), round(height * dpr))
    picture.setDevicePixelRatio(dpr)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.toast))
    painter.drawRoundedRect(QRectF(0, 0, width, height), px(8), px(8))
    painter.setFont(font)
    painter.setPen(QColor(theme.toasttext))
    painter.drawText(QRectF(0, 0, width, height), Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return picture
