"""Publishing an approved document."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from measures import permissions
from measures.domain.errors import Invalid, Stale
from measures.models import Document, RenderingPurpose
from measures.views.access import DeskRequest, desk_page
from measures.views.documents import own_document
from measures.views.reauthentication import freshly_checked
from reports import tasks


@require_POST
@desk_page
@freshly_checked
def publish(request: DeskRequest, pk: int) -> HttpResponse:
    """Have the document drawn and published; go to the public page, or to where one waits."""
    document = own_document(request, pk)
    # Asked before drawing: a stranger to this act should not make the server draw a PDF.
    permissions.can_publish(request.user, document).or_raise()
    if hasattr(document, "publication"):  # the second press of the same button
        return _to_public_page(document)
    try:
        rendering = tasks.ask_for(document, purpose=RenderingPurpose.PUBLICATION, by=request.user)
    except (Invalid, Stale) as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:document", document.pk)
    document = own_document(request, pk)
    if not hasattr(document, "publication"):
        return redirect("paper:rendering", rendering.pk)
    messages.success(request, _("เผยแพร่แล้ว หน้านี้คือหน้าที่ประชาชนเห็น"))
    return _to_public_page(document)


def _to_public_page(document: Document) -> HttpResponse:
    return redirect("public:document", document.organisation.slug, document.publication.code)
