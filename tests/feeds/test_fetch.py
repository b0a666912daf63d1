"""Fetching within limits, from a server on the loopback address that behaves well, badly, and with malice."""

from __future__ import annotations

import base64
import gzip
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from readinglist.feeds import fetch as fetching
from readinglist.feeds.fetch import FetchLimits, fetch
from readinglist.feeds.values import FeedError
from readinglist.progress import Cancelled
from tests.faults import fuzz_http
from tests.feed_server import FeedServer, Handler, Reply

QUICK = FetchLimits(bytes=200_000, silent_seconds=0.3, seconds=0.8)
_TIME = "Wed, 11 Mar 2026 08:00:00 GMT"


def refused(url: str, limits: FetchLimits = QUICK) -> FeedError:
    started = time.monotonic()
    with pytest.raises(FeedError) as caught:
        fetch(url, limits=limits)
    assert time.monotonic() - started < 5
    return caught.value


def test_an_answer_comes_with_what_the_next_request_needs(server: FeedServer) -> None:
    url = server.gives("/feed", "<rss/>", ETag='"a1"', Last_Modified=_TIME)
    got = fetch(url)
    assert got is not None
    assert (got.data, got.etag, got.modified, got.moved_to, got.cut_off) == (b"<rss/>", '"a1"', _TIME, None, False)
    ((_, headers),) = server.asked
    assert headers["User-Agent"].startswith("readinglist/")
    assert headers["Accept-Encoding"] == "gzip"
    assert not {"If-None-Match", "If-Modified-Since", "Cookie", "Referer", "Authorization"} & headers.keys()


def test_what_has_not_changed_is_not_sent(server: FeedServer) -> None:
    url = server.gives("/feed", "<rss/>", ETag='"a1"')
    assert fetch(url, etag='"a1"', modified=_TIME) is None
    ((_, headers),) = server.asked
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"a1"', _TIME)


@pytest.mark.parametrize(
    ("status", "code", "wait"),
    [
        (401, "forbidden", None),
        (403, "forbidden", None),
        (404, "not_found", None),
        (410, "not_found", None),
        (418, "status", None),
        (204, "status", None),
        (300, "status", None),
        (429, "too_often", 600),
        (500, "server", None),
        (503, "server", 600),
    ],
)
def test_a_refusal_is_told_by_its_kind(server: FeedServer, status: int, code: str, wait: int | None) -> None:
    server.replies["/feed"] = Reply(b"", status)
    error = refused(server.url("/feed"))
    assert (error.code, error.wait_seconds) == (code, wait)
    assert str(status) in str(error)


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("120", 120, 120),
        ("0", 0, 0),
        ("99999999999999", 86400, 86400),
        ("-5", 600, 600),
        ("soon", 600, 600),
        ("1 Mar 299999999999999999999026 08:00:00 GMT", 600, 600),
        ("in five minutes", 200, 300),
        ("Wed, 11 Mar 2020 08:00:00 GMT", 0, 0),
    ],
)
def test_retry_after_is_heard(server: FeedServer, said: str, least: int, most: int) -> None:
    if said == "in five minutes":
        said = format_datetime(datetime.now(UTC) + timedelta(minutes=5), usegmt=True)
    server.replies["/feed"] = Reply(b"", 429, {"Retry-After": said})
    wait = refused(server.url("/feed")).wait_seconds
    assert wait is not None
    assert least <= wait <= most


def test_nobody_there_is_one_plain_line(server: FeedServer) -> None:
    url = server.url("/feed")
    server.close()
    assert str(refused(url)) == "nothing answers at 127.0.0.1"


def test_a_name_that_nobody_knows(monkeypatch: pytest.MonkeyPatch, server: FeedServer) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise fetching.socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(fetching.socket, "create_connection", unknown)
    assert refused("https://lists.invalid/feed?token=swordfish").code == "unknown_host"
    assert "swordfish" not in str(refused("https://lists.invalid/feed?token=swordfish"))


def _silent(handler: Handler) -> None:
    time.sleep(3)


