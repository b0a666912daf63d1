"""What the command palette can find, and in which order. Knows no widget of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from PySide6.QtCore import QCoreApplication

from readinglist.paper import Paper
from readinglist.text.mathematics import as_text
from readinglist.text.words import fold
from readinglist.ui.actions import MENUS, SUBMENUS, Actions, key_text, plain_text
from readinglist.ui.fuzzy import folded, match
from readinglist.ui.row_text import meta_line, today
from readinglist.ui.views import View

translate = QCoreApplication.translate

Kind = Literal["action", "queue", "view", "search", "tag", "page", "paper", "query"]

_SHOWN = 60
_RECENT_SHOWN = 6
_USED_BONUS, _USED_FADES = 16.0, 0.85
_BONUS = {"action": 3.0, "queue": 4.0, "view": 4.0, "search": 3.0, "tag": 0.0, "page": 4.0, "paper": 0.0}
_EXACT = 6.0
_LONG = 0.05
"""What each character of a name takes from its score: of two that fit alike, the short one is meant."""
_BESIDE = 5.0
"""What each letter that stands beside the title takes."""
_DISABLED = -1000.0
_TYPING_ERROR = 72.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the palette.

    `key` names it ("action:actionStar", the key of a view, "paper:12", "query:…"). `detail` stands beside the title
    and is searched too. `shortcut` is the key that does the same. `text` is what is matched.
    """

    key: str
    kind: Kind
    title: str
    detail: str = ""
    icon: str = ""
    colour: str = ""
    shortcut: str = ""
    enabled: bool = True
    checked: bool = False
    text: str = field(default="", compare=False)


class Found(NamedTuple):
    """An entry and the letters that fit: places in "title detail"."""

    entry: Entry
    places: tuple[int, ...] = ()


def action_entries(actions: Actions) -> list[Entry]:
    """Return every action that there is now, in the order of the menus."""
    menus = {text.replace("&", ""): _plain(text) for text in MENUS}
    menus |= {path: f"{menus[path.split('/')[0]]} › {_plain(text)}" for path, text in SUBMENUS.items()}
    entries = []
    for row in actions.rows:
        action = actions[row.name]
        if action.isVisible() and row.name != "actionPalette":
            title = plain_text(action).rstrip("…")
            entries.append(
                _entry(
                    f"action:{row.name}",
                    "action",
                    title,
                    menus[row.menu],
                    icon=row.icon,
                    shortcut=key_text(action),
                    enabled=action.isEnabled(),
                    checked=action.isCheckable() and action.isChecked(),
                )
            )
    return entries


def view_entries(views: Iterable[View], colours: dict[str, str]) -> list[Entry]:
    """Return the lists of the sidebar; `colours` go from the name of a tag to '#rrggbb'."""
    entries = []
    details: dict[str, str] = {}  # there may be thousands of tags
    for view in views:
        title = view.key.partition(":")[2] if view.kind == "tag" else view.title
        detail = details.get(view.kind) or details.setdefault(view.kind, _kind_text(view.kind))
        entries.append(_entry(view.key, view.kind, title, detail, icon=view.icon, colour=colours.get(title, "")))
    return entries


def paper_entries(papers: Iterable[Paper]) -> list[Entry]:
    """Return papers by title, with their authors."""
    day = today()
    return [
        _entry(
            f"paper:{paper.id}",
            "paper",
            as_text(" ".join(paper.title.split())),
            meta_line(paper, day),
            icon="file-text",
        )
        for paper in papers
        if paper.trashed is None
    ]


def find(entries: Sequence[Entry], typed: str, used: Sequence[str]) -> list[Found]:
    """Return the entries that fit what is typed, the best first; `used` are keys, the one used last first.

    With nothing typed: what was used last, the papers looked at last, then the rest. Where nothing fits, what is
    spelt nearly so. A search for what is typed stands at the end.
    """
    words = folded(typed).split()
    if not words:
        return _unasked(entries, used)
    bonus = {key: _USED_BONUS * _USED_FADES**number for number, key in enumerate(used)}
    scored = []
    for number, entry in enumerate(entries):
        found = match(words, entry.text)
        if found is not None:
            score = found.score + bonus.get(entry.key, 0.0) + _BONUS[entry.kind] - _LONG * len(entry.title)
            score += _EXACT if found.places == tuple(range(len(entry.title))) else 0.0
            score -= _BESIDE * sum(place > len(entry.title) for place in found.places)
            scored.append((-score if entry.enabled else -score - _DISABLED, number, found.places))
    scored.sort()
    best = [Found(entries[number], places) for _, number, places in scored[:_SHOWN]]
    return [*(best or _alike(entries, typed)), Found(_query(typed))]


def _alike(entries: Sequence[Entry], typed: str) -> list[Found]:
    from rapidfuzz import fuzz, process  # 4 ms of every start

    names = [entry.text for entry in entries]
    found = process.extract(
        fold(typed), names, scorer=fuzz.partial_ratio, score_cutoff=_TYPING_ERROR, limit=_RECENT_SHOWN
    )
    return [Found(entries[number]) for _, _, number in found] if len(typed.strip()) > 2 else []


def _unasked(entries: Sequence[Entry], used: Sequence[str]) -> list[Found]:
    by_key = {entry.key: entry for entry in entries}
    first = [by_key[key] for key in used if key in by_key and by_key[key].enabled][:_RECENT_SHOWN]
    first += [entry for entry in entries if entry.kind == "paper"][:_RECENT_SHOWN]
    shown = {entry.key for entry in first}
    rest = (entry for entry in entries if entry.enabled and entry.kind != "paper" and entry.key not in shown)
    return [Found(entry) for entry in (*first, *rest)]


def _query(typed: str) -> Entry:
    words = typed.strip()
    return Entry(
        f"query:{words}", "query", translate("Palette", "Search papers for “{text}”").format(text=words), icon="search"
    )


def _entry(key: str, kind: Kind, title: str, detail: str, **more: object) -> Entry:
    return Entry(key, kind, title, detail, text=folded(f"{title} {detail}"), **more)  # type: ignore[arg-type]


def _kind_text(kind: str) -> str:
    return {
        "queue": translate("Palette", "List"),
        "view": translate("Palette", "List"),
        "page": translate("Palette", "Page"),
        "search": translate("Palette", "Saved search"),
        "tag": translate("Palette", "Tag"),
    }[kind]


def _plain(menu: str) -> str:
    return QCoreApplication.translate("Actions", menu).replace("&", "")
