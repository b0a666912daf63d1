"""Papers with a past of two years: the same each time, as the program itself exports them."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
TAGS = ("sea", "sea/tides", "sea/fish", "food", "food/herring", "rope work")


def history(now: datetime, papers: int = 200, tags: Sequence[str] = TAGS) -> bytes:
    """Return papers added and finished over two years up to `now`, as JSON lines."""
    chance = random.Random(11)
    lines = []
    for number in range(papers):
        added = now.astimezone(UTC) - timedelta(hours=chance.random() ** 1.5 * 730 * 24)
        status = chance.choice(("inbox", "next", "later", "read", "read", "archived"))
        read = min(now.astimezone(UTC), added + timedelta(days=chance.expovariate(1 / 20)))
        lines.append(
            {
                "uid": f"00000000-0000-4000-8000-{number:012}",
                "title": f"Invented paper number {number}",
                "status": status,
                "added": f"{added:%Y-%m-%dT%H:%M:%SZ}",
                "changed": f"{added:%Y-%m-%dT%H:%M:%SZ}",
                "finished": f"{read:%Y-%m-%dT%H:%M:%SZ}" if status == "read" else None,
                "tags": chance.sample(tags, chance.randint(0, 3)),
            }
        )
    return "\n".join(map(json.dumps, lines)).encode()
