"""Fetch one address over http or https, within limits. The only module of the program that opens a connection.

One request at a time goes out, and it does not outlive its limits: the work is done by a thread that is left behind,
its connection shut, when it takes too long or the reader stops it. What comes in is bytes for `formats` to read, packed
with gzip or not. Addresses may hold secrets: messages and the log name the host only.

Sources: RFC 9110 (§10.2.3 Retry-After, §13.1 conditional requests, §15.4 redirection).
"""

from __future__ import annotations

import base64
import contextlib
import email.utils
import http.client
import logging
import queue
import socket
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from readinglist import __version__
from readinglist.errors import ReadingListError
from readinglist.feeds.address import host_of, is_near, normal_url, shown
from readinglist.feeds.values import FeedError

log = logging.getLogger(__name__)

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_POLL_SECONDS = 0.05
_PIECE_BYTES = 1 << 16
_LONGEST_WAIT_SECONDS = 24 * 3600
_USUAL_WAIT_SECONDS = 600
_MOST_REASON = 100
_LONGEST_HEADER = 1000
_HEADERS = {
    "User-Agent": f"readinglist/{__version__} (feed reader)",
    "Accept": "application/atom+xml, application/rss+xml, application/rdf+xml, application/xml;q=0.9, "
    "application/json;q=0.9, text/xml;q=0.8, */*;q=0.1",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How much an answer may ask of us: bytes as they come, seconds of silence, seconds in all, redirects."""

    bytes: int = 20_000_000
    silent_seconds: float = 20
    seconds: float = 60
    redirects: int = 5


USUAL = FetchLimits()


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer with something in it. `moved_to` is its new address, when all redirects were for good.

    `cut_off`: it ended before the length it had told. Then there is neither `etag` nor `modified`, so that it is
    asked for as a whole again.
    """

    data: bytes
    etag: str | None = None
    modified: str | None = None
    moved_to: str | None = None
    cut_off: bool = False


def fetch(
    url: str,
    *,
    etag: str | None = None,
    modified: str | None = None,
    check: Callable[[], None] = lambda: None,
    limits: FetchLimits = USUAL,
) -> Fetched | None:
    """Return what is at an address; None when it is as it was when it had this `etag` or was `modified` then.

    `check` is called some twenty times a second and stops it by raising. Raises FeedError for everything that goes
    wrong on the way.
    """
    work = _Work(limits)
    answers: queue.SimpleQueue[Fetched | Exception | None] = queue.SimpleQueue()

    def run() -> None:
        try:
            answers.put(_fetched(url, etag, modified, work))
        except Exception as error:  # noqa: BLE001 - carried over to the thread that waits
            answers.put(error)

    threading.Thread(target=run, name="fetch", daemon=True).start()
    deadline = time.monotonic() + limits.seconds
    try:
        while True:
            try:
                answer = answers.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                check()
                if time.monotonic() < deadline:
                    continue
                raise FeedError("too_slow", host=host_of(url), seconds=round(limits.seconds)) from None
            if isinstance(answer, FeedError):
                raise answer
            if isinstance(answer, Exception):
                raise _plain(answer, host_of(work.url or url), limits) from answer
            return answer
    finally:
        work.stop()


class _Work:
    """What the thread is at: its address, and its sockets, which can be shut from outside."""

    def __init__(self, limits: FetchLimits) -> None:
        self.limits = limits
        self.url: str | None = None
        self._guard = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._stopped = False

    def hold(self, connection: socket.socket) -> None:
        """Keep a socket to be shut. Raises OSError when the work was stopped already.

        A copy is kept: TLS takes the socket itself away, and what is shut is the connection of both.
        """
        with self._guard:
            self._sockets.append(connection.dup())
            if self._stopped:
                raise OSError("stopped")

    def stop(self) -> None:
        """Shut every socket; harmless when done before."""
        with self._guard:
            self._stopped = True
            for connection in self._sockets:
                with contextlib.suppress(OSError):  # it is gone already
                    connection.shutdown(socket.SHUT_RDWR)
                connection.close()
            self._sockets.clear()


def _fetched(url: str, etag: str | None, modified: str | None, work: _Work) -> Fetched | None:
    headers = dict(_HEADERS)
    if etag := _sendable(etag):
        headers["If-None-Match"] = etag
    if modified := _sendable(modified):
        headers["If-Modified-Since"] = modified
    first, for_good = url, True
    for _ in range(work.limits.redirects + 1):
        work.url = url
        response = _open(url, headers, work)
        try:
            status = int(response.status)
            if status not in _REDIRECTS or not response.headers.get("Location"):
                moved = shown(url) if for_good and url != first else None
                return _answer(response, status, host_of(url), moved, work.limits)
            for_good = for_good and status in _FOR_GOOD
            url = _next(url, response.headers["Location"])
        finally:
            response.close()
    raise FeedError("redirects", host=host_of(first), most=work.limits.redirects)


def _open(url: str, headers: Mapping[str, str], work: _Work) -> http.client.HTTPResponse:
    """Ask once, following nothing. A name and a password in the address go to its own host only."""
    parts = urlsplit(url)
    user, at, place = parts.netloc.rpartition("@")
    own = dict(headers)
    if at:
        pair = ":".join(map(unquote, user.partition(":")[::2])).encode()
        own["Authorization"] = f"Basic {base64.b64encode(pair).decode('ascii')}"
        url = urlunsplit((parts.scheme, place, parts.path, parts.query, ""))
    log.info("asking %s", host_of(url))
    request = urllib.request.Request(url, headers=own)
    opener = urllib.request.OpenerDirector()
    # Neither files nor other schemes, no cookies, no following of redirects: only what stands here is there.
    for handler in (urllib.request.ProxyHandler(), _Plain(work), _Secure(work)):
        opener.add_handler(handler)
    response: Any = opener.open(request, timeout=work.limits.silent_seconds)
    if not isinstance(response, http.client.HTTPResponse):
        raise FeedError("address")
    return response


class _Plain(urllib.request.HTTPHandler):
    """Opens http addresses, and lets the work hold their sockets."""

    def __init__(self, work: _Work) -> None:
        super().__init__()
        self._work = work

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_held(http.client.HTTPConnection, self._work), req)


