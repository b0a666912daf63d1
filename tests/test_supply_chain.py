"""What the program is made of: exact versions with hashes and no addresses, known licences, a bill of materials."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.metadata import version
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.scripts import script as load

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted((ROOT / "resources" / "requirements").glob("*.txt"))


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """Return `resources/supply_chain.py`."""
    return load("supply_chain")


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_versions_are_exact_and_have_hashes_and_no_address_is_kept(file: Path, script: ModuleType) -> None:
    text = file.read_text(encoding="utf-8")
    assert re.findall(r"https?:|://|file:|--(?:extra-)?index|--find-links|@ ", text) == []
    for name, pins in script.pinned(file.stem).items():
        for pin, hashes in pins:
            assert [each.operator for each in pin.specifier] == ["=="], name
            assert hashes > 0, name


def test_there_is_a_file_for_each_use(script: ModuleType) -> None:
    assert [file.stem for file in FILES] == ["build", "run", "test", "vectors"]


def _wanted(project: dict[str, Any], what: str) -> list[Requirement]:
    if what == "build":
        return [Requirement(line) for line in project["build-system"]["requires"]]
    lines = list(project["project"]["dependencies"])
    if what in ("test", "vectors"):
        lines += project["project"]["optional-dependencies"][what]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("what", ["run", "test", "vectors", "build"])
def test_what_the_project_asks_for_is_pinned_within_its_ranges(
    what: str, script: ModuleType, project: dict[str, Any]
) -> None:
    """Fails when pyproject.toml was changed and the files were not made anew."""
    pins = script.pinned(what)
    here = {"python_full_version": "3.11.9", "python_version": "3.11"}
    for wanted in _wanted(project, what):
        assert canonicalize_name(wanted.name) in pins, wanted.name
        if wanted.marker is not None and not wanted.marker.evaluate(here):
            continue
        for pin, _ in pins[canonicalize_name(wanted.name)]:
            if pin.marker is None or pin.marker.evaluate(here):
                (exact,) = pin.specifier
                assert wanted.specifier.contains(exact.version), wanted


def test_what_is_installed_here_is_all_pinned(script: ModuleType) -> None:
    assert set(script.closure()) - set(script.pinned("run")) == set()


def test_each_system_has_its_files(script: ModuleType) -> None:
    """Of a package that is built for each system, there are the hashes of many files."""
    for name in ("numpy", "rapidfuzz", "pyyaml", "lxml"):
        assert all(hashes > 20 for _, hashes in script.pinned("run")[name]), name
    assert {"psutil", "colorama"} <= set(script.pinned("run"))


def test_the_page_of_licences_says_what_the_packages_say(script: ModuleType) -> None:
    recorded = script.recorded_licences()
    pins = script.pinned("run")
    for name, package in script.closure().items():
        assert name in recorded, "run: python resources/supply_chain.py licences"
        if any(pin.specifier.contains(package.version) for pin, _ in pins[name]):
            assert script.licence_of(package) == recorded[name], name
        assert script.is_fine(script.licence_of(package)), name


def test_the_page_names_what_the_extra_brings(script: ModuleType) -> None:
    brought = set(script.pinned("vectors")) - set(script.pinned("run"))
    assert brought == set(script.VECTORS)
    recorded = script.recorded_licences()
    assert {name: recorded[name] for name in brought} == script.VECTORS
    assert all(script.is_fine(licence.replace("MPL-2.0", "MIT")) for licence in script.VECTORS.values())


def test_what_lies_in_our_own_files_has_its_licence_beside_it(script: ModuleType) -> None:
    page = script.LICENCES.read_text(encoding="utf-8")
    known = {folder for _, folder, _, _ in script.SHIPPED.values()}
    for name, (licence, folder, text, _) in script.SHIPPED.items():
        assert len((ROOT / folder / text).read_text(encoding="utf-8")) > 300, name
        assert f"| {licence} | `{folder}/{text}` |" in page
    ours = {"digest.md", "formats.md", "licences.md", "requirements", "samples", "screenshots", "screenshots.py"}
    ours |= {"setup.sh", "supply_chain.py", "translations", "translations.py", "icons", "fonts", "csl"}
    things = {path.name for path in (ROOT / "resources").iterdir() if not path.name.startswith(("__", "."))}
    assert things - ours == set(), "something new lies in resources: whose is it?"
    assert {f"resources/{name}" for name in ("icons", "fonts", "csl")} == known


def test_a_licence_that_nobody_looked_at_stops_the_script(script: ModuleType) -> None:
    package = SimpleNamespace(metadata={"Name": "new", "License": "See the file"})
    with pytest.raises(ValueError, match="new: which licence"):
        script.licence_of(package)
    assert not script.is_fine("GPL-3.0-only")
    assert script.is_fine("LGPL-3.0-only OR GPL-3.0-only")
    assert not script.is_fine("MIT AND AGPL-3.0-only")


def test_the_bill_of_materials_names_everything_and_no_place(script: ModuleType, tmp_path: Path) -> None:
    text = script.bill()
    made = json.loads(text)
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert made["metadata"]["component"]["version"] == version("readinglist")
    named = {component["name"]: component for component in made["components"]}
    assert set(named) == {*script.closure(), *script.SHIPPED}
    assert named["whoosh"]["purl"] == "pkg:pypi/whoosh@2.7.4"
    assert all(component["licenses"] for component in named.values())
    depends = {each["ref"]: each.get("dependsOn", []) for each in made["dependencies"]}
    assert "whoosh==2.7.4" in depends["readinglist"]
    assert [ref for ref in depends if ref.startswith("sqlite-utils") and not depends[ref]] == []
    assert str(ROOT) not in text
    assert re.findall(r"\w+://[^\"]*", text) == ["http://cyclonedx.org/schema/bom-1.6.schema.json"]
