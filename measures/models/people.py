"""Users, the posts of an office, and who holds or acts in them from when to when."""

import datetime
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from measures.models.organisations import Division, Organisation
from measures.models.scopes import ScopedQuerySet

if TYPE_CHECKING:
    from django.db.models import QuerySet


class User(AbstractUser):
    """A person who signs in. What they may do follows from the posts they hold today."""

    title = models.CharField(_("คำนำหน้าชื่อ"), max_length=50, blank=True)
    rank = models.CharField(
        _("ยศ"),
        max_length=50,
        blank=True,
        help_text=_("พิมพ์หน้าลายมือชื่อ นอกวงเล็บ เช่น จำเอก"),
    )
    line_user_id = models.CharField(
        _("รหัสผู้ใช้ LINE"),
        max_length=64,
        blank=True,
        help_text=_("ขึ้นต้นด้วย U ได้จากบัญชี LINE ของหน่วยงาน"),
    )
    unmailed_kinds = models.JSONField(
        _("เรื่องที่ไม่ต้องส่งอีเมล"), default=list, blank=True, help_text=_("ยังเห็นได้ในกล่องข้อความ")
    )

    class Meta:
        verbose_name = _("ผู้ใช้งาน")
        verbose_name_plural = _("ผู้ใช้งาน")
        ordering = ["username"]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def printed_name(self) -> str:
        """Return the name as it stands in brackets under a signature; a rank replaces the title."""
        title = "" if self.rank else self.title
        return f"{title}{self.first_name} {self.last_name}".strip() or self.username

    def get_full_name(self) -> str:
        """Return the name shown on screens."""
        return f"{self.rank or self.title}{self.first_name} {self.last_name}".strip()

    def current_holdings(self) -> "QuerySet[PostHolding]":
        """Return the posts this person holds or acts in today."""
        return (
            PostHolding.objects.current()
            .filter(user=self)
            .select_related("post__division", "post__organisation", "substantive_post")
        )

    @cached_property
    def _holdings_today(self) -> list["PostHolding"]:
        return list(self.current_holdings())

    def holdings_today(self) -> list["PostHolding"]:
        """Return the same, read once per object (a request makes one object per person)."""
        return self._holdings_today

    def organisation_ids(self) -> set[int]:
        """Return the ids of the organisations in which this person holds a post today."""
        return {holding.post.organisation_id for holding in self.holdings_today()}


class PostQuerySet(ScopedQuerySet["Post"]):
    """Posts, by scope."""


