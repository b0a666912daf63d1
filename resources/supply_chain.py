"""What the program is made of besides itself: exact versions with hashes, licences, a bill of materials.

    python resources/supply_chain.py requirements   # resources/requirements/*.txt, by uv (extra "release")
    python resources/supply_chain.py licences       # resources/licences.md, of what is installed here
    python resources/supply_chain.py bill FILE      # CycloneDX JSON for a release, of what is installed here

`requirements` resolves for every system and Python at once and keeps the hashes of all files that the index has of a
version, for Linux, macOS and Windows; no address is kept. `pip install --require-hashes` takes nothing else then.
Whether a known flaw is in them is asked of a service: `pip-audit -r resources/requirements/run.txt --require-hashes
--disable-pip`. `licences` stops at a package of which nobody has looked at the licence.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "resources" / "requirements"
LICENCES = ROOT / "resources" / "licences.md"

SHIPPED = {
    "Inter": ("OFL-1.1", "resources/fonts", "OFL.txt", "the font"),
    "Lucide": ("ISC AND MIT", "resources/icons", "LICENSE", "the icons"),
    "CSL styles": ("CC-BY-SA-3.0", "resources/csl", "LICENSE", "citation styles"),
}
"""What lies in the program's own files but is not ours: licence (SPDX), folder, its text there, what it is."""

SPDX = {
    "click-default-group": "BSD-3-Clause",  # its text; its metadata say public domain
    "colorama": "BSD-3-Clause",
    "markdown-it-py": "MIT",
    "mdurl": "MIT",
    "pip": "MIT",
    "pysqlite3": "Zlib",  # with SQLite in it, which is in the public domain
    "pystemmer": "MIT AND BSD-3-Clause",
    "sqlite-fts4": "Apache-2.0",
    "whoosh": "BSD-2-Clause",
}
"""What packages are under that do not say so in SPDX's words."""

FINE = frozenset(
    ("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-2-Clause-Views", "BSD-3-Clause", "CC0-1.0", "ISC", "LGPL-3.0-only")
) | frozenset(("MIT", "PSF-2.0", "Unlicense", "Zlib"))
"""Licences of libraries that may be installed beside a program under the MIT licence without more than their notice."""

VECTORS = {
    "annotated-types": "MIT",
    "anyio": "MIT",
    "certifi": "MPL-2.0",
    "charset-normalizer": "MIT",
    "filelock": "MIT",
    "fsspec": "BSD-3-Clause",
    "h11": "MIT",
    "hf-xet": "Apache-2.0",
    "httpcore2": "BSD-3-Clause",
    "httpx2": "BSD-3-Clause",
    "httpx2-jsfetch": "BSD-3-Clause",  # where Python runs in a browser
    "huggingface-hub": "Apache-2.0",
    "idna": "BSD-3-Clause",
    "packaging": "Apache-2.0 OR BSD-2-Clause",
    "pydantic": "MIT",
    "pydantic-core": "MIT",
    "requests": "Apache-2.0",
    "safetensors": "Apache-2.0",
    "tokenizers": "Apache-2.0",
    "toml": "MIT",
    "tqdm": "MPL-2.0 AND MIT",
    "typing-extensions": "PSF-2.0",
    "typing-inspection": "MIT",
    "urllib3": "MIT",
    "wordllama": "MIT",
}
"""What the extra `vectors` brings, which is not installed here as a rule. MPL-2.0 is about changes to those files."""

_ELSEWHERE = ("psutil", "colorama")  # not installed everywhere, yet needed somewhere
_HEADERS = {
    "run": "what the program needs",
    "test": "what the program and its tests need",
    "vectors": "what the program needs with the extra for similar papers by meaning",
    "build": "what builds the wheel",
}


def closure(name: str = "readinglist") -> dict[str, Distribution]:
    """Return the installed packages that `name` needs, itself left out, by normalised name."""
    found: dict[str, Distribution] = {}
    waiting = [requirement.name for requirement in _needs(distribution(name))]
    for each in _ELSEWHERE:
        try:
            distribution(each)
        except PackageNotFoundError:
            continue
        waiting.append(each)
    while waiting:
        key = canonicalize_name(waiting.pop())
        if key not in found:
            found[key] = distribution(key)
            waiting += [requirement.name for requirement in _needs(found[key])]
    return dict(sorted(found.items()))


def _needs(package: Distribution) -> Iterator[Requirement]:
    environment = {**default_environment(), "extra": ""}
    for line in package.requires or []:
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate(environment):
            yield requirement


def licence_of(package: Distribution) -> str:
    """Return the licence of a package in SPDX's words. Raise ValueError where that is not known."""
    name = canonicalize_name(package.metadata["Name"])
    said = package.metadata.get("License-Expression") or SPDX.get(name) or package.metadata.get("License") or ""
    said = said.strip().strip('"')
    if not re.fullmatch(r"[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*", said):
        raise ValueError(f"{name}: which licence is {said[:60]!r}? Look at its text and add it to SPDX.")
    return said


def is_fine(licence: str) -> bool:
    """Say whether something may be used under a licence: each part of AND, or one of OR."""
    return all(any(way in FINE for way in part.split(" OR ")) for part in licence.split(" AND "))


def _texts(package: Distribution) -> str:
    names = [file.name for file in package.files or () if ".dist-info" in str(file)]
    found = sorted({name for name in names if re.match(r"(?:LICEN[CS]E|COPYING|NOTICE)", name, re.IGNORECASE)})
    return ", ".join(found) or "not with the package"


