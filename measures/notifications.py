"""Who is told what, by e-mail, when a document moves. The start page shows the same as a list."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from measures.models import Decision, PostHolding, Signoff, SignoffStep, User


@task()
def deliver(*, subject: str, body: str, recipients: list[str]) -> None:
    """Send one mail to each address by itself, so that nobody sees the others' addresses."""
    for recipient in recipients:
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [recipient])


def _send(people: Iterable[User], subject: str, template: str, context: dict[str, object]) -> None:
    """Queue the mail for when the transaction has been stored; a failing mail undoes nothing."""
    recipients = sorted({person.email for person in people if person.email and person.is_active})
    if not recipients:
        return
    body = render_to_string(f"emails/{template}.txt", context)
    transaction.on_commit(
        lambda: deliver.enqueue(subject=subject, body=body, recipients=recipients)
    )


def _address(signoff: Signoff) -> str:
    return settings.SITE_ADDRESS + reverse("desk:document", args=[signoff.document_id])


def tell_next_post(signoff: Signoff) -> None:
    """Tell those who hold or act in the post whose turn it is."""
    step = signoff.current_step()
    if step is None:
        return
    holders = [holding.user for holding in step.post.holdings_on(timezone.localdate())]
    _send(
        holders,
        _("รอท่านพิจารณา: %(document)s") % {"document": signoff.document.subject},
        "your_turn",
        {"document": signoff.document, "step": step, "address": _address(signoff)},
    )


def tell_coordinator(signoff: Signoff, step: SignoffStep) -> None:
    """Tell the submitter and the coordinators how the sign-off ended, with opinion or reason."""
    coordinators = [
        holding.user
        for holding in PostHolding.objects.current()
        .filter(post__organisation=signoff.document.organisation, post__coordinates=True)
        .select_related("user")
    ]
    subjects = {
        Decision.APPROVED: _("อนุมัติแล้ว รอเผยแพร่: %(document)s"),
        Decision.RETURNED: _("ส่งกลับแก้ไข: %(document)s"),
        Decision.REFUSED: _("ไม่อนุมัติ: %(document)s"),
    }
    _send(
        [signoff.submitted_by, *coordinators],
        subjects[Decision(step.decision)] % {"document": signoff.document.subject},
        "signoff_ended",
        {"document": signoff.document, "step": step, "address": _address(signoff)},
    )
