"""What a PDF says of itself in its metadata: that it is PDF/A-3a and PDF/UA-1 at once, or neither.

WeasyPrint writes the identifier of one standard alone. The second comes with the description of its vocabulary, which
PDF/A asks for (ISO 19005-3, 6.6.2.3) since it is none of the known ones.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import weasyprint

UNIVERSAL_ACCESS = """
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
END = b"</rdf:RDF>"


@dataclass(frozen=True)
class Attachment:
    """A file that travels inside a PDF as the data it was made from. The date is the data's own, so that bytes repeat."""

    name: str
    content: bytes
    description: str
    date: dt.date
    media_type: str = "application/json"


def the_document(content: bytes, date: dt.date) -> Attachment:
    """The report document as it travels in its PDF."""
    return Attachment("report.json", content, "The report as data: every answer, rule and score in it", date)


def claim_both(metadata: Any) -> None:
    """Let the metadata of a document identify it as PDF/UA-1 beside the PDF/A it is written as."""
    plain = metadata.generate_rdf_metadata

    def with_both(variant: str, version: int, conformance: str) -> bytes:
        written: bytes = plain(variant, version, conformance)
        return written.replace(END, UNIVERSAL_ACCESS.encode() + END)

    metadata.generate_rdf_metadata = with_both


def claim_nothing(metadata: Any) -> None:
    """Let the metadata of a document say title, author and dates, and name no standard."""
    plain = metadata.generate_rdf_metadata
    metadata.generate_rdf_metadata = lambda variant, _version, _conformance: plain(variant, None, None)


def attached(attachment: Attachment) -> weasyprint.Attachment:
    """The attachment for WeasyPrint, declared as the data of the document."""
    from weasyprint import Attachment as Attached

    noon = dt.datetime.combine(attachment.date, dt.time(12))
    return Attached(
        string=attachment.content,
        url_fetcher=refuse,
        name=attachment.name,
        description=attachment.description,
        created=noon,
        modified=noon,
        relationship="Data",
    )


def refuse(url: str) -> Any:
    """A fetcher that has nothing: an attachment is given, never fetched."""
    raise ValueError(f"nothing is fetched, least of all {url[:200]!r}")


def tidy(attachment: Attachment | None, pdf: Any) -> None:
    """Before a file is written: its attachment has the media type given and stands once in the list, not twice."""
    if attachment is None:
        return
    pdf.catalog["AF"] = type(pdf.catalog["AF"])(dict.fromkeys(pdf.catalog["AF"]))
    kind = "/" + "".join(
        letter if letter.isalnum() else f"#{ord(letter):02x}" for letter in attachment.media_type
    )
    for one in pdf.objects:
        extra = getattr(one, "extra", None)
        if extra and extra.get("Type") == "/EmbeddedFile":
            extra["Subtype"] = kind
