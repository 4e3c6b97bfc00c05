"""The paper of a draft for somebody outside: drawn as a task, kept until the draft says more."""

from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django_tasks import task

from measures.domain import files
from measures.domain.publishing import reviews
from measures.models import Document, ReviewLink
from reports.rendering.as_pdf import pdf_of
from reports.tasks import fingerprint_of


def path_of(document: Document, content: dict[str, Any]) -> str:
    """Return where the paper of this content is kept, drawn or not."""
    return f"{_folder(document)}/{fingerprint_of(content)}.pdf"


def _folder(document: Document) -> str:
    return f"reviews/{document.organisation.slug}/{document.pk}"


@task()
def draw(number: int) -> None:
    """Draw what the link of this number shows now, and drop the paper of what it showed before.

    A link that has been closed meanwhile gets none; one drawn already is left as it is.
    """
    link = ReviewLink.objects.select_related("document__organisation", "document__round").get(
        pk=number
    )
    if not link.is_open():
        return
    content = reviews.content_for(link)
    path = path_of(link.document, content)
    if default_storage.exists(path):
        return
    pdf = pdf_of(content, layout=content["layout"], workers=settings.RENDERING_WORKERS)
    kept = files.keep(path, pdf)
    folder = _folder(link.document)
    for name in default_storage.listdir(folder)[1]:
        if f"{folder}/{name}" != kept:
            default_storage.delete(f"{folder}/{name}")
