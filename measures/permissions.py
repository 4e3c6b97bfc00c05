"""Who may do what to one object: every answer is Allowed, or Denied with the reason in Thai."""

from dataclasses import dataclass
from typing import Literal

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from measures.models.documents import Document
from measures.models.organisations import Organisation
from measures.models.people import PostHolding, User
from measures.models.progress import ProgressEntry
from measures.models.publications import Publication
from measures.models.signoffs import Signoff, SignoffStep, SignRole

Person = User | AnonymousUser


class NotAllowed(Exception):  # noqa: N818 - an answer, not a failure of the program
    """A rule says no; the text is the reason in Thai, ready to be shown."""


@dataclass(frozen=True)
class Allowed:
    """Yes. True in an ``if``."""

    reason: str = ""

    def __bool__(self) -> Literal[True]:
        return True

    def or_raise(self) -> None:
        """Do nothing: it is allowed."""


@dataclass(frozen=True)
class Denied:
    """No, and why. False in an ``if``."""

    reason: str

    def __bool__(self) -> Literal[False]:
        return False

    def or_raise(self) -> None:
        """Raise NotAllowed with the reason."""
        raise NotAllowed(self.reason)


Answer = Allowed | Denied


def _holdings_in(user: Person, organisation: Organisation) -> list[PostHolding]:
    if not isinstance(user, User) or not user.is_active:
        return []
    return [
        holding
        for holding in user.holdings_today()
        if holding.post.organisation_id == organisation.pk
    ]


def _is_administrator(user: Person) -> bool:
    return isinstance(user, User) and user.is_superuser and user.is_active


def can_see(user: Person, organisation: Organisation) -> Answer:
    """Whether ``user`` works in this organisation today (or runs the install)."""
    if _holdings_in(user, organisation) or _is_administrator(user):
        return Allowed()
    return Denied(_("ท่านไม่ได้ดำรงตำแหน่งใดในหน่วยงานนี้ในวันนี้"))


def can_coordinate(user: Person, organisation: Organisation) -> Answer:
    """Whether ``user`` keeps the plan and compiles the reports of this organisation today."""
    if any(holding.post.coordinates for holding in _holdings_in(user, organisation)):
        return Allowed()
    if _is_administrator(user):
        return Allowed()
    return Denied(_("เฉพาะผู้ประสานงาน (ผู้รวบรวมแผนและรายงาน) ของหน่วยงานเท่านั้น"))


def can_manage(user: Person, organisation: Organisation | None) -> Answer:
    """Whether ``user`` may change records of this organisation; None: of the whole install."""
    if _is_administrator(user):
        return Allowed()
    if organisation is None:
        return Denied(_("เฉพาะผู้ดูแลระบบเท่านั้น"))
    return can_coordinate(user, organisation)


def can_administer(user: Person, organisation: Organisation) -> Answer:
    """Whether ``user`` invites people and appoints them to posts of this organisation today."""
    if any(holding.post.administers for holding in _holdings_in(user, organisation)):
        return Allowed()
    if _is_administrator(user):
        return Allowed()
    return Denied(_("เฉพาะผู้ดูแลบัญชีและตำแหน่งของหน่วยงานเท่านั้น"))


def can_administer_somewhere(user: Person) -> Answer:
    """Whether ``user`` administers any organisation today; for pages that name none yet."""
    holdings = user.holdings_today() if isinstance(user, User) and user.is_active else []
    if any(holding.post.administers for holding in holdings) or _is_administrator(user):
        return Allowed()
    return Denied(_("เฉพาะผู้ดูแลบัญชีและตำแหน่งของหน่วยงานเท่านั้น"))


def can_order_acting(user: Person, organisation: Organisation) -> Answer:
    """Whether ``user`` enters orders to act in a post: who administers, or the coordinator."""
    if can_administer(user, organisation) or can_coordinate(user, organisation):
        return Allowed()
    return Denied(_("เฉพาะผู้ดูแลบัญชีและตำแหน่ง หรือผู้ประสานงานของหน่วยงานเท่านั้น"))


