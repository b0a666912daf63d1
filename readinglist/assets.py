"""Where the files that ship beside the code lie: icons, fonts, samples. Knows nothing of what is in them.

In a wheel they are in `readinglist/resources`; in a checkout (also an editable install) in `resources` beside
the package.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """Return the path of the shipped file or folder `name` ("icons/inbox.svg").

    Raises FileNotFoundError when it is in neither place: the installation is not whole.
    """
    for folder in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        path = folder / name
        if path.exists():
            return path
    raise FileNotFoundError(name)


def read(name: str) -> bytes:
    """Return the content of the shipped file `name`. Raises FileNotFoundError as `resource` does."""
    return resource(name).read_bytes()
