"""What an index must have been made for and by to be of use. Knows nothing of files."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

from readinglist.text.words import forms, stem

FORMAT = 2
"""Raise it with every change of a segment's arrays, of the fields or of what is kept beside."""

_SAMPLE = (
    "The Languages of Models, running faster: naïve Ångström STRASSE ﬁx Ｗｉｄｅ GPT-4 x_y 3.14 don't "
    "注意機構 カタカナ Модели внимания ørsted Łódź ভাষা ภาษา 언어"
)


def text_version() -> int:
    """Return a number that changes when words are cut, folded or stemmed in another way.

    It is taken from what becomes of a sample, so a new version of the stemmer or of Unicode counts too.
    """
    found = forms(_SAMPLE)
    return zlib.crc32("\n".join([*found, *map(stem, found)]).encode())


@dataclass(frozen=True, slots=True)
class Stamp:
    """A library, and how its papers are turned into an index; an index with another stamp is thrown away."""

    library: str
    format: int = FORMAT
    text: int = field(default_factory=text_version)
