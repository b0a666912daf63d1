"""JSON and JSON lines: what is written is read back; what is broken is told of and stops nothing else."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglist.errors import Problem
from readinglist.formats.item import Record
from readinglist.formats.source import Limits, Source
from readinglist.formats.table import read_source, recognise, write
from readinglist.paper import Author, Link, Paper, PaperId
from tests.formats.whole_papers import json_values, papers

TODAY = date(2026, 3, 12)
LARGE = Path(__file__).resolve().parents[3] / "shared" / "data" / "abstracts_87k.jsonl.gz"


def records(data: str | bytes, **options: Any) -> list[Record]:
    items = items_of(data, **options)
    assert [item for item in items if isinstance(item, Problem)] == []
    return [item for item in items if isinstance(item, Record)]


def items_of(data: str | bytes, **options: Any) -> list[Record | Problem]:
    raw = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    return list(read_source(Source("some.json", data=raw), today=TODAY, **options))


def failures(data: str, **options: Any) -> list[tuple[int | None, str]]:
    items = items_of(data, **options)
    return [(item.line, item.message) for item in items if isinstance(item, Problem) and item.kind == "failed"]


@settings(max_examples=120, deadline=None)
@given(st.lists(papers, max_size=3), st.sampled_from(["json", "jsonl"]))
def test_an_export_is_read_back_equal(given_papers: list[Paper], format_name: str) -> None:
    text = "".join(write(given_papers, format_name))
    found = records(text, format_name=format_name)
    assert [record.paper for record in found] == [
        replace(paper, id=PaperId(0), position=None) for paper in given_papers
    ]
    assert all(record.reader for record in found)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=50), st.sampled_from(["json", "jsonl"]))
def test_an_export_holds_no_raw_control_or_direction_character(text: str, format_name: str) -> None:
    written = "".join(write([Paper(title=text, note="\x00\x1b\x85\u202e\u2066\ufeff\ud800" + text)], format_name))
    assert re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]", written) is None
    value = json.loads(written)
    assert (value[0] if format_name == "json" else value)["title"] == text


def test_an_export_keeps_letters_as_they_are() -> None:
    assert "Crème brûlée 注意" in "".join(write([Paper(title="Crème brûlée 注意")], "json"))


def test_an_export_has_the_keys_of_the_contract_and_no_number_of_the_library() -> None:
    (found,) = json.loads("".join(write([Paper(title="On lists", id=PaperId(7))], "json")))
    names = (
        "id uid title abstract authors year published listed venue doi arxiv_id url links keywords upvotes "
        "submitted_by status position until starred tags note highlights added changed finished source"
    )
    assert list(found)[: len(names.split())] == names.split()
    assert found["id"] is None
    assert found["abstract"] is None
    assert found["authors"] == []


def test_unsound_values_in_extra_do_not_stop_an_export() -> None:
    (line,) = write([Paper(title="On lists", extra={"score": float("nan"), "when": date(2026, 1, 2)})], "jsonl")
    assert json.loads(line)["extra"] == {"score": None, "when": "2026-01-02"}


def test_an_empty_export_is_read_as_nothing() -> None:
    assert records("".join(write([], "json"))) == []


def test_plain_objects_are_papers() -> None:
    plain = {
        "title": " On  lists ",
        "abstract": "We keep lists.\r\nSee github.com/example/lists.",
        "authors": ["Ada Lovelace", {"given": "Bo", "family": "Roe"}, {"name": "The List Group"}, "Knuth, Donald E."],
        "year": "2024",
        "venue": "Lists",
        "url": "https://arxiv.org/abs/2401.00001v3",
        "keywords": "lists; reading;;lists",
        "rating": [4, 5],
    }
    (record,) = records(json.dumps([plain]))
    assert not record.reader
    assert record.paper == Paper(
        title="On lists",
        abstract="We keep lists. See github.com/example/lists.",
        authors=(
            Author("Ada Lovelace"),
            Author("Bo Roe", "Roe"),
            Author("The List Group"),
            Author("Donald E. Knuth", "Knuth"),
        ),
        year=2024,
        venue="Lists",
        arxiv_id="2401.00001",
        version="v3",
        url="https://arxiv.org/abs/2401.00001v3",
        links=(Link("code", "https://github.com/example/lists"),),
        keywords=("lists", "reading"),
        source="json",
        extra={"rating": [4, 5]},
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A Roe; B Poe", ["A Roe", "B Poe"]),
        ("A Roe and B Poe", ["A Roe", "B Poe"]),
        ("A Roe, C Loe and B Poe", ["A Roe", "C Loe", "B Poe"]),
        ("Roe, Ann and Poe, Bo", ["Ann Roe", "Bo Poe"]),
        ("Knuth, Donald", ["Donald Knuth"]),
        ("Sammy Davis, Jr.", ["Sammy Davis, Jr."]),
        ("Ada Lovelace", ["Ada Lovelace"]),
        ("", []),
    ],
)
def test_authors_in_one_text_are_told_apart(text: str, names: list[str]) -> None:
    (record,) = records(json.dumps([{"title": "On lists", "authors": text}]))
    assert [author.name for author in record.paper.authors] == names


def test_an_object_that_holds_papers_is_read() -> None:
    found = records(json.dumps({"query": "x", "total": 2, "papers": [{"title": "One"}, {"title": "Two"}]}))
    assert [record.paper.title for record in found] == ["One", "Two"]


def test_fields_of_the_wrong_type_are_notices() -> None:
    wrong = {
        "title": "On lists", "abstract": 3, "authors": 4, "year": "soon", "url": "javascript:alert(1)", "doi": "none",
        "upvotes": -1, "links": [{"url": "nowhere"}], "keywords": {"a": 1}, "published": "yesterday", "uid": "7",
        "status": "lost", "starred": "yes", "tags": ["none", "a//b", "good"],
        "highlights": [{"comment": "no quote"}, 3], "added": "once",
    }  # fmt: skip
    items = items_of(json.dumps([wrong]))
    record = items[-1]
    assert isinstance(record, Record)
    assert record.paper == Paper(title="On lists", tags=frozenset({"good"}), source="json")
    problems = [item for item in items if isinstance(item, Problem)]
    assert {problem.kind for problem in problems} == {"notice"}
    said = " ".join(problem.message for problem in problems)
    assert all(name in said for name in wrong if name not in ("title", "tags", "highlights"))


@pytest.mark.parametrize(
    "bad",
    [
        '{"title": "cut off',
        '{"title": NaN}',
        '{"title": "a", "year": ' + "9" * 5000 + "}",
        '{"title": "a", "title": "b"}',
        '{"title": ""}',
        '{"abstract": "no title"}',
        '"text"',
        "7",
        "not json at all",
        '{"title": "deep", "x": ' + "[" * 60 + "]" * 60 + "}",
        '{"title": "deep", "x": ' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"title": "long", "abstract": "' + "x" * 1_000_001 + '"}',
        '{"title": "long", "further": "' + "x" * 1_000_001 + '"}',
    ],
    ids=lambda bad: bad[:30],
)
def test_a_bad_line_is_one_failure_with_its_number(bad: str) -> None:
    text = '{"title": "One"}\n' + bad + '\n\n{"title": "Two"}\r\n'
    items = items_of(text)
    assert [item.paper.title for item in items if isinstance(item, Record)] == ["One", "Two"]
    assert [(item.kind, item.line) for item in items if isinstance(item, Problem)] == [("failed", 2)]


@pytest.mark.parametrize(
    "bad",
    [
        '{"title": NaN}',
        '{"title" "a"}',
        "7",
        '"text"',
        '{"title": "deep", "x": ' + "[" * 60 + "]" * 60 + "}",
        "nonsense",
    ],
)
def test_a_bad_element_is_one_failure_with_its_line(bad: str) -> None:
    text = '[\n{"title": "One [1}"},\n' + bad + ',\n{"title":\n "Two \\" ]"}\n]'
    items = items_of(text)
    assert [item.paper.title for item in items if isinstance(item, Record)] == ["One [1}", 'Two " ]']
    assert [item.kind for item in items if isinstance(item, Problem)] == ["failed"]
    assert isinstance(items[1], Problem)
    assert items[1].line in (2, 3)


@pytest.mark.parametrize("text", ['[{"title": "One"}, {"title": "Tw', '[{"title": "One"},', '[{"title": "One"}'])
def test_a_list_that_is_cut_off_is_told_of(text: str) -> None:
    items = items_of(text)
    assert [item.paper.title for item in items if isinstance(item, Record)] == ["One"]
    assert len(failures(text)) == 1


def test_surrogates_and_nul_are_left_out_with_a_notice() -> None:
    items = items_of('[{"title": "On\\u0000 lists\\ud800", "abstract": "fine \\ud83d\\ude00"}]')
    assert [item.kind for item in items if isinstance(item, Problem)] == ["notice"]
    assert isinstance(items[-1], Record)
    assert (items[-1].paper.title, items[-1].paper.abstract) == ("On lists", "fine 😀")


def test_elements_are_found_wherever_chunks_end() -> None:
    text = json.dumps(
        [{"title": f"Paper {n} " + '\\" [{' * (n % 50), "abstract": "wörds " * (n * 7 % 90)} for n in range(3000)]
    )
    assert len(text) > 1_000_000
    found = records(text)
    assert len(found) == 3000
    assert found[2999].paper.title.startswith("Paper 2999")


def test_packed_lines_are_read() -> None:
    found = records(gzip.compress(b'{"title": "One"}\n{"title": "Two"}\n'))
    assert [(record.line, record.paper.title, record.paper.source) for record in found] == [
        (1, "One", "jsonl"),
        (2, "Two", "jsonl"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('[{"title": "a"}]', "json"),
        ("[]", "json"),
        ('{\n "title": "a"\n}', "json"),
        ('{"title": "a"}\n{"title": "b"}\n', "jsonl"),
        ('{"title": "a"\n{"title": "b"}\n{"title": "c"}', "jsonl"),
        ("[1] A. Roe: On the order of reading lists", "page"),
    ],
)
def test_the_kind_of_json_is_told_from_the_content(text: str, name: str) -> None:
    found = recognise(Source("misleading.bib", data=text.encode()))
    assert found is not None
    assert found.name == name


def test_limits_hold_for_fields() -> None:
    small = Limits(field_chars=10)
    assert [message for _, message in failures('[{"title": "longer than ten"}]', limits=small)] == [
        "title is longer than 10 characters"
    ]


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet='[]{}",:\\ \nntitle1', max_size=80), st.sampled_from(["json", "jsonl", "huggingface"]))
def test_no_text_is_read_with_a_crash(text: str, format_name: str) -> None:
    for item in items_of(text, format_name=format_name):
        assert isinstance(item, (Record, Problem))


FIELDS = list(json.loads(next(write([Paper(title="On lists")], "jsonl"))))


@settings(max_examples=80, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(FIELDS),
        json_values,
    )
)
def test_no_object_is_read_with_a_crash(obj: dict[str, Any]) -> None:
    for item in items_of(json.dumps([obj]), format_name="json"):
        assert isinstance(item, (Record, Problem))


@pytest.mark.skipif(not LARGE.exists(), reason="the large real file is not here")
def test_the_large_real_file_starts_well() -> None:
    items = read_source(Source(LARGE.name, LARGE), today=TODAY)
    first = [next(items) for _ in range(3000)]
    assert all(isinstance(item, Record) and item.paper.abstract is not None for item in first)
