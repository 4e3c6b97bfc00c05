"""Documents, sign-offs and publications: read here, worked on at the desk."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from measures.admin.base import ReadOnlyAdmin, ReadOnlyInline, fiscal_year_filter, own
from measures.models import Document, Publication, Signoff, SignoffStep, Waiver


class WaiverInline(ReadOnlyInline):
    """What proofreading remarked and the coordinator let stand."""

    model = Waiver
    fields = ["message", "reason", "waived_at", "waived_by"]


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    """Documents on their way from draft to publication."""

    notice = _("อ่านอย่างเดียว แก้ไข เสนอลงนาม และเผยแพร่เอกสารได้ที่หน้างานของฉัน")
    list_display = ["subject", "kind", "fiscal_year", "round", "state", "organisation"]
    list_select_related = ["round", "organisation"]
    list_filter = [
        own("organisation"),
        fiscal_year_filter("fiscal_year"),
        "round__months",
        "kind",
        "state",
    ]
    search_fields = ["subject", "number"]
    inlines = [WaiverInline]


class SignoffStepInline(ReadOnlyInline):
    """What each post decided."""

    model = SignoffStep
    fields = [
        "order",
        "post",
        "role",
        "decision",
        "opinion",
        "reason",
        "signer_name",
        "capacity",
        "decided_at",
    ]


@admin.register(Signoff)
class SignoffAdmin(ReadOnlyAdmin):
    """Passages of a document up the chain."""

    notice = _("อ่านอย่างเดียว การเสนอลงนามและการพิจารณาทำที่หน้างานของฉัน")
    list_display = ["document", "attempt", "outcome", "submitted_at", "submitted_by"]
    list_select_related = ["document", "submitted_by"]
    list_filter = [
        own("document__organisation"),
        fiscal_year_filter("document__fiscal_year"),
        "document__round__months",
        "outcome",
    ]
    search_fields = ["document__subject", "document__number"]
    fields = [
        "document",
        "attempt",
        "outcome",
        "submitted_at",
        "submitted_by",
        "ended_at",
        "ended_by",
        "content_sha256",
    ]
    inlines = [SignoffStepInline]


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    """What was published. The database itself refuses to change it."""

    notice = _("เอกสารที่เผยแพร่แล้วแก้ไขและลบไม่ได้ หากต้องแก้ ให้จัดทำฉบับแก้ไขที่หน้างานของฉัน")
    list_display = ["code", "document", "kind", "fiscal_year", "round_months", "published_at"]
    list_select_related = ["document"]
    list_filter = [
        own("organisation"),
        fiscal_year_filter("fiscal_year"),
        "round_months",
        "kind",
    ]
    search_fields = ["code", "document__subject"]
    fields = [
        "organisation",
        "document",
        "kind",
        "fiscal_year",
        "round_months",
        "number",
        "code",
        "supersedes",
        "published_at",
        "published_by",
        "template_version",
        "content_sha256",
        "pdf_sha256",
        "previous_hash",
        "hash",
    ]
