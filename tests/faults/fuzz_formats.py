"""Throw damaged files at the readers of formats.

    python tests/faults/fuzz_formats.py COUNT SEED [FORMAT ...]

Each round takes a file (those below tests/formats/bad and ../shared/data/interop, and what the program itself
writes of a few invented papers), damages it, and reads it: with the format that recognises it, or with each FORMAT
named, whatever the file looks like. A fault is: an exception other than ReadingListError; more than a second of
computing for a file of at most 100,000 bytes; an item that is neither a record nor a problem in plain words; a line
that the file does not have; a paper that nobody could keep (no title, unsafe characters, a broken date, an address that
is none); and, where the file is made of records of ours with damage to one of them only, a loss of more than that one.
Files with such a fault are written to a temporary folder. Prints the first faults and a summary; exit status 1 if there
are any.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from readinglist.errors import Problem, ReadingListError
from readinglist.feeds.address import Kind
from readinglist.feeds.opml import read_opml
from readinglist.formats.fields import iso_day
from readinglist.formats.item import Item, Record
from readinglist.formats.source import Limits, Source
from readinglist.formats.table import FORMATS, read_source, recognise, write
from readinglist.paper import Author, Link, Paper, Status
from readinglist.text.clean import clean_line, clean_text
from readinglist.text.identifiers import is_web_address

SLOWEST_SECONDS = 1.0
LARGEST_BYTES = 100_000
TODAY = date(2026, 3, 12)
LIMITS = Limits(unpacked_bytes=10_000_000, field_chars=200_000)

_TESTS = Path(__file__).resolve().parents[1]
_INTEROP = _TESTS.parents[1] / "shared" / "data" / "interop"

ISOLATING = frozenset({"jsonl", "bibtex", "biblatex", "ris"})
"""Formats in which damage to one record may cost that record only, whatever the damage."""

PIECES = [
    *(bytes([char]) for char in b" {}[]()<>@\"\\'`$%&#=,;:-/|\t\r\n\0\x1b\x7f\x80\xff~^_*!?."),
    *(
        b"\r\n",
        b"\n\n",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xe2\x80\xae",
        b"\xc2\xa0",
        b"\xed\xa0\x80",
        b"\xc3",
        b"\xf0\x9f\x98\x80",
    ),
    *(b"@article{", b"@comment{", b"@string{x = ", b" and ", b"\\'{", b"$", b"month = jan # ", b"\n@"),
    *(b"\nER  - \n", b"\nTY  - ", b"\nPMID- ", b"\n      ", b"  - "),
    *(b"<![CDATA[", b"]]>", b"&amp;", b"&#0;", b"&lol;", b"<!DOCTYPE x [", b"</entry>", b"<entry>", b"<item>", b"<!--"),
    *(b"\n---\n", b"null", b"NaN", b"1e999", b"[[[[[[[[", b'{"a":', b"\\u0000", b"\\ud800"),
    *(b"9999999999999999999", b"-1", b"0000-00-00", b"2026-13-45", b"http://", b"10.1/", b"arXiv:", b"A" * 5000),
]


class Seed(NamedTuple):
    """A file to damage: its name and its bytes."""

    name: str
    data: bytes


class Fault(NamedTuple):
    """What went wrong with which bytes."""

    seed: str
    format_name: str | None
    what: str
    data: bytes


def papers() -> list[Paper]:
    """Return a few invented papers that use every field a bibliography has."""
    return [
        Paper(
            title="On Lists: a Study of 100% {Braces} & $\\alpha_1$-Order",
            abstract="First paragraph, with <b>marks</b> & signs.\n\nSecond: see https://github.com/example/lists.",
            authors=(Author("Ada Bo", "Bo"), Author("Zoë van der Aa", "van der Aa"), Author("Bureau", "Bureau")),
            year=2021,
            published="2021-05-03",
            venue="Journal of Lists",
            doi="10.1000/lists.1",
            url="https://example.org/lists?a=1&b=2",
            links=(Link("pdf", "https://example.org/lists.pdf"),),
            keywords=("order", "lists, long", "queue; short"),
            tags=frozenset({"to read, soon", "nlp/bias"}),
            note="A note.\n\n- with a *list*\n- and a line that ends\n\nhere.",
            status=Status.READ,
            starred=True,
        ),
        Paper(title="Second Thoughts", authors=(Author("Cy Du"),), year=2019, arxiv_id="1901.00001"),
        Paper(title="Третья статья об очередях", authors=(Author("Иван Ко"),), published="2020-02", note="@home"),
        Paper(title="Four", url="https://example.org/4"),
        Paper(title="Fifth of Five", venue="Proceedings of Order", year=2024, abstract="Short."),
    ]


def seeds() -> list[Seed]:
    """Return the files to damage, each at most `LARGEST_BYTES` long."""
    own = [Seed(f"own {name}", "".join(write(papers(), name)).encode()) for name, each in FORMATS.items() if each.write]
    own += [
        Seed(f"own {name} {number}", text.encode())
        for name, each in FORMATS.items()
        if each.files
        for number, paper in enumerate(papers())
        for _, text in each.files([paper], {}, ())
    ]
    files = [
        Seed(str(path.relative_to(folder)), path.read_bytes()[:LARGEST_BYTES])
        for folder in (_TESTS / "formats" / "bad", _INTEROP)
        if folder.is_dir()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    return own + files


def damaged(data: bytes, source: random.Random) -> bytes:
    """Return `data` with one to four pieces of damage."""
    for _ in range(source.choice((1, 1, 1, 2, 2, 3, 4))):
        at = source.randrange(len(data) + 1)
        end = min(len(data), at + source.choice((1, 1, 2, 5, 20, 100, 1000)))
        match source.randrange(9):
            case 0:
                data = data[:at] + data[end:]
            case 1:
                data = data[:at] + source.choice(PIECES) + data[at:]
            case 2:
                data = data[:at] + source.choice(PIECES) + data[end:]
            case 3:
                data = data[:at] + data[at:end] * source.randrange(2, 50) + data[end:]
            case 4:
                to = source.randrange(len(data) + 1)
                data = data[:to] + data[at:end] + data[to:]
            case 5:
                data = data[:at]
            case 6 if data:
                at = min(at, len(data) - 1)
                data = data[:at] + bytes([data[at] ^ 1 << source.randrange(8)]) + data[at + 1 :]
            case 7:
                piece, most = source.choice(PIECES), source.choice((2_000, 2_000, LARGEST_BYTES // 2))
                data = data[:at] + piece * source.randrange(2, max(3, most // len(piece))) + data[at:]
            case _:
                lines = data.split(b"\n")
                one, other = source.randrange(len(lines)), source.randrange(len(lines))
                lines[one], lines[other] = lines[other], lines[one]
                data = b"\n".join(lines)
    return data[:LARGEST_BYTES]


def read(data: bytes, format_name: str | None) -> list[Item]:
    """Return the items of a file. Raise as `read_source` does."""
    return list(read_source(Source("fuzz", data=data), format_name=format_name, today=TODAY, limits=LIMITS))


def wrong_with(items: Sequence[Item], data: bytes) -> str | None:
    """Say what is wrong with what was read, or None."""
    lines = data.count(b"\n") + data.count(b"\r") + 1
    for item in items:
        if item.line is not None and not 1 <= item.line <= lines:
            return f"line {item.line} of {lines}"
        if isinstance(item, Problem):
            if item.kind not in ("failed", "notice") or not item.message or "Traceback" in item.message:
                return f"not a problem in plain words: {item}"
            if item.message != clean_text(item.message) or "\n" in item.message or len(item.message) > 500:
                return f"a message that is no line: {item.message[:200]!r}"
        elif not isinstance(item, Record):
            return f"neither record nor problem: {item!r}"
        elif wrong := wrong_with_paper(item.paper):
            return wrong
    return None


def wrong_with_paper(paper: Paper) -> str | None:
    """Say why a paper could not be kept and shown, or None."""
    names = [author.name for author in paper.authors] + [author.family or author.name for author in paper.authors]
    lines = [paper.title, *names, *paper.keywords, *paper.tags, paper.venue or "-", paper.submitted_by or "-"]
    for text in lines:
        if not text or text != clean_line(text):
            return f"not a clean line: {text!r}"
    for text in (paper.abstract, paper.note):
        if text is not None and (not text.strip() or text != clean_text(text)):
            return f"not a clean text: {text!r}"
    for day in (paper.published, paper.listed, paper.until):
        if day is not None and iso_day(day) != day:
            return f"not a date: {day!r}"
    for address in (paper.url, *(link.url for link in paper.links)):
        if address is not None and not is_web_address(address):
            return f"not an address: {address!r}"
    if paper.year is not None and not 0 < paper.year < 10_000:
        return f"not a year: {paper.year}"
    for tag in paper.tags:
        if not all(level.strip() for level in tag.split("/")):
            return f"not a tag: {tag!r}"
    str((paper.extra, paper)).encode("utf-8")  # raises for a lone surrogate
    return None


def isolation_fault(format_name: str, source: random.Random) -> tuple[str | None, bytes]:
    """Damage one of our own records between two others; say which of the others was lost, if any."""
    before, victim, after = source.sample(papers(), 3)
    parts = ["".join(write([paper], format_name)).encode() for paper in (before, victim, after)]
    data = parts[0] + damaged(parts[1], source).replace(b"\0", b"") + b"\n" + parts[2]
    try:
        titles = {item.paper.title for item in read(data, format_name) if isinstance(item, Record)}
    except ReadingListError as error:
        return f"the whole file was refused: {error}", data
    except Exception:  # noqa: BLE001 - whatever it is, it is the find
        return traceback.format_exc(limit=-3), data
    for paper in (before, after):
        if paper.title not in titles:
            return f"damage to another record cost “{paper.title}”", data
    return None, data


def fault(data: bytes, format_name: str | None) -> tuple[str | None, str]:
    """Return what is wrong with reading `data`, or None, and how the reading ended in a word."""
    begin = time.process_time()
    try:
        items = read(data, format_name)
        ended = "read" if any(isinstance(item, Record) for item in items) else "told"
        wrong = wrong_with(items, data)
    except ReadingListError:
        ended, wrong = "refused", None
    except Exception:  # noqa: BLE001 - whatever it is, it is the find
        ended, wrong = "raised", traceback.format_exc(limit=-3)
    seconds = time.process_time() - begin
    if wrong is None and seconds > SLOWEST_SECONDS:
        wrong = f"{seconds:.1f} s for {len(data):,} bytes"
    return wrong, ended


def opml_fault(data: bytes) -> str | None:
    """Return what is wrong with reading `data` as a list of feeds, or None."""
    begin = time.process_time()
    try:
        items = read_opml(Source("fuzz", data=data))
    except ReadingListError:
        items = []
    except Exception:  # noqa: BLE001 - whatever it is, it is the find
        return traceback.format_exc(limit=-3)
    for item in items:
        if isinstance(item, Problem):
            if item.message != clean_line(item.message) or len(item.message) > 500:
                return f"a message that is no line: {item.message[:200]!r}"
        elif item.name != (clean_line(item.name or "") or None):
            return f"not a clean name: {item.name!r}"
        elif item.address.kind is Kind.FILE or item.address.text != clean_line(item.address.text):
            return f"an address that no list may give: {item.address}"
    seconds = time.process_time() - begin
    return f"{seconds:.1f} s for {len(data):,} bytes" if seconds > SLOWEST_SECONDS else None


def rounds(count: int, source: random.Random, names: Sequence[str]) -> Iterator[tuple[str, str | None, bytes]]:
    """Yield (name of the seed, format or None to recognise it, damaged bytes)."""
    files = seeds()
    if names:  # mostly files of these formats
        own = [seed for seed in files if (found := recognised(seed.data)) is not None and found in names]
        files = own * max(1, 4 * len(files) // max(1, len(own))) + files
    for number in range(count):
        seed = source.choice(files)
        yield seed.name, names[number % len(names)] if names else None, damaged(seed.data, source)


def recognised(data: bytes) -> str | None:
    """Return the name of the format a file is in, or None."""
    try:
        found = recognise(Source("seed", data=data))
    except ReadingListError:
        return None
    return found.name if found else None


def faults(count: int, seed: int, names: Sequence[str] = ()) -> tuple[list[Fault], Counter[str]]:
    """Return the faults among `count` damaged files, and how the readings ended."""
    source = random.Random(seed)
    found: list[Fault] = []
    tally: Counter[str] = Counter()
    isolating = sorted(ISOLATING & (set(names) if names else ISOLATING) & FORMATS.keys())
    for name, format_name, data in rounds(count, source, names):
        wrong, ended = fault(data, format_name)
        tally[ended] += 1
        if wrong:
            found.append(Fault(name, format_name, wrong, data))
        if isolating and source.random() < 0.2:
            chosen = source.choice(isolating)
            wrong, data = isolation_fault(chosen, source)
            tally["isolated"] += 1
            if wrong:
                found.append(Fault(f"three {chosen} records", chosen, wrong, data))
    return found, tally


def plain(text: str) -> str:
    """Return a text that a terminal can show."""
    return re.sub(r"[^\x20-\x7e\n]", "?", text)


def main() -> int:
    """Run from the command line."""
    count, seed, names = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    if unknown := [name for name in names if name not in FORMATS or FORMATS[name].read is None]:
        print(f"no such format to read: {', '.join(unknown)}; there are {', '.join(FORMATS)}")
        return 2
    begin = time.perf_counter()
    found, tally = faults(count, seed, names)
    folder = Path(tempfile.mkdtemp(prefix="fuzz-formats-")) if found else None
    for number, each in enumerate(found[:20]):
        assert folder is not None
        (folder / f"{number}.bin").write_bytes(each.data)
        print(plain(f"{folder / f'{number}.bin'} ({each.seed}, {each.format_name or 'recognised'}): {each.what}"))
    seconds = time.perf_counter() - begin
    print(f"{count} files, seed {seed}, {seconds:.0f} s: {dict(tally)}, {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
