"""Trees and queries to draw from."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from readinglist.paper import PaperId
from readinglist.query.dates import read_dates
from readinglist.query.fields import FIELDS, SORT_DESCENDING, FieldValueError, Kind
from readinglist.query.nodes import (
    TEXT_FIELDS,
    AnyTag,
    DateRange,
    Everything,
    Filter,
    Identifier,
    Node,
    NoTag,
    NumberRange,
    PaperIds,
    Presence,
    Query,
    SearchName,
    SortKey,
    SourceName,
    State,
    TagPath,
    Text,
    Value,
    conjunction,
    disjunction,
    negation,
)
from readinglist.query.values import read_value
from readinglist.text.words import fold, forms

_characters = st.characters(exclude_categories=["Cs"])
_some_text = st.one_of(
    st.text(_characters, min_size=1, max_size=12),
    st.text("aB1é注 \"\\()-~*:|'.\n", min_size=1, max_size=12),
    st.sampled_from(["AND", "OR", "NOT", "a", "sparse code", "GPT-4V(ision)", "tag:x", "title:", "-b", "c*", "d~2"]),
)


def _leaf(text: str, field: str | None, *, prefix: bool, fuzzy: int) -> Text:
    single = len(forms(text)) == 1
    return Text(text, field, prefix=prefix, fuzzy=fuzzy if single and not prefix else 0)


texts = st.builds(
    _leaf,
    _some_text.filter(lambda text: bool(forms(text))),
    st.none() | st.sampled_from(TEXT_FIELDS),
    prefix=st.booleans(),
    fuzzy=st.integers(0, 2),
)


def _reads_as(kind: Kind, text: str, value: Value) -> bool:
    field = next(field for field in FIELDS.values() if field.kind is kind)
    try:
        return read_value(field, text) == value
    except FieldValueError:
        return False


def _range(pair: tuple[int | None, int | None]) -> NumberRange:
    low, high = pair
    return NumberRange(high, low) if low is not None and high is not None and low > high else NumberRange(low, high)


_number = st.none() | st.integers(-10_000, 10_000)
_numbers = st.tuples(_number, _number).filter(lambda pair: pair != (None, None)).map(_range)
_point = st.one_of(
    st.dates().map(str), st.sampled_from(["today", "yesterday", "tomorrow", "7d", "2w", "3m", "1y", "2026", "2026-03"])
)


def _is_date(text: str) -> bool:
    try:
        return read_dates(text, ahead=False) == read_dates(text, ahead=True) == text
    except FieldValueError:
        return False


_dates = st.one_of(
    _point,
    st.builds(str.__add__, st.sampled_from(["<", "<=", ">", ">="]), _point),
    st.builds(str.__add__, _point, st.just("..")),
    st.builds("{}..{}".format, _point, _point),
).filter(_is_date)


def _of(kind: Kind) -> list[str]:
    return [field.name for field in FIELDS.values() if field.kind is kind]


filters = st.one_of(
    st.builds(
        Filter,
        st.just("tag"),
        st.one_of(
            _some_text.filter(lambda text: _reads_as(Kind.TAG, text, TagPath(text))).map(TagPath),
            st.just(NoTag()),
            st.just(AnyTag()),
        ),
    ),
    st.builds(Filter, st.just("is"), st.sampled_from([State(choice.text) for choice in FIELDS["is"].values])),
    st.builds(Filter, st.just("has"), st.sampled_from([Presence(choice.text) for choice in FIELDS["has"].values])),
    st.builds(Filter, st.sampled_from(_of(Kind.NUMBER)), _numbers),
    st.builds(Filter, st.sampled_from(_of(Kind.DATE)), _dates.map(DateRange)),
    st.builds(Filter, st.just("doi"), st.sampled_from([Identifier("10.1000/x(1)2"), Identifier("10.1000/182")])),
    st.builds(Filter, st.just("arxiv"), st.sampled_from([Identifier("2401.00001"), Identifier("hep-th/9901001")])),
    st.builds(
        Filter,
        st.just("id"),
        st.lists(st.integers(0, 10**9).map(PaperId), min_size=1, max_size=4, unique=True).map(
            lambda ids: PaperIds(tuple(ids))
        ),
    ),
    st.builds(
        Filter,
        st.just("source"),
        _some_text.map(fold).filter(lambda text: _reads_as(Kind.SOURCE, text, SourceName(text))).map(SourceName),
    ),
    st.builds(
        Filter,
        st.just("search"),
        _some_text.filter(lambda text: _reads_as(Kind.SEARCH, text, SearchName(text))).map(SearchName),
    ),
)


def _inner(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    some = st.lists(nodes, min_size=2, max_size=4)
    return st.one_of(some.map(conjunction), some.map(disjunction), nodes.map(negation)).map(
        lambda node: node or Everything()
    )


_nodes = st.recursive(texts | filters, _inner, max_leaves=12)
_sorts = st.lists(st.builds(SortKey, st.sampled_from(list(SORT_DESCENDING)), st.booleans()), max_size=2).map(tuple)


@pytest.fixture(scope="session")
def trees() -> st.SearchStrategy[Node]:
    """Trees in their plain form, of everything the language has."""
    return _nodes


@pytest.fixture(scope="session")
def queries() -> st.SearchStrategy[Query]:
    """Queries of such trees, with orders; sometimes of everything."""
    return st.builds(Query, _nodes | st.just(Everything()), _sorts)
