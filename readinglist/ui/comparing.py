"""Papers side by side, as text: each field of each, whether they differ, and what a merge makes of it.

Draws nothing and asks no library.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale

from readinglist.library import Merge
from readinglist.paper import Highlight, Paper, Status
from readinglist.ui.row_text import age, iso_day_text
from readinglist.ui.views import status_title

translate = QCoreApplication.translate

_PASSED_OVER = 120
_READ_BEFORE = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One field of all papers: `values` in the order of the papers, and what the merged paper has.

    `gained`: the merged paper has something else there than the paper that is kept.
    """

    name: str
    label: str
    values: tuple[str, ...]
    result: str
    gained: bool
    alike: int = 0
    """So many characters at the beginning are the same in all, and many enough to be passed over."""

    @property
    def differs(self) -> bool:
        """Return whether the papers do not all say the same."""
        return len(set(self.values)) > 1

    def shortened(self, text: str) -> str:
        """Return one of the texts from where they differ."""
        return f"… {text[self.alike :]}" if len(text) > self.alike > 0 else text


@dataclass(frozen=True, slots=True)
class Comparison:
    """Papers to be merged, the oldest first; `kept` is the place among them of the one that is kept."""

    papers: tuple[Paper, ...]
    kept: int
    lines: tuple[Line, ...]


def compared(merge: Merge, today: date) -> Comparison:
    """Return the papers of a merge side by side; fields that none of them has are left out."""
    papers = tuple(sorted((merge.kept, *merge.others), key=lambda paper: (paper.added, paper.id)))
    kept = next(at for at, paper in enumerate(papers) if paper.id == merge.kept.id)
    lines = []
    for name, label, say in _fields(today):
        values = tuple(say(paper) for paper in papers)
        result = say(merge.result)
        if any(values) or result:
            lines.append(Line(name, label, values, result, result != values[kept], _alike(values)))
    return Comparison(papers, kept, tuple(lines))


def _alike(values: Sequence[str]) -> int:
    """Return where long texts that begin alike are worth reading: at a word shortly before they differ."""
    texts = {text for text in values if text}
    if len(texts) < 2:
        return 0
    first, last = min(texts), max(texts)  # what these two have in common, all between them have
    same = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first.rfind(" ", 0, same - _READ_BEFORE) + 1 if same > _PASSED_OVER else 0


def summary(comparison: Comparison) -> str:
    """Return what a merge comes to in a sentence or two."""
    gained = [line.label for line in comparison.lines if line.gained]
    number = comparison.kept + 1
    if gained:
        template = translate("Comparing", "Paper {n} is kept and takes in: {fields}.")
        said = template.format(n=number, fields=", ".join(gained))
    else:
        said = translate("Comparing", "Paper {n} is kept as it is; it has everything already.").format(n=number)
    if len(comparison.papers) == 2:
        return said + " " + translate("Comparing", "The other goes to the trash.")
    return said + " " + translate("Comparing", "The others go to the trash.")


def field_labels() -> dict[str, str]:
    """Return what the fields of a paper are called, by their names."""
    return {name: label for name, label, _ in _fields(date.min)}


def _fields(today: date) -> Sequence[tuple[str, str, Callable[[Paper], str]]]:
    return (
        ("title", translate("Comparing", "Title"), lambda p: p.title),
        ("authors", translate("Comparing", "Authors"), lambda p: ", ".join(author.name for author in p.authors)),
        ("year", translate("Comparing", "Year"), lambda p: str(p.year or "")),
        ("published", translate("Comparing", "Published"), lambda p: iso_day_text(p.published, today)),
        ("venue", translate("Comparing", "Venue"), lambda p: p.venue or ""),
        ("doi", translate("Comparing", "DOI"), lambda p: p.doi or ""),
        ("arxiv_id", translate("Comparing", "arXiv"), lambda p: p.arxiv_id or ""),
        ("abstract", translate("Comparing", "Abstract"), lambda p: p.abstract or ""),
        ("keywords", translate("Comparing", "Keywords"), lambda p: ", ".join(p.keywords)),
        ("url", translate("Comparing", "Address"), lambda p: p.url or ""),
        ("links", translate("Comparing", "Links"), lambda p: ", ".join(link.url for link in p.links)),
        ("listed", translate("Comparing", "Listed"), lambda p: iso_day_text(p.listed, today)),
        ("upvotes", translate("Comparing", "Upvotes"), lambda p: QLocale().toString(p.upvotes) if p.upvotes else ""),
        ("submitted_by", translate("Comparing", "Submitted by"), lambda p: p.submitted_by or ""),
        ("status", translate("Comparing", "Status"), lambda p: _status(p, today)),
        ("starred", translate("Comparing", "Star"), lambda p: translate("Comparing", "Starred") if p.starred else ""),
        ("tags", translate("Comparing", "Tags"), lambda p: ", ".join(sorted(p.tags, key=str.casefold))),
        ("note", translate("Comparing", "Note"), lambda p: p.note or ""),
        (
            "highlights",
            translate("Comparing", "Highlights"),
            lambda p: " · ".join(_highlight(one) for one in p.highlights),
        ),
        ("finished", translate("Comparing", "Finished"), lambda p: age(p.finished or "", today)),
        ("added", translate("Comparing", "Added"), lambda p: age(p.added, today)),
    )


def _status(paper: Paper, today: date) -> str:
    said = status_title(paper.status)
    if paper.status is Status.LATER and paper.until:
        until = translate("Comparing", "until {day}").format(day=iso_day_text(paper.until, today))
        return f"{said}, {until}"
    return said


def _highlight(highlight: Highlight) -> str:
    quote = f"“{highlight.quote}”"
    return f"{quote} ({highlight.comment})" if highlight.comment else quote
