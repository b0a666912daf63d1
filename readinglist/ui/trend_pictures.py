"""What rises as pictures and words: the share of papers that have a term, period by period. Draws nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale

from readinglist.library import Period, Trend, Trends
from readinglist.ui.days import day_in_words
from readinglist.ui.stats_pictures import Cell, Picture
from readinglist.ui.theme import Theme

translate = QCoreApplication.translate

_GAP = 0.16
_MOST_TICKS = 12


def trend_picture(trends: Trends, trend: Trend, theme: Theme) -> Picture:
    """Return a bar for each period: the share of its papers that have the term; those since in the accent's colour."""
    cells = []
    for number, (period, having) in enumerate(zip(trends.periods, trend.series, strict=True)):
        share = having / period.papers if period.papers else 0.0
        words = translate("Trends", "{when}: {n} of {papers} ({share})").format(
            when=when(trends, period), n=_number(having), papers=papers(period.papers), share=percent(share)
        )
        colour = theme.acc if is_late(trends, period) else theme.faint
        query = f"{trend.words} {period.query}" if having else ""
        cells.append(Cell(number, 0, number + _GAP / 2, 0, 1 - _GAP, share, colour, words, query))
    top = max((cell.height for cell in cells), default=0.0) or 1.0
    step = max(1, -(-len(trends.periods) // _MOST_TICKS))
    ticks = [(n + 0.5, _short(trends, period)) for n, period in enumerate(trends.periods) if n % step == 0]
    return Picture(
        "trendPlot",
        names(trend),
        told_of(trends, trend),
        cells,
        len(cells),
        top,
        ticks,
        _percents(top),
        height_px=110,
    )


def names(trend: Trend) -> str:
    """Return what a term is called, with its abbreviation."""
    return ", ".join(trend.names[:2])


def told_of(trends: Trends, trend: Trend) -> str:
    """Return what a trend amounts to, in a sentence."""
    late, early = trend.late / trends.late, trend.early / trends.early
    return translate("Trends", "{papers}: {late} of what came since {day}, {early} before.").format(
        papers=papers(trend.late), late=percent(late), early=percent(early), day=since(trends)
    )


def compared(trends: Trends) -> str:
    """Return what is compared with what, in a sentence."""
    before = [period for period in trends.periods if not is_late(trends, period)]
    first, last = (when(trends, period) for period in (before[0], before[-1]))
    if trends.by == "day":
        first, last = _day(before[0].first), _day(before[-1].last)
    span = first if first == last else translate("Trends", "{first} to {last}").format(first=first, last=last)
    return translate("Trends", "{late} since {day}, against {early} of {span}.").format(
        late=papers(trends.late), early=papers(trends.early), day=since(trends), span=span
    )


def is_late(trends: Trends, period: Period) -> bool:
    """Say whether a period is one of those since."""
    return period.first >= (trends.since or "")


def since(trends: Trends) -> str:
    """Return since when papers count as late."""
    return (trends.since or "")[:4] if trends.by == "year" else _day(trends.since or "")


def when(trends: Trends, period: Period) -> str:
    """Return a period in words."""
    if trends.by == "year":
        return period.first[:4]
    if period.first == period.last:
        return _day(period.first)
    return translate("Trends", "{first} to {last}").format(first=_day(period.first), last=_day(period.last))


def percent(share: float) -> str:
    """Return a share as a percentage, small ones with a decimal."""
    hundredths = share * 100
    return translate("Trends", "{n} %").format(n=QLocale().toString(hundredths, "f", 1 if 0 < hundredths < 9.95 else 0))


def papers(count: int) -> str:
    """Return a number of papers in words."""
    return translate("Stats", "1 paper") if count == 1 else translate("Stats", "{n} papers").format(n=_number(count))


def _percents(top: float) -> Sequence[tuple[float, str]]:
    return [(0.0, percent(0.0)), (top, percent(top))] if top else []


def _short(trends: Trends, period: Period) -> str:
    if trends.by == "year":
        return period.first[:4]
    day = date.fromisoformat(period.first)
    return day_in_words(day, year=False)


def _number(count: int) -> str:
    return QLocale().toString(count)


def _day(day: str) -> str:
    return day_in_words(date.fromisoformat(day))
