"""Write BibTeX and BibLaTeX. What is written is balanced and stays in its field, whatever a text holds.

What the reader (`bibtex_paper`) reads is what was written, for all that these formats can hold; resources/formats.md
says what they cannot. Letters stay Unicode; the capitals that a style would make small are protected in titles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from readinglist.formats.bibtex_dates import MONTH_NAMES
from readinglist.formats.bibtex_groups import group_name, write_groups
from readinglist.formats.bibtex_names import read_names, write_list, write_names
from readinglist.formats.bibtex_paper import VENUE_FIELDS
from readinglist.formats.citation_keys import CitationKeys
from readinglist.formats.publication import CAPITALS, CITATION_KEY, ENTRY_TYPE, PUBLICATION_FIELDS
from readinglist.paper import Paper, Status
from readinglist.text.latex import is_balanced, text_to_latex


@dataclass(frozen=True, slots=True)
class _Dialect:
    """What differs: names of entry types and of the fields that hold the venue, the archive and the date."""

    name: str
    kinds: dict[str, str]
    journal: str
    archive: str
    archive_class: str
    preprint: str


_BIBTEX = _Dialect(
    "bibtex",
    {
        "online": "misc",
        "electronic": "misc",
        "www": "misc",
        "report": "techreport",
        "thesis": "phdthesis",
        "collection": "book",
        "mvbook": "book",
        "mvcollection": "book",
        "mvproceedings": "proceedings",
        "reference": "book",
        "inreference": "incollection",
        "dataset": "misc",
        "software": "misc",
        "softwareversion": "misc",
        "softwaremodule": "misc",
        "codefragment": "misc",
        "patent": "misc",
        "periodical": "misc",
        "video": "misc",
        "standard": "misc",
    },
    "journal",
    "archiveprefix",
    "primaryclass",
    "misc",
)
_BIBLATEX = _Dialect(
    "biblatex",
    {"electronic": "online", "www": "online", "conference": "inproceedings"},
    "journaltitle",
    "eprinttype",
    "eprintclass",
    "online",
)

_KIND = re.compile(r"[a-z][a-z0-9_-]{0,40}")
_NAME = re.compile(r"[a-z][a-z0-9_:+-]{0,60}")
_NOT_KINDS = frozenset({"comment", "string", "preamble", "xdata", "control", "set", "bibnote"})
_PROCEEDINGS = re.compile(
    r"\b(?:proceedings|proc\.|conference|conf\.|workshop|symposium|meeting|congress|colloquium)"
    r"|^(?:NeurIPS|NIPS|ICML|ICLR|AAAI|IJCAI|ACL|EMNLP|NAACL|EACL|COLING|CVPR|ICCV|ECCV|KDD|SIGIR|WWW|CHI|UAI"
    r"|AISTATS|COLT|INTERSPEECH|ICASSP|ICRA|IROS|CoRL|RSS|SOSP|OSDI|NSDI|SIGMOD|VLDB|STOC|FOCS|SODA|CCS|PLDI|POPL"
    r"|ICSE|FSE)\b(?:[ '’]*\d{2,4})?(?: (?:Findings|Workshops?))?$",
    re.IGNORECASE,
)
_VERBATIM = frozenset({"file", "eprint"})
_NEVER = frozenset(
    {"crossref", "xdata", "xref", "date", "year", "month", "day", "readstatus", "more_authors", CAPITALS}
)
_WORD = re.compile(r"[^\W_]+")
_DIGIT_AT_START = re.compile(r"\d")

# A tab at the start of a line is layout; readers that come to their feet at a "@" there take it for an entry.
_LINE_START = re.compile(r"\n([\t@])")


def write_bibtex(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield papers as BibTeX, an entry each, then their tags as JabRef's groups."""
    return _write(papers, _BIBTEX)


