"""YAML as foreign text: read within limits, written so that every reader of YAML agrees on what it says.

The library parses; what is here builds the values, so that there are no aliases ("billion laughs"), no tags that make
objects, no deep nesting, no key twice, and of the types only those of YAML 1.2's core schema: "no" and "2026-03-11"
are texts. Knows nothing of papers.

    title: On lists
    tags: [a, b]
    -> {"title": "On lists", "tags": ["a", "b"]}
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import yaml

from readinglist.formats.fields import BadRecord
from readinglist.formats.json_text import encode_json
from readinglist.formats.source import USUAL, Limits
from readinglist.phrase import phrase
from readinglist.text.clean import clean_line

# libyaml where the wheel has it: ten times as fast.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?[0-9]{1,19}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]{1,40}|[0-9]{1,40}(?:\.[0-9]{0,40})?)(?:[eE][-+]?[0-9]{1,3})?")
_PLAIN = re.compile(
    r"[A-Za-z](?:[\w./()'&;-]|,|(?<=\S) (?=[^\s#]))*|\d{4}-\d\d(?:-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?Z)?)?", re.ASCII
)
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_LONG_KEY = 500


def read_yaml(text: str, *, as_text: Collection[str] = (), limits: Limits = USUAL) -> Any:
    """Return the value of one YAML document: dict, list, text, number, truth value or None.

    Below the keys of `as_text` on the first level, plain numbers and words stay the text they are ("2401.10000").
    Raise `BadRecord` for what is no YAML, holds an alias or a key twice, or nests too deeply.
    """
    try:
        events = yaml.parse(text, Loader=_LOADER)
        value = _Builder(events, frozenset(as_text), limits).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = phrase(error.problem or error.context or "")
        if mark:
            said = phrase("{said}, on line {number}", said=said, number=mark.line + 1)
        raise BadRecord(phrase("this is not valid YAML: {said}", said=said)) from None
    except (yaml.YAMLError, UnicodeEncodeError):
        raise BadRecord("this is not valid YAML: it holds characters that stand for nothing") from None
    return value


class _Builder:
    def __init__(self, events: Iterator[Any], as_text: frozenset[str], limits: Limits) -> None:
        self._events = events
        self._as_text = as_text
        self._nesting = limits.nesting

    def document(self) -> Any:
        """Return the value of the only document."""
        value = None
        count = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                count += 1
                if count > 1:
                    raise BadRecord("this holds more than one YAML document")
                value = self._value(next(self._events), 1, text=False)
        return value

    def _value(self, event: Any, depth: int, *, text: bool) -> Any:
        if depth > self._nesting:
            raise BadRecord(phrase("this nests more than {nesting} levels deep", nesting=self._nesting))
        if isinstance(event, yaml.ScalarEvent):
            is_plain = event.implicit[0] and not text
            return _plain_value(event.value) if is_plain else None if _is_null(event) else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            found = []
            while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
                found.append(self._value(event, depth + 1, text=text))
            return found
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(depth, text=text)
        raise BadRecord("this uses an alias of YAML, which is not read")

    def _mapping(self, depth: int, *, text: bool) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise BadRecord("this has a key that is no text")
            key = event.value
            if key in found:
                raise BadRecord(phrase("the key {key!r} stands twice in it", key=clean_line(key[:40])))
            found[key] = self._value(next(self._events), depth + 1, text=text or (depth == 1 and key in self._as_text))
        return found


def _is_null(event: Any) -> bool:
    return bool(event.implicit[0]) and event.value in ("", "~", "null", "Null", "NULL")


def _plain_value(text: str) -> Any:
    """Return what a plain scalar means by YAML 1.2 §10.3.2 (decimal numbers only)."""
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE"):
        return True
    if text in ("false", "False", "FALSE"):
        return False
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def write_yaml(values: Mapping[str, Any]) -> str:
    """Return a mapping as YAML, a key a line; its keys are plain words. Inside, objects stand as JSON on one line.

    >>> print(write_yaml({"title": "No: 7", "tags": ["a b", "no"], "more": {"x": 1.5}}), end="")
    title: "No: 7"
    tags:
      - a b
      - "no"
    more: {"x": 1.5}
    """
    lines = []
    for key, value in values.items():
        if isinstance(value, list) and value:
            lines.append(f"{key}:\n")
            lines += [f"  - {_one_line(each)}\n" for each in value]
        else:
            lines.append(f"{key}: {_one_line(value)}\n")
    return "".join(lines)


def _one_line(value: Any) -> str:
    if isinstance(value, str):
        is_plain = _PLAIN.fullmatch(value) and value.lower() not in _WORDS and len(value) < 1000
        return value if is_plain else encode_json(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _flow(value)


def _flow(value: Any) -> str:
    """Return a value as JSON, which YAML 1.2 is a superset of, but for keys over 1,024 characters (§7.4.3)."""
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {_flow(entry)}" for key, entry in value.items()) + "}"
    return encode_json(value)


def _key(key: str) -> str:
    return ("? " if len(key) > _LONG_KEY else "") + encode_json(key)