def licences() -> str:
    """Return the page of licences, as Markdown."""
    lines = [
        "# Licences of others",
        "",
        "The program is under the MIT licence. Of others, these things lie in its own files, licences beside them:",
        "",
        "| what | licence | text |",
        "|---|---|---|",
    ]
    for name, (licence, folder, text, what) in SHIPPED.items():
        lines.append(f"| {name}, {what} | {licence} | `{folder}/{text}` |")
    lines += [
        "",
        "These packages are not in its files: the installer fetches them and puts the text of the licence into the",
        "`.dist-info` folder of each. Qt (PySide6, Shiboken) is used under the LGPL 3.0, unchanged, as libraries of",
        "its own that may be replaced; its sources are at https://download.qt.io. pysqlite3 has SQLite in it (public",
        "domain), numpy and lxml what their texts list.",
        "",
        "| package | licence | text |",
        "|---|---|---|",
    ]
    lines += [f"| {name} | {licence_of(each)} | {_texts(each)} |" for name, each in closure().items()]
    lines += [
        "",
        "The optional extra `vectors` (`pip install 'readinglist[vectors]'`) brings these too; the word vectors in",
        "wordllama are under its licence:",
        "",
        "| package | licence |",
        "|---|---|",
    ]
    lines += [f"| {name} | {licence} |" for name, licence in VECTORS.items()]
    return "\n".join([*lines, "", "Made by `resources/supply_chain.py licences`.", ""])


def recorded_licences() -> dict[str, str]:
    """Return the licences that the page records, by package."""
    rows = re.findall(r"^\| ([\w.-]+) \| ([^|]+) \|", LICENCES.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: licence for name, licence in rows if name not in ("what", "package")}


def pinned(name: str) -> Mapping[str, list[tuple[Requirement, int]]]:
    """Return what a file of requirements pins, by package: each with its number of hashes."""
    text = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8")
    found: dict[str, list[tuple[Requirement, int]]] = {}
    for entry in re.split(r"(?<!\\)\n", text):
        if entry and not entry.startswith("#"):
            line, *hashes = entry.replace("\\\n", " ").split(" --hash=")
            requirement = Requirement(line.strip())
            found.setdefault(canonicalize_name(requirement.name), []).append((requirement, len(hashes)))
    return found


def resolve(what: str) -> str:
    """Return exact versions with hashes, by uv. Raise ValueError where an address would be kept."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    command = ["uv", "pip", "compile", "--universal", "--generate-hashes", "--no-header", "--no-annotate"]
    command += ["--no-emit-index-url", "--no-emit-find-links", "--python-version", "3.11", "--quiet"]
    wanted = None
    if what == "build":
        command.append("-")
        wanted = "\n".join(project["build-system"]["requires"])
    else:
        command += ["pyproject.toml", *(["--extra", what] if what != "run" else [])]
    done = subprocess.run(command, cwd=ROOT, input=wanted, capture_output=True, text=True, check=True)
    if "://" in done.stdout:
        raise ValueError("the resolver kept an address")
    return f"# Made by resources/supply_chain.py of pyproject.toml: {_HEADERS[what]}.\n{done.stdout}"


def bill() -> str:
    """Return the bill of materials of what is installed here, as CycloneDX JSON 1.6 (ECMA-424)."""
    from cyclonedx.contrib.license.factories import LicenseFactory
    from cyclonedx.model import HashAlgorithm, HashType
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.output.json import JsonV1Dot6
    from packageurl import PackageURL

    make = LicenseFactory()
    own = distribution("readinglist")
    program = Component(
        name="readinglist",
        version=own.version,
        type=ComponentType.APPLICATION,
        bom_ref="readinglist",
        licenses=[make.make_from_string(licence_of(own))],
        purl=PackageURL("pypi", name="readinglist", version=own.version),
    )
    made = Bom()
    made.metadata.component = program
    parts: dict[str, Component] = {}
    for name, each in closure().items():
        parts[name] = Component(
            name=name,
            version=each.version,
            type=ComponentType.LIBRARY,
            bom_ref=f"{name}=={each.version}",
            licenses=[make.make_from_string(licence_of(each))],
            purl=PackageURL("pypi", name=name, version=each.version),
        )
    for name, (licence, folder, _, what) in SHIPPED.items():
        files = sorted(file for file in (ROOT / folder).iterdir() if file.is_file())
        content = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
        parts[name] = Component(
            name=name,
            type=ComponentType.DATA,
            bom_ref=name,
            description=f"{what}, in {folder}",
            licenses=[make.make_from_string(licence)],
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=content)],
        )
    for part in parts.values():
        made.components.add(part)
    made.register_dependency(program, [parts[canonicalize_name(each.name)] for each in _needs(own)])
    for name, each in closure().items():
        made.register_dependency(parts[name], [parts[canonicalize_name(need.name)] for need in _needs(each)])
    return JsonV1Dot6(made).output_as_string(indent=2) + "\n"


def main() -> int:
    """Run from the command line."""
    match sys.argv[1:]:
        case ["requirements"]:
            REQUIREMENTS.mkdir(exist_ok=True)
            for what in _HEADERS:
                (REQUIREMENTS / f"{what}.txt").write_text(resolve(what), encoding="utf-8", newline="\n")
        case ["licences"]:
            LICENCES.write_text(licences(), encoding="utf-8", newline="\n")
        case ["bill", file]:
            Path(file).write_text(bill(), encoding="utf-8", newline="\n")
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
