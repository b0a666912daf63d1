"""Which keys belong to which action: the usual ones, what the reader changed, and where the two want the same.

Pure: takes and gives texts ("Ctrl+Shift+Z", "G, I"), as Qt writes keys in every language.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

_NEVER = ("Esc", "Tab", "Shift+Tab")
"""They close, leave and go round everywhere."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A key that two actions want: `kept_by` has it, `lost_by` does not. Both are names of actions."""

    key: str
    kept_by: str
    lost_by: str


@dataclass(frozen=True, slots=True)
class Bound:
    """The keys of every action by its name, and what went wrong on the way: clashes, and texts that are no key."""

    keys: Mapping[str, tuple[str, ...]]
    clashes: Sequence[Clash]
    unknown: Sequence[str]


def normal_key(text: str) -> str | None:
    """Return a key as Qt writes it, or None when it is none or one that can belong to no action.

    >>> normal_key("ctrl+shift+z"), normal_key("g,i"), normal_key("Esc"), normal_key("Ctrl+")
    ('Ctrl+Shift+Z', 'G, I', None, None)
    """
    sequence = QKeySequence.fromString(text, QKeySequence.SequenceFormat.PortableText)
    written = sequence.toString(QKeySequence.SequenceFormat.PortableText)
    keys = [sequence[number].key() for number in range(sequence.count())]  # type: ignore[index]
    if not written or Qt.Key.Key_unknown in keys or written in _NEVER:
        return None
    return written


_ON_MAC = {"Ctrl": "⌘", "Shift": "⇧", "Alt": "⌥", "Enter": "↩", "Backspace": "⌫", "Tab": "⇥", "Esc": "⎋"}
_OTHERWISE_ON_MAC = {"Ctrl+Space": "⌃Space"}
"""Where ⌘ belongs to the system."""


def key_here(text: str, *, mac: bool = sys.platform == "darwin") -> str:
    """Return a key of an editor ("Ctrl+Enter"), which is no action's, as it is called here: as the keys of actions are.

    >>> key_here("Ctrl+Enter", mac=True), key_here("Ctrl+Enter", mac=False)
    ('⌘↩', 'Ctrl+Enter')
    """
    if mac and text in _OTHERWISE_ON_MAC:
        return _OTHERWISE_ON_MAC[text]
    return "".join(_ON_MAC.get(part, part) for part in text.split("+")) if mac else text


def bind(usual: Mapping[str, Sequence[str]], chosen: Mapping[str, Sequence[str]]) -> Bound:
    """Give each action its keys: those `chosen` for it, else the `usual` ones, by names of actions.

    What was chosen goes before what is usual; of two equals the first in the table has the key. A key that begins
    another ("G" and "G, I") takes it away.
    """
    keys: dict[str, list[str]] = {name: [] for name in usual}
    clashes: list[Clash] = []
    unknown: list[str] = []
    owners: dict[str, str] = {}
    begun: dict[str, str] = {}
    for wanted in (chosen, {name: texts for name, texts in usual.items() if name not in chosen}):
        for name in usual:
            for text in wanted.get(name, ()):
                key = normal_key(text)
                if key is None:
                    unknown.append(text)
                    continue
                other = next((owners[part] for part in (*_beginnings(key), key) if part in owners), begun.get(key))
                if other is None:
                    keys[name].append(key)
                    owners[key] = name
                    begun |= dict.fromkeys(_beginnings(key), name)
                elif other != name:
                    clashes.append(Clash(key, other, name))
    return Bound({name: tuple(texts) for name, texts in keys.items()}, clashes, unknown)


def owner(keys: Mapping[str, Iterable[str]], key: str, *, besides: str) -> str | None:
    """Return the action, other than `besides`, that has a key or one that could not be told from it."""
    for name, texts in keys.items():
        if name != besides and any(_meet(key, text) for text in texts):
            return name
    return None


def _meet(one: str, other: str) -> bool:
    return one == other or one in _beginnings(other) or other in _beginnings(one)


def _beginnings(key: str) -> list[str]:
    """Return what a row of keys begins with, without itself: ["G"] for "G, I"."""
    parts = key.split(", ")
    return [", ".join(parts[:count]) for count in range(1, len(parts))]