class _Secure(urllib.request.HTTPSHandler):
    """Opens https addresses: who answers is checked against the certificates that the system trusts."""

    def __init__(self, work: _Work) -> None:
        super().__init__()
        self._work = work

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        import truststore

        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        return self.do_open(_held(http.client.HTTPSConnection, self._work, context=context), req)


def _held(kind: type[http.client.HTTPConnection], work: _Work, **options: Any) -> Any:
    """Return what makes a connection of a kind whose socket `work` holds as soon as it is there."""

    def make(host: str, **more: Any) -> http.client.HTTPConnection:
        connection = kind(host, **more, **options)

        def connect(address: tuple[str, int], *rest: Any, **named: Any) -> socket.socket:
            made = socket.create_connection(address, *rest, **named)
            work.hold(made)
            return made

        connection._create_connection = connect  # type: ignore[attr-defined]
        return connection

    return make


def _next(url: str, location: str) -> str:
    """Return where a redirect leads. Raises FeedError for what is not followed.

    That is: anything but http and https; from a secure connection to an open one; from the internet into this machine
    or a private network, whose services a stranger has no business with.
    """
    host = host_of(url)
    try:  # headers are read as Latin-1, and addresses in them are UTF-8
        target = normal_url(urljoin(url, location.encode("latin-1", "replace").decode("utf-8", "replace")))
    except (ReadingListError, ValueError):
        raise FeedError("redirect", host=host, where=location.partition(":")[0][:20]) from None
    there = host_of(target)
    if url.startswith("https:") and not target.startswith("https:"):
        raise FeedError("redirect", host=host, where="http")
    if is_near(there) and not is_near(host):
        raise FeedError("redirect", host=host, where=there)
    return target


