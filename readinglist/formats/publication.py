"""Names in `Paper.extra` for what bibliographies say of a publication and a paper has no field for.

Every bibliographic format keeps these under the same names (BibTeX's, where it has one), so that what came in as
RIS goes out as BibTeX with its volume and pages. Values are texts, decoded; `editor` is names as "Family, Given and
Family, Given", an institution in braces. What a format says besides is kept under that format's own name for it.
"""

from __future__ import annotations

ENTRY_TYPE = "entry_type"
"""What kind of publication it is, as BibTeX or BibLaTeX calls it: "article", "phdthesis", "online" ..."""

CITATION_KEY = "citation_key"
"""What the paper is cited by in manuscripts ("bo2021lists")."""

CAPITALS = "capitals"
"""The words of the title whose capitals must stay, where their spelling does not tell ("Petri Bayes"), a text."""

PUBLICATION_FIELDS = (
    "editor",
    "booktitle",
    "series",
    "volume",
    "number",
    "pages",
    "chapter",
    "edition",
    "publisher",
    "address",
    "institution",
    "school",
    "organization",
    "howpublished",
    "type",
    "eventtitle",
    "language",
    "isbn",
    "issn",
    "pmid",
    "pmcid",
    "eprintclass",
    "urldate",
    "file",
)
"""Further facts of a publication, in the order in which they are written."""
