"""Feeds for tests: a server on the loopback address that answers as it is told, and invented feeds for it to give."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from xml.sax.saxutils import escape

Handler = BaseHTTPRequestHandler


@dataclass
class Reply:
    """What is answered at a path. `act` writes the answer itself, for those that are no good ones."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    act: Callable[[Handler], None] | None = None


class FeedServer:
    """A server on the loopback address. `replies` go by path; `asked` are the requests so far: (path, headers)."""

    def __init__(self) -> None:
        self.replies: dict[str, Reply] = {}
        self.asked: list[tuple[str, Mapping[str, str]]] = []
        self.ended = threading.Event()
        outer = self

        class Answers(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outer.asked.append((self.path, dict(self.headers)))
                reply = outer.replies.get(self.path, Reply(status=404))
                if reply.act is not None:
                    self.close_connection = True
                    reply.act(self)
                    return
                data = reply.body.encode() if isinstance(reply.body, str) else reply.body
                tag = reply.headers.get("ETag")
                same = tag is not None and self.headers.get("If-None-Match") == tag
                self.send_response(304 if same else reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if not same and "Content-Length" not in reply.headers:
                    self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                if not same:
                    self.wfile.write(data)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                """Say nothing."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False

            def handle_error(self, request: Any, client_address: Any) -> None:
                """A client that goes away in the middle is what some of these tests are about."""

        self._server = Server(("127.0.0.1", 0), Answers)
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return f"http://{self.host}{path}"

    def gives(self, path: str, body: bytes | str, **headers: str) -> str:
        """Answer at `path` with `body`; return its address. Names of headers are written with `_`."""
        self.replies[path] = Reply(body, headers={name.replace("_", "-"): value for name, value in headers.items()})
        return self.url(path)

    def close(self) -> None:
        """Stop."""
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@dataclass(frozen=True)
class Entry:
    """An invented paper of a feed."""

    number: str
    title: str
    version: int = 1
    kind: str = "new"
    abstract: str = "We count what is on a list, and find that lists grow."
    published: str = "2026-03-09"
    updated: str = ""


def papers(count: int, *, start: int = 1, month: str = "2603") -> list[Entry]:
    """Return invented papers that differ."""
    return [Entry(f"{month}.{n:05}", f"On list number {n} of lists") for n in range(start, start + count)]


def arxiv_list(entries: Iterable[Entry], day: str = "Wed, 11 Mar 2026 00:00:00 -0400") -> str:
    """Return one of arXiv's daily lists (RSS 2.0)."""
    items = "".join(
        f"""<item><title>{escape(e.title)}</title><link>https://arxiv.org/abs/{e.number}</link>
<description>arXiv:{e.number}v{e.version} Announce Type: {e.kind}
Abstract: {escape(e.abstract)}</description>
<guid isPermaLink="false">oai:arXiv.org:{e.number}v{e.version}</guid><category>cs.CL</category>
<pubDate>{day}</pubDate><arxiv:announce_type>{e.kind}</arxiv:announce_type>
<dc:creator>Ada Lister, Bo Counter</dc:creator></item>"""
        for e in entries
    )
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel>
<title>cs.CL updates on arXiv.org</title><link>http://rss.arxiv.org/rss/cs.CL</link>
<description>cs.CL updates</description>{items}</channel></rss>"""


def arxiv_answer(entries: Iterable[Entry], *, total: int | None = None, per_page: int = 100) -> str:
    """Return an answer of arXiv's API (Atom)."""
    listed = list(entries)
    items = "".join(
        f"""<entry><id>http://arxiv.org/abs/{e.number}v{e.version}</id><title>{escape(e.title)}</title>
<updated>{e.updated or e.published}T12:00:00Z</updated><summary>{escape(e.abstract)}</summary>
<published>{e.published}T12:00:00Z</published><author><name>Ada Lister</name></author></entry>"""
        for e in listed
    )
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns="http://www.w3.org/2005/Atom">
<id>https://arxiv.org/api/x</id><title>arXiv Query: search_query=all:lists</title>
<opensearch:itemsPerPage>{per_page}</opensearch:itemsPerPage>
<opensearch:totalResults>{len(listed) if total is None else total}</opensearch:totalResults>
<opensearch:startIndex>0</opensearch:startIndex>{items}</feed>"""


def blog(days: Iterable[str], *, title: str = "Notes on lists") -> str:
    """Return an Atom feed with an entry on each of the days (ISO dates)."""
    items = "".join(
        f"""<entry><id>tag:example.org,{day}</id><title>A list for the day {day}</title>
<updated>{day}T08:00:00Z</updated><published>{day}T08:00:00Z</published>
<link href="https://example.org/{day}"/><summary>Of {day}.</summary></entry>"""
        for day in days
    )
    return f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>{escape(title)}</title>{items}</feed>"""


def daily_papers(entries: Iterable[Entry], day: str = "2026-03-11") -> str:
    """Return Hugging Face's daily papers (JSON)."""
    return json.dumps(
        [
            {
                "paper": {
                    "id": e.number,
                    "title": e.title,
                    "summary": e.abstract,
                    "upvotes": 3,
                    "publishedAt": f"{e.published}T00:00:00.000Z",
                    "submittedOnDailyAt": f"{day}T03:00:00.000Z",
                    "authors": [{"name": "Ada Lister", "hidden": False}],
                },
                "title": e.title,
                "numComments": 1,
            }
            for e in entries
        ]
    )
