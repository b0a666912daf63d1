"""What is installed holds what the program needs: a wheel is built, offline, and asked."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed here")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=60)
    (built,) = folder.iterdir()
    return built


def _files(folder: Path) -> set[str]:
    return {
        file.relative_to(ROOT).as_posix()
        for file in folder.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts and not file.name.startswith(".")
    }


def test_wheel_holds_every_module_and_resource(wheel: Path) -> None:
    held = set(ZipFile(wheel).namelist())
    assert _files(ROOT / "readinglist") <= held
    assert {f"readinglist/{name}" for name in _files(ROOT / "resources")} <= held


def test_wheel_holds_nothing_else_but_its_licence_and_metadata(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()
    assert {name.split("/")[0].rpartition(".")[2] for name in names} == {"readinglist", "dist-info"}
    assert [name for name in names if name.endswith("/licenses/LICENSE")]
    assert not [name for name in names if "__pycache__" in name or name.startswith("readinglist/tests")]


def test_installed_program_finds_its_resources_and_starts(wheel: Path, tmp_path: Path) -> None:
    ZipFile(wheel).extractall(tmp_path)
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from readinglist.assets import resource\n"
        "print(resource('setup.sh'))\n"
        "sys.argv = ['readinglist', '--version']\n"
        "from readinglist.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    assert done.stdout.splitlines()[0] == str(tmp_path / "readinglist" / "resources" / "setup.sh")
    assert done.stdout.splitlines()[1].startswith("readinglist, version ")
