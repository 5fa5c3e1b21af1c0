"""The keys of an installation: the one that signs, and every public key it ever had."""

from __future__ import annotations

import base64
import datetime as dt
import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import ValidationError

from auditapp.domain.errors import KeysUnreadable
from auditapp.domain.proof import Digest, Encoded
from auditapp.domain.values import Value

FILE = "report-keys.json"


class PublicKey(Value):
    """A public key: its thumbprint (RFC 7638), its 32 bytes, and the days it signed from and until."""

    id: Encoded
    x: Encoded
    since: dt.date
    until: dt.date | None = None

    def verifies(self, signature: str, message: bytes) -> bool:
        """Whether the signature over `message` was made with the private half of this key."""
        try:
            Ed25519PublicKey.from_public_bytes(decoded(self.x)).verify(decoded(signature), message)
        except (InvalidSignature, ValueError):
            return False
        return True


class SealCertificate(Value):
    """A certificate that seals PDFs: its SHA-256, itself as PEM, and the day from which it was used."""

    sha256: Digest
    pem: str
    since: dt.date


class PublicKeys(Value):
    """Everything somebody else needs to check a report of this installation, oldest first."""

    keys: tuple[PublicKey, ...] = ()
    seals: tuple[SealCertificate, ...] = ()

    def key(self, name: str) -> PublicKey | None:
        """The key of this thumbprint; None when it is not one of these."""
        return next((key for key in self.keys if key.id == name), None)


class _Kept(PublicKeys):
    """What stands in the file: the public half, and the private key of today as its 32 bytes."""

    private: Encoded | None = None


class KeyRing:
    """The keys in a folder, in one file that only its owner can read. The first key is made when it is first needed.

    Every method raises KeysUnreadable when the file cannot be used: it is never replaced, because the signatures of all
    earlier reports would then be those of a stranger.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / FILE

    def public(self) -> PublicKeys:
        """Every public key and certificate ever used here; empty before the first."""
        kept = self._read()
        return PublicKeys(keys=kept.keys, seals=kept.seals)

    def signature(self, message: bytes, *, today: dt.date) -> tuple[str, str]:
        """The thumbprint of the key of today, and its signature over `message`."""
        kept = self._read()
        if kept.private is None:
            kept = self._begun(today)
        private = Ed25519PrivateKey.from_private_bytes(decoded(kept.private or ""))
        return kept.keys[-1].id, encoded(private.sign(message))

    def rotate(self, *, today: dt.date) -> PublicKey:
        """A new key for what is signed from now on. Old signatures keep verifying; the old private key is gone."""
        with self.locked():
            return self._write(_with_new_key(self._read(), today)).keys[-1]

    def add_seal(self, pem: str, sha256: str, *, today: dt.date) -> None:
        """Remember a certificate that seals PDFs; one that is known already stays as it is."""
        if any(seal.sha256 == sha256 for seal in self._read().seals):
            return
        with self.locked():
            kept = self._read()
            if all(seal.sha256 != sha256 for seal in kept.seals):
                added = SealCertificate(sha256=sha256, pem=pem, since=today)
                self._write(kept.model_copy(update={"seals": (*kept.seals, added)}))

    def _begun(self, today: dt.date) -> _Kept:
        with self.locked():
            kept = self._read()
            return kept if kept.private else self._write(_with_new_key(kept, today))

    def _read(self) -> _Kept:
        try:
            return _Kept.model_validate_json(self.path.read_bytes())
        except FileNotFoundError:
            return _Kept()
        except (ValidationError, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not what was written there"
            raise KeysUnreadable(f"The keys in {self.path} cannot be read: {reason}.") from None

    def _write(self, kept: _Kept) -> _Kept:
        write_private(self.path, kept.model_dump_json(indent=2).encode())
        return kept

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One writer at a time, among all processes that share the folder."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def write_private(path: Path, content: bytes) -> None:
    """Replace a file by one of mode 0600 that nobody ever sees half written, also after a power cut."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def read_public_keys(text: str | bytes) -> PublicKeys:
    """Public keys as an installation publishes them. Raises ValueError when they are none."""
    try:
        listed = json.loads(text)
        keys = PublicKeys.model_validate_json(
            json.dumps(
                {
                    "keys": [
                        {"id": key["kid"], "x": key["x"], "since": key["since"], "until": key.get("until")}
                        for key in listed["keys"]
                    ],
                    "seals": listed.get("seals", []),
                }
            )
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ValueError("these are no public keys of an installation") from None
    if any(thumbprint(key.x) != key.id for key in keys.keys):
        raise ValueError("a public key does not have the thumbprint it claims")
    return keys


def published_keys(keys: PublicKeys) -> dict[str, object]:
    """Public keys as JSON for everybody: a JWK set (RFC 7517, RFC 8037) with the days beside each key, and the seals."""
    return {
        "keys": [
            {
                "kty": "OKP",
                "crv": "Ed25519",
                "alg": "EdDSA",
                "use": "sig",
                "kid": key.id,
                "x": key.x,
                "since": key.since.isoformat(),
                "until": key.until.isoformat() if key.until else None,
            }
            for key in keys.keys
        ],
        "seals": [seal.model_dump(mode="json") for seal in keys.seals],
    }


def thumbprint(x: str) -> str:
    """The thumbprint of an Ed25519 public key (RFC 7638, RFC 8037): the digest of its required members."""
    return encoded(hashlib.sha256(f'{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}'.encode()).digest())


def encoded(content: bytes) -> str:
    """Bytes as text for addresses, without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bytes of such a text; raises ValueError when it is none."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _with_new_key(kept: _Kept, today: dt.date) -> _Kept:
    private = Ed25519PrivateKey.generate()
    x = encoded(private.public_key().public_bytes_raw())
    retired = tuple(key if key.until else key.model_copy(update={"until": today}) for key in kept.keys)
    return kept.model_copy(
        update={
            "keys": (*retired, PublicKey(id=thumbprint(x), x=x, since=today)),
            "private": encoded(private.private_bytes_raw()),
        }
    )
