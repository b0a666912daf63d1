"""The window in the pseudo-locale: every word has been through the translation, and none is cut off."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication

from readinglist.phrase import phrase
from readinglist.ui.wording import told
from tests.scripts import script
from tests.ui.menu_scenes import MENU_SCENES
from tests.ui.pseudo import faults
from tests.ui.scenes import GREEK, SCENES, close_all, go_home, settle_in

if TYPE_CHECKING:
    from tests.ui.conftest import Bench

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def bench(pseudo: None, make_bench: Callable[[list[dict[str, object]]], Bench]) -> Bench:
    made = make_bench(GREEK)
    settle_in(made)
    return made


def test_every_count_has_its_forms_in_english(tmp_path: Path) -> None:
    kept = ROOT / "resources" / "translations" / "readinglist_en.ts"
    gathered = tmp_path / kept.name
    gathered.write_bytes(kept.read_bytes())
    script("translations").gather(gathered)
    for message in ElementTree.parse(gathered).iter("message"):
        source = message.findtext("source") or ""
        forms = [form.text or "" for form in message.iter("numerusform")]
        assert [bool(form) for form in forms] == [True, True], f"{source}: gather and translate {kept.name}"
        assert all(set(re.findall(r"{\w*", form)) <= set(re.findall(r"{\w*", source)) for form in forms), source
    assert script("translations").release(gathered).read_bytes() == kept.with_suffix(".qm").read_bytes(), (
        f"release {kept.name}"
    )


@pytest.mark.parametrize(("count", "said"), [(1, "1 paper"), (2, "2 papers"), (87_326, "87,326 papers")])
def test_a_count_has_the_right_form(count: int, said: str) -> None:
    assert QCoreApplication.translate("Commands", "%Ln papers", "", count) == said
    assert told(phrase("{n:,} papers read", n=count)) == f"{said} read"


@pytest.mark.parametrize(
    ("size", "zoom"),
    [((1440, 900), 1.0), ((1000, 700), 1.3)],  # the second has less room than 800 pixels with the usual text
    ids=["usual", "large text"],
)
def test_nothing_is_left_in_english_and_nothing_is_cut_off(bench: Bench, size: tuple[int, int], zoom: float) -> None:
    bench.window.resize(*size)
    bench.window._switch.set_zoom(zoom)
    bench.settle()
    found: dict[str, list[str]] = {}
    for name, scene in {**SCENES, **MENU_SCENES}.items():
        bench.window.frame.want_sidebar(size[0] > 1000)
        go_home(bench)
        scene(bench)
        for fault in faults(bench.folder):
            found.setdefault(fault, []).append(name)
        close_all(bench)
    assert found == {}, "\n".join(f"{fault}: {', '.join(names[:3])}" for fault, names in found.items())