def write_biblatex(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield papers as BibLaTeX, an entry each, then their tags as JabRef's groups."""
    return _write(papers, _BIBLATEX)


def _write(papers: Iterable[Paper], dialect: _Dialect) -> Iterator[str]:
    yield "% Encoding: UTF-8\n"
    keys, tags = CitationKeys(), set[str]()
    for paper in papers:
        tags |= paper.tags
        yield "\n" + _entry(paper, keys.of(paper), dialect)
    yield f"\n@Comment{{jabref-meta: databaseType:{dialect.name};}}\n"
    if groups := write_groups(tags):
        yield "\n" + groups


def _entry(paper: Paper, key: str, dialect: _Dialect) -> str:
    kind = _kind(paper, dialect)
    lines = [f"  {name} = {value},\n" for name, value in _fields(paper, kind, dialect).items()]
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n"


def _kind(paper: Paper, dialect: _Dialect) -> str:
    said = paper.extra.get(ENTRY_TYPE)
    if isinstance(said, str) and _KIND.fullmatch(said) and said not in _NOT_KINDS:
        return dialect.kinds.get(said, said)
    if paper.venue:
        return "inproceedings" if _PROCEEDINGS.search(paper.venue) else "article"
    return dialect.preprint if paper.arxiv_id or paper.url else "misc"


def _fields(paper: Paper, kind: str, dialect: _Dialect) -> dict[str, str]:
    """Return the fields of an entry in the order in which they are written, with their braces."""
    fields = {"title": _title(paper)}
    others = paper.extra.get("more_authors") is True
    editor = paper.extra.get("editor")
    if paper.authors and not (isinstance(editor, str) and read_names(editor)[0] == paper.authors):
        fields["author"] = _braced(write_names(paper.authors, others=others))
    fields |= _date(paper, dialect)
    if paper.venue:
        name = VENUE_FIELDS.get(kind, dialect.journal)
        fields[name] = _text(paper.venue)
    if paper.doi:
        fields["doi"] = _braced(_address(paper.doi))
    if paper.arxiv_id:
        fields["eprint"] = _braced(
            _address(paper.arxiv_id + (paper.version or "" if _is_number(paper.version) else ""))
        )
        fields[dialect.archive] = "{arXiv}"
        if isinstance(category := paper.extra.get("eprintclass"), str):
            fields[dialect.archive_class] = _text(category)
    if paper.url:
        fields["url"] = _braced(_address(paper.url))
    for number, link in enumerate(paper.links, 1):
        fields[f"bdsk-url-{number}"] = _braced(_address(link.url))
    if paper.abstract:
        fields["abstract"] = _text(paper.abstract)
    tags = sorted(paper.tags, key=lambda tag: (tag.casefold(), tag))
    if paper.keywords or tags:
        fields["keywords"] = _braced(write_list([*paper.keywords, *tags]))
    if tags:
        fields["groups"] = _braced(", ".join(map(_group, tags)))
    if paper.note:
        fields["annote"] = _braced(_note(paper.note))
    fields |= _marks(paper)
    _add_extra(fields, paper)
    return fields


def _date(paper: Paper, dialect: _Dialect) -> dict[str, str]:
    """Return year and date; where they disagree the year is right, because that is what is cited."""
    published = paper.published
    if published and paper.year is not None and not published.startswith(f"{paper.year:04}"):
        published = None
    year = f"{paper.year:04}" if paper.year is not None else (published or "")[:4]
    if not year:
        said = paper.extra.get("date") or paper.extra.get("year")
        name = "date" if dialect is _BIBLATEX else "year"
        return {name: _text(said)} if isinstance(said, str) and not _DIGIT_AT_START.match(said) else {}
    if dialect is _BIBLATEX:
        return {"date": _braced(published or year)}
    fields = {"year": _braced(year)}
    if published and len(published) > 4:
        fields["month"] = MONTH_NAMES[int(published[5:7]) - 1]
    if published and len(published) > 7:
        fields["day"] = _braced(str(int(published[8:])))
    return fields


def _marks(paper: Paper) -> dict[str, str]:
    """Return what JabRef has for the reader's marks, and when the paper was taken in."""
    fields = {}
    if paper.status is Status.READ:
        fields["readstatus"] = "{read}"
    ranking = paper.extra.get("ranking")
    if paper.starred:
        fields["ranking"] = "{rank4}" if ranking == "rank4" else "{rank5}"
    elif isinstance(ranking, str) and ranking in ("rank1", "rank2", "rank3"):
        fields["ranking"] = _braced(ranking)
    if paper.added:
        fields["creationdate"] = _braced(paper.added)
    return fields


def _add_extra(fields: dict[str, str], paper: Paper) -> None:
    """Add what `extra` has: facts of the publication, and all of it for what came from such a file."""
    never = _NEVER | {ENTRY_TYPE, CITATION_KEY, "eprintclass"}
    if paper.arxiv_id or paper.doi:
        never |= {"eprint", "eprinttype"} if paper.arxiv_id else {"doi"}
    if not paper.starred:
        never |= {"ranking", "rating"} | ({"priority"} if paper.extra.get("priority") in ("prio1", "1") else set())
    names = [name for name in PUBLICATION_FIELDS if name in paper.extra]
    if paper.source in ("bibtex", "biblatex"):
        names += sorted(name for name in paper.extra if _NAME.fullmatch(name) and name not in PUBLICATION_FIELDS)
    for name in names:
        value = paper.extra[name]
        if name in fields or name in never or not isinstance(value, str | int) or isinstance(value, bool):
            continue
        text = str(value)
        if text.strip():
            verbatim = name in _VERBATIM and is_balanced(text)
            fields[name] = _braced(text) if verbatim else _pages(text) if name == "pages" else _text(text)


def _is_number(version: str | None) -> bool:
    return version is not None and version[:1] == "v" and version[1:].isdecimal()


def _text(text: str) -> str:
    return _braced(text_to_latex(text))


def _pages(text: str) -> str:
    return _braced("--".join(map(text_to_latex, text.split("–"))))


def _note(note: str) -> str:
    r"""Return a note with its layout; a tab at the start of a line would be taken for old JabRef's line wrapping."""
    latex = text_to_latex(note, plain=lambda piece, escape: _LINE_START.sub(r"\n{}\1", escape(piece)))
    return latex if latex[0] not in " \t\n" and latex[-1] not in " \t\n" else f"{{}}{latex}{{}}"


def _group(tag: str) -> str:
    name = group_name(tag)
    return f"{{{name}}}" if "," in name or ";" in name else name


def _address(address: str) -> str:
    """Return an address with nothing in it that could end the field: braces and the like as percent signs say them."""
    return re.sub(r"[{}\\\s]", lambda found: "".join(f"%{byte:02X}" for byte in found.group().encode()), address)


def _braced(latex: str) -> str:
    return f"{{{latex}}}"


def _title(paper: Paper) -> str:
    """Return the title with words in braces whose capitals a style would make small: BERT, mRNA, vitamin C, Petri."""
    said = paper.extra.get(CAPITALS)
    names = frozenset(said.split()) if isinstance(said, str) else frozenset()

    def protect(piece: str, escape: Callable[[str], str]) -> str:
        parts, begin = [], 0
        for found in _WORD.finditer(piece):
            word = found.group()
            lone = len(word) == 1 and word.isupper() and word not in "AI" and found.start() > 0
            if lone or word in names or word[1:] != word[1:].lower():
                parts += [escape(piece[begin : found.start()]), f"{{{escape(word)}}}"]
                begin = found.end()
        return "".join([*parts, escape(piece[begin:])])

    return _braced(text_to_latex(paper.title, plain=protect))