def can_record(user: Person, entry: ProgressEntry) -> Answer:
    """Whether ``user`` may enter progress for this division.

    Those who hold a reporting post in the division (or a sub-unit of it), and the coordinator.
    """
    organisation = entry.measure.organisation
    for holding in _holdings_in(user, organisation):
        division = holding.post.division
        if (
            holding.post.reports_progress
            and division is not None
            and division.reporting_division().pk == entry.division_id
        ):
            return Allowed()
    if can_coordinate(user, organisation):
        return Allowed()
    return Denied(
        _("รายการนี้เป็นของ%(division)s เฉพาะเจ้าหน้าที่ของส่วนราชการนั้นหรือผู้ประสานงานจึงบันทึกได้")
        % {"division": entry.division.name}
    )


def _coordinates_by_post(user: Person, organisation: Organisation) -> Answer:
    """Like can_coordinate, but the administrator of the install does not count: offices decide."""
    if any(holding.post.coordinates for holding in _holdings_in(user, organisation)):
        return Allowed()
    return Denied(_("เฉพาะผู้ประสานงาน (ผู้รวบรวมแผนและรายงาน) ของหน่วยงานเท่านั้น"))


def can_submit(user: Person, document: Document) -> Answer:
    """Whether ``user`` may send this document up the line."""
    return _coordinates_by_post(user, document.organisation)


def can_waive(user: Person, document: Document) -> Answer:
    """Whether ``user`` may let a remark on this document stand, or take that back."""
    return _coordinates_by_post(user, document.organisation)


def can_publish(user: Person, document: Document) -> Answer:
    """Whether ``user`` may publish this document once it is approved."""
    return _coordinates_by_post(user, document.organisation)


def can_correct(user: Person, publication: Publication) -> Answer:
    """Whether ``user`` may start a correction of what was published."""
    return _coordinates_by_post(user, publication.organisation)


def can_recall(user: Person, signoff: Signoff) -> Answer:
    """Whether ``user`` may take the document back: the submitter or a coordinator."""
    if isinstance(user, User) and signoff.submitted_by_id == user.pk:
        return can_see(user, signoff.document.organisation)
    return _coordinates_by_post(user, signoff.document.organisation)


def is_maker(user: Person, signoff: Signoff) -> bool:
    """Return whether ``user`` made this document: sent it, or signed as its preparer."""
    if not isinstance(user, User):
        return False
    return signoff.submitted_by_id == user.pk or any(
        step.role == SignRole.PREPARER and step.decided_by_id == user.pk
        for step in signoff.steps.all()
    )


def holding_for(user: Person, step: SignoffStep) -> PostHolding | None:
    """Return the holding in which ``user`` would sign at this step today.

    A substantive holder signs as such even where the same person also has an order to act.
    """
    organisation = step.signoff.document.organisation
    holdings = [
        holding for holding in _holdings_in(user, organisation) if holding.post_id == step.post_id
    ]
    return min(holdings, key=PostHolding.is_acting, default=None)


def can_decide(user: Person, step: SignoffStep) -> Answer:
    """Whether ``user`` may decide at this step now; the page shows the same reason."""
    if not step.signoff.is_running():
        return Denied(
            _("การเสนอลงนามครั้งนี้สิ้นสุดแล้ว (%(outcome)s) โปรดเปิดเอกสารฉบับล่าสุด")
            % {"outcome": step.signoff.get_outcome_display()}
        )
    if step.is_decided():
        return Denied(
            _("ตำแหน่ง%(post)s พิจารณาไปแล้วโดย%(name)s")
            % {"post": step.post.title, "name": step.signer_name}
        )
    if holding_for(user, step) is None:
        return Denied(_("ท่านไม่ได้ดำรงหรือรักษาการในตำแหน่ง%(post)s ในวันนี้") % {"post": step.post.title})
    if not step.is_its_turn():
        return Denied(_("ยังไม่ถึงลำดับการพิจารณาของตำแหน่งนี้"))
    if step.role == SignRole.FINAL and is_maker(user, step.signoff):
        return Denied(_("ผู้จัดทำหรือผู้เสนอเอกสารเป็นผู้อนุมัติคนสุดท้ายไม่ได้ แม้ในฐานะผู้รักษาการ"))
    return Allowed()
