"""Keeping master data: one verb for every record that has no verb of its own."""

import datetime
from collections.abc import Iterable
from contextlib import ExitStack
from typing import Any, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.deletion import ProtectedError
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain import emblems, events
from measures.domain.analysing import findings
from measures.domain.errors import Invalid
from measures.domain.signing import chains
from measures.domain.staffing import administrators, appointments, holding_records, second_factors
from measures.models import (
    AssessmentResult,
    ChainPost,
    Division,
    EventVerb,
    Finding,
    Guidance,
    NoticeChannel,
    Organisation,
    Post,
    PostHolding,
    Score,
    User,
)

Record = TypeVar("Record", bound=models.Model)

# Never written to the log, however it is saved.
SECRET_FIELDS = frozenset({"password", "secret"})


def organisation_of_record(instance: models.Model) -> Organisation | None:
    """Return the organisation that a record belongs to; None for records of the whole install."""
    if isinstance(instance, Organisation):
        return instance
    if isinstance(
        instance,
        Division | Post | AssessmentResult | Finding | ChainPost | Guidance | NoticeChannel,
    ):
        return instance.organisation
    if isinstance(instance, PostHolding):
        return instance.post.organisation
    if isinstance(instance, Score):
        return instance.result.organisation
    return None


def _snapshot(instance: models.Model) -> dict[str, str]:
    """Return the record's own fields as text, without secrets."""
    return {
        name: str(value)
        for name, value in model_to_dict(instance).items()
        if name not in SECRET_FIELDS and not isinstance(value, list)
    }


def _may(instance: models.Model, by: User) -> None:
    organisation = organisation_of_record(instance)
    if isinstance(instance, Organisation) and instance.pk is None:
        organisation = None  # a new office is the administrator's to make
    if isinstance(instance, Post) and permissions.can_administer(by, instance.organisation):
        return  # posts are kept by who puts people into them, too
    # Who prepares does not choose who approves, nor where the office's notices go.
    if isinstance(instance, ChainPost | NoticeChannel):
        permissions.can_administer(by, instance.organisation).or_raise()
        return
    permissions.can_manage(by, organisation).or_raise()


def _refuse_strangers(instance: models.Model) -> None:
    """Raise Invalid where a record of one office names a record of another."""
    own = organisation_of_record(instance)
    if isinstance(instance, Organisation):
        return  # who supervises an office is another one
    for field in instance._meta.concrete_fields:
        if own is None or not field.is_relation:
            continue
        linked = getattr(instance, field.name)
        other = organisation_of_record(linked) if linked is not None else None
        if other is not None and other != own:
            raise Invalid(
                _("“%(linked)s” เป็นของหน่วยงานอื่น โปรดเลือกของหน่วยงานนี้") % {"linked": linked}
            )


def _refuse_keys(
    stored: models.Model | None, instance: models.Model, by: User, now: datetime.datetime | None
) -> None:
    """Raise where ``by`` may not change who administers, or who has to prove themselves twice."""
    if isinstance(instance, Post):
        had = isinstance(stored, Post) and stored.administers
        if had != instance.administers:
            permissions.can_administer(by, instance.organisation).or_raise()
    if isinstance(instance, Organisation):
        _refuse_own_supervisor(stored, instance, by)
        day = stored.mfa_required_from if isinstance(stored, Organisation) else None
        if day != instance.mfa_required_from:
            second_factors.refuse_change(day, instance, by=by, now=now)


def _refuse_own_supervisor(stored: models.Model | None, instance: Organisation, by: User) -> None:
    """Raise where an office would choose who supervises it: the administrator does."""
    had = stored.supervisor_id if isinstance(stored, Organisation) else None
    if had != instance.supervisor_id:
        permissions.can_manage(by, None).or_raise()


def _administered_through(
    stored: models.Model | None, instance: models.Model
) -> Iterable[Organisation]:
    """Return the offices that this change could leave without anybody who administers."""
    if isinstance(stored, Post) and isinstance(instance, Post):
        return [stored.organisation] if stored.administers and not instance.administers else []
    if not (isinstance(stored, User) and isinstance(instance, User)):
        return []
    if instance.is_active or not stored.is_active:
        return []
    holdings = stored.current_holdings().filter(post__administers=True)
    return sorted({holding.post.organisation for holding in holdings}, key=lambda one: one.pk)


@transaction.atomic
def save(instance: Record, *, by: User, now: datetime.datetime | None = None) -> Record:
    """Validate and store a record, and log what it was and is.

    A holding passes the verbs of appointing, a finding its own; what decides who administers, and
    who needs a second factor, is for who administers to change. Raises NotAllowed for people of
    another office, Invalid with Django's own messages otherwise.
    """
    if isinstance(instance, PostHolding):
        return cast("Record", holding_records.save(instance, by=by, now=now))
    if isinstance(instance, Finding):
        return cast("Record", findings.save_finding(instance, by=by, now=now))
    before: dict[str, Any] | None = None
    stored = None
    if instance.pk is not None:
        stored = type(instance)._default_manager.filter(pk=instance.pk).first()
        if stored is not None:
            _may(stored, by)  # a record cannot be taken over by naming another office
            before = _snapshot(stored)
    _may(instance, by)
    _refuse_strangers(instance)
    if isinstance(instance, Organisation):
        emblems.keep(instance)
    try:
        instance.full_clean()
    except ValidationError as error:
        raise Invalid(" ".join(error.messages)) from error
    _refuse_keys(stored, instance, by, now)
    with ExitStack() as guards:
        for organisation in _administered_through(stored, instance):
            guards.enter_context(administrators.kept(appointments.hold_office(organisation)))
        instance.save()
    if isinstance(instance, ChainPost):
        chains.refuse_disorder(chains.chain_of(instance.organisation, instance.kind))
    after = _snapshot(instance)
    if before != after:
        events.record(
            EventVerb.RECORD_CHANGED,
            instance,
            by=by,
            organisation=organisation_of_record(instance),
            data={"before": before, "after": after},
            now=now,
        )
    return instance


@transaction.atomic
def delete(instance: models.Model, *, by: User, now: datetime.datetime | None = None) -> None:
    """Delete a record nothing hangs on, and log what it was.

    Of holdings only those that have not begun: the others end.
    """
    if isinstance(instance, PostHolding):
        holding_records.cancel(instance, by=by, now=now)
        return
    if isinstance(instance, Finding):
        findings.delete_finding(instance, by=by, now=now)
        return
    _may(instance, by)
    events.record(
        EventVerb.RECORD_DELETED,
        instance,
        by=by,
        organisation=None
        if isinstance(instance, Organisation)
        else organisation_of_record(instance),
        data={"before": _snapshot(instance)},
        now=now,
    )
    try:
        instance.delete()
    except ProtectedError as error:
        raise Invalid(
            _("ลบ “%(record)s” ไม่ได้ เพราะมีข้อมูลอื่นอ้างถึงอยู่ โปรดปิดการใช้งานแทน") % {"record": instance}
        ) from error
