"""The seal of a PDF: an invisible PAdES signature (ETSI EN 319 142, baseline B-B) that allows no change at all.

pyHanko takes half a second to import, so it is imported where a PDF is sealed or a seal is read, never above.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from auditapp.domain.errors import KeysUnreadable
from auditapp.proof.keys import KeyRing, write_private

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

Answer = TypeVar("Answer")

FILE = "seal.pem"
FIELD = "Seal"
VALID = dt.timedelta(days=3653)
PKCS12 = (".p12", ".pfx")


class SealState(StrEnum):
    """What a look at the seal of a PDF finds. Whole: it covers the file to its last byte, and nothing was changed."""

    WHOLE = "whole"
    BROKEN = "broken"
    ADDED_TO = "added-to"
    NONE = "none"
    UNREADABLE = "unreadable"


class FoundSeal(NamedTuple):
    """The seal of a PDF: its state, and the SHA-256 and name of its certificate where it has one."""

    state: SealState
    certificate: str | None = None
    name: str = ""


class Seal:
    """A certificate with its key. Raises KeysUnreadable when its file cannot be used."""

    def __init__(
        self, keyring: KeyRing, *, product_name: str, own: Path | None = None, passphrase: str = ""
    ) -> None:
        self._keyring = keyring
        self._product_name = product_name
        self._own = own
        self._passphrase = passphrase
        self._loaded: _Pair | None = None

    def fingerprint(self, *, today: dt.date) -> str:
        """The SHA-256 of the certificate that seals today. The first call makes one, and the keys remember it."""
        pair = self._pair(today)
        self._keyring.add_seal(pair.pem, pair.sha256, today=today)
        return pair.sha256

    def put(self, pdf: bytes, *, today: dt.date) -> bytes:
        """The PDF with its seal, added behind it. Sealing twice gives different bytes: seal once, and keep the file."""
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import signers
        from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

        class AsDated(IncrementalPdfFileWriter):
            """Leaves the dates of the file as they are: PDF/A wants them alike in both places where they stand."""

            def _update_meta(self) -> None:
                pass

        pair = self._pair(today)
        metadata = signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
            name=self._product_name,
        )
        sealed = _apart(
            lambda: signers.sign_pdf(AsDated(io.BytesIO(pdf)), metadata, signer=pair.signer(), in_place=False)
        )
        content: bytes = sealed.getvalue()
        return content

    def _pair(self, today: dt.date) -> _Pair:
        pair = self._loaded
        if pair is None or pair.certificate.not_valid_after_utc.date() <= today:
            pair = self._loaded = self._bring() if self._own else self._kept(today)
        return pair

    def _bring(self) -> _Pair:
        path = self._own
        assert path is not None  # noqa: S101 - asked for only where there is one
        try:
            content = path.read_bytes()
            if path.suffix.lower() in PKCS12:
                return _Pair.of_pkcs12(content, self._passphrase)
            return _Pair.of_pem(content, self._passphrase)
        except OSError as error:
            raise KeysUnreadable(f"The certificate {path} cannot be read: {error.strerror}.") from None
        except (ValueError, TypeError):
            raise KeysUnreadable(
                f"The certificate {path} cannot be used: it must hold a private key and its certificate, "
                "as PEM or PKCS #12, and the passphrase must fit."
            ) from None

    def _kept(self, today: dt.date) -> _Pair:
        path = self._keyring.folder / FILE
        with self._keyring.locked():
            if path.exists():
                try:
                    pair = _Pair.of_pem(path.read_bytes(), "")
                except ValueError:
                    raise KeysUnreadable(f"The seal in {path} cannot be read.") from None
                if pair.certificate.not_valid_after_utc.date() > today:
                    return pair
            content = new_certificate(self._product_name, today)
            write_private(path, content)
        return _Pair.of_pem(content, "")


class _Pair(NamedTuple):
    key: bytes
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]

    @classmethod
    def of_pem(cls, content: bytes, passphrase: str) -> _Pair:
        key = load_pem_private_key(content, passphrase.encode() or None)
        certificate, *chain = x509.load_pem_x509_certificates(content)
        if key.public_key() != certificate.public_key():
            raise ValueError("the first certificate is not that of the key")
        return cls(
            key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()), certificate, tuple(chain)
        )

    @classmethod
    def of_pkcs12(cls, content: bytes, passphrase: str) -> _Pair:
        found = pkcs12.load_pkcs12(content, passphrase.encode() or None)
        if found.key is None or found.cert is None:
            raise ValueError("a key or its certificate is missing")
        return cls(
            found.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
            found.cert.certificate,
            tuple(other.certificate for other in found.additional_certs),
        )

    @property
    def sha256(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(Encoding.PEM).decode("ascii")

    def signer(self) -> SimpleSigner:
        from asn1crypto import keys
        from asn1crypto import x509 as asn1_x509
        from pyhanko.sign.signers import SimpleSigner
        from pyhanko_certvalidator.registry import SimpleCertificateStore

        others = SimpleCertificateStore()
        for certificate in self.chain:
            others.register(asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER)))
        return SimpleSigner(
            signing_cert=asn1_x509.Certificate.load(self.certificate.public_bytes(Encoding.DER)),
            signing_key=keys.PrivateKeyInfo.load(self.key),
            cert_registry=others,
        )


def _apart(work: Callable[[], Answer]) -> Answer:
    """What `work` comes to, in a thread of its own: pyHanko starts an event loop, and a thread can run only one."""
    with ThreadPoolExecutor(1, "seal") as thread:
        return thread.submit(work).result()


def new_certificate(name: str, today: dt.date) -> bytes:
    """A new EC P-256 key with a certificate it signs itself, as PEM. It proves one thing: the same installation sealed."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begin = dt.datetime.combine(today, dt.time(), dt.UTC) - dt.timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + VALID)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=False,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + certificate.public_bytes(Encoding.PEM)


def seal_of(pdf: bytes) -> FoundSeal:
    """What a PDF is sealed with. Only the file is looked at: whether to trust the certificate is another question."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    try:
        signatures = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_signatures
        if not signatures:
            return FoundSeal(SealState.NONE)
        # The first is the one that certifies; another behind it adds to the file, which a seal does not allow.
        embedded = signatures[0]
        certificate = embedded.signer_cert
        sha256 = hashlib.sha256(certificate.dump()).hexdigest()
        name = str(certificate.subject.native.get("common_name", ""))
        # It trusts itself: whom to trust is asked elsewhere, and this keeps the library from logging its doubts.
        context = ValidationContext(trust_roots=[certificate], allow_fetching=False)
        status = _apart(lambda: validate_pdf_signature(embedded, context, skip_diff=True))
        if not (status.intact and status.valid):
            return FoundSeal(SealState.BROKEN, sha256, name)
        whole = len(signatures) == 1 and status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        return FoundSeal(SealState.WHOLE if whole else SealState.ADDED_TO, sha256, name)
    except (MemoryError, RecursionError):
        raise
    except Exception:
        # A hostile or broken file can make the reader fail in any way; all of them say the same.
        return FoundSeal(SealState.UNREADABLE)
