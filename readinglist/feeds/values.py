"""Feeds as values: what the reader subscribed to, what is known of each, what is wrong. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from readinglist.errors import ReadingListError
from readinglist.feeds.address import Address, Kind, kept_address, shown, usual_name
from readinglist.phrase import Phrase, phrase, put_together, taken_apart
from readinglist.text.clean import clean_line

WRONG: Mapping[str, str] = {
    "unknown_host": phrase("the name {host} is not known; is there a network?"),
    "no_network": phrase("{host} cannot be reached; is there a network? ({reason})"),
    "refused": phrase("nothing answers at {host}"),
    "no_answer": phrase("{host} did not answer within {seconds} seconds"),
    "too_slow": phrase("{host} took longer than {seconds} seconds to answer"),
    "certificate": phrase("{host} cannot prove that it is {host} ({reason})"),
    "tls": phrase("no secure connection to {host} could be made ({reason})"),
    "broken": phrase("the answer of {host} broke off or is no answer of a web server"),
    "too_large": phrase("the answer of {host} is larger than {most_mb} MB"),
    "packing": phrase("{host} answered in a packing that was not asked for ({packing})"),
    "redirects": phrase("{host} sends from one address to the next, more than {most} times"),
    "redirect": phrase("{host} sends to an address that is not followed ({where})"),
    "forbidden": phrase("{host} does not allow this ({status})"),
    "not_found": phrase("there is nothing at this address any more ({status})"),
    "too_often": phrase("{host} was asked too often ({status})"),
    "server": phrase("{host} is in trouble ({status})"),
    "status": phrase("{host} answered with {status}"),
    "page": phrase("this is a web page and no feed; the feed that it names is {address}"),
    "no_file": phrase("the file {name} is not there, or cannot be read"),
    "unreadable": "",
    "address": phrase("this address cannot be asked"),
}
"""What can be wrong with a feed, by a code that is kept: templates of sentences."""


class FeedError(ReadingListError):
    """A feed could not be fetched. `code` is of `WRONG`; `wait_seconds` says for how long it asked to be left alone."""

    def __init__(self, code: str, *, wait_seconds: int | None = None, **values: str | int) -> None:
        super().__init__(said_of(code, values))
        self.code = code
        self.values = values
        self.wait_seconds = wait_seconds


def said_of(code: str, values: Mapping[str, str | int]) -> str:
    """Return the sentence for what is wrong; also for a code that an older or newer program knows."""
    if code == "unreadable":
        reason = values.get("reason", "")
        return reason if isinstance(reason, Phrase) else phrase(str(reason))
    unknown = phrase("something is wrong with this feed ({code})", code=code)
    try:
        template = str(WRONG[code])
        template.format(**values)
    except (KeyError, IndexError, ValueError):
        return unknown
    # What the system or OpenSSL says is a sentence itself, which can be said in another language.
    said = {name: phrase(value) if name == "reason" and type(value) is str else value for name, value in values.items()}
    return phrase(template, **said)


@dataclass(frozen=True, slots=True)
class FeedState:
    """What the refreshes of a feed left behind. Times are RFC 3339 in UTC, days ISO dates, None is never.

    `checked` is the last try and `fetched` the last that succeeded; `title` is what the feed calls itself. `etag` and
    `modified` go with the next request. `wait_until`: it asked not to be asked before. `wrong` is a code of `WRONG`
    with its values, since `failing_since`. Of the last fetch: `returned` entries, `announced` ones (None: it does not
    say), `new` papers, `cut_off`, `all_new` (none of the entries was known, so that some may have been missed);
    `moved_to` is where it has moved for good. `newest` is when papers came last, `days` the last days of its entries.
    """

    title: str | None = None
    etag: str | None = None
    modified: str | None = None
    checked: str | None = None
    fetched: str | None = None
    wait_until: str | None = None
    failing_since: str | None = None
    wrong: str | None = None
    wrong_values: Mapping[str, str | int] = field(default_factory=dict)
    returned: int | None = None
    announced: int | None = None
    new: int = 0
    newest: str | None = None
    cut_off: bool = False
    all_new: bool = False
    moved_to: str | None = None
    days: tuple[str, ...] = ()

    @property
    def error(self) -> str | None:
        """What was wrong at the last try, as a sentence, or None."""
        return None if self.wrong is None else said_of(self.wrong, self.wrong_values)

    def as_text(self) -> str:
        """Return the state as text to be kept."""
        told = {name: value for name, value in asdict(self).items() if value not in (None, {}, ())}
        if isinstance(reason := self.wrong_values.get("reason"), Phrase):
            told["wrong_values"] = {**self.wrong_values, _PARTS: json.dumps(taken_apart(reason))}
        return json.dumps({name: value for name, value in told.items() if value is not False})

    @classmethod
    def of_text(cls, text: str) -> FeedState:
        """Return the state that was kept as `text`; what makes no sense, as from another program, is left out."""
        try:
            kept = json.loads(text)
        except ValueError:
            return cls()
        known: dict[str, Any] = {}
        for each in fields(cls):
            value: Any = kept.get(each.name) if isinstance(kept, dict) else None
            if _fits(each.name, value):
                known[each.name] = tuple(value) if each.name == "days" else value
        if (parts := known.get("wrong_values", {}).pop(_PARTS, None)) is not None:
            with suppress(ValueError, TypeError, RecursionError):
                known["wrong_values"]["reason"] = put_together(json.loads(parts))
        return cls(**known)


_PARTS = "reason_parts"
"""Beside the reason as text, for older programs: what it is made of, so that it can be said in another language."""
_NUMBERS = frozenset({"returned", "announced", "new"})
_FLAGS = frozenset({"cut_off", "all_new"})


def _fits(name: str, value: object) -> bool:
    if name == "days":
        return isinstance(value, list) and all(isinstance(day, str) for day in value)
    if name == "wrong_values":
        return isinstance(value, dict) and all(isinstance(each, str | int) for each in value.values())
    return type(value) is (int if name in _NUMBERS else bool if name in _FLAGS else str)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed the reader subscribed to. `number` is for people, `given_name` the reader's own name for it, or None."""

    number: int
    uid: str
    address: Address
    added: str
    given_name: str | None = None
    state: FeedState = field(default_factory=FeedState)

    @property
    def name(self) -> str:
        """What it is called: by the reader, by itself, or by its address. What arXiv calls its lists is not telling."""
        own = self.state.title if self.address.kind in (Kind.WEB, Kind.FILE) else None
        return clean_line(self.given_name or own or usual_name(self.address))

    @property
    def shown_address(self) -> str:
        """Its address without what may be a secret."""
        return shown(self.address.text)

    @property
    def has_secret(self) -> bool:
        """Whether something of its address is not shown."""
        return self.shown_address != self.address.text


def feed_of_row(number: int, uid: str, address: str, name: str | None, added: str, state: str | None) -> Feed:
    """Return the feed of a row of the library."""
    known = FeedState() if state is None else FeedState.of_text(state)
    return Feed(number, uid, kept_address(address), added, name, known)
