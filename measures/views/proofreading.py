"""Letting a remark of proofreading stand, and taking that back."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from measures.domain import proofreading
from measures.models import Document
from measures.views.access import DeskRequest, attempt, desk_page
from measures.views.documents import own_document
from measures.views.remarks import PAGES


def _back(request: DeskRequest, document: Document) -> str:
    page = PAGES.get(request.POST.get("page", ""), PAGES["document"])
    return f"{reverse(page, args=[document.pk])}#remarks"


@require_POST
@desk_page
def waive(request: DeskRequest, pk: int) -> HttpResponse:
    """Let one remark stand, with a reason."""
    document = own_document(request, pk)
    return attempt(
        request,
        lambda: proofreading.waive(
            document,
            request.POST.get("remark", ""),
            by=request.user,
            reason=request.POST.get("reason", ""),
        ),
        success=_("บันทึกการยกเว้นข้อสังเกตแล้ว"),
        back=_back(request, document),
    )


@require_POST
@desk_page
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    """Take a waiver back."""
    document = own_document(request, pk)
    return attempt(
        request,
        lambda: proofreading.withdraw(document, request.POST.get("remark", ""), by=request.user),
        success=_("ถอนการยกเว้นแล้ว ข้อสังเกตกลับมาให้แก้ไข"),
        back=_back(request, document),
    )