def _answer(
    response: http.client.HTTPResponse, status: int, host: str, moved: str | None, limits: FetchLimits
) -> Fetched | None:
    if status == 304:
        return None
    if status != 200:
        raise _refusal(status, host, response.headers.get("Retry-After"))
    packing = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if packing not in ("identity", "gzip", "x-gzip"):
        raise FeedError("packing", host=host, packing=packing[:20])
    data, cut_off = _body(response, host, limits)
    if cut_off:
        return Fetched(data, moved_to=moved, cut_off=True)
    etag, modified = (_sendable(response.headers.get(name)) for name in ("ETag", "Last-Modified"))
    return Fetched(data, etag, modified, moved)


def _sendable(value: str | None) -> str | None:
    """Return what a header may hold; None for anything else, as a value that goes over several lines."""
    value = (value or "").strip()
    return value if value and value.isascii() and value.isprintable() and len(value) <= _LONGEST_HEADER else None


def _body(response: http.client.HTTPResponse, host: str, limits: FetchLimits) -> tuple[bytes, bool]:
    """Return the body and whether it ended too soon."""
    told = response.length  # None where it comes in chunks or to the end of the connection
    if told is not None and told > limits.bytes:
        raise FeedError("too_large", host=host, most_mb=limits.bytes // 1_000_000)
    pieces: list[bytes] = []
    size = 0
    try:
        while piece := response.read1(_PIECE_BYTES):
            pieces.append(piece)
            size += len(piece)
            if size > limits.bytes:
                raise FeedError("too_large", host=host, most_mb=limits.bytes // 1_000_000)
    except (http.client.IncompleteRead, ConnectionError):
        if not size:
            raise
        return b"".join(pieces), True
    return b"".join(pieces), told is not None and size < told


def _refusal(status: int, host: str, retry_after: str | None) -> FeedError:
    wait = _wait_seconds(retry_after, datetime.now(UTC))
    if status in (429, 503):
        wait = _USUAL_WAIT_SECONDS if wait is None else wait
        return FeedError("too_often" if status == 429 else "server", host=host, status=status, wait_seconds=wait)
    if status in (401, 402, 403, 407, 451):
        code = "forbidden"
    elif status in (404, 410):
        code = "not_found"
    else:
        code = "server" if status >= 500 else "status"
    return FeedError(code, host=host, status=status, wait_seconds=wait)


def _wait_seconds(retry_after: str | None, now: datetime) -> int | None:
    """Return for how long to leave a server alone, a day at most (RFC 9110 §10.2.3)."""
    text = (retry_after or "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return min(int(text[:9]), _LONGEST_WAIT_SECONDS)
    try:
        then = email.utils.parsedate_to_datetime(text)
        seconds = (then if then.tzinfo else then.replace(tzinfo=UTC)) - now
    except (ValueError, OverflowError):
        return None
    return max(0, min(round(seconds.total_seconds()), _LONGEST_WAIT_SECONDS))


def _plain(error: Exception, host: str, limits: FetchLimits) -> FeedError:
    """Return what an error of the connection means, in words. One that nobody foresaw is logged as the bug it is."""
    cause: object = error
    while isinstance(cause, urllib.error.URLError) and not isinstance(cause.reason, str):
        cause = cause.reason
    match cause:
        case socket.gaierror():
            return FeedError("unknown_host", host=host)
        case TimeoutError():
            return FeedError("no_answer", host=host, seconds=round(limits.silent_seconds))
        case ssl.SSLCertVerificationError():
            return FeedError("certificate", host=host, reason=cause.verify_message[:_MOST_REASON])
        case ssl.SSLError():
            return FeedError("tls", host=host, reason=(cause.reason or "TLS")[:_MOST_REASON])
        case ConnectionRefusedError():
            return FeedError("refused", host=host)
        case ConnectionError() | http.client.HTTPException():
            return FeedError("broken", host=host)
        case OSError():
            return FeedError("no_network", host=host, reason=(cause.strerror or "")[:_MOST_REASON])
        case ValueError():  # of urllib, for what it will not ask
            return FeedError("address")
        case _:
            log.error("an answer could not be read", exc_info=error)
            return FeedError("broken", host=host)
