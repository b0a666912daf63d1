"""Whatever is told of bad input can be said in another language: each sentence, and each within it, is gathered.

`resources/translations.py` gathers the sentences of the layers below the window. What the readers of all formats, of
lists of feeds and of queries say of damaged input is held to that list here, and so is what parsers can say.
"""

from __future__ import annotations

import json
import random
import re
import xml.parsers.expat.errors as expat_errors
from collections.abc import Iterator
from inspect import getsource
from pathlib import Path
from xml.parsers import expat

import pytest

from readinglist.errors import Problem, QueryError, ReadingListError
from readinglist.feeds.opml import read_opml
from readinglist.formats.source import Source
from readinglist.formats.table import FORMATS
from readinglist.phrase import Phrase
from readinglist.query.parse import parse
from readinglist.ui.reasons import REASONS
from tests.faults.fuzz_formats import read, rounds
from tests.faults.fuzz_query import random_query
from tests.scripts import script

_ROUNDS, _SEED = 500, 17
_WRONG_USE = (
    *("XML_ERROR_UNEXPECTED_STATE", "XML_ERROR_FEATURE_REQUIRES_XML_DTD", "XML_ERROR_CANT_CHANGE_FEATURE_ONCE_PARSING"),
    *("XML_ERROR_SUSPENDED", "XML_ERROR_NOT_SUSPENDED", "XML_ERROR_FINISHED", "XML_ERROR_SUSPEND_PE"),
    *("XML_ERROR_INVALID_ARGUMENT", "XML_ERROR_NO_BUFFER"),
)
"""What Expat says to a program that uses it wrongly."""


@pytest.fixture(scope="module")
def gathered() -> frozenset[str]:
    return frozenset(script("translations").phrases())


def sentences(message: str) -> Iterator[str]:
    """Yield what is translated of a message: its template and those of the sentences in it, or the whole."""
    yield message.template if isinstance(message, Phrase) else message
    if isinstance(message, Phrase):
        for value in message.values.values():
            if isinstance(value, Phrase):
                yield from sentences(value)


def told_of(data: bytes, format_name: str | None) -> Iterator[str]:
    """Yield what is told of a file as papers, and as a list of feeds."""
    for reads in (lambda: read(data, format_name), lambda: read_opml(Source("fuzz", data=data))):
        try:
            yield from (item.message for item in reads() if isinstance(item, Problem))
        except ReadingListError as error:
            yield error.message


def test_what_is_told_of_damaged_files_can_be_said_in_another_language(gathered: frozenset[str]) -> None:
    source = random.Random(_SEED)
    names = [name for name, each in FORMATS.items() if each.read is not None]
    unknown = {
        sentence: (seed, name)
        for seed, _, data in rounds(_ROUNDS, source, ())
        for name in (None, source.choice(names))
        for message in told_of(data, name)
        for sentence in sentences(message)
        if sentence and not _templates_hold(sentence, gathered)
    }
    assert unknown == {}


def _templates_hold(sentence: str, gathered: frozenset[str]) -> bool:
    return sentence in gathered or re.fullmatch(r"(?:\{part\d+\}(?:; )?)+", sentence) is not None


def test_what_is_told_of_wrong_queries_can_be_said_in_another_language(gathered: frozenset[str]) -> None:
    source = random.Random(_SEED)
    unknown: dict[str, str] = {}
    told = 0
    for _ in range(5 * _ROUNDS):
        query = random_query(source)
        try:
            parse(query)
        except QueryError as error:
            told += 1
            unknown |= {sentence: query for sentence in sentences(error.message) if sentence not in gathered}
    assert unknown == {}
    assert told > _ROUNDS


def test_a_sentence_that_is_made_without_a_template_is_seen(gathered: frozenset[str]) -> None:
    assert not all(sentence in gathered for sentence in sentences(f"there is no title in {Path('x')}"))


# -- parsers --------------------------------------------------------------------------------------


def test_all_that_expat_says_is_there_for_translators() -> None:
    codes = {
        getattr(expat_errors, name)
        for name in dir(expat_errors)
        if name.startswith("XML_ERROR_") and name not in _WRONG_USE
    }
    assert codes - set(REASONS) == set()
    assert expat.ErrorString(3) in REASONS


def test_all_that_the_json_decoder_says_is_there_for_translators() -> None:
    code = getsource(json.decoder) + getsource(json.scanner)  # type: ignore[attr-defined]
    said = set(re.findall(r"JSONDecodeError\(\s*\"([^\"]+)\"", code))
    assert len(said) > 4
    assert said - set(REASONS) == set()


@pytest.mark.parametrize(
    "text", ['"\n"', r'"\q"', r'"\u12"', '"', "{1", "[1,]", "[1 2]", '{"a" 1}', '{"a":1,}', "", "1 2"]
)
def test_what_json_says_of_a_text_is_there_for_translators(text: str) -> None:
    with pytest.raises(json.JSONDecodeError) as caught:
        json.loads(text)
    assert caught.value.msg in REASONS
