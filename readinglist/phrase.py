"""Sentences that remember what they were made of, so that the window can say them in another language.

Layers that know no window say what there is to say in English; where values stand in a sentence, it is made here.

>>> told = phrase("“{name}” has {n:,} papers.", name="Tides", n=1200)
>>> told, told.template
('“Tides” has 1,200 papers.', '“{name}” has {n:,} papers.')
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

_PLAIN_TEMPLATE = re.compile(r"(?:[^{}]|{\w+(?:!r)?(?::,)?})*")
_DEEPEST = 4


class Phrase(str):
    """A finished sentence with its template and the values in it; a value may be a phrase itself."""

    __slots__ = ("template", "values")

    template: str
    values: Mapping[str, object]

    def in_other_words(
        self, translate: Callable[[str, object], str], number: Callable[[int], object] = lambda number: number
    ) -> str:
        """Return the sentence with its template, and those of the phrases in it, put through `translate`.

        That is given the template and what is counted in it, the value `n`, or None. Numbers are put through `number`.
        A translation that does not take the values gives way to the sentence as it is.
        """
        values = dict(self.values)
        for name, value in self.values.items():
            if isinstance(value, Phrase):
                values[name] = value.in_other_words(translate, number)
            elif isinstance(value, int):
                values[name] = number(value)
        try:
            said = translate(self.template, self.values.get("n"))
            return said.format(**values) if values else said
        except (KeyError, IndexError, ValueError, TypeError):
            return str(self)

    def __reduce__(self) -> tuple[object, ...]:
        """Let a phrase go to another process (pickle)."""
        return _made, (self.template, dict(self.values))


def phrase(template: str, /, **values: object) -> Phrase:
    """Return `template` with the values in their places (`str.format`), knowing both; of an error, what it says.

    Words of a library or of the system are a template without values: `ui/wording.py` knows the usual ones.
    """
    return _made(template, {name: _said(value) for name, value in values.items()})


def joined(parts: Iterable[str], between: str = "; ") -> Phrase:
    """Return phrases as one, in which each can still be said in another language.

    >>> joined([phrase("“{title}”", title="Tides"), "new"])
    '“Tides”; new'
    """
    values = {f"part{place}": part for place, part in enumerate(parts)}
    return phrase(between.join(f"{{{name}}}" for name in values), **values)


def taken_apart(text: str) -> str | list[Any]:
    """Return a sentence as JSON can hold it, so that it can be put together again by `put_together`.

    >>> put_together(taken_apart(phrase("“{title}” has {n} pages", title="Tides", n=9))).values["n"]
    9
    """
    if not isinstance(text, Phrase):
        return text
    plain = {name: taken_apart(value) if isinstance(value, str) else value for name, value in text.values.items()}
    held = {name: value if isinstance(value, str | int | list) else str(value) for name, value in plain.items()}
    return [text.template, held]


def put_together(kept: object, *, _depth: int = 0) -> str:
    """Return the sentence that was taken apart. Raise ValueError for what is none, or asks for more than its values.

    What is kept may come from elsewhere: a field with a width ("{n:>999999999}") would fill the memory.
    """
    if isinstance(kept, str):
        return kept
    match kept:
        case [str(template), dict(values)] if _depth < _DEEPEST and _PLAIN_TEMPLATE.fullmatch(template):
            parts = {k: put_together(v, _depth=_depth + 1) if isinstance(v, list) else v for k, v in values.items()}
            if all(isinstance(part, str | int) for part in parts.values()):
                with suppress(LookupError, TypeError):
                    return _made(template, parts)
    raise ValueError("this is no sentence")


def _said(value: object) -> object:
    if not isinstance(value, BaseException):
        return value
    if isinstance(value, OSError) and value.strerror:
        return phrase(value.strerror)
    return value.args[0] if value.args and isinstance(value.args[0], Phrase) else phrase(str(value))


def _made(template: str, values: Mapping[str, object]) -> Phrase:
    made = Phrase(template.format(**values) if values else template)
    made.template = template
    made.values = values
    return made
