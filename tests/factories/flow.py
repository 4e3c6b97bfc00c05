"""The flow by its verbs: reported, compiled, submitted, approved and published documents."""

import datetime

from django.utils import timezone

from measures.domain import documents
from measures.domain.publishing import publications
from measures.domain.recording import progress
from measures.domain.signing import signoffs
from measures.models import (
    Document,
    DocumentState,
    HoldingKind,
    Organisation,
    Post,
    PostHolding,
    ProgressEntry,
    Publication,
    Signoff,
    SignoffStep,
    User,
)
from tests.factories.people import Office, hold

PDF = b"%PDF-1.7\nfictional memo\n%%EOF\n"
REASON = "ตัวเลขในตารางไม่ตรงกับหลักฐาน"


def fresh(user: User) -> User:
    """Return the same person as a later request would read them, with today's posts."""
    return User.objects.get(pk=user.pk)


def report_all(office: Office) -> list[ProgressEntry]:
    """Let the coordinator fill in every entry of the round; return the entries as stored."""
    return [
        progress.record(
            entry,
            by=office.coordinator,
            version=entry.version,
            status="done",
            result=f"{entry.division.name}ดำเนินการตามมาตรการที่ {entry.measure.number} แล้ว",
        )
        for entry in progress.entries_of(office.round)
    ]


def make_draft(office: Office) -> Document:
    """Return the compiled report of the office's round, complete enough to be submitted."""
    report_all(office)
    return documents.compile_report(office.round, by=office.coordinator)


def submit(office: Office, document: Document | None = None) -> Signoff:
    """Send the report up the line; the coordinator's own block is signed by that."""
    return signoffs.submit(document or make_draft(office), by=office.coordinator)


def current(signoff: Signoff) -> SignoffStep:
    """Return the step whose turn it is, read anew."""
    step = Signoff.objects.get(pk=signoff.pk).current_step()
    assert step is not None
    return step


def approve_up_to(office: Office, signoff: Signoff, order: int) -> Signoff:
    """Let everybody up to the block of ``order`` approve; return the sign-off read anew."""
    for at, person in enumerate(office.chain[:order], start=1):
        step = signoff.steps.get(order=at)
        if not step.is_decided():
            signoffs.approve(step, by=person, opinion=f"ความเห็นที่ {at}")
    return Signoff.objects.get(pk=signoff.pk)


def make_approved(office: Office, document: Document | None = None) -> Document:
    """Return the report as the last post has approved it."""
    signoff = approve_up_to(office, submit(office, document), 5)
    return Document.objects.get(pk=signoff.document_id)


def publish(
    office: Office,
    document: Document | None = None,
    pdf: bytes = PDF,
    archive: bytes = b"",
    sealed_by: str = "",
) -> Publication:
    """Publish the report with a PDF of a few bytes; archived and sealed only where given."""
    document = document or make_approved(office)
    return publications.publish(
        document,
        content=publications.content_of(document),
        pdf=pdf,
        archive=archive,
        sealed_by=sealed_by,
        by=office.coordinator,
    )


def correct(office: Office, publication: Publication, subject: str) -> Publication:
    """Supersede ``publication`` by a correction that differs in its subject, and in its PDF."""
    draft = documents.start_correction(publication, by=office.coordinator, reason=REASON)
    draft = documents.edit(draft, by=office.coordinator, version=draft.version, subject=subject)
    return publish(office, make_approved(office, draft), pdf=PDF + subject.encode())


def make_in_state(office: Office, state: str) -> Document:
    """Return the office's report brought into ``state`` by the verbs alone."""
    if state == DocumentState.DRAFT:
        return make_draft(office)
    if state == DocumentState.APPROVED:
        return make_approved(office)
    if state == DocumentState.PUBLISHED:
        return Document.objects.get(pk=publish(office).document_id)
    signoff = submit(office)
    if state == DocumentState.RETURNED:
        signoffs.return_for_correction(current(signoff), by=office.head, reason=REASON)
    if state == DocumentState.REFUSED:
        signoff = approve_up_to(office, signoff, 4)
        signoffs.refuse(current(signoff), by=office.mayor, reason=REASON)
    return Document.objects.get(pk=signoff.document_id)


def verbs_of(organisation: Organisation) -> list[str]:
    """Return what the organisation's log says happened, first first."""
    return list(organisation.events.order_by("sequence").values_list("verb", flat=True))


def decisions(signoff: Signoff) -> list[str]:
    """Return what each post of the chain has decided so far, in order; "" for not yet."""
    return list(signoff.steps.order_by("order").values_list("decision", flat=True))


def state_of(signoff: Signoff) -> str:
    """Return where the document stands now."""
    return Document.objects.get(pk=signoff.document_id).state


def end_holdings(post: Post) -> None:
    """Leave the post vacant as of yesterday."""
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    PostHolding.objects.filter(post=post).update(ends_on=yesterday)


def act(post: Post, user: User, own_post: Post) -> PostHolding:
    """Put ``user`` in a post that falls vacant, by an order to act."""
    end_holdings(post)
    return hold(post, user, kind=HoldingKind.ACTING_FOR, substantive_post=own_post)
