"""What a reader types to name a feed, and where it is fetched from. Pure; opens nothing.

    arxiv:cs.CL                -> https://rss.arxiv.org/rss/cs.CL
    arxiv:"all:electron"       -> https://export.arxiv.org/api/query?search_query=all:electron&…
    huggingface                -> https://huggingface.co/api/daily_papers
    https://example.org/feed   -> itself
    lists/new.xml              -> a file of this machine

Sources: arXiv's description of its RSS feeds; arXiv's API manual §3.1 and §5.1; RFC 3986. Only http and https are
addresses. What may be a secret in one (a name and a password, a token) is never shown or logged: see `shown`.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from readinglist.errors import ReadingListError
from readinglist.phrase import phrase
from readinglist.text.clean import clean_line

ARXIV_PAGE = 100
"""So many papers a query of arXiv is asked for; its manual allows more and asks not to."""

_LONGEST = 4000
_ARCHIVES = (
    "astro-ph|cond-mat|cs|econ|eess|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|nlin|nucl-ex|nucl-th|physics"
    "|q-bio|q-fin|quant-ph|stat"
)
_CATEGORY = rf"(?:{_ARCHIVES})(?:\.[A-Za-z][A-Za-z-]+)?"
_CATEGORIES = re.compile(rf"{_CATEGORY}(?:\+{_CATEGORY})*")
_ARXIV_LISTS = re.compile(r"/(?:rss|atom|list)/([^/]+)(?:/(?:new|recent|pastweek|current))?/?")
_FIELD = re.compile(r"\b(?:ti|au|abs|co|jr|cat|rn|id|all|submittedDate):")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.IGNORECASE)
_SECRET_NAMES = re.compile(r"token|key|secret|passw|auth|sig|session|access|user|login|hash|code|uid", re.IGNORECASE)
_SECRET_VALUE = re.compile(r"(?=[^/]*[0-9])(?=[^/]*[A-Za-z])[A-Za-z0-9_~.=-]{20,}")
_KEPT_IN_PATHS = "/%:=&?~#+!$,;'@()*[]"


class Kind(StrEnum):
    """What a feed is of."""

    ARXIV = "arxiv"
    HUGGINGFACE = "huggingface"
    WEB = "web"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a feed is. `text` is how it is kept, equal for equal feeds; a file has a `path`, all else a `url`."""

    kind: Kind
    text: str
    url: str | None = None
    path: Path | None = None

    @property
    def host(self) -> str:
        """The machine that is asked, "" for a file."""
        return host_of(self.url) if self.url else ""

    @property
    def is_arxiv_list(self) -> bool:
        """Whether this is one of arXiv's daily lists, which is without papers on the days without one."""
        return self.kind is Kind.ARXIV and "/rss/" in (self.url or "")


def read_address(typed: str, *, folder: Path | None = None) -> Address:
    """Return the feed that a reader means. A file is looked for in `folder` (None: files are not meant).

    Raises ReadingListError with what can be written instead.

    >>> read_address("https://export.arxiv.org/rss/cs.CL").text
    'arxiv:cs.CL'
    """
    text = clean_line(typed)
    if not text or len(text) > _LONGEST:
        raise ReadingListError("An address of a feed is wanted: https://…, arxiv:cs.CL, huggingface, or a file.")
    low = text.lower()
    if low.startswith("arxiv:"):
        return _arxiv(text[len("arxiv:") :].strip())
    if low in ("huggingface", "hf", "huggingface:"):
        return _huggingface()
    scheme = _SCHEME.match(text)
    if scheme and scheme.group(1).lower() in ("http", "https"):
        return _web(text)
    # Not pathlib's: it raises for a name that is too long, or somebody who is not here (~eve).
    if folder is not None and os.path.exists(path := folder / os.path.expanduser(text)):  # noqa: PTH110, PTH111
        return _file(path.absolute())
    if scheme and len(scheme.group(1)) > 1:  # one letter is a drive of Windows
        raise ReadingListError(
            phrase("“{scheme}:” is no kind of address that a feed can have: only http and https are.", scheme=scheme[1])
        )
    raise ReadingListError(
        phrase("“{text}” is neither an address (https://…) nor a file that is there.", text=text[:80])
    )


def kept_address(text: str) -> Address:
    """Return the feed whose address is kept as `text`. What makes no sense is an address that cannot be asked."""
    if not text.lower().startswith(("arxiv:", "huggingface", "http:", "https:")):
        return _file(Path(text))
    try:
        return read_address(text)
    except ReadingListError:
        return Address(Kind.WEB, text)


def _file(path: Path) -> Address:
    return Address(Kind.FILE, str(path), path=path)


def _huggingface() -> Address:
    return Address(Kind.HUGGINGFACE, "huggingface", "https://huggingface.co/api/daily_papers?limit=100")


def _arxiv(what: str) -> Address:
    what = " ".join(what.split())
    if not what:
        raise ReadingListError('Say what of arXiv: a category (arxiv:cs.CL) or a query (arxiv:"all:electron").')
    if _CATEGORIES.fullmatch(what):
        return Address(Kind.ARXIV, f"arxiv:{what}", f"https://rss.arxiv.org/rss/{what}")
    query = what
    if not _FIELD.search(what):
        query = f'all:"{what}"' if " " in what and '"' not in what else f"all:{what}"
    arguments = {
        "search_query": query,
        "sortBy": "lastUpdatedDate",
        "sortOrder": "descending",
        "start": "0",
        "max_results": str(ARXIV_PAGE),
    }
    url = f"https://export.arxiv.org/api/query?{urlencode(arguments, safe=':', quote_via=quote)}"
    return Address(Kind.ARXIV, f"arxiv:{query}", url)


