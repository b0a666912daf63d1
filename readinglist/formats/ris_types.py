"""The types of RIS and what CSL calls them (CSL 1.0.2, appendix III; RIS Format Specifications of 2011)."""

from __future__ import annotations

_CSL_OF_RIS = {
    "JOUR": "article-journal",
    "JFULL": "periodical",
    "EJOUR": "article-journal",
    "MGZN": "article-magazine",
    "NEWS": "article-newspaper",
    "CPAPER": "paper-conference",
    "CONF": "paper-conference",
    "ABST": "article-journal",
    "INPR": "article-journal",
    "CHAP": "chapter",
    "ECHAP": "chapter",
    "BOOK": "book",
    "EBOOK": "book",
    "EDBOOK": "book",
    "WHOLE": "book",
    "SER": "book",
    "CLSWK": "classic",
    "THES": "thesis",
    "RPRT": "report",
    "GOVDOC": "report",
    "STAND": "standard",
    "PAT": "patent",
    "UNPB": "manuscript",
    "UNPD": "manuscript",
    "MANSCPT": "manuscript",
    "PREPRINT": "article",
    "DATA": "dataset",
    "AGGR": "dataset",
    "COMP": "software",
    "ELEC": "webpage",
    "WEB": "webpage",
    "BLOG": "post-weblog",
    "ENCYC": "entry-encyclopedia",
    "DICT": "entry-dictionary",
    "PAMP": "pamphlet",
    "MAP": "map",
    "SLIDE": "speech",
    "VIDEO": "motion_picture",
    "SOUND": "song",
    "CASE": "legal_case",
    "STAT": "legislation",
    "BILL": "bill",
    "HEAR": "hearing",
    "PCOMM": "personal_communication",
    "GEN": "document",
}
_IN_WORDS = {
    "JOURNAL ARTICLE": "article-journal",
    "JOURNAL": "article-journal",
    "ARTICLE": "article-journal",
    "CONFERENCE PAPER": "paper-conference",
    "CONFERENCE PROCEEDINGS": "paper-conference",
    "BOOK SECTION": "chapter",
    "BOOK CHAPTER": "chapter",
    "THESIS": "thesis",
    "REPORT": "report",
    "WEB PAGE": "webpage",
    "PREPRINT": "article",
}
_RIS_OF_CSL: dict[str, str] = {}
for _ris, _csl in _CSL_OF_RIS.items():
    _RIS_OF_CSL.setdefault(_csl, _ris)


def csl_type(ris: str) -> str | None:
    """Return what CSL calls a type of RIS, also one in words ("Journal Article"), or None."""
    return _CSL_OF_RIS.get(ris) or _IN_WORDS.get(ris)


def ris_type(csl: str) -> str | None:
    """Return what RIS calls a type of CSL, or None."""
    return _RIS_OF_CSL.get(csl)
