"""Queries as people type them: what they mean, and what is said of those that mean nothing."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from readinglist.errors import QueryError
from readinglist.query.nodes import (
    And,
    AnyTag,
    DateRange,
    Everything,
    Filter,
    Identifier,
    Node,
    Not,
    NoTag,
    NumberRange,
    Or,
    PaperIds,
    Presence,
    SearchName,
    SortKey,
    SourceName,
    State,
    TagPath,
    Text,
)
from readinglist.query.parse import MAX_CHARACTERS, MAX_DEPTH, MAX_TERMS, parse
from readinglist.query.printer import to_text
from tests.pace import slowness

A, B, C = Text("a"), Text("b"), Text("c")


def error(query: str, *, typing: bool = False) -> QueryError:
    with pytest.raises(QueryError) as caught:
        parse(query, typing=typing)
    return caught.value


@pytest.mark.parametrize(
    ("query", "node"),
    [
        ("", Everything()),
        ("  \n ", Everything()),
        ("a", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b", Or((A, B))),
        ("a | b", Or((A, B))),
        ("a b OR c", Or((And((A, B)), C))),
        ("a (b OR c)", And((A, Or((B, C))))),
        ("a (b c)", And((A, B, C))),
        ("-c", Not(C)),
        ("NOT c", Not(C)),
        ("a -c b", And((A, Not(C), B))),
        ("a NOT NOT b", And((A, B))),
        ("-(a OR b)", Not(Or((A, B)))),
        ("NOT (a b)", Not(And((A, B)))),
        ("a OR NOT b", Or((A, Not(B)))),
        ("(a)(b)", And((A, B))),
        ("(a OR b), c", And((Or((A, B)), C))),
        ("or and not", And((Text("or"), Text("and"), Text("not")))),
    ],
)
def test_words_and_operators(query: str, node: Node) -> None:
    assert parse(query).node == node


@pytest.mark.parametrize(
    ("query", "node"),
    [
        ('"logit lens"', Text("logit lens")),
        ('-"logit lens"', Not(Text("logit lens"))),
        ("transform*", Text("transform", prefix=True)),
        ('"large language mod"*', Text("large language mod", prefix=True)),
        ("fuzy~", Text("fuzy", fuzzy=1)),
        ("language~", Text("language", fuzzy=2)),
        ("fuzy~2", Text("fuzy", fuzzy=2)),
        ("language~1", Text("language", fuzzy=1)),
        ("GPT-4~", Text("GPT-4")),
        ("title:sparse", Text("sparse", "title")),
        ("-title:sparse*", Not(Text("sparse", "title", prefix=True))),
        ('title:(sparse "auto encoder")', And((Text("sparse", "title"), Text("auto encoder", "title")))),
        ("note:(a OR -b)", Or((Text("a", "note"), Not(Text("b", "note"))))),
        ("title:(a author:b)", And((Text("a", "title"), Text("b", "author")))),
        (r'"say \"a\" \\ b"', Text(r'say "a" \ b')),
        ('"Small"-scale', And((Text("Small"), Text("-scale")))),
    ],
)
def test_phrases_prefixes_errors_and_fields_of_text(query: str, node: Node) -> None:
    assert parse(query).node == node


@pytest.mark.parametrize(
    ("query", "node"),
    [
        ("tag:nlp/parsing", Filter("tag", TagPath("nlp/parsing"))),
        ('tag:"to cite"', Filter("tag", TagPath("to cite"))),
        ("tag:/nlp/", Filter("tag", TagPath("nlp"))),
        ("tag:NONE", Filter("tag", NoTag())),
        ("tag:any", Filter("tag", AnyTag())),
        ("tag:(a OR b)", Or((Filter("tag", TagPath("a")), Filter("tag", TagPath("b"))))),
        ("tag:c++", Filter("tag", TagPath("c++"))),
        ("is:Starred", Filter("is", State("starred"))),
        ("has:code", Filter("has", Presence("code"))),
        ("year:2023", Filter("year", NumberRange(2023, 2023))),
        ("year:2020..2023", Filter("year", NumberRange(2020, 2023))),
        ("year:..2020", Filter("year", NumberRange(None, 2020))),
        ("year:>=2021", Filter("year", NumberRange(2021, None))),
        ("upvotes:>10", Filter("upvotes", NumberRange(11, None))),
        ("upvotes:<0", Filter("upvotes", NumberRange(None, -1))),
        ("tags:<=3", Filter("tags", NumberRange(None, 3))),
        ("added:today", Filter("added", DateRange("today"))),
        ("until:<2W", Filter("until", DateRange("<2w"))),
        ("listed:2026-3-1", Filter("listed", DateRange("2026-03-01"))),
        ("doi:https://doi.org/10.1000/X(1)2", Filter("doi", Identifier("10.1000/x(1)2"))),
        ("arxiv:2401.00001v3", Filter("arxiv", Identifier("2401.00001"))),
        ("id:12", Filter("id", PaperIds((12,)))),  # type: ignore[arg-type]
        ("id:3,5,9,3", Filter("id", PaperIds((3, 5, 9)))),  # type: ignore[arg-type]
        ("source:HF", Filter("source", SourceName("huggingface"))),
        ('search:"to read"', Filter("search", SearchName("to read"))),
        ("year:２０２３", Filter("year", NumberRange(2023, 2023))),
    ],
)
def test_filters(query: str, node: Node) -> None:
    assert parse(query).node == node


@pytest.mark.parametrize(
    ("query", "sort"),
    [
        ("sort:year", (SortKey("year", descending=True),)),
        ("sort:-added", (SortKey("added", descending=False),)),
        ("a sort:title b sort:position", (SortKey("title", descending=False), SortKey("position", descending=False))),
        ("sort:-title", (SortKey("title", descending=True),)),
        ("(a sort:relevance)", (SortKey("relevance", descending=True),)),
    ],
)
def test_orders(query: str, sort: tuple[SortKey, ...]) -> None:
    assert parse(query).sort == sort


def test_an_order_selects_nothing() -> None:
    assert parse("sort:year").node == Everything()
    assert parse("a sort:year OR b").node == Or((A, B))


@pytest.mark.parametrize(
    ("query", "printed"),
    [
        ("Mission: Impossible", '"Mission:" Impossible'),
        ("http://x.org/a", '"http://x.org/a"'),
        ("10:30", '"10:30"'),
        ("re:zero", '"re:zero"'),
        ("Title:sparse", '"Title:sparse"'),
        ("title: sparse", '"title:" sparse'),
        ("algorithms:A study", '"algorithms:A" study'),
        ("GPT-4V(ision)", '"GPT-4V(ision)"'),
        ("(2.5+1)D scenes", '"(2.5+1)D" scenes'),
        ("postposition -(u)lo", 'postposition "-(u)lo"'),
        ("days *(as captured)", 'days "*(as" "captured)"'),
        ("a - b", "a b"),
        ("a -- b", "a b"),
        ("a --b", 'a "--b"'),
        ("a – b", "a b"),
        ('a 12" disk', 'a "12\\"" disk'),
        ("smile :)", "smile"),
        ("foo) bar", '"foo)" bar'),
        ("AND does not mean OR: logic", '"AND" does not mean "OR:" logic'),
        ("why NOT", 'why "NOT"'),
        ("work (NOT) now", 'work "NOT" now'),
        ("RRT*-AR ~8K K-Means||", '"RRT*-AR" "~8K" "K-Means||"'),
        ("1|A filter", '"1|A" filter'),
    ],
)
def test_what_is_no_operator_is_text(query: str, printed: str) -> None:
    assert to_text(parse(query)) == printed


@pytest.mark.parametrize(
    "title",
    [
        "One Shelf Does NOT Hold All: A Study of Private Libraries",
        "Human-Following and -guiding in Crowded Places with Learning",
        "A Control Scheme for a Small Transport Robot -iCart-",
        'Learning in Higher-Order "Artificial Garden Trees',
        "What Readers Keep (and Why They Never Read It",
        "What Readers Keep) and Why They Do NOT Read It",
        "WHAT READERS DO NOT KNOW AND WHY",
    ],
)
def test_what_reads_like_a_title_is_a_conjunction_of_words(title: str) -> None:
    node = parse(title).node
    assert isinstance(node, And)
    assert all(isinstance(member, Text) for member in node.nodes)


@pytest.mark.parametrize(
    "query",
    [
        "Sparse attention in long context models -vision",
        "Sparse attention in long context models -vision -audio",
        'Sparse attention -"long context" in language models here',
        "Sparse attention -long context in language models year:2020",
        "-Sparse attention in long context models again",
        "sparse attention -long context in language models here",
        "bert NOT vision",
        "NOT survey of retrieval in language models",
    ],
)
def test_a_negation_outside_a_title_negates(query: str) -> None:
    node = parse(query).node
    assert isinstance(node, And)
    assert any(isinstance(member, Not) for member in node.nodes)


@pytest.mark.parametrize(
    ("query", "place", "suggestion", "message"),
    [
        ("tga:x", "tga:", "tag:", "There is no field “tga:”. Did you mean “tag:”?"),
        ("deep auhtor:x", "auhtor:", "author:", "There is no field “auhtor:”. Did you mean “author:”?"),
        ('a "open', '"', None, "This quotation mark is never closed."),
        ("(a OR b", "(", None, "This parenthesis is never closed."),
        ("(a", "(", None, "This parenthesis is never closed."),
        ("a OR b)", ")", "", "This parenthesis closes nothing."),
        ("(a OR b)c", ")", ") ", "Put a space after this parenthesis."),
        ("a tag:", "tag:", None, "“tag:” needs a value, for example tag:nlp/parsing."),
        ('a tag:""', '""', None, "“tag:” needs a value, for example tag:nlp/parsing."),
        ("is:inbx", "inbx", "inbox", "“is:” knows no “inbx”. Did you mean “is:inbox”?"),
        ("has:arch", "arch", None, None),
        ("sort:yaer", "yaer", "year", None),
        ("sort:-tilte", "-tilte", "-title", None),
        ("a -sort:year", "-sort:year", "sort:-year", "An order cannot be negated; to turn it round, write sort:-year."),
        ("year:2023..2020", "2023..2020", "2020..2023", "The range 2023..2020 ends before it begins."),
        ("year:x", "x", None, "“year:” needs a number, such as year:5, year:2..7 or year:>3."),
        ("a tags:nlp", "tags:nlp", "tag:nlp", "“tags:” counts tags. Did you mean “tag:nlp”?"),
        ("added:2026-13", "2026-13", None, "There is no month 13."),
        ("added:2026-05..2026-03", "2026-05..2026-03", "2026-03..2026-05", None),
        ("doi:x", "x", None, "“x” is no DOI; one looks like 10.1000/182."),
        ("arxiv:2401", "2401", None, "“2401” is no arXiv id; one looks like 2401.00001."),
        ("id:x", "x", None, "“id:” needs the number of a paper, or several with commas: id:3,5,9."),
    ],
)
def test_an_error_has_its_place_and_a_suggestion(
    query: str, place: str, suggestion: str | None, message: str | None
) -> None:
    caught = error(query)
    assert query[caught.start : caught.end] == place
    assert caught.suggestion == suggestion
    assert caught.query == query
    assert message in (None, str(caught))


@pytest.mark.parametrize(
    "query", ["tga:x", "is:inbx", "a tags:nlp", "year:5..2", "(a OR b)c", "a OR b)", "sort:-tilte", "-sort:title"]
)
def test_a_suggestion_in_its_place_mends_the_query(query: str) -> None:
    caught = error(query)
    assert caught.suggestion is not None
    parse(query[: caught.start] + caught.suggestion + query[caught.end :])


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("attent", "attent*"),
        ("attent ", "attent"),
        ("two wor", "two wor*"),
        ("C++", '"C++"'),
        ("GPT-4", "GPT-4*"),
        ('"logit le', '"logit le"*'),
        ('"logit lens"', '"logit lens"'),
        ("(a OR b", "a OR b*"),
        ('(a OR (b "c', "a OR b c*"),
        ("title:spa", "title:spa*"),
        ('title:(sparse "auto enc', 'title:sparse title:"auto enc"*'),
        ("foo tag:", "foo"),
        ("foo tag: ", "foo"),
        ('foo tag:"', "foo"),
        ("foo is:in", "foo"),
        ("foo added:2026-", "foo"),
        ("foo year:>", "foo"),
        ("foo sort:-ad", "foo"),
        ("foo id:3,", "foo"),
        ('tag:"to c', 'tag:"to c"'),
        ("foo OR", "foo"),
        ("foo AND ", "foo"),
        ("foo NOT", "foo"),
        ("foo -", "foo"),
        ("foo (", "foo"),
        ("foo (a OR", "foo a"),
        ("attention -t", "attention -t"),
        ("fuzy~", "fuzy~1"),
        ("-", ""),
        ('"', ""),
        ("(", ""),
    ],
)
def test_while_typing_the_end_is_unfinished(typed: str, printed: str) -> None:
    assert to_text(parse(typed, typing=True)) == printed


@pytest.mark.parametrize(
    "typed",
    [
        *("is:inbxo", "is:in foo", "tga:x", "year: year:x foo", "a OR b)"),
        *("year:20x", "year:x", "tags:nlp", "upvotes:5.3", "year:2024..2023", "year:12345678901", "id:3,x", "id:a"),
        *("added:foo", "added:<7q", "added:2026-13", "added:2026-02-30", "added:20265", "added:tomx"),
        *("added:foo..2026", "added:2026..x", "until:2026-05..2026-04"),
    ],
)
def test_while_typing_what_cannot_become_right_is_an_error(typed: str) -> None:
    error(typed, typing=True)


@pytest.mark.parametrize(
    "whole",
    [
        *("year:2024", "year:>=2024", "year:2019..2024", "year:..2024", "year:2019..", "upvotes:-3..-1", "id:3,15"),
        *("added:2026-03-11", "added:2026-3-1", "added:<=10w", "added:>=yesterday", "until:tomorrow"),
        *("added:2026-02-28..2026-03-11", "added:2026..today", "added:..2026-12-31", "added:2026-11..2026-12"),
    ],
)
def test_on_the_way_to_a_value_nothing_is_an_error(whole: str) -> None:
    parse(whole)
    for end in range(whole.index(":") + 1, len(whole) + 1):
        parse(whole[:end], typing=True)


def test_leaves_know_their_place_in_the_query() -> None:
    query = 'deep -title:"sparse code" (tag:nlp)'
    node = parse(query).node
    assert isinstance(node, And)
    places = []
    for member in node.nodes:
        leaf = member.node if isinstance(member, Not) else member
        assert isinstance(leaf, Text | Filter)
        places.append(query[leaf.start : leaf.end])
    assert places == ["deep", 'title:"sparse code"', "tag:nlp"]


def test_a_query_has_limits_and_says_so() -> None:
    parse("a" * MAX_CHARACTERS)
    assert "1,000 characters" in str(error("a" * (MAX_CHARACTERS + 1)))
    parse("a " * MAX_TERMS)
    caught = error("a " * MAX_TERMS + "last")
    assert "64 terms" in str(caught)
    assert caught.start == MAX_TERMS * 2
    parse("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH)
    caught = error("(" * (MAX_DEPTH + 1) + "a" + ")" * (MAX_DEPTH + 1))
    assert "20 levels" in str(caught)
    assert caught.start == MAX_DEPTH
    assert "20 levels" in str(error("NOT " * (MAX_DEPTH + 1) + "a"))


@pytest.mark.parametrize(
    "query",
    ["(" * 1000, ") " * 500, "a OR " * 200, '"a ' * 333, "-(" * 500, "title:(" * 142, "(x)y" * 250, "~* " * 333],
)
def test_a_long_query_is_read_or_refused_in_no_time(query: str) -> None:
    for typing in (False, True):
        # The best of three: the collector may take its time in any one of them.
        assert min(_seconds_to_parse(query, typing) for _ in range(3)) / slowness() < 0.05


def _seconds_to_parse(query: str, typing: bool) -> float:
    begin = time.thread_time()
    with suppress(QueryError):
        parse(query, typing=typing)
    return time.thread_time() - begin
