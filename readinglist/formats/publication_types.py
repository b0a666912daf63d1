"""What BibLaTeX, RIS and CSL call the kinds of publication: one table, from it the ways to and fro.

A paper keeps BibLaTeX's name (`publication.ENTRY_TYPE`). Sources: BibLaTeX manual 2.1; RIS Format Specifications of
2011; CSL 1.0.2, appendix III; the types of Crossref stand among those of CSL.
"""

from __future__ import annotations

# BibLaTeX, what RIS calls it (the first when writing), what CSL calls it (the first when writing).
_TABLE = (
    ("article", "JOUR EJOUR INPR ABST", "article-journal article-magazine article-newspaper review journal-article"),
    ("inproceedings", "CPAPER CONF", "paper-conference proceedings-article"),
    ("online", "PREPRINT WEB ELEC BLOG ICOMM", "webpage post post-weblog article posted-content"),
    ("incollection", "CHAP ECHAP", "chapter book-chapter"),
    ("inbook", "CHAP", "chapter"),
    ("book", "BOOK EBOOK EDBOOK WHOLE SER CLSWK", "book classic monograph"),
    ("collection", "EDBOOK", "book"),
    ("proceedings", "CONF", "book"),
    ("thesis", "THES", "thesis dissertation"),
    ("report", "RPRT GOVDOC", "report"),
    ("unpublished", "UNPB UNPD MANSCPT", "manuscript speech"),
    ("periodical", "JFULL", "periodical"),
    ("patent", "PAT", "patent"),
    ("dataset", "DATA AGGR DBASE", "dataset"),
    ("software", "COMP", "software"),
    ("standard", "STAND", "standard"),
    ("inreference", "ENCYC DICT", "entry-encyclopedia entry-dictionary entry"),
    ("booklet", "PAMP", "pamphlet"),
    ("video", "VIDEO MPCT", "motion_picture"),
    ("audio", "SOUND", "song"),
    ("image", "FIGURE ART", "graphic figure"),
    ("legislation", "STAT BILL", "legislation bill"),
    ("jurisdiction", "CASE", "legal_case"),
    ("letter", "PCOMM", "personal_communication"),
    ("misc", "GEN MGZN NEWS", "document"),
)
_LIKE_BIBTEX = {
    "conference": "inproceedings",
    "mvbook": "book",
    "bookinbook": "incollection",
    "suppbook": "incollection",
    "mvcollection": "collection",
    "mvproceedings": "proceedings",
    "preprint": "online",
    "techreport": "report",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "electronic": "online",
    "www": "online",
    "manual": "report",
}
_IN_WORDS = {
    "JOURNAL ARTICLE": "article",
    "JOURNAL": "article",
    "ARTICLE": "article",
    "MAGAZINE ARTICLE": "article",
    "CONFERENCE PAPER": "inproceedings",
    "CONFERENCE PROCEEDINGS": "inproceedings",
    "BOOK SECTION": "incollection",
    "BOOK CHAPTER": "incollection",
    "THESIS": "thesis",
    "REPORT": "report",
    "WEB PAGE": "online",
    "PREPRINT": "online",
    "MGZN": "article",
    "NEWS": "article",
}
_OF_RIS: dict[str, str] = {}
_OF_CSL: dict[str, str] = {}
_AS_RIS: dict[str, str] = {}
_AS_CSL: dict[str, str] = {}
for _entry, _ris, _csl in _TABLE:
    _AS_RIS[_entry], _AS_CSL[_entry] = _ris.split()[0], _csl.split()[0]
    for _each in _ris.split():
        _OF_RIS.setdefault(_each, _entry)
    for _each in _csl.split():
        _OF_CSL.setdefault(_each, _entry)


def type_of_ris(ris: str) -> str | None:
    """Return BibLaTeX's name for a type of RIS, also one in words ("JOURNAL ARTICLE"), or None."""
    return _IN_WORDS.get(ris) or _OF_RIS.get(ris)


def type_of_csl(csl: str) -> str | None:
    """Return BibLaTeX's name for a type of CSL, or None."""
    return _OF_CSL.get(csl)


def type_as_ris(entry_type: str) -> str | None:
    """Return what RIS calls a type of BibLaTeX or BibTeX, or None."""
    return _AS_RIS.get(_LIKE_BIBTEX.get(entry_type, entry_type))


def type_as_csl(entry_type: str) -> str | None:
    """Return what CSL calls a type of BibLaTeX or BibTeX, or None."""
    return _AS_CSL.get(_LIKE_BIBTEX.get(entry_type, entry_type))
