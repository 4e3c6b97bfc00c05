"""The coordinator's side of a document: edit, send, recall, take back, correct."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measures import permissions
from measures.domain import documents
from measures.domain.errors import Invalid, Stale
from measures.domain.signing import signoff_comments, signoffs
from measures.forms.documents import DocumentForm
from measures.forms.signoffs import ReasonForm
from measures.models import Document, Event, Publication
from measures.views import kept_texts, remarks, reviews
from measures.views.access import DeskRequest, attempt, desk_page


def own_document(request: DeskRequest, pk: int) -> Document:
    """Return the document if it is of the person's organisation, or answer 404."""
    visible = Document.objects.visible_to(request.user).select_related(
        "organisation", "round", "updated_by", "publication", "corrects__publication"
    )
    return get_object_or_404(visible, pk=pk)


def _address(document: Document) -> str:
    return reverse("desk:document", args=[document.pk])


@require_safe
@desk_page
def show(request: DeskRequest, pk: int) -> HttpResponse:
    """Show where the document stands, what is missing, and what may be done next."""
    document = own_document(request, pk)
    signoff = document.signoffs.prefetch_related("steps__post", "steps__decided_by").first()
    current = signoff.current_step() if signoff else None
    context = {
        "document": document,
        "signoff": signoff,
        "current_step": current,
        "comments": signoff_comments.comments_by_place(document),
        "earlier_signoffs": document.signoffs.exclude(outcome="").prefetch_related("steps__post"),
        "missing": documents.missing(document) if document.is_editable() else [],
        "remarks": remarks.panel(request, document, page="document"),
        "reviews": reviews.panel(request, document),
        "may_coordinate": permissions.can_coordinate(request.user, document.organisation),
        "may_submit": permissions.can_submit(request.user, document),
        "may_recall": permissions.can_recall(request.user, signoff) if signoff else None,
        "may_decide": permissions.can_decide(request.user, current) if current else None,
        "reason_form": ReasonForm(),
        "events": Event.objects.filter(organisation=document.organisation).about(document),
    }
    return render(request, "desk/documents/show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def edit(request: DeskRequest, pk: int) -> HttpResponse:
    """Show the memo fields and paragraphs, or store what was typed."""
    document = own_document(request, pk)
    permissions.can_coordinate(request.user, document.organisation).or_raise()
    stored = Document.objects.get(pk=document.pk)
    form = DocumentForm(request.POST or None, instance=document)
    form.initial.update(kept_texts.take(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                documents.edit(
                    stored, by=request.user, version=form.cleaned_data["version"], **form.typed()
                )
            except Stale as refusal:
                typed = request.POST.copy()
                typed["version"] = str(Document.objects.get(pk=document.pk).version)
                form = DocumentForm(typed, instance=document)
                form.add_error(None, str(refusal))
                status = 409
            except Invalid as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("บันทึกเอกสารแล้ว"))
                return redirect(_address(document))
    context = {
        "document": stored,
        "form": form,
        "is_conflict": status == 409,
        "comments": signoff_comments.comments_by_place(stored),
    }
    return render(request, "desk/documents/edit.html", context, status=status)


@require_POST
@desk_page
def submit(request: DeskRequest, pk: int) -> HttpResponse:
    """Send the document up the line."""
    document = own_document(request, pk)
    return attempt(
        request,
        lambda: signoffs.submit(document, by=request.user),
        success=_("เสนอลงนามแล้ว ระบบแจ้งผู้พิจารณาลำดับถัดไปให้"),
        back=_address(document),
    )


@require_POST
@desk_page
def recall(request: DeskRequest, pk: int) -> HttpResponse:
    """Take the document back before the first signature."""
    document = own_document(request, pk)
    signoff = get_object_or_404(document.signoffs.all()[:1])
    return attempt(
        request,
        lambda: signoffs.recall(signoff, by=request.user),
        success=_("เรียกคืนเอกสารแล้ว"),
        back=_address(document),
    )


@require_POST
@desk_page
def reopen(request: DeskRequest, pk: int) -> HttpResponse:
    """Take a refused or approved document back to the desk."""
    document = own_document(request, pk)
    reason = request.POST.get("reason", "")
    return attempt(
        request,
        lambda: documents.reopen(document, by=request.user, reason=reason),
        success=_("นำเอกสารกลับมาแก้ไขแล้ว"),
        back=_address(document),
    )


@require_POST
@desk_page
def correct(request: DeskRequest, pk: int) -> HttpResponse:
    """Start the document that will supersede this published one."""
    document = own_document(request, pk)
    publication = get_object_or_404(Publication, document=document)
    try:
        correction = documents.start_correction(
            publication, by=request.user, reason=request.POST.get("reason", "")
        )
    except Invalid as refusal:
        messages.error(request, str(refusal))
        return redirect(_address(document))
    messages.success(request, _("เริ่มจัดทำฉบับแก้ไขแล้ว ฉบับเดิมยังเผยแพร่อยู่จนกว่าจะเผยแพร่ฉบับใหม่"))
    return redirect(_address(correction))
