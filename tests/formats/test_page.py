"""Pages of papers as they are copied: whatever stands around them, the papers come out as they are."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from readinglist.errors import Problem, ReadingListError
from readinglist.formats.item import Record
from readinglist.formats.page import authors_of, read_page
from readinglist.formats.page_lines import Kind, classify, page_lines, read_count, read_day
from readinglist.formats.source import Source
from readinglist.formats.table import read_source, recognise
from readinglist.paper import Paper

TODAY = date(2026, 3, 12)
PAGE = Path(__file__).resolve().parents[3] / "shared" / "data" / "papers_page.txt"

ORDER = "On the Order of Reading Lists: A Field Study"
ORDER_ABSTRACT = (
    "We follow twelve readers over one winter and ask in which order they read what they have put aside. Most of them "
    "begin at the end. Our results suggest that a list is a memory and not a plan."
)
SHELVES = "Do Shelves Forget?"
SHELVES_ABSTRACT = (
    "A shelf shows what was bought and hides what was read. This paper measures how fast the order of a shelf decays "
    "when nobody looks after it, and proposes a rule that keeps it. Code: https://github.com/example/shelves."
)
TWO = [(ORDER, ORDER_ABSTRACT), (SHELVES, SHELVES_ABSTRACT)]


def papers_and_notices(text: str) -> tuple[list[Paper], list[tuple[int | None, str]]]:
    items = list(read_page(Source("page", data=text.encode()), TODAY))
    assert all(item.kind == "notice" for item in items if isinstance(item, Problem))
    return (
        [item.paper for item in items if isinstance(item, Record)],
        [(item.line, item.message) for item in items if isinstance(item, Problem)],
    )


def pairs(text: str) -> list[tuple[str, str | None]]:
    papers, notices = papers_and_notices(text)
    assert notices == []
    return [(paper.title, paper.abstract) for paper in papers]


def test_title_blank_abstract_blank_is_read() -> None:
    assert pairs(f"{ORDER}\n\n{ORDER_ABSTRACT}\n\n{SHELVES}\n\n{SHELVES_ABSTRACT}\n") == TWO


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_any_line_ending_is_read(newline: str) -> None:
    assert pairs(newline.join([ORDER, "", ORDER_ABSTRACT, "", SHELVES, "", SHELVES_ABSTRACT])) == TWO


def test_no_break_spaces_are_spaces() -> None:
    text = f"\u00a0{ORDER}\u00a0\n\u00a0\n{ORDER_ABSTRACT}"
    assert pairs(text.replace(" the ", "\u00a0the\u00a0")) == TWO[:1]


def test_no_empty_lines_are_needed() -> None:
    assert pairs(f"{ORDER}\n{ORDER_ABSTRACT}\n{SHELVES}\n{SHELVES_ABSTRACT}") == TWO


@pytest.mark.parametrize("width", [60, 72, 80, 100])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_wrapped_abstracts_are_joined(width: int, gap: str) -> None:
    text = "\n\n".join(title + gap + textwrap.fill(abstract, width) for title, abstract in TWO)
    assert pairs(text) == TWO


def test_wrapped_pages_without_empty_lines_are_read() -> None:
    assert pairs("\n".join(f"{title}\n{textwrap.fill(abstract, 80)}" for title, abstract in TWO)) == TWO


def test_wrapped_title_is_joined() -> None:
    title = (
        "A Long Title about the Many Ways in Which Readers Put Papers Aside and about "
        "the Few Ways in Which They Come Back to Them"
    )
    assert pairs(f"{textwrap.fill(title, 80)}\n\n{textwrap.fill(ORDER_ABSTRACT, 80)}") == [(title, ORDER_ABSTRACT)]


def test_title_of_250_characters_is_a_title() -> None:
    title = ("On Reading Lists and What Becomes of Them: " + "A Further Study of Further Reading and Its Limits, " * 5)[
        :250
    ]
    assert pairs(f"{ORDER}\n\n{ORDER_ABSTRACT}\n\n{title.strip()}\n\n{SHELVES_ABSTRACT}") == [
        TWO[0],
        (title.strip(), SHELVES_ABSTRACT),
    ]


def test_long_title_in_plain_case_is_a_title() -> None:
    title = (
        "what becomes of papers that readers of a small library put aside for the weekend, how many of them are opened "
        "before the year is over, and why the others stay where they are: evidence from twelve desks, three offices "
        "and one kitchen table"
    )
    assert len(title) > 220
    assert pairs(f"{ORDER}\n\n{ORDER_ABSTRACT}\n\n{title}\n\n{SHELVES_ABSTRACT}") == [TWO[0], (title, SHELVES_ABSTRACT)]


def test_abstract_of_several_paragraphs_is_one() -> None:
    long = f"{ORDER_ABSTRACT}\n\n{SHELVES_ABSTRACT}\n\nWe close with a warning. Lists grow."
    assert pairs(f"{ORDER}\n\n{long}\n\n{SHELVES}\n\n{ORDER_ABSTRACT}") == [
        (ORDER, long),
        (SHELVES, ORDER_ABSTRACT),
    ]


@pytest.mark.parametrize(
    "title",
    [
        "Do Shelves Forget?",
        "Read It Now!",
        "List No. 5 vs. List No. 7: Which Is Read First",
        "Are Lists Memory or Plan? Evidence From Twelve Desks",
        "Attention to lists is not all you need.",
        "J. S. Mill's List and the St. Petersburg Reading Room",
        "Shelf",
        "mList: few readers go far",
        "GPT-4 reads most of the 297 papers on a long list",
    ],
)
def test_unusual_titles_are_titles(title: str) -> None:
    assert pairs(f"{ORDER}\n\n{ORDER_ABSTRACT}\n\n{title}\n\n{SHELVES_ABSTRACT}") == [TWO[0], (title, SHELVES_ABSTRACT)]


def test_short_abstracts_are_abstracts() -> None:
    short = "We count the papers on one desk. There are more than we thought, and fewer were read."
    assert pairs(f"{ORDER}\n\n{short}\n\n{SHELVES}\n\n{short}") == [(ORDER, short), (SHELVES, short)]


def test_title_without_abstract_is_a_paper() -> None:
    lone = "A Paper of Which Only the Title Is Known"
    text = f"{ORDER}\n\n{ORDER_ABSTRACT}\n\n{lone}\n\n{SHELVES}\n\n{SHELVES_ABSTRACT}\n\n{lone}"
    assert pairs(text) == [TWO[0], (lone, None), TWO[1], (lone, None)]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_page_of_titles_only_is_read(gap: str) -> None:
    titles = [
        ORDER,
        SHELVES,
        "a list that was never read",
        "The Last Shelf: Reading at the End of the Winter",
        "On Lists",
    ]
    assert pairs(gap.join(titles[:4])) == [(title, None) for title in titles[:4]]


def test_same_paper_twice_is_given_twice() -> None:
    once = f"{ORDER}\n\n{ORDER_ABSTRACT}\n\n"
    assert pairs(once * 2) == [TWO[0], TWO[0]]


def test_single_title_and_abstract_is_a_page() -> None:
    source = Source("pasted", data=f"{ORDER}\n{ORDER_ABSTRACT}".encode())
    found = recognise(source)
    assert found is not None
    assert found.name == "page"
    assert len(list(read_source(source, today=TODAY))) == 1


@pytest.mark.parametrize(
    "text", ["x", "", " \n ", "12", "new\nSubscribe\n\nMar 11", "%PDF-1.7\nsome words in it", "\0\1\2 binary"]
)
def test_what_is_no_page_is_not_recognised(text: str) -> None:
    with pytest.raises(ReadingListError, match=r"no papers|nothing in this|not a text"):
        read_source(Source("pasted", data=text.encode()), today=TODAY)


def test_header_facts_are_kept() -> None:
    head = (
        "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nbyAK and the research community\n\nMar 11\n\n"
    )
    papers, notices = papers_and_notices(f"{head}{ORDER}\n\n{ORDER_ABSTRACT}\n\n{SHELVES}\n\n{SHELVES_ABSTRACT}")
    assert [(paper.submitted_by, paper.listed) for paper in papers] == [("AK", "2026-03-11")] * 2
    assert notices == []


def test_later_date_heading_holds_for_what_follows() -> None:
    more = "\n\n".join(f"{title} {n}\n\n{abstract}" for n in "abc" for title, abstract in TWO)
    papers, _ = papers_and_notices(f"Mar 11\n\n{more}\n\nMar 10\n\n{ORDER}\n\n{ORDER_ABSTRACT}")
    assert [paper.listed for paper in papers] == ["2026-03-11"] * 6 + ["2026-03-10"]


def test_unknown_heading_is_told_of_and_is_no_paper() -> None:
    text = f"Welcome to our weekly selection\n\nbyAK and the research community\n\n{ORDER}\n\n{ORDER_ABSTRACT}"
    papers, notices = papers_and_notices(text)
    assert [paper.title for paper in papers] == [ORDER]
    assert [line for line, _ in notices] == [1]
    assert "Welcome to our weekly selection" in notices[0][1]


def test_short_unknown_line_is_told_of() -> None:
    papers, notices = papers_and_notices(f"{ORDER}\n\n{ORDER_ABSTRACT}\n\nOur picks\n\n{SHELVES}\n\n{SHELVES_ABSTRACT}")
    assert [paper.title for paper in papers] == [ORDER, SHELVES]
    assert [line for line, _ in notices] == [5]


def test_text_before_the_first_title_is_told_of() -> None:
    papers, notices = papers_and_notices(f"{ORDER_ABSTRACT}\n\n{SHELVES}\n\n{SHELVES_ABSTRACT}")
    assert [paper.title for paper in papers] == [SHELVES]
    assert [line for line, _ in notices] == [1]


def test_upvotes_and_submitter_below_belong_to_the_paper_above() -> None:
    text = "\n\n".join(
        f"{title}\n\n{abstract}\n\nUpvote {n}\n\n· {n} authors\n\nSubmitted by\nuser{n}"
        for n, (title, abstract) in enumerate(TWO, 3)
    )
    papers, notices = papers_and_notices(text)
    assert [(paper.upvotes, paper.submitted_by) for paper in papers] == [(3, "user3"), (4, "user4")]
    assert notices == []


def test_upvotes_and_submitter_above_belong_to_the_paper_below() -> None:
    text = "\n\n".join(
        f"Submitted by user{n}\n\nUpvote\n{n}\n\n{title}\n\n{abstract}\n\n7"
        for n, (title, abstract) in enumerate(TWO, 3)
    )
    papers, notices = papers_and_notices(text)
    assert [(paper.upvotes, paper.submitted_by) for paper in papers] == [(3, "user3"), (4, "user4")]
    assert notices == []


def test_identifiers_on_lines_of_their_own_are_kept() -> None:
    text = (
        f"{ORDER}\narXiv:2401.00001v2 [cs.DL]\n{ORDER_ABSTRACT}\nhttps://github.com/example/order\n\n"
        f"{SHELVES}\n\n{SHELVES_ABSTRACT}\n\nhttps://doi.org/10.1000/Shelf.1"
    )
    first, second = papers_and_notices(text)[0]
    assert (first.arxiv_id, first.version) == ("2401.00001", "v2")
    assert [(link.kind, link.url) for link in first.links] == [("code", "https://github.com/example/order")]
    assert (second.doi, second.url) == ("10.1000/shelf.1", "https://doi.org/10.1000/Shelf.1")


def test_code_address_in_an_abstract_becomes_a_link() -> None:
    papers, _ = papers_and_notices(f"{SHELVES}\n\n{SHELVES_ABSTRACT}")
    assert [(link.kind, link.url) for link in papers[0].links] == [("code", "https://github.com/example/shelves")]


def test_authors_between_title_and_abstract_are_authors() -> None:
    papers, notices = papers_and_notices(f"{ORDER}\nAda Lovelace, Ludwig van Beethoven and Bo Roe\n{ORDER_ABSTRACT}")
    assert [author.name for author in papers[0].authors] == ["Ada Lovelace", "Ludwig van Beethoven", "Bo Roe"]
    assert notices == []


def test_labels_are_believed() -> None:
    text = "Title: Lists\nAuthors: Ada Lovelace, Bo Roe\nAbstract: About lists\n\nKeywords: lists, shelves"
    papers, _ = papers_and_notices(text)
    assert (papers[0].title, papers[0].abstract, papers[0].keywords) == ("Lists", "About lists", ("lists", "shelves"))
    assert [author.name for author in papers[0].authors] == ["Ada Lovelace", "Bo Roe"]


def test_text_that_is_too_long_is_a_failed_record() -> None:
    text = f"{ORDER}\n\n{'We read on and on. ' * 60_000}\n\n{SHELVES}\n\n{SHELVES_ABSTRACT}"
    items = list(read_page(Source("page", data=text.encode()), TODAY))
    assert [type(item).__name__ for item in items] == ["Problem", "Record"]
    assert isinstance(items[0], Problem)
    assert (items[0].kind, items[0].line) == ("failed", 1)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("new", Kind.HEADING),
        ("Get trending papers in your email inbox!", Kind.HEADING),
        ("by AK and the research community", Kind.CURATOR),
        ("Mar 11, 2026", Kind.DATE),
        ("Wednesday, March 11", Kind.DATE),
        ("Published on Mar 11, 2026", Kind.PUBLISHED),
        ("Upvote 12", Kind.UPVOTES),
        ("▲ 1.2k", Kind.UPVOTES),
        ("Submitted by Ada", Kind.SUBMITTER),
        ("12", Kind.COUNT),
        ("⭐ 1.2k", Kind.COUNT),
        ("Page 2 of 7", Kind.COUNT),
        ("· 5 authors", Kind.BUTTON),
        ("5 authors", Kind.BUTTON),
        ("1 comment", Kind.BUTTON),
        ("GitHub 1.2k", Kind.BUTTON),
        ("View PDF", Kind.BUTTON),
        ("3 days ago", Kind.BUTTON),
        ("·", Kind.BUTTON),
        ("arXiv:2401.00001", Kind.IDENTIFIER),
        ("https://example.org/a", Kind.IDENTIFIER),
        ("10.1000/x.1", Kind.IDENTIFIER),
        ("May We Read", Kind.TEXT),
        ("12 Angry Readers", Kind.TEXT),
        ("March of the Lists", Kind.TEXT),
        ("Upvotes Considered Harmful", Kind.TEXT),
    ],
)
def test_lines_are_told_apart(line: str, kind: Kind) -> None:
    assert classify(line, TODAY)[0] is kind


def test_line_numbers_count_as_an_editor_does() -> None:
    assert [line.number for line in page_lines("a\r\n\r\nb\rc\n\nd", TODAY)] == [1, 3, 4, 6]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Mar 11", "2026-03-11"),
        ("Mar 12", "2026-03-12"),
        ("Mar 13", "2025-03-13"),
        ("11 March", "2026-03-11"),
        ("Wed, 11 Mar 2020", "2020-03-11"),
        ("Feb 29", "2024-02-29"),
        ("Feb 30", None),
        ("2026-03-11", "2026-03-11"),
        ("Marathon 11", None),
    ],
)
def test_a_date_without_a_year_is_the_latest_not_after_today(text: str, day: str | None) -> None:
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "count"), [("12", 12), ("1,204", 1204), ("1.2k", 1200), ("3M", 3_000_000), ("k", None)]
)
def test_counts_are_read(text: str, count: int | None) -> None:
    assert read_count(text) == count


def test_titles_are_no_lists_of_people() -> None:
    assert authors_of("Explore, Establish, Exploit: Reading Lists From Scratch") == ()


# Pages as they may come: invented papers, rendered in every way a page was seen to be.

NOUNS = re.findall(
    r"\S+",
    "list shelf reader paper note margin library desk winter memory index page chapter quotation catalogue ",
)
VERBS = re.findall(
    r"\S+",
    "keeps forgets orders finds loses reads counts copies marks returns shows explains ",
)
TITLE_WORDS = re.findall(
    r"\S+",
    "Learning Reading Order Memory Long-Term Shelves for with of in GPT-4 Lists Fast Neural Notes at Scale via ",
)


@st.composite
def titles(draw: st.DrawFn) -> str:
    words = draw(st.lists(st.sampled_from(TITLE_WORDS), min_size=3, max_size=12))
    words = [
        draw(st.sampled_from(["Towards", "On", "Deep", "Which", "RL-2:"])),
        *words,
        draw(st.sampled_from(NOUNS)).title(),
    ]
    return " ".join(words) + draw(st.sampled_from(["", "", "", "?", "!", " (v2)", " vs. No. 5"]))


@st.composite
def sentences(draw: st.DrawFn) -> str:
    noun, other, verb = draw(st.sampled_from(NOUNS)), draw(st.sampled_from(NOUNS)), draw(st.sampled_from(VERBS))
    shape = draw(
        st.sampled_from(
            [
                "We show that the {0} {1} every {2} it meets, e.g. at 3.5 times the cost.",
                "This {0} {1} a {2}; however, nobody has asked why (see Fig. 2).",
                "Our {0} is long-lived and {1} its {2} in 12 of 40 cases.",
                "Does a {0} that {1} need a {2}?",
                "It {1}.",
            ]
        )
    )
    return shape.format(noun, verb, other)


@st.composite
def abstracts(draw: st.DrawFn) -> str:
    paragraphs = draw(st.lists(st.lists(sentences(), min_size=2, max_size=9), min_size=1, max_size=2))
    return "\n\n".join(
        " ".join(["In this paper we study lists.", *paragraph, "We report results."]) for paragraph in paragraphs
    )


@dataclass(frozen=True)
class Style:
    """How a page is rendered."""

    newline: str
    gap: str  # between title and abstract
    space: str  # between papers
    width: int | None
    header: tuple[str, ...]
    above: tuple[str, ...]
    below: tuple[str, ...]
    no_break: bool


HEADERS = (
    "new",
    "Subscribe",
    "Daily Papers",
    "byAK and the research community",
    "Mar 11",
    "Get trending papers in your email inbox!",
)
ABOVE = ("Submitted by somebody", "12", "Upvote 4")
BELOW = ("Upvote 12", "· 5 authors", "View PDF", "1.2k", "12", "3 comments", "Submitted by\nadalovelace", "GitHub 1.2k")


def some(lines: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(lines), unique=True, max_size=4).map(tuple)


styles = st.builds(
    Style,
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    gap=st.sampled_from(["\n", "\n\n", "\n \t\n\n"]),
    space=st.sampled_from(["\n\n", "\n\n\n", "\n\u00a0\n"]),
    width=st.one_of(st.none(), st.integers(60, 100)),
    header=some(HEADERS),
    above=some(ABOVE),
    below=some(BELOW),
    no_break=st.booleans(),
)


def render(papers: list[tuple[str, str | None]], style: Style) -> str:
    blocks = ["\n\n".join(style.header)] if style.header else []
    for title, abstract in papers:
        block = "\n".join([*style.above, title])
        if abstract:
            paragraphs = abstract.split("\n\n")
            if style.width:
                paragraphs = [textwrap.fill(paragraph, style.width) for paragraph in paragraphs]
            block += style.gap + "\n\n".join(paragraphs)
        blocks.append("\n".join([block, *style.below]))
    text = style.space.join(blocks)
    if style.no_break:
        text = text.replace(" the ", "\u00a0the ")
    return text.replace("\n", style.newline)


@settings(max_examples=60, deadline=None)
@given(papers=st.lists(st.tuples(titles(), abstracts()), min_size=1, max_size=6), style=styles)
def test_rendered_pages_are_read_back(papers: list[tuple[str, str | None]], style: Style) -> None:
    assume(not (set(style.above) & set(style.below)))
    found, _ = papers_and_notices(render(papers, style))
    assert [(paper.title, paper.abstract) for paper in found] == papers


@settings(max_examples=30, deadline=None)
@given(
    papers=st.lists(
        st.tuples(titles(), st.one_of(st.none(), abstracts(), abstracts(), abstracts())), min_size=2, max_size=6
    ),
    style=styles,
)
def test_rendered_pages_with_lone_titles_are_read_back(papers: list[tuple[str, str | None]], style: Style) -> None:
    assume(any(abstract for _, abstract in papers) and not style.above)
    found, _ = papers_and_notices(render([(ORDER, ORDER_ABSTRACT), *papers], style))
    assert [(paper.title, paper.abstract) for paper in found] == [(ORDER, ORDER_ABSTRACT), *papers]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    items = list(read_page(Source("page", data=text.encode("utf-8", "replace")), TODAY))
    assert all(isinstance(item, (Record, Problem)) for item in items)


@pytest.mark.skipif(not PAGE.exists(), reason="the real page is not here")
def test_the_real_page_gives_its_82_papers() -> None:
    items = list(read_source(Source(PAGE.name, PAGE), today=TODAY))
    papers = [item.paper for item in items if isinstance(item, Record)]
    assert len(items) == len(papers) == 82
    assert papers[0].title.startswith("Anchored Answers: ")
    assert papers[-1].title.startswith("Comparing the Efficacy of GPT-4 and Chat-GPT in Mental Health")
    assert {(paper.listed, paper.submitted_by) for paper in papers} == {("2026-03-11", "AK")}
    assert all(paper.abstract and len(paper.abstract) > 1000 for paper in papers)
    assert sum(any(link.kind == "code" for link in paper.links) for paper in papers) > 10


@pytest.mark.skipif(not PAGE.exists(), reason="the real page is not here")
@pytest.mark.parametrize("width", [72, 80])
def test_the_real_page_wrapped_gives_the_same_papers(width: int) -> None:
    lines = PAGE.read_text(encoding="utf-8").split("\n")
    wrapped = "\r\n".join(textwrap.fill(line, width) if len(line) > 200 else line for line in lines)
    plain, _ = papers_and_notices("\n".join(lines))
    found, notices = papers_and_notices(wrapped)
    assert [(paper.title, paper.abstract) for paper in found] == [(paper.title, paper.abstract) for paper in plain]
    assert notices == []
