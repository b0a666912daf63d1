"""The table of formats: what can be read and written, and which format a source is in.

A format is recognised from the start of its content, never from the name of the file; the surest wins.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from readinglist.errors import Problem, ReadingListError
from readinglist.formats import (
    bibtex,
    bibtex_writer,
    csl_json,
    csv_table,
    feed,
    html_page,
    huggingface,
    identifier_list,
    markdown_folder,
    markdown_list,
    medline,
    own_json,
    page,
    references,
    ris,
    ris_text,
    web_annotations,
    web_of_science,
)
from readinglist.formats.item import Item, Record
from readinglist.formats.size import too_long
from readinglist.formats.source import USUAL, BadSource, Limits, Sample, Source
from readinglist.paper import Paper
from readinglist.phrase import phrase

Reader = Callable[[Source, date, Limits], Iterator[Item]]
Writer = Callable[[Iterable[Paper]], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format. `label` is for people, `suffixes` for file dialogs (the first one when writing).

    `recognise` says how sure it is that a sample is in this format, 0 to 1. `read` takes the source, today's
    date and the limits. `read` or `write` is None where the format cannot be read or written. `files` is there in
    place of `write` where the format is a folder (see `folder.write_folder`).
    """

    name: str
    label: str
    suffixes: tuple[str, ...]
    recognise: Callable[[Sample], float]
    read: Reader | None
    write: Writer | None
    files: markdown_folder.FileWriter | None = None

    @property
    def can_write(self) -> bool:
        """Whether papers can be written in this format, as text or as a folder."""
        return self.write is not None or self.files is not None


def _never(sample: Sample) -> float:
    """Say that a sample is not in a format that is only written."""
    return 0.0


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        each.name: each
        for each in (
            Format("page", "Copied page of papers", (".txt",), page.recognise_page, page.read_page, None),
            Format(
                "huggingface",
                "Hugging Face daily papers",
                (".json",),
                huggingface.recognise_huggingface,
                huggingface.read_huggingface,
                None,
            ),
            Format(
                "arxiv", "arXiv list or search", (".xml", ".atom", ".rss"), feed.recognise_arxiv, feed.read_feed, None
            ),
            Format(
                "feed", "RSS or Atom feed", (".xml", ".rss", ".atom", ".rdf"), feed.recognise_feed, feed.read_feed, None
            ),
            Format("json", "JSON", (".json",), own_json.recognise_json, own_json.read_json, own_json.write_json),
            Format(
                "jsonl",
                "JSON lines",
                (".jsonl",),
                own_json.recognise_jsonl,
                own_json.read_jsonl,
                own_json.write_jsonl,
            ),
            Format(
                "bibtex",
                "BibTeX",
                (".bib",),
                bibtex.recognise_bibtex,
                bibtex.read_bibtex,
                bibtex_writer.write_bibtex,
            ),
            Format(
                "biblatex",
                "BibLaTeX",
                (".bib",),
                bibtex.recognise_biblatex,
                bibtex.read_biblatex,
                bibtex_writer.write_biblatex,
            ),
            Format("ris", "RIS", (".ris",), ris.recognise_ris, ris.read_ris, ris_text.write_ris),
            Format("medline", "MEDLINE", (".nbib", ".txt"), medline.recognise_medline, medline.read_medline, None),
            Format(
                "csl-json",
                "CSL-JSON",
                (".json",),
                csl_json.recognise_csl_json,
                csl_json.read_csl_json,
                csl_json.write_csl_json,
            ),
            Format(
                "web-of-science",
                "Web of Science",
                (".txt", ".ciw"),
                web_of_science.recognise_web_of_science,
                web_of_science.read_web_of_science,
                None,
            ),
            Format(
                "identifiers",
                "List of DOIs and arXiv ids",
                (".txt",),
                identifier_list.recognise_identifiers,
                identifier_list.read_identifiers,
                None,
            ),
            *(
                Format(
                    f"{style.name}-html" if html else style.name,
                    phrase("References, {style}, as HTML" if html else "References, {style}", style=style.label),
                    (".html" if html else ".txt",),
                    _never,
                    None,
                    references.references_writer(style.name, html=html),
                )
                for style in references.STYLES.values()
                for html in (False, True)
            ),
            Format(
                markdown_folder.NAME,
                "Markdown folder (Obsidian)",
                (markdown_folder.SUFFIX,),
                markdown_folder.recognise_markdown,
                markdown_folder.read_markdown_folder,
                None,
                markdown_folder.markdown_files,
            ),
            Format("markdown", "Markdown, one file", (".md",), _never, None, markdown_list.write_markdown),
            Format(
                "csv", "CSV table", (".csv", ".tsv"), csv_table.recognise_csv, csv_table.read_csv, csv_table.write_csv
            ),
            Format("html", "HTML page", (".html",), _never, None, html_page.write_html),
            Format("annotations", "W3C Web Annotations", (".jsonld",), _never, None, web_annotations.write_annotations),
        )
    }
)