def _dripping_head(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    _drip(handler)


def _dripping_body(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
    _drip(handler)


def _drip(handler: Handler) -> None:
    for _ in range(40):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.1)


def _endless(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        handler.wfile.write(b"<item>" * 1000)


def _endless_chunks(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        handler.wfile.write(b"400\r\n" + b"x" * 1024 + b"\r\n")


def _endless_head(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for n in range(10_000):
        handler.wfile.write(b"X-%d: y\r\n" % n)


def _no_http(handler: Handler) -> None:
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")


def _nothing(handler: Handler) -> None:
    handler.connection.close()


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (_silent, "no_answer"),
        (_dripping_head, "too_slow"),
        (_dripping_body, "too_slow"),
        (_endless, "too_large"),
        (_endless_chunks, "too_large"),
        (_endless_head, "broken"),
        (_no_http, "broken"),
        (_nothing, "broken"),
    ],
)
def test_malice_and_misfortune_end_within_the_limits(
    server: FeedServer, act: Callable[[Handler], None], code: str
) -> None:
    server.replies["/feed"] = Reply(act=act)
    assert refused(server.url("/feed")).code == code


def test_what_says_that_it_is_too_large_is_not_read(server: FeedServer) -> None:
    server.replies["/feed"] = Reply(b"x", headers={"Content-Length": "99999999999"})
    assert refused(server.url("/feed")).code == "too_large"


def test_an_answer_that_is_cut_off_is_kept_and_asked_for_as_a_whole_again(server: FeedServer) -> None:
    def cut(handler: Handler) -> None:
        handler.wfile.write(b'HTTP/1.1 200 OK\r\nETag: "a"\r\nContent-Length: 100\r\n\r\n<rss>')

    server.replies["/feed"] = Reply(act=cut)
    got = fetch(server.url("/feed"))
    assert got is not None
    assert (got.data, got.cut_off, got.etag, got.modified) == (b"<rss>", True, None, None)


def test_chunks_that_are_cut_off_are_so_too(server: FeedServer) -> None:
    def cut(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n50\r\n<it")

    server.replies["/feed"] = Reply(act=cut)
    got = fetch(server.url("/feed"))
    assert got is not None
    assert got.cut_off
    assert got.data.startswith(b"<rss>")


def test_gzip_is_left_as_it_came_and_other_packings_are_refused(server: FeedServer) -> None:
    packed = gzip.compress(b"<rss/>")
    got = fetch(server.gives("/packed", packed, Content_Encoding="gzip"))
    assert got is not None
    assert got.data == packed
    assert refused(server.gives("/br", b"x", Content_Encoding="br")).code == "packing"


def _moves(server: FeedServer, where: str, status: int = 302, path: str = "/old") -> str:
    server.replies[path] = Reply(b"", status, {"Location": where})
    return server.url(path)


def test_a_redirect_may_be_written_in_utf_8(server: FeedServer) -> None:
    def moved(handler: Handler) -> None:
        handler.wfile.write("HTTP/1.1 302 Moved\r\nLocation: /café\r\nContent-Length: 0\r\n\r\n".encode())

    server.gives("/caf%C3%A9", "<rss/>")
    server.replies["/old"] = Reply(act=moved)
    got = fetch(server.url("/old"))
    assert got is not None
    assert got.data == b"<rss/>"


@pytest.mark.parametrize("tag", [b"a\r\n b", b"\xc3\xa4", b"x" * 2000, b"  "])
def test_a_tag_that_cannot_be_sent_back_is_not_kept(server: FeedServer, tag: bytes) -> None:
    def odd(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nETag: " + tag + b"\r\nContent-Length: 6\r\n\r\n<rss/>")

    server.replies["/feed"] = Reply(act=odd)
    got = fetch(server.url("/feed"), etag="kept\nby: another", modified="ä")
    assert got is not None
    assert got.etag is None
    assert not {"by", "If-None-Match", "If-Modified-Since"} & dict(server.asked[0][1]).keys()


@pytest.mark.parametrize(("status", "moved"), [(301, True), (308, True), (302, False), (303, False), (307, False)])
def test_a_redirect_is_followed_and_one_for_good_told_of(server: FeedServer, status: int, moved: bool) -> None:
    new = server.gives("/new", "<rss/>")
    got = fetch(_moves(server, "/new#x", status))
    assert got is not None
    assert got.data == b"<rss/>"
    assert got.moved_to == (new if moved else None)


@pytest.mark.parametrize(
    "where",
    ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:text/xml,<rss/>", "javascript:1", "//[", "http://a:b/", "exec:x"],
)
def test_a_redirect_to_anything_but_the_web_is_not_followed(server: FeedServer, where: str) -> None:
    error = refused(_moves(server, where))
    assert error.code == "redirect"
    assert len(server.asked) == 1


def test_redirects_end(server: FeedServer) -> None:
    assert refused(_moves(server, "/old")).code == "redirects"
    assert len(server.asked) == QUICK.redirects + 1


@pytest.mark.parametrize(
    ("url", "location"),
    [
        ("https://example.org/feed", "http://example.org/feed"),
        ("http://example.org/feed", "http://127.0.0.1:631/"),
        ("http://example.org/feed", "http://localhost/"),
        ("http://example.org/feed", "http://192.168.1.1/admin"),
        ("http://example.org/feed", "http://169.254.169.254/latest/meta-data"),
        ("http://example.org/feed", "http://[::1]/"),
        ("http://example.org/feed", "http://printer.local/"),
    ],
)
def test_a_stranger_leads_neither_into_the_open_nor_into_the_house(url: str, location: str) -> None:
    with pytest.raises(FeedError) as caught:
        fetching._next(url, location)
    assert caught.value.code == "redirect"


def test_a_password_goes_to_its_own_host_only(server: FeedServer) -> None:
    other = FeedServer()
    try:
        other.gives("/new", "<rss/>")
        where = f"http://localhost:{other.host.rpartition(':')[2]}/new"
        fetch(_moves(server, where).replace("http://", "http://ada:sword%20fish@"))
        (_, first), (_, second) = *server.asked, *other.asked
    finally:
        other.close()
    assert base64.b64decode(first["Authorization"].removeprefix("Basic ")) == b"ada:sword fish"
    assert "@" not in first["Host"]
    assert "Authorization" not in second


def test_it_can_be_stopped_at_any_moment(server: FeedServer) -> None:
    server.replies["/feed"] = Reply(act=_silent)
    threads = set(threading.enumerate())
    started = time.monotonic()

    def check() -> None:
        if time.monotonic() - started > 0.1:
            raise Cancelled

    with pytest.raises(Cancelled):
        fetch(server.url("/feed"), check=check)
    assert time.monotonic() - started < 2.5
    left = [thread for thread in threading.enumerate() if thread not in threads and thread.name == "fetch"]
    for thread in left:
        thread.join(2)
        assert not thread.is_alive()


def test_an_error_that_nobody_foresaw_is_one_of_the_feed(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise AttributeError("no such luck")

    monkeypatch.setattr(fetching, "_answer", fail)
    assert refused(server.gives("/feed?token=swordfish", "<rss/>")).code == "broken"
    assert "no such luck" in caplog.text
    assert "swordfish" not in caplog.text


def test_nothing_but_http_is_opened(server: FeedServer, tmp_path: Path) -> None:
    file = tmp_path / "secret.xml"
    file.write_text("<rss/>")
    for url in (file.as_uri(), "ftp://127.0.0.1/x", "data:text/xml,x"):
        assert refused(url).code == "address"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")
def test_who_cannot_prove_who_it_is_gets_nothing(tmp_path: Path, server: FeedServer) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-days", "1", "-subj", "/CN=localhost", "-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    asked = []

    class Never(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    secure = HTTPServer(("127.0.0.1", 0), Never)
    secure.handle_error = lambda *_: None  # type: ignore[method-assign]
    secure.socket = context.wrap_socket(secure.socket, server_side=True)
    thread = threading.Thread(target=secure.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        error = refused(f"https://localhost:{secure.server_address[1]}/feed", FetchLimits())
        assert refused(f"https://{server.host}/feed").code == "tls"
    finally:
        secure.shutdown()
        secure.server_close()
        thread.join()
    assert error.code == "certificate"
    assert asked == []


def test_damaged_answers_end_in_a_way_that_was_foreseen(server: FeedServer) -> None:
    ends, faults = fuzz_http.run(150, 1)
    assert faults == []
    assert {"bytes", "broken", "too_often"} <= ends.keys()
