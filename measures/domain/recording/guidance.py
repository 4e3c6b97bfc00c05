"""What to write in each field: the office's own guidance, or else the install's."""

import datetime

from measures import permissions
from measures.domain import records
from measures.domain.texts import cleaned
from measures.models import EntryField, Guidance, Organisation, User


def guidance_for(organisation: Organisation) -> dict[str, Guidance]:
    """Return the guidance shown in this office, by field; the office's own over the install's."""
    rows = Guidance.objects.filter(organisation=None) | Guidance.objects.filter(
        organisation=organisation
    )
    found: dict[str, Guidance] = {}
    for row in rows:
        if row.organisation_id is not None or row.field not in found:
            found[row.field] = row
    return found


def save_own(
    organisation: Organisation,
    field: str,
    *,
    by: User,
    text: str,
    example: str,
    now: datetime.datetime | None = None,
) -> Guidance | None:
    """Store the office's own guidance of a field, and log before and after.

    Without text and example the office's own is deleted and the install's shows again: None is
    returned. What is the same already is not written again.
    """
    permissions.can_coordinate(by, organisation).or_raise()
    label = EntryField(field).label
    text = cleaned(text, label=str(label), longest=2000)
    example = cleaned(example, label=str(label), longest=2000)
    own = Guidance.objects.filter(organisation=organisation, field=field).first()
    if not text and not example:
        if own is not None:
            records.delete(own, by=by, now=now)
        return None
    shown = guidance_for(organisation).get(field)
    if shown is not None and (shown.text, shown.example) == (text, example):
        return shown
    own = own or Guidance(organisation=organisation, field=field)
    own.text, own.example = text, example
    return records.save(own, by=by, now=now)
