"""Is it the same paper, and what does a second record of it add? Pure; knows nothing of libraries.

Two records are the same paper when one of these holds:

1. They have the same DOI, or the same arXiv id (an arXiv DOI, 10.48550/arXiv.*, is an arXiv id).
2. Their titles are equal but for case, accents and punctuation, and, where both have a first author, it is
   the same one. Different DOIs or arXiv ids do not speak against it: a preprint and the published version
   have different ones.
3. A title of a single word ("HyperNetworks") is not enough for that: the first author, the address, the
   abstract, or year and venue together must be equal too.
4. A title that many papers have ("Guest editorial"), or one without words, needs the same, and besides no
   DOI, arXiv id, year, venue or abstract that both have may differ: one person writes many editorials.

By 3 and 4 two records that say the same of all these are one paper, even when that is nothing at all, so
that taking in one file twice adds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from readinglist.paper import SOURCE_FIELDS, Author, Paper
from readinglist.text.identifiers import is_stand_in_title, normal_arxiv, normal_doi
from readinglist.text.names import family_name
from readinglist.text.words import fold, forms, title_key


class Keys(NamedTuple):
    """What a paper is looked up by.

    `doi` and `arxiv_id` are normal and None when unknown; `title_key` is "" for a title without words;
    `family_key` belongs to the first author and is "" without one.
    """

    doi: str | None
    arxiv_id: str | None
    title_key: str
    family_key: str


def identity_keys(paper: Paper) -> Keys:
    """Return the keys of `paper`: whoever shares one of the first three is a case for `same_paper`."""
    doi = paper.doi
    if doi is not None and not (doi.startswith("10.") and doi.islower()):
        doi = normal_doi(doi)
    arxiv_id = paper.arxiv_id
    if arxiv_id is not None and not _BARE_ARXIV.fullmatch(arxiv_id):
        found = normal_arxiv(arxiv_id)
        arxiv_id = found[0] if found else arxiv_id.strip() or None
    if doi is not None and doi.startswith(_ARXIV_DOI):
        found = normal_arxiv(doi.removeprefix(_ARXIV_DOI))
        if found:
            doi, arxiv_id = None, arxiv_id or found[0]
    return Keys(doi, arxiv_id, title_key(paper.title), family_key(paper.authors[0]) if paper.authors else "")


_BARE_ARXIV = re.compile(r"\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7}")
_ARXIV_DOI = "10.48550/arxiv."


def family_key(author: Author) -> str:
    """Return what spellings of one family name have in common: the folded last part, "u" for "ü" and "ue".

    Sources disagree on particles and double names ("van der Berg" and "Berg"); with equal titles the last
    part is telling enough. An institution (its own family name) keeps all its words.

    >>> [family_key(Author(n)) for n in ("Ludwig van Beethoven", "Müller, Jörg", "J. Mueller")]
    ['beethoven', 'muller', 'muller']
    """
    if author.family == author.name:
        last = author.name
    else:
        last = family_name(author.family or author.name).rpartition(" ")[2]
    key = "".join(forms(last))
    return key.replace("ae", "a").replace("oe", "o").replace("ue", "u")


_KINDS_OF_PIECES = """
abstracts, acknowledgements, acknowledgments, addendum, afterword, announcement, announcements, author index,
back matter, book review, book reviews, call for papers, colophon, comment, commentary, comments, concluding
remarks, conclusion, conclusions, conference report, contents, contributors, correction, corrections,
corrigendum, discussion, editorial, editorial board, editorial introduction, editorial note, editorials,
editor's note, epilogue, errata, erratum, foreword, forum, forums, front matter, general introduction, guest
editorial, guest editor's introduction, guest editors' introduction, in this issue, index, introduction,
introduction to the issue, introduction to the special issue, invited talk, keynote, keynote talk, letter,
letter from the editor, letter to the editor, letters, letters to the editor, masthead, news, no title, note,
notes, obituary, opening remarks, overview, panel, plenary, postscript, preface, preface to the special issue,
prologue, rejoinder, reply, response, retracted, retraction, review, reviewers, reviews, special issue,
summary, supplementary information, supplementary material, table of contents, technical report, title page,
tutorial, untitled, white paper, withdrawn, workshop, workshops
"""
_SHARED_TITLES = frozenset(title_key(title) for title in _KINDS_OF_PIECES.split(","))


def same_paper(a: Paper, b: Paper) -> bool:
    """Say whether two records are of one paper, by the rules at the top of this module."""
    keys_a, keys_b = identity_keys(a), identity_keys(b)
    if keys_a.doi is not None and keys_a.doi == keys_b.doi:
        return True
    if keys_a.arxiv_id is not None and keys_a.arxiv_id == keys_b.arxiv_id:
        return True
    if keys_a.title_key != keys_b.title_key or _same_first_author(a, b) is False:
        return False
    if is_stand_in_title(a.title) or is_stand_in_title(b.title):
        return False  # punctuation tells identifiers apart
    tells_enough = " " in keys_a.title_key and keys_a.title_key not in _SHARED_TITLES
    return tells_enough or _confirmed(a, keys_a, b, keys_b)


def _same_first_author(a: Paper, b: Paper) -> bool | None:
    """None when one of them has no author. A name with its parts in another order is the same name."""
    if not a.authors or not b.authors:
        return None
    one, other = a.authors[0], b.authors[0]
    return (
        one == other
        or family_key(one) == family_key(other) != ""
        or sorted(forms(one.name)) == sorted(forms(other.name)) != []
    )


def _confirmed(a: Paper, keys_a: Keys, b: Paper, keys_b: Keys) -> bool:
    """Rules 3 and 4; the title keys are equal already and the first authors do not differ."""
    key = keys_a.title_key
    if not key and fold(a.title).split() != fold(b.title).split():
        return False
    facts_a, facts_b = _facts(a, keys_a), _facts(b, keys_b)
    if facts_a == facts_b and a.url == b.url and bool(a.authors) == bool(b.authors):
        return True
    differ = any(one and other and one != other for one, other in zip(facts_a, facts_b, strict=True))
    if differ and (not key or key in _SHARED_TITLES):
        return False
    same_year, same_venue, same_abstract = (
        bool(one) and one == other for one, other in zip(facts_a[2:], facts_b[2:], strict=True)
    )
    same_url = bool(a.url) and a.url == b.url
    return bool(_same_first_author(a, b)) or same_url or same_abstract or (same_year and same_venue)


def _facts(paper: Paper, keys: Keys) -> tuple[str | int | None, ...]:
    return (
        keys.doi,
        keys.arxiv_id,
        paper.year,
        title_key(paper.venue or ""),
        title_key(paper.abstract or ""),
    )


def is_newer_version(known: Paper, found: Paper) -> bool:
    """Say whether `found` is a later version of the very source record that `known` came from.

    Both must come from the same source and have a version, and no DOI or arXiv id may differ. Two
    arXiv versions ("v2" < "v10") need the same arXiv id; anything else must be two RFC 3339 times, compared
    as times. The two are taken to be the same paper already.
    """
    if known.source != found.source or known.version is None or found.version is None:
        return False
    if known.version == found.version:
        return False
    keys_known, keys_found = identity_keys(known), identity_keys(found)
    for one, other in zip(keys_known[:2], keys_found[:2], strict=True):
        if one and other and one != other:
            return False
    number_known, number_found = _NUMBERED.fullmatch(known.version), _NUMBERED.fullmatch(found.version)
    if number_known and number_found:
        same_record = keys_known.arxiv_id is not None and keys_known.arxiv_id == keys_found.arxiv_id
        return same_record and int(number_found[1]) > int(number_known[1])
    time_known, time_found = _time(known.version), _time(found.version)
    return time_known is not None and time_found is not None and time_found > time_known


_NUMBERED = re.compile(r"v(\d{1,6})")


def _time(text: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def taken_in(known: Paper, found: Paper) -> Paper:
    """Return what taking in `found` makes of `known`, the same paper; `known` itself when nothing changes.

    What was empty is filled, and an identifier that stood for a title gives way to a title. A newer version of
    the same source record also replaces source fields. A field that the reader has corrected, also to nothing,
    stays as it is. Links and keywords are united, upvotes only grow, and `extra` gains what it did not have.
    Fields of the reader, `source` and the numbers are left alone; highlights are anchored anew by whoever saves a
    changed abstract (see `anchor`).

    `version` follows the text: it is set when a newer version is taken, or when it was unknown and the source
    fields now say just what that version says.
    """
    newer = is_newer_version(known, found)
    changes: dict[str, Any] = {}
    for name in SOURCE_FIELDS:
        old, new = getattr(known, name), getattr(found, name)
        if old is new or old == new or not _says_something(new) or name in known.corrected:
            continue
        if name in _UNITED:
            result = _UNITED[name](old, new)
        elif name == "title" and (is_stand_in_title(old) or is_stand_in_title(new)):
            result = old if is_stand_in_title(new) else new
        elif newer or not _says_something(old):
            result = new
        else:
            continue
        if result != old:
            changes[name] = result
    extra = {**known.extra, **found.extra} if newer else {**found.extra, **known.extra}
    if extra != known.extra:
        changes["extra"] = extra
    if newer or (
        found.version
        and known.version is None
        and known.source == found.source
        and _says_the_same(known, found, changes)
    ):
        changes["version"] = found.version
    return replace(known, **changes) if changes else known


def _says_something(value: object) -> bool:
    """0 upvotes and the year 0 are something; None, "" and () are not."""
    return value is not None and value not in ("", ())


def _says_the_same(known: Paper, found: Paper, changes: dict[str, Any]) -> bool:
    return all(
        name in _UNITED
        or not _says_something(getattr(found, name))
        or changes.get(name, getattr(known, name)) == getattr(found, name)
        for name in SOURCE_FIELDS
    )


def _united_by(key: Callable[[Any], object]) -> Callable[[tuple[Any, ...], tuple[Any, ...]], tuple[Any, ...]]:
    def united(old: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[Any, ...]:
        held: dict[object, Any] = {}
        for element in (*old, *new):
            held.setdefault(key(element), element)
        return tuple(held.values())

    return united


_UNITED: dict[str, Callable[[Any, Any], Any]] = {
    "links": _united_by(lambda link: link.url.rstrip("/")),
    "keywords": _united_by(lambda keyword: " ".join(fold(keyword).split())),
    "upvotes": lambda old, new: new if old is None else max(old, new),
}
