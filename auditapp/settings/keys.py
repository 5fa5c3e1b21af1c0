"""The key that signs cookies and forms, kept in a file of the data folder."""

import os
import secrets
import tempfile
from pathlib import Path

from auditapp.settings.values import SHORTEST_SECRET, SettingsError


def kept_key(path: Path) -> str:
    """The key in this file, made on the first call; the file is readable by its owner only.

    When several processes start at once, all of them get the key of the one that came first. Raises SettingsError when the
    file holds no usable key.
    """
    if not path.exists():
        _write_once(path, secrets.token_urlsafe(48))
    key = path.read_text("ascii").strip()
    if len(key) < SHORTEST_SECRET:
        raise SettingsError(f"{path} holds no usable key. Delete it, and the next start makes a new one.")
    return key


def _write_once(path: Path, text: str) -> None:
    """Create a file of mode 0600 that nobody ever sees half written, unless another process has created it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # mkstemp opens with O_EXCL and mode 0600; link refuses to replace a file.
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".secret-")
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()
