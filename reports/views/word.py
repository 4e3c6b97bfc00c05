"""A document as a Word file, to be edited further on the office's own machine."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from measures.domain.publishing import publications
from measures.views.access import DeskRequest, desk_page
from measures.views.documents import own_document
from reports.rendering.as_docx import docx_of

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@desk_page
def docx(request: DeskRequest, pk: int) -> HttpResponse:
    """Answer with the .docx of what the document says now: the text of its PDF, to be edited."""
    document = own_document(request, pk)
    content = publications.content_of(document)
    response = HttpResponse(docx_of(content, layout=content["layout"]), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="document-{document.pk}.docx"'
    response["Cache-Control"] = "private, no-store"
    return response
