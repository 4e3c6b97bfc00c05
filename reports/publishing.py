"""From a document to paper, and from paper to a publication."""

import datetime
from typing import Any

from django.utils import timezone

from measures.domain import publications
from measures.models import Document, Publication, User
from reports.rendering.as_pdf import pdf_of

# Raised whenever the same content would be drawn differently; stored with each publication.
TEMPLATE_VERSION = "1"

Content = dict[str, Any]


def render(document: Document) -> tuple[Content, bytes]:
    """Return what the document says now and the PDF of exactly that."""
    content = publications.content_of(document)
    return content, pdf_of(content, layout=content["layout"])


def publish(document: Document, *, by: User, now: datetime.datetime | None = None) -> Publication:
    """Draw the approved document with its code and day, and publish content and PDF together.

    Raises what ``publications.publish`` raises; nothing is stored then.
    """
    content = {
        **publications.content_of(document),
        "template_version": TEMPLATE_VERSION,
        "publication": {
            "code": publications.new_code(),
            "published_on": timezone.localdate(now).isoformat(),
        },
    }
    pdf = pdf_of(content, layout=content["layout"])
    return publications.publish(document, content=content, pdf=pdf, by=by, now=now)