class Post(models.Model):
    """A post of the office. Duties hang on posts; people hold posts for dates."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="posts", verbose_name=_("หน่วยงาน")
    )
    division = models.ForeignKey(
        Division,
        models.PROTECT,
        related_name="posts",
        null=True,
        blank=True,
        verbose_name=_("ส่วนราชการ"),
    )
    title = models.CharField(_("ชื่อตำแหน่ง"), max_length=200)
    reports_progress = models.BooleanField(_("รายงานผลของส่วนราชการ"), default=False)
    coordinates = models.BooleanField(_("ประสานแผนและรวบรวมรายงาน"), default=False)
    administers = models.BooleanField(
        _("ดูแลบัญชีและตำแหน่ง"),
        default=False,
        help_text=_("เชิญผู้ใช้งาน ให้ดำรงตำแหน่ง และสิ้นสุดการดำรงตำแหน่งของหน่วยงาน"),
    )
    receives_escalations = models.BooleanField(
        _("รับแจ้งเมื่อการลงนามค้าง"),
        default=False,
        help_text=_("เมื่อเอกสารค้างที่ตำแหน่งใดครบจำนวนวันทำการที่หน่วยงานกำหนด"),
    )
    order = models.PositiveSmallIntegerField(_("ลำดับ"), default=0)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("ตำแหน่ง")
        verbose_name_plural = _("ตำแหน่ง")
        ordering = ["organisation", "order", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "title", "division"],
                name="post_title_is_unique_in_division",
            ),
            models.UniqueConstraint(
                fields=["organisation", "title"],
                condition=Q(division=None),
                name="post_title_is_unique_without_division",
            ),
            models.CheckConstraint(
                condition=Q(reports_progress=False) | Q(division__isnull=False),
                name="reporting_post_has_a_division",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def holdings_on(self, day: datetime.date) -> "PostHoldingQuerySet":
        """Return who holds or acts in this post on ``day``, acting holders first."""
        return (
            PostHolding.objects.current(on=day)
            .filter(post=self)
            .select_related("user", "substantive_post", "post")
            .order_by("kind")
        )

    def holder_on(self, day: datetime.date) -> "PostHolding | None":
        """Return the holding that signs for this post on ``day``; None when it is vacant.

        An acting holder comes before the substantive one: the order that appoints to act is made
        because the holder cannot perform (domain.md §5).
        """
        acting = None
        substantive = None
        for holding in self.holdings_on(day):
            if holding.is_acting():
                acting = acting or holding
            else:
                substantive = substantive or holding
        return acting or substantive


class HoldingKind(models.TextChoices):
    """Holding a post, and the four forms of acting in one (domain.md §5)."""

    SUBSTANTIVE = "substantive", _("ดำรงตำแหน่ง")
    ACTING_FOR = "acting_for", _("รักษาราชการแทน")
    ON_BEHALF = "on_behalf", _("ปฏิบัติราชการแทน")
    ACTING_IN_POST = "acting_in_post", _("รักษาการในตำแหน่ง")
    PERFORMING_DUTIES = "performing_duties", _("ปฏิบัติหน้าที่")


class PostHoldingQuerySet(ScopedQuerySet["PostHolding"]):
    """Holdings, by date."""

    organisation_path = "post__organisation"

    def current(self, on: datetime.date | None = None) -> Self:
        """Return the holdings that are in force on the day (today unless told)."""
        day = on or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class PostHolding(models.Model):
    """One person in one post, from a date to a date, as holder or acting."""

    post = models.ForeignKey(
        Post, models.PROTECT, related_name="holdings", verbose_name=_("ตำแหน่ง")
    )
    user = models.ForeignKey(
        User, models.PROTECT, related_name="holdings", verbose_name=_("ผู้ดำรงตำแหน่ง")
    )
    kind = models.CharField(
        _("ลักษณะ"),
        max_length=20,
        choices=HoldingKind.choices,
        default=HoldingKind.SUBSTANTIVE,
    )
    substantive_post = models.ForeignKey(
        Post,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("ตำแหน่งของผู้แทน"),
        help_text=_("ตำแหน่งจริงของผู้รักษาราชการแทน พิมพ์ไว้บรรทัดบน"),
    )
    order_number = models.CharField(_("คำสั่งที่"), max_length=50, blank=True)
    order_date = models.DateField(_("ลงวันที่"), null=True, blank=True)
    order_file = models.FileField(_("ไฟล์คำสั่ง"), max_length=300, blank=True)
    order_file_sha256 = models.CharField(_("ค่าแฮชของไฟล์คำสั่ง"), max_length=64, blank=True)
    starts_on = models.DateField(_("ตั้งแต่วันที่"))
    ends_on = models.DateField(_("ถึงวันที่"), null=True, blank=True)

    objects = PostHoldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("การดำรงตำแหน่ง")
        verbose_name_plural = _("การดำรงตำแหน่ง")
        ordering = ["post", "-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="holding_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=(
                    Q(kind=HoldingKind.SUBSTANTIVE, substantive_post=None)
                    | (~Q(kind=HoldingKind.SUBSTANTIVE) & Q(substantive_post__isnull=False))
                ),
                name="acting_holding_names_the_substantive_post",
            ),
            models.CheckConstraint(
                condition=Q(order_file="", order_file_sha256="")
                | (~Q(order_file="") & ~Q(order_file_sha256="")),
                name="holding_order_file_is_hashed",
            ),
            models.UniqueConstraint(
                fields=["post", "user", "kind", "starts_on"],
                name="holding_is_entered_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.get_full_name()} – {' '.join(self.position_lines())}"

    def is_acting(self) -> bool:
        """Return whether this person acts in the post rather than holds it."""
        return self.kind != HoldingKind.SUBSTANTIVE

    def position_lines(self) -> list[str]:
        """Return the lines printed under the name: own post with the form of acting, then the post.

        Source: the signature block of S1, domain.md §5.
        """
        if self.substantive_post is None:
            return [self.post.title]
        return [f"{self.substantive_post.title} {self.get_kind_display()}", self.post.title]
