"""A folder of Markdown files, one a paper: which files are papers, and what the files of an export are called.

Reading passes over files that are no papers, and tells how many. A name says family name, year and title, is safe on
every system and in Obsidian's links, and no two are equal but for case. Knows nothing of how files are put on the disk.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from readinglist.errors import Problem, ReadingListError
from readinglist.formats.item import Item
from readinglist.formats.markdown_paper import MARK, items_from_markdown, split_front_matter, write_paper
from readinglist.formats.source import USUAL, BadSource, Limits, Sample, Source
from readinglist.paper import Paper
from readinglist.phrase import phrase
from readinglist.text.clean import clean_line
from readinglist.text.names import family_name

NAME = "markdown-folder"
SUFFIX = ".md"
FileWriter = Callable[[Iterable[Paper], Mapping[str, str], Iterable[str]], Iterator[tuple[str, str]]]
"""What `markdown_files` is: how a format that is a folder gives its files."""

_LONGEST_BYTES = 1 << 25
_LONGEST_NAME_BYTES = 120  # of 255, so that a folder of folders stays below the 260 characters of Windows
# What Windows, macOS or Obsidian's links cannot have in a name, and what shows nothing.
_UNSAFE = re.compile(r'[\\/:*?"<>|#^\[\]%]+')
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ud800-\udfff]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?", re.IGNORECASE)
_MARKED = re.compile(rf"^(?:{MARK}|uid|authors?|doi|arxiv(?:_id)?|venue|journal)\s*:", re.MULTILINE)
_TITLED = re.compile(r"^title\s*:", re.MULTILINE)


def recognise_markdown(sample: Sample) -> float:
    """Say how sure it is that this is one file of such a folder, by its front matter."""
    parts = split_front_matter(sample.text.replace("\r\n", "\n"))
    if parts is None or not _TITLED.search(parts[0]):
        return 0.0
    return 0.9 if _MARKED.search(parts[0]) else 0.5


def read_markdown_folder(source: Source, today: date, limits: Limits = USUAL) -> Iterator[Item]:
    """Yield the papers of a folder in the order of the names of its files, or the paper of one file.

    Links and hidden files and folders are left out. Raise `ReadingListError` when no file is a paper.
    """
    if not source.is_folder:
        items = items_from_markdown(source.text(limits), name=source.name, format_name=NAME, limits=limits)
        if not items:
            items = [Problem("failed", source.name, 1, "this has no front matter with a title")]
        yield from items
        return
    passed_over: list[str] = []
    any_paper = False
    for file in source.files(SUFFIX):
        name = clean_line(f"{source.name}/{file.relative_to(source.path or file).as_posix()}")
        items = _items_of_file(Source(name, file), limits)
        if items:
            any_paper = True
            yield from items
        else:
            passed_over.append(name)
    if not any_paper:
        raise BadSource(
            source.name, phrase("there are no Markdown files of papers in this folder; give the files in it themselves")
        )
    if passed_over:
        some = ", ".join(passed_over[:3]) + (" …" if len(passed_over) > 3 else "")
        yield Problem(
            "notice",
            source.name,
            None,
            phrase("Markdown files that are no papers: {n:,} ({some})", n=len(passed_over), some=some),
        )


def _items_of_file(source: Source, limits: Limits) -> list[Item]:
    """Return the items of one file among others: one that cannot be read costs itself."""
    try:
        if source.size_bytes() > _LONGEST_BYTES:
            return [Problem("failed", source.name, None, "this file is too long")]
        text = source.text(limits)
    except ReadingListError as error:
        return [Problem("failed", source.name, None, error.message)]
    parts = split_front_matter(text.replace("\r\n", "\n"))
    if parts is None or not _MARKED.search(parts[0]):
        return []  # another note of a vault, which may well have a title
    return items_from_markdown(text, name=source.name, format_name=NAME, limits=limits)


def markdown_files(
    papers: Iterable[Paper], known: Mapping[str, str], taken: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Yield (name of the file, its text) for each paper.

    `known` has the names, by uid, of files that are there from an earlier export: they keep their names. `taken` are
    names that are not free.
    """
    names = FileNames({*taken, *known.values()})
    for paper in papers:
        yield known.get(paper.uid) or names.give(paper), write_paper(paper)


class FileNames:
    """Gives names to the files of papers, each once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {_key(name) for name in taken}

    def give(self, paper: Paper) -> str:
        """Return a free name: the usual one, or that with the start of the uid or a number behind it."""
        stem = file_stem(paper)
        for more in self._endings(paper.uid):
            name = f"{stem}{more}{SUFFIX}"
            if _key(name) not in self._taken:
                self._taken.add(_key(name))
                return name
        raise AssertionError("the endings do not end")

    def _endings(self, uid: str) -> Iterator[str]:
        yield ""
        start = re.sub(r"[^0-9a-zA-Z]", "", uid)
        if len(start) >= 8:
            yield f" {start[:6]}"
        number = 2
        while True:
            yield f" {number}"
            number += 1


def file_stem(paper: Paper) -> str:
    """Return the name of a paper's file without its ending.

    >>> from readinglist.paper import Author
    >>> file_stem(Paper(title="On lists: why? A/B", authors=(Author("Ada Quill"),), year=2024))
    'Quill 2024 On lists - why - A - B'
    """
    first = paper.authors[0] if paper.authors else None
    family = (first.family or family_name(first.name)) if first else ""
    words = " ".join(filter(None, (family, str(paper.year or ""), paper.title)))
    stem = clean_line(_UNSAFE.sub(" - ", _UNSEEN.sub("", unicodedata.normalize("NFC", words))))
    stem = re.sub(r"^[\s.-]+|- (?=- )", "", stem)
    while len(stem.encode("utf-8", "ignore")) > _LONGEST_NAME_BYTES:
        shorter = stem.rpartition(" ")[0]
        stem = shorter if len(shorter) > 20 else stem[:-1]
    stem = stem.rstrip(" .-~") or "paper"
    return f"_{stem}" if _RESERVED.fullmatch(stem) else stem


def _key(name: str) -> str:
    """Return what names have in common that some system takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", name).casefold())
