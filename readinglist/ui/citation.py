"""References of papers, copied in the style that was asked for.

They are made beside the window, as a style takes a while to load.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from readinglist.errors import ReadingListError
from readinglist.paper import Paper
from readinglist.progress import Progress
from readinglist.ui.jobs import Lane
from readinglist.ui.wording import told

STYLES = {
    "actionCopyCitation": "apa",
    "actionCopyApa": "apa",
    "actionCopyChicago": "chicago",
    "actionCopyHarvard": "harvard",
    "actionCopyIeee": "ieee",
    "actionCopyBibtex": "bibtex",
}
"""Actions, and the formats they copy in."""


_ABOUT_FILE = ("%", "@Comment{jabref-meta")
"""How lines begin that a file of entries has and one entry has not."""

_TOLD_CHARS = 160


class Citing(QObject):
    """Puts references on the clipboard, a line each."""

    told = Signal(str)
    """A sentence for the reader."""

    def __init__(self, lane: Lane, parent: QObject) -> None:
        super().__init__(parent)
        self._lane = lane

    def copy(self, action: str, papers: Sequence[Paper], selected: int) -> None:
        """Copy `papers`, the first of the `selected`, in the style of an action."""

        def copied(lines: list[str]) -> None:
            self._put(lines, selected)

        def failed(error: Exception) -> None:
            known = isinstance(error, ReadingListError)
            self.told.emit(told(error) if known else self.tr("The citation could not be made."))

        self._lane.run(lambda progress: cited(papers, STYLES[action], progress), done=copied, failed=failed)

    def _put(self, lines: list[str], selected: int) -> None:
        QGuiApplication.clipboard().setText("\n".join(lines))
        if len(lines) < selected:
            self.told.emit(self.tr("Copied the first %Ln citations.", "", len(lines)))
        elif len(lines) > 1:
            self.told.emit(self.tr("Copied %Ln citations.", "", len(lines)))
        else:
            text = " ".join(lines[0].split())
            if len(text) > _TOLD_CHARS:
                text = text[:_TOLD_CHARS].rstrip() + " …"
            self.told.emit(self.tr("Copied: {text}").format(text=text))


def cited(papers: Sequence[Paper], style: str, progress: Progress) -> list[str]:
    """Return a text for each paper: a reference in a style of `references`, or an entry of a format."""
    # Loaded when it is asked for: no window needs it to list papers.
    from readinglist.formats import references
    from readinglist.formats.table import write

    lines = []
    for number, paper in enumerate(papers):
        progress.step(number, len(papers))
        if style in references.STYLES:
            lines.append(references.reference(paper, style))
        else:
            text = "".join(write([_bare(paper)], style))
            lines.append("\n".join(line for line in text.split("\n") if not line.startswith(_ABOUT_FILE)).strip())
    return lines


def _bare(paper: Paper) -> Paper:
    """Return what one cites of a paper: nothing that its reader wrote, and no abstract."""
    return Paper(
        title=paper.title,
        uid=paper.uid,
        authors=paper.authors,
        year=paper.year,
        published=paper.published,
        venue=paper.venue,
        doi=paper.doi,
        arxiv_id=paper.arxiv_id,
        version=paper.version,
        url=paper.url,
        source=paper.source,
        extra=paper.extra,
    )
