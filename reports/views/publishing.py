"""Publishing an approved document."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from measures import permissions
from measures.domain.errors import Invalid, Stale
from measures.views.access import DeskRequest, desk_page
from measures.views.documents import own_document
from reports import publishing


@require_POST
@desk_page
def publish(request: DeskRequest, pk: int) -> HttpResponse:
    """Publish, and go to the public page."""
    document = own_document(request, pk)
    # Asked before drawing: a stranger to this act should not make the server draw a PDF.
    permissions.can_publish(request.user, document).or_raise()
    try:
        publication = publishing.publish(document, by=request.user)
    except (Invalid, Stale) as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:document", document.pk)
    messages.success(request, _("เผยแพร่แล้ว หน้านี้คือหน้าที่ประชาชนเห็น"))
    return redirect("public:document", publication.organisation.slug, publication.code)
