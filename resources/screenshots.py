"""Make the pictures of the README from the sample papers: `python resources/screenshots.py [FOLDER]`.

They are drawn without a screen, light and dark, in 1440 by 900. Nothing of the user's own library or settings is
looked at or touched.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZE = (1440, 900)
_PATIENCE_S = 30.0


def main() -> None:
    """Write `window-light.png` and `window-dark.png` into the folder given, or into `resources/screenshots`."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "resources" / "screenshots"
    target.mkdir(parents=True, exist_ok=True)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="readinglist-pictures-") as home:
        for name in ("CACHE", "CONFIG", "DATA", "STATE"):
            os.environ[f"XDG_{name}_HOME"] = str(Path(home) / name)
        sys.path.insert(0, str(ROOT))
        _draw(Path(home) / "library", target)


def _draw(folder: Path, target: Path) -> None:
    from PySide6.QtWidgets import QApplication

    from readinglist.library import Library
    from readinglist.ui.app import open_window

    app = QApplication([sys.argv[0]])
    with Library.open(folder) as library:
        library.import_([ROOT / "resources" / "samples" / "papers.jsonl"])
        first = library.search("title:indexes").ids[0]
        library.write_note(
            first,
            "**Why it matters for chapter 3:** no positions stored, so an update is one append.\n\n"
            "- ask Signe how the diaries were sampled\n- table 2: check the 90 k run on battery\n",
        )
        library.highlight(first, "phrases are checked against the stored text", comment="what about hyphens?")
        library.save_search("to cite soon", 'tag:"to cite" -is:read')
        library.wait_for_index()
    window = open_window(folder)
    window.resize(*SIZE)

    def settle() -> None:
        until = time.monotonic() + _PATIENCE_S
        while time.monotonic() < until:
            app.processEvents()
            if window.idle():
                return
            time.sleep(0.005)
        raise SystemExit("the window does not come to rest")

    def trigger(name: str) -> None:
        window.actions_by_name[name].trigger()
        settle()

    for theme in ("Light", "Dark"):
        trigger(f"actionTheme{theme}")
        window.go_to("queue:next")
        settle()
        window.grab().save(str(target / f"window-{theme.lower()}.png"))
    window.close()
    print(f"The pictures are in {target}.")


if __name__ == "__main__":
    main()
