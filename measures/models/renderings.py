"""Drawing a document as a task: what is asked for, how far it is, and the file that came out."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from measures.models.documents import Document
from measures.models.people import User
from measures.models.scopes import ScopedQuerySet


class RenderingPurpose(models.TextChoices):
    """What the paper is drawn for."""

    PREVIEW = "preview", _("ดูตัวอย่าง")
    PUBLICATION = "publication", _("เผยแพร่")


class RenderingState(models.TextChoices):
    """How far a rendering is."""

    WAITING = "waiting", _("รอจัดทำ")
    RUNNING = "running", _("กำลังจัดทำ")
    DONE = "done", _("จัดทำเสร็จแล้ว")
    FAILED = "failed", _("จัดทำไม่สำเร็จ")


class RenderingQuerySet(ScopedQuerySet["Rendering"]):
    """Renderings, by scope."""

    organisation_path = "document__organisation"


class Rendering(models.Model):
    """One rendering of what a document said at one moment. A preview is kept and used again.

    ``content_sha256`` is of everything that decides the bytes: content, layout, template version.
    """

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="renderings", verbose_name=_("เอกสาร")
    )
    purpose = models.CharField(
        _("เพื่อ"),
        max_length=20,
        choices=RenderingPurpose.choices,
        default=RenderingPurpose.PREVIEW,
    )
    content_sha256 = models.CharField(_("ค่าแฮชของเนื้อหา"), max_length=64)
    state = models.CharField(
        _("สถานะ"),
        max_length=20,
        choices=RenderingState.choices,
        default=RenderingState.WAITING,
    )
    parts_done = models.PositiveIntegerField(_("ส่วนที่เสร็จ"), default=0)
    parts_total = models.PositiveIntegerField(_("ส่วนทั้งหมด"), default=0)
    file = models.FileField(_("ไฟล์ PDF"), max_length=300, blank=True)
    problem = models.TextField(_("เหตุที่ไม่สำเร็จ"), blank=True)
    requested_at = models.DateTimeField(_("ขอเมื่อ"))
    requested_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("ขอโดย")
    )
    ended_at = models.DateTimeField(_("สิ้นสุดเมื่อ"), null=True, blank=True)

    objects = RenderingQuerySet.as_manager()

    class Meta:
        verbose_name = _("การจัดทำไฟล์")
        verbose_name_plural = _("การจัดทำไฟล์")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "purpose", "content_sha256"],
                name="same_paper_is_drawn_once",
            ),
            models.CheckConstraint(
                condition=Q(parts_done__lte=F("parts_total")),
                name="rendering_parts_done_are_at_most_all",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"], ended_at=None)
                | Q(state__in=["done", "failed"], ended_at__isnull=False),
                name="rendering_that_ended_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} ({self.get_state_display()})"

    def has_ended(self) -> bool:
        """Return whether nothing more will happen to it."""
        return self.state in (RenderingState.DONE, RenderingState.FAILED)
