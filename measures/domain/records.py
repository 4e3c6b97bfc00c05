"""Keeping master data: one verb for every record that has no verb of its own."""

import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.deletion import ProtectedError
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain import emblems, events
from measures.domain.errors import Invalid
from measures.models import (
    AssessmentResult,
    ChainPost,
    Division,
    EventVerb,
    Finding,
    Organisation,
    Post,
    PostHolding,
    Score,
    User,
)

Record = TypeVar("Record", bound=models.Model)

# Never written to the log, however it is saved.
SECRET_FIELDS = frozenset({"password"})


def organisation_of_record(instance: models.Model) -> Organisation | None:
    """Return the organisation that a record belongs to; None for records of the whole install."""
    if isinstance(instance, Organisation):
        return instance
    if isinstance(instance, Division | Post | AssessmentResult | Finding | ChainPost):
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
    permissions.can_manage(by, organisation).or_raise()


def _refuse_strangers(instance: models.Model) -> None:
    """Raise Invalid where a record of one office names a record of another."""
    own = organisation_of_record(instance)
    for field in instance._meta.concrete_fields:
        if own is None or not field.is_relation:
            continue
        linked = getattr(instance, field.name)
        other = organisation_of_record(linked) if linked is not None else None
        if other is not None and other != own:
            raise Invalid(
                _("“%(linked)s” เป็นของหน่วยงานอื่น โปรดเลือกของหน่วยงานนี้") % {"linked": linked}
            )


@transaction.atomic
def save(instance: Record, *, by: User, now: datetime.datetime | None = None) -> Record:
    """Validate and store a record, and log what it was and is.

    Raises NotAllowed for people of another office, Invalid with Django's own messages otherwise.
    """
    before: dict[str, Any] | None = None
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
    instance.save()
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
    """Delete a record nothing hangs on, and log what it was."""
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
