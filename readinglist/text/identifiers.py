"""Tell and normalise the identifiers and addresses of papers.

Sources: DOI Handbook §2.2 and Crossref's guidance on matching; arXiv identifier scheme (new since 2007-04,
old before it).
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

# Control and direction characters can come out of percent signs: they end it.
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]+")
_ARXIV_NEW = re.compile(r"(?<![\d.])(\d{4}\.\d{4,5})(v\d+)?(?!\d)")
_ARXIV_OLD = re.compile(r"(?<![\w.-])([a-z][a-z-]*(?:\.[A-Z]{2})?/\d{7})(v\d+)?(?!\d)")
_ADDRESS = re.compile(r"(?:https?://|(?<![\w@./-])(?:www\.|github\.com/|gitlab\.com/))[^\s<>\"{}|\\^`]+", re.IGNORECASE)
_CODE_HOSTS = frozenset({"github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "sr.ht", "git.sr.ht"})
_CLOSERS = {")": "(", "]": "["}


def normal_doi(text: str) -> str | None:
    """Return the DOI in `text`, lower case and without its resolver, or None.

    >>> normal_doi("https://doi.org/10.1145/ABC.12."), normal_doi("doi:10.1000/x(1)2"), normal_doi("none")
    ('10.1145/abc.12', '10.1000/x(1)2', None)
    """
    found = _DOI.search(unquote(text) if "%" in text else text)
    doi = _without_trailing(found.group()).lower() if found else ""
    return doi if _DOI.fullmatch(doi) else None  # of "10.1000/." nothing is left behind the slash


def normal_arxiv(text: str) -> tuple[str, str | None] | None:
    """Return the arXiv id in `text` and its version ("v2" or None), or None.

    >>> normal_arxiv("arXiv:2401.00001v2"), normal_arxiv("https://arxiv.org/abs/hep-th/9901001")
    (('2401.00001', 'v2'), ('hep-th/9901001', None))
    """
    for pattern in (_ARXIV_NEW, _ARXIV_OLD):
        if (found := pattern.search(text)) and _plausible_month(found.group(1)):
            return found.group(1), found.group(2)
    return None


def _plausible_month(arxiv_id: str) -> bool:
    digits = arxiv_id.rpartition("/")[2]
    return 1 <= int(digits[2:4]) <= 12


def stand_in_title(doi: str | None, arxiv_id: str | None) -> str | None:
    """Return what stands for the title of a paper of which nothing but an identifier is known, or None.

    >>> stand_in_title(None, "2401.00001"), stand_in_title("10.1000/x", "2401.00001"), stand_in_title(None, None)
    ('arXiv:2401.00001', 'doi:10.1000/x', None)
    """
    if doi:
        return f"doi:{doi}"
    return f"arXiv:{arxiv_id}" if arxiv_id else None


def is_stand_in_title(title: str) -> bool:
    """Say whether a title is nothing but an identifier that stands for one.

    >>> is_stand_in_title("doi:10.1000/x"), is_stand_in_title("arXiv: the first years")
    (True, False)
    """
    if title.startswith("doi:10."):
        return normal_doi(title) == title[4:]
    return title.startswith("arXiv:") and (found := normal_arxiv(title)) is not None and title[6:] == found[0]


def addresses(text: str) -> list[str]:
    """Return the web addresses that stand in running text, in order, without repeats.

    A full stop or bracket that belongs to the sentence is left off; `github.com/...` without a scheme counts.

    >>> addresses("Code (https://github.com/a/b), see www.x.org.")
    ['https://github.com/a/b', 'https://www.x.org']
    """
    found: dict[str, None] = {}
    for match in _ADDRESS.finditer(text):
        url = _without_trailing(match.group())
        if not url.lower().startswith(("http://", "https://")):
            url = "https://" + url
        if is_web_address(url):
            found[url] = None
    return list(found)


def is_web_address(url: str) -> bool:
    """Say whether `url` is an http or https address with a host: the only kind that is ever opened."""
    try:
        parts = urlsplit(url)
        return parts.scheme.lower() in ("http", "https") and "." in (parts.hostname or "")
    except ValueError:
        return False


def link_kind(url: str) -> str:
    """Return the kind of link an address is: `code`, `pdf`, `page` or `other`.

    >>> link_kind("https://github.com/a/b"), link_kind("https://arxiv.org/pdf/2401.00001"), link_kind("https://x.org")
    ('code', 'pdf', 'other')
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").lower().removeprefix("www.")
    path = parts.path.lower()
    if host in _CODE_HOSTS and path.strip("/"):
        return "code"
    if path.endswith(".pdf") or (host.endswith("arxiv.org") and path.startswith("/pdf/")):
        return "pdf"
    if host in ("doi.org", "dx.doi.org", "openreview.net") or (host.endswith("arxiv.org") and path.startswith("/abs/")):
        return "page"
    return "other"


def _without_trailing(address: str) -> str:
    """Leave off punctuation that belongs to the sentence, and a closing bracket that was not opened inside."""
    while address:
        last = address[-1]
        if last in ".,;:!?'\u2019\u201d*_" or (
            last in _CLOSERS and address.count(last) > address.count(_CLOSERS[last])
        ):
            address = address[:-1]
        else:
            break
    return address
