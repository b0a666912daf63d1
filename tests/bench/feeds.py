"""Measure a refresh of feeds on slow servers.

    python tests/bench/feeds.py [--feeds 20] [--seconds 1] [--papers 50] [--rounds 3]

So many servers on loopback addresses of their own (127.0.0.2 …: Linux), each with one feed that it gives after so many
seconds. Printed are the median and the slowest of the rounds, each on a new library.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from readinglist.library import Library


def feed(number: int, papers: int) -> bytes:
    """Return an Atom feed with invented papers that no other has."""
    items = "".join(
        f"<entry><id>tag:example.org,{number}-{n}</id><title>Feed {number} on list {n} of lists</title>"
        f"<updated>2026-03-0{1 + n % 9}T08:00:00Z</updated><link href='https://example.org/{number}/{n}'/>"
        f"<summary>We count the lists of {number} and find {n}.</summary></entry>"
        for n in range(papers)
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Feed {number}</title>{items}</feed>'.encode()


def serve(number: int, seconds: float, papers: int) -> ThreadingHTTPServer:
    """Return a running server with one slow feed."""
    data = feed(number, papers)

    class Slow(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            time.sleep(seconds)
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer((f"127.0.0.{number + 2}", 0), Slow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--papers", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    servers = [serve(number, asked.seconds, asked.papers) for number in range(asked.feeds)]
    took = []
    for _ in range(asked.rounds):
        with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "library") as library:
            for server in servers:
                library.add_feed(f"http://{server.server_address[0]!s}:{server.server_address[1]}/feed")
            started = time.perf_counter()
            done = library.refresh_feeds()
            took.append(time.perf_counter() - started)
            if done.added != asked.feeds * asked.papers:
                raise AssertionError(f"{done.added} papers came: {[each.feed.state.error for each in done.outcomes]}")
    print(f"{asked.feeds} feeds of {asked.papers} papers, each after {asked.seconds:g} s:", end=" ")
    print(f"{statistics.median(took):.1f} s, at most {max(took):.1f} s")


if __name__ == "__main__":
    main()