def _web(text: str) -> Address:
    url = normal_url(text)
    parts = urlsplit(url)
    host = host_of(url)
    if is_arxiv(host) and not parts.query and (found := _ARXIV_LISTS.fullmatch(parts.path)):
        categories = unquote(found.group(1))
        if _CATEGORIES.fullmatch(categories):
            return _arxiv(categories)
    asked = dict(parse_qsl(parts.query))
    if is_arxiv(host) and parts.path == "/api/query" and asked.get("sortBy") == "lastUpdatedDate":
        made = _arxiv(asked.get("search_query", ""))
        if made.url == url:
            return made
    if (
        host == "huggingface.co"
        and parts.path.rstrip("/") in ("/papers", "/api/daily_papers")
        and asked.keys() <= {"limit"}
    ):
        return _huggingface()
    return Address(Kind.ARXIV if is_arxiv(host) else Kind.WEB, url, url)


def normal_url(text: str) -> str:
    """Return an http(s) address as it is asked for: ASCII, without its fragment. Raises ReadingListError.

    >>> normal_url("HTTPS://Example.ORG/neu & schön?q=ä#top")
    'https://example.org/neu%20&%20sch%C3%B6n?q=%C3%A4'
    """
    wrong = ReadingListError("This is no address that can be asked: write it like https://example.org/feed.xml.")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme.lower() not in ("http", "https") or not host:
        raise wrong
    if ":" in host:
        host = f"[{host}]"  # IPv6
    else:
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            raise wrong from None
        if not all(map(_LABEL.fullmatch, host.rstrip(".").split("."))):
            raise wrong
    user, at, _ = parts.netloc.rpartition("@")
    place = f"{quote(user, safe=':%')}{at}{host}" + (f":{port}" if port is not None else "")
    path = quote(parts.path, safe=_KEPT_IN_PATHS) or "/"
    return urlunsplit((parts.scheme.lower(), place, path, quote(parts.query, safe=_KEPT_IN_PATHS), ""))


def host_of(url: str) -> str:
    """Return the machine of an address that `normal_url` made."""
    return urlsplit(url).hostname or ""


def is_arxiv(host: str) -> bool:
    """Say whether a machine is one of arXiv's."""
    return host == "arxiv.org" or host.endswith(".arxiv.org")


def is_near(host: str) -> bool:
    """Say whether a machine is this one or one of a private network, by its name."""
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        number = ip_address(host)
    except ValueError:
        return False
    return not number.is_global


def shown(text: str) -> str:
    """Return an address as it may be shown: without a name, a password, and what looks like a token.

    >>> shown("https://me:pw@example.org/feed/x?page=2&token=abc")
    'https://…@example.org/feed/x?page=2&token=…'
    """
    if not text.lower().startswith(("http:", "https:")):
        return text
    try:
        parts = urlsplit(text)
    except ValueError:  # what it holds cannot be told, so none of it is shown
        return f"{text.partition(':')[0]}://…"
    place = f"…@{parts.netloc.rpartition('@')[2]}" if "@" in parts.netloc else parts.netloc
    path = "/".join("…" if _SECRET_VALUE.fullmatch(unquote(piece)) else piece for piece in parts.path.split("/"))
    pieces = []
    for piece in parts.query.split("&") if parts.query else ():
        name, equals, value = piece.partition("=")
        secret = equals and value and (_SECRET_NAMES.search(name) or _SECRET_VALUE.fullmatch(unquote(value)))
        pieces.append(f"{name}=…" if secret else "…" if _SECRET_VALUE.fullmatch(name) else piece)
    return urlunsplit((parts.scheme, place, path, "&".join(pieces), ""))


def page_after(address: Address, entries: int) -> str | None:
    """Return where a query of arXiv goes on after so many entries; None: this feed has one page.

    >>> page_after(Address(Kind.ARXIV, "", "https://export.arxiv.org/api/query?search_query=all:a&start=0"), 100)
    'https://export.arxiv.org/api/query?search_query=all:a&start=100'
    """
    parts = urlsplit(address.url or "")
    if address.kind is not Kind.ARXIV or parts.path != "/api/query":
        return None
    asked = [piece for piece in parts.query.split("&") if not piece.startswith("start=")]
    start = dict(parse_qsl(parts.query)).get("start", "")
    first = int(start) if start.isascii() and start.isdigit() else 0
    return urlunsplit(parts._replace(query="&".join([*asked, f"start={first + entries}"])))


def usual_name(address: Address) -> str:
    """Return what a feed is called until it has said its own name.

    >>> usual_name(read_address("arxiv:cs.CL")), usual_name(read_address("https://www.example.org/a/new.xml"))
    ('arXiv cs.CL', 'example.org/a/new.xml')
    """
    match address.kind:
        case Kind.ARXIV if address.text.startswith("arxiv:"):
            return f"arXiv {address.text.removeprefix('arxiv:')}"
        case Kind.ARXIV if query := dict(parse_qsl(urlsplit(address.text).query)).get("search_query"):
            return f"arXiv {clean_line(query)}"
        case Kind.HUGGINGFACE:
            return "Hugging Face daily papers"
        case Kind.FILE:
            return clean_line(Path(address.text).name) or address.text
        case _:
            parts = urlsplit(shown(address.text))
            host = parts.netloc.rpartition("@")[2].removeprefix("www.")
            return f"{host}{parts.path}".rstrip("/")
