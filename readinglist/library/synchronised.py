"""Tell whether another program copies a folder to other machines while we write into it. Looks at names only."""

from __future__ import annotations

from pathlib import Path

_NAMES = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "mobile documents": "iCloud Drive",
    "com~apple~clouddocs": "iCloud Drive",
    "icloud drive": "iCloud Drive",
    "iclouddrive": "iCloud Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pcloud drive": "pCloud",
    "pclouddrive": "pCloud",
    "seafile": "Seafile",
    "megasync": "MEGA",
    "proton drive": "Proton Drive",
    "protondrive": "Proton Drive",
    "box sync": "Box",
    "box-box": "Box",
    "tresorit": "Tresorit",
    "yandex.disk": "Yandex Disk",
    "syncthing": "Syncthing",
}
_MARKS = {
    ".stfolder": "Syncthing",
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".sync_*.db": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    ".tmp.driveupload": "Google Drive",
    ".megaignore": "MEGA",
}
"""Files that the programs keep in the folder that they copy, whatever its name."""


def synchronised_by(folder: Path) -> str | None:
    """Return the name of the service that synchronises `folder`, as far as its path or a mark in it tells.

    A link is followed: what counts is where the library really lies.
    """
    home = Path.home()
    for place in dict.fromkeys((folder.absolute(), folder.resolve())):
        for part in (place, *place.parents):
            name = part.name.casefold()
            for known, service in _NAMES.items():
                if name == known or name.startswith((f"{known} ", f"{known}-", f"{known} (")):
                    return service
            if part != home:  # where these programs also keep their settings
                for mark, service in _MARKS.items():
                    if any(True for _ in part.glob(mark)):
                        return service
    return None
