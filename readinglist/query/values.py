"""Read what stands after a field's colon. Knows nothing of where in the query it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from readinglist.paper import PaperId
from readinglist.phrase import phrase
from readinglist.query.dates import may_become_date, read_dates
from readinglist.query.fields import SORT_DESCENDING, SOURCE_ALIASES, Field, FieldValueError, Kind, close_value
from readinglist.query.nodes import (
    AnyTag,
    DateRange,
    Identifier,
    NoTag,
    NumberRange,
    PaperIds,
    Presence,
    SearchName,
    SortKey,
    SourceName,
    State,
    TagPath,
    Value,
)
from readinglist.query.printer import quoted
from readinglist.text.identifiers import normal_arxiv, normal_doi
from readinglist.text.words import fold

_NUMBER = re.compile(r"(<=|>=|<|>|=)?\s*(-?[0-9]{1,9})")
_NUMBERS = re.compile(r"(-?[0-9]{1,9})?\s*\.\.\s*(-?[0-9]{1,9})?")
_NUMBER_BEGUN = re.compile(r"(?:<=?|>=?|=)?\s*-?|(?:-?[0-9]{1,9})?\s*\.(?:\.\s*-?)?")
_IDS = re.compile(r"[0-9]{1,18}(?:\s*,\s*[0-9]{1,18})*")
_IDS_BEGUN = re.compile(r"[0-9]{1,18}(?:\s*,\s*[0-9]{1,18})*\s*,")


def read_value(field: Field, text: str) -> Value:
    """Return the value that `text` is for a field of any kind but TEXT and SORT.

    Raises FieldValueError with a sentence for the reader.
    """
    text = text.strip()
    if not text:
        raise FieldValueError(
            phrase("“{name}:” needs a value, for example {example}.", name=field.name, example=field.example)
        )
    match field.kind:
        case Kind.TAG:
            return _tag(text)
        case Kind.STATE:
            return State(_one_of(field, text))
        case Kind.PRESENCE:
            return Presence(_one_of(field, text))
        case Kind.NUMBER:
            return _numbers(field, fold(text))
        case Kind.DATE:
            return DateRange(read_dates(fold(text), ahead=field.ahead))
        case Kind.DOI:
            if not (doi := normal_doi(text)):
                raise FieldValueError(phrase("“{text}” is no DOI; one looks like 10.1000/182.", text=text))
            return Identifier(doi)
        case Kind.ARXIV:
            if not (arxiv := normal_arxiv(text)):
                raise FieldValueError(phrase("“{text}” is no arXiv id; one looks like 2401.00001.", text=text))
            return Identifier(arxiv[0])
        case Kind.IDS:
            return _ids(fold(text))
        case Kind.SOURCE:
            return SourceName(SOURCE_ALIASES.get(fold(text), fold(text)))
        case Kind.SEARCH:
            return SearchName(unicodedata.normalize("NFC", text))
        case _:
            raise TypeError(f"{field.name} has no value of its own")


def read_sort(field: Field, text: str) -> SortKey:
    """Return the key to order by that `text` ("year", "-added") names. Raises FieldValueError."""
    name = fold(text.strip())
    turned = name.startswith("-")
    name = name.removeprefix("-")
    if name not in SORT_DESCENDING:
        close = close_value(name, SORT_DESCENDING)
        raise FieldValueError(
            phrase(
                "There is no order “{name}”; there are {names}.",
                name=name,
                names=_listed(SORT_DESCENDING),
            )
            if name
            else "By what?",
            f"{'-' if turned else ''}{close}" if close else None,
        )
    return SortKey(name, SORT_DESCENDING[name] != turned)


def may_become_value(field: Field, text: str) -> bool:
    """Say whether more typing could turn `text` into a value of `field`, which it is not yet."""
    if field.kind in (Kind.STATE, Kind.PRESENCE, Kind.SORT):
        typed = fold(text.strip()).removeprefix("-" if field.kind is Kind.SORT else "")
        return any(choice.text.startswith(typed) for choice in field.values)
    typed = fold(text.strip())
    match field.kind:
        case Kind.NUMBER:
            return _may_become_number(typed)
        case Kind.DATE:
            return may_become_date(typed)
        case Kind.IDS:
            return bool(_IDS_BEGUN.fullmatch(typed))
        case _:
            return True


def _may_become_number(text: str) -> bool:
    if span := _NUMBERS.fullmatch(text):
        low, high = span.groups()
        return not low or not high or len(high) < len(low)
    return bool(_NUMBER_BEGUN.fullmatch(text))


def _tag(text: str) -> Value:
    name = unicodedata.normalize("NFC", text).strip("/").strip()
    if not name:
        raise FieldValueError("“tag:” needs a name, for example tag:nlp/parsing.")
    match name.casefold():
        case "none":
            return NoTag()
        case "any":
            return AnyTag()
    return TagPath(name)


def _one_of(field: Field, text: str) -> str:
    names = [choice.text for choice in field.values]
    name = fold(text)
    if name not in names:
        close = close_value(name, names)
        known = (
            phrase(
                "“{name}:” knows no “{text}”. Did you mean “{name}:{close}”?", name=field.name, text=text, close=close
            )
            if close
            else phrase(
                "“{name}:” knows no “{text}”. There are {known}.", name=field.name, text=text, known=_listed(names)
            )
        )
        raise FieldValueError(known, close)
    return name


def _numbers(field: Field, text: str) -> NumberRange:
    if span := _NUMBERS.fullmatch(text):
        low, high = (int(part) if part else None for part in span.groups())
        if low is not None and high is not None and low > high:
            raise FieldValueError(
                phrase("The range {low}..{high} ends before it begins.", low=low, high=high), f"{high}..{low}"
            )
        if low is not None or high is not None:
            return NumberRange(low, high)
    elif one := _NUMBER.fullmatch(text):
        number = int(one.group(2))
        match one.group(1):
            case ">":
                return NumberRange(number + 1, None)
            case ">=":
                return NumberRange(number, None)
            case "<":
                return NumberRange(None, number - 1)
            case "<=":
                return NumberRange(None, number)
            case _:
                return NumberRange(number, number)
    if field.name == "tags":
        meant = f"tag:{quoted(text)}"
        raise FieldValueError(
            phrase("“tags:” counts tags. Did you mean “{meant}”?", meant=meant), meant, whole_term=True
        )
    name = field.name
    raise FieldValueError(phrase("“{name}:” needs a number, such as {name}:5, {name}:2..7 or {name}:>3.", name=name))


def _ids(text: str) -> PaperIds:
    if not _IDS.fullmatch(text):
        raise FieldValueError("“id:” needs the number of a paper, or several with commas: id:3,5,9.")
    return PaperIds(tuple(dict.fromkeys(PaperId(int(part)) for part in text.split(","))))


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return phrase("{some} and {last}", some=", ".join(first), last=last)
