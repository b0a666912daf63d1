"""Cut a text into words and fold them: the one place that says what a word is.

The index, the plain meaning of a query and the marks on the screen all use it, so that they agree.

A word is a run of letters and digits; each Chinese, Japanese kana, or Thai character is a word by itself (a
query of several is a phrase). Its form is folded: compatibility forms and width (NFKC), case, accents, and the
letters that Unicode does not decompose ("ø", "ł").

>>> [word.form for word in words("Crème brûlée: GPT-4")]
['creme', 'brulee', 'gpt', '4']
>>> [word.form for word in words("注意機構")]
['注', '意', '機', '構']
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import compress
from typing import NamedTuple

import snowballstemmer

# Scripts written without spaces: Thai, Lao, Myanmar, Khmer, kana, Han with its extensions. Hangul has spaces.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
# A combining mark (accents written apart, vowel signs) belongs to the letter before it.
_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0903\u093a-\u094f\u200c\u200d"
_WORD = re.compile(f"[{_UNSPACED}]|(?:(?![{_UNSPACED}_])\\w[{_MARKS}]*)+")
# The same for texts without any of these characters, in half the time; and for ASCII.
_SPECIAL = re.compile(f"[{_UNSPACED}{_MARKS}]")
_PLAIN_WORD = re.compile(r"[^\W_]+")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
# Small letters for capitals, a space for what is no letter or digit: three quarters of an expression's time.
_ASCII = bytes(ord(chr(byte).lower()) if byte < 128 and chr(byte).isalnum() else 32 for byte in range(256))
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŧ": "t"}
)
_MAX_FORM = 64


class Word(NamedTuple):
    """One word of a text: its folded form and where it stands, in code points."""

    form: str
    start: int
    end: int


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return `text` without regard to case, accents, width and compatibility forms.

    >>> fold("Ｗｉｄｅ Ångström STRASSE ﬁx")
    'wide angstrom strasse fix'
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c) and c not in "\u200c\u200d")
    return unicodedata.normalize("NFC", bare).translate(_LETTERS)


def words(text: str) -> Iterator[Word]:
    """Yield the words of `text` in order, with their places."""
    for match in _WORD.finditer(text):
        if form := _form(match.group()):
            yield Word(form, match.start(), match.end())


def forms(text: str) -> list[str]:
    """Return the folded forms of the words of `text`, in order; their places in the list are word positions.

    Equal to `[word.form for word in words(text)]`, and faster.
    """
    if text.isascii():
        found = text.encode("ascii").translate(_ASCII).decode("ascii").split()
    else:
        word = _WORD if _SPECIAL.search(text) else _PLAIN_WORD
        found = list(filter(None, map(_form, word.findall(text))))
    if len(text) > _MAX_FORM and max(map(len, found), default=0) > _MAX_FORM:
        return [form[:_MAX_FORM] for form in found]
    return found


def spelled(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """Return the forms of the words of `text` and, beside them, where each stands.

    Equal to what `words` yields, and faster.
    """
    if text.isascii():
        return forms(text), [match.span() for match in _ASCII_WORD.finditer(text.lower())]
    word = _WORD if _SPECIAL.search(text) else _PLAIN_WORD
    found, spans = [], []
    for match in word.finditer(text):
        if form := _form(match.group()):
            found.append(form)
            spans.append(match.span())
    return found, spans


@lru_cache(maxsize=65536)
def _form(word: str) -> str:
    """Return the form of one word; a letter that stands for several words (U+FDFA) is still one."""
    form = fold(word)
    if not form.isalnum():
        form = "".join(c for c in form if c.isalnum() or unicodedata.category(c).startswith("M"))
    return form[:_MAX_FORM]


_english = snowballstemmer.stemmer("english")


@lru_cache(maxsize=262144)
def stem(form: str) -> str:
    """Return the stem of a folded form (Snowball English for Latin letters; others are their own stem).

    >>> stem("languages"), stem("models"), stem("модели"), stem("gpt4")
    ('languag', 'model', 'модели', 'gpt4')
    """
    if len(form) < 3 or not (form.isascii() and form.isalpha()):
        return form
    return str(_english.stemWord(form))


def stems(words: Sequence[str]) -> list[str]:
    """Return the stem of each of some folded forms; for thousands of them faster than `stem`.

    >>> stems(["languages", "модели", "gpt4"])
    ['languag', 'модели', 'gpt4']
    """
    english = [len(form) > 2 and form.isascii() and form.isalpha() for form in words]
    found = iter(_english.stemWords(list(compress(words, english))))
    return [next(found) if is_english else form for form, is_english in zip(words, english, strict=True)]


def title_key(title: str) -> str:
    """Return what two spellings of one title have in common: the folded words, joined by spaces.

    Empty for a title without a letter or digit.
    """
    return " ".join(forms(title))
