"""A digest as a message that a mail program opens (RFC 5322, MIME): text, and HTML beside it.

Nothing is sent. The same digest gives the same bytes: the date is the digest's day, the other marks are made from its
content.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from readinglist.formats.digest import Digest
from readinglist.formats.digest_page import mail_page
from readinglist.formats.digest_text import text_digest
from readinglist.text.clean import clean_line

_NOBODY = "Reading list <readinglist@localhost.invalid>"
"""RFC 2606 §2: no such host will ever be."""


def mail_digest(digest: Digest) -> Iterator[str]:
    """Yield the message, lines ending as RFC 5322 has them, all of it ASCII."""
    text, html = "".join(text_digest(digest)), "".join(mail_page(digest))
    mark = hashlib.sha256("\0".join((digest.library, digest.today, text, html)).encode("utf-8", "replace")).hexdigest()
    message = EmailMessage(policy=SMTP)
    message["From"] = _NOBODY
    message["To"] = _NOBODY
    message["Subject"] = clean_line(digest.title)
    message["Date"] = format_datetime(datetime.combine(date.fromisoformat(digest.today), time(), UTC))
    message["Message-ID"] = f"<{mark[:32]}@localhost.invalid>"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.set_boundary(f"=_{mark[32:]}")
    yield message.as_bytes().decode("ascii")