def recognise(source: Source) -> Format | None:
    """Return the format that a source is in, or None. Raise `ReadingListError` when it cannot be read."""
    if source.is_folder:
        return FORMATS[markdown_folder.NAME]
    sample = source.sample()
    if not sample.text.strip() or not sample.is_text:
        return None
    last = FORMATS["page"]  # which reads all it is given, and is never surer than this
    found: Format | None = None
    surest = 0.0
    for each in (*(other for other in FORMATS.values() if other is not last), last):
        if each.read and (each is not last or surest <= 0.4) and (sure := each.recognise(sample)) > surest:
            found, surest = each, sure
    return found


def read_source(
    source: Source,
    *,
    format_name: str | None = None,
    among: Collection[str] | None = None,
    today: date,
    limits: Limits = USUAL,
) -> Iterator[Item]:
    """Return the records of a source and the problems with them, in its order, read as they are asked for.

    Raise `ReadingListError` at once when no format is recognised, or none of those `among` which it must be,
    `format_name` is unknown, or the source cannot be opened; while reading, when it is damaged or larger than `limits`.
    """
    if format_name is not None:
        chosen: Format | None = format_called(format_name)
        source.size_bytes()
    else:
        chosen = recognise(source)
    if among is not None and (chosen is None or chosen.name not in among):
        raise BadSource(source.name, phrase("this is no list that could be read as a feed"))
    if chosen is None:
        raise BadSource(source.name, _why_not(source.sample()))
    if chosen.read is None:
        raise ReadingListError(phrase("{label} can be written, but not read", label=chosen.label))
    return _held_to(limits, chosen.read(source, today, limits), source.name)


def _held_to(limits: Limits, items: Iterable[Item], name: str) -> Iterator[Item]:
    """Yield items; in place of a record with a list that is too long, what is wrong with it."""
    for item in items:
        if isinstance(item, Record) and (wrong := too_long(item.paper, limits.field_chars)) is not None:
            yield Problem("failed", name, item.line, wrong)
        else:
            yield item


def _why_not(sample: Sample) -> str:
    """Return what to say of a source in which nothing was recognised."""
    if not sample.text.strip():
        return phrase("there is nothing in this")
    if not sample.is_text:
        return phrase("this is not a text, so no papers can be read from it")
    return phrase("no papers were recognised in this")


def write(papers: Iterable[Paper], format_name: str) -> Iterator[str]:
    """Return `papers` in a format, piece by piece. Raise `ReadingListError` when it is unknown or cannot be written."""
    chosen = format_called(format_name)
    if chosen.files is not None:
        raise ReadingListError(phrase("{label} is written as a folder, which has to be named", label=chosen.label))
    if chosen.write is None:
        raise ReadingListError(phrase("{label} can be read, but not written", label=chosen.label))
    return chosen.write(papers)


def format_called(name: str) -> Format:
    """Return the format of a name. Raise `ReadingListError` that lists the names there are."""
    try:
        return FORMATS[name]
    except KeyError:
        raise ReadingListError(
            phrase("there is no format {name!r}; there are {formats}", name=name, formats=", ".join(FORMATS))
        ) from None
