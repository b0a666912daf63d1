"""The forms in which a digest is written; one that is not asked for is not imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from readinglist.formats.digest import Digest
from readinglist.formats.digest_text import markdown_digest, text_digest


def _html(digest: Digest) -> Iterator[str]:
    from readinglist.formats.digest_page import html_digest

    return html_digest(digest)


def _mail(digest: Digest) -> Iterator[str]:
    from readinglist.formats.digest_mail import mail_digest

    return mail_digest(digest)


DIGEST_FORMATS: Mapping[str, Callable[[Digest], Iterator[str]]] = MappingProxyType(
    {"text": text_digest, "markdown": markdown_digest, "html": _html, "eml": _mail}
)
"""What writes a digest in each format, piece by piece."""
