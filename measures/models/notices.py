"""What people are told, over which channel, and when it reached them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from measures.models.organisations import Organisation
from measures.models.people import User
from measures.models.scopes import ScopedQuerySet


class NoticeKind(models.TextChoices):
    """What a notice is about; people choose by these what comes by mail."""

    YOUR_TURN = "your_turn", _("รอท่านพิจารณาลงนาม")
    PASSED_ON = "passed_on", _("เอกสารผ่านการพิจารณาไปอีกขั้น")
    RETURNED = "returned", _("เอกสารถูกส่งกลับหรือไม่อนุมัติ")
    APPROVED = "approved", _("เอกสารอนุมัติแล้ว")
    RECALLED = "recalled", _("เอกสารที่รอท่านถูกเรียกคืน")
    STALLED = "stalled", _("เอกสารค้างการพิจารณา")
    ROUND_OPENED = "round_opened", _("เปิดรอบการรายงาน")
    ROUND_DUE = "round_due", _("ใกล้ครบกำหนดรายงาน")
    ROUND_OVERDUE = "round_overdue", _("เลยกำหนดรายงาน")
    LATE_PERMIT = "late_permit", _("ได้รับอนุญาตให้รายงานหลังปิดรอบ")
    EVIDENCE_PROBLEM = "evidence_problem", _("หลักฐานมีปัญหา")
    TEMPLATE_OFFERED = "template_offered", _("ได้รับแผนต้นแบบ")
    DUTIES = "duties", _("ตำแหน่งและงานที่รับมอบ")


class Channel(models.TextChoices):
    """The ways by which a notice leaves the portal; the inbox needs none."""

    EMAIL = "email", _("อีเมล")
    WEBHOOK = "webhook", _("เว็บฮุก")
    LINE = "line", _("LINE Messaging API")


class NoticeQuerySet(ScopedQuerySet["Notice"]):
    """Notices, by scope and reader."""

    def of(self, user: User) -> "NoticeQuerySet":
        """Return what this person was told."""
        return self.filter(recipient=user)

    def unread(self) -> "NoticeQuerySet":
        """Return what has not been read yet."""
        return self.filter(read_at=None)


class Notice(models.Model):
    """One thing one person is told. The rows of a person are their inbox.

    ``key`` names the occasion (``round-7-due-14``): telling the same twice changes nothing.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="notices", verbose_name=_("หน่วยงาน")
    )
    recipient = models.ForeignKey(
        User, models.PROTECT, related_name="notices", verbose_name=_("ผู้รับ")
    )
    kind = models.CharField(_("เรื่อง"), max_length=20, choices=NoticeKind.choices)
    key = models.CharField(_("โอกาสที่แจ้ง"), max_length=200)
    subject = models.CharField(_("หัวข้อ"), max_length=600)
    body = models.TextField(_("ข้อความ"))
    path = models.CharField(_("หน้าที่เกี่ยวข้อง"), max_length=300)
    created_at = models.DateTimeField(_("แจ้งเมื่อ"))
    read_at = models.DateTimeField(_("อ่านเมื่อ"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("การแจ้งเตือน")
        verbose_name_plural = _("การแจ้งเตือน")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "key"], name="notice_is_given_once_per_occasion"
            )
        ]

    def __str__(self) -> str:
        return self.subject


class DeliveryQuerySet(ScopedQuerySet["Delivery"]):
    """Deliveries, by scope."""


class Delivery(models.Model):
    """One message that left the portal for one person: the digest of a day, or one at once."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="deliveries", verbose_name=_("หน่วยงาน")
    )
    recipient = models.ForeignKey(
        User, models.PROTECT, related_name="deliveries", verbose_name=_("ผู้รับ")
    )
    notices = models.ManyToManyField(
        Notice, related_name="deliveries", verbose_name=_("การแจ้งเตือน")
    )
    channel = models.CharField(_("ช่องทาง"), max_length=10, choices=Channel.choices)
    is_digest = models.BooleanField(_("รวมส่งวันละครั้ง"), default=False)
    day = models.DateField(_("วันที่ส่ง"))
    address = models.CharField(_("ส่งไปที่"), max_length=500)
    subject = models.CharField(_("หัวข้อ"), max_length=600)
    body = models.TextField(_("ข้อความ"))
    sent_at = models.DateTimeField(_("ส่งสำเร็จเมื่อ"), null=True, blank=True)
    problem = models.CharField(_("ปัญหาที่พบ"), max_length=500, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("การส่งข้อความ")
        verbose_name_plural = _("การส่งข้อความ")
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "day"],
                condition=Q(channel="email", is_digest=True),
                name="one_digest_a_day_per_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.subject}"


class NoticeChannelQuerySet(ScopedQuerySet["NoticeChannel"]):
    """Channels, by scope."""


class NoticeChannel(models.Model):
    """Where an office wants its notices besides mail: its webhook, or its LINE account."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="notice_channels", verbose_name=_("หน่วยงาน")
    )
    channel = models.CharField(
        _("ช่องทาง"),
        max_length=10,
        choices=[choice for choice in Channel.choices if choice[0] != Channel.EMAIL],
    )
    address = models.URLField(
        _("ที่อยู่รับข้อความ"), max_length=500, blank=True, help_text=_("ของเว็บฮุก ขึ้นต้นด้วย https://")
    )
    secret = models.CharField(
        _("รหัสลับ"),
        max_length=500,
        help_text=_("กุญแจลงนามของเว็บฮุก หรือ channel access token ของ LINE"),
    )
    is_active = models.BooleanField(_("ใช้งาน"), default=True)

    objects = NoticeChannelQuerySet.as_manager()

    class Meta:
        verbose_name = _("ช่องทางแจ้งเตือนของหน่วยงาน")
        verbose_name_plural = _("ช่องทางแจ้งเตือนของหน่วยงาน")
        ordering = ["organisation", "channel"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "channel"], name="office_has_one_of_each_channel"
            ),
            models.CheckConstraint(
                condition=~Q(channel="webhook") | ~Q(address=""), name="webhook_has_an_address"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_channel_display())
