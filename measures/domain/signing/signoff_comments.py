"""What signers say of single places of a document: written with the decision, kept for good."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from measures.domain.errors import Invalid
from measures.domain.signing.places import key_of, places_of
from measures.domain.texts import cleaned
from measures.models import Document, ProgressEntry, SignoffComment, SignoffStep

LONGEST_COMMENT = 2000  # characters, like an opinion
MOST_COMMENTS = 50  # of one decision


def write(step: SignoffStep, comments: Mapping[str, str]) -> list[SignoffComment]:
    """Store the comments of a step that was just decided; blank texts are left out.

    The keys are places of the content that was frozen for this sign-off. Raises Invalid for a
    place that is not in it, and for a text that is too long.
    """
    names = {place.key: place.name for place in places_of(step.signoff.content)}
    written = []
    for place, typed in comments.items():
        if place not in names:
            raise Invalid(_("ไม่พบจุดที่ทักท้วงในเอกสารฉบับนี้ โปรดเลือกจุดในเอกสารใหม่"))
        label = _("ข้อทักท้วง %(place)s") % {"place": names[place]}
        text = cleaned(typed, label=label, longest=LONGEST_COMMENT)
        if text:
            written.append(
                SignoffComment(step=step, place=place, place_name=names[place][:300], text=text)
            )
    if len(written) > MOST_COMMENTS:
        raise Invalid(_("ทักท้วงได้ไม่เกิน %(most)s จุดต่อครั้ง") % {"most": MOST_COMMENTS})
    for comment in written:
        comment.save()
    return written


def _by_place(comments: Iterable[SignoffComment]) -> dict[str, list[SignoffComment]]:
    found: defaultdict[str, list[SignoffComment]] = defaultdict(list)
    for comment in comments:
        found[comment.place].append(comment)
    return dict(found)


def comments_by_place(document: Document) -> dict[str, list[SignoffComment]]:
    """Return what was said of each place of this document in all its attempts, newest first."""
    return _by_place(
        SignoffComment.objects.filter(step__signoff__document=document)
        .select_related("step__post", "step__signoff")
        .order_by("-step__signoff__attempt", "-step__order", "pk")
    )


def comments_of(entry: ProgressEntry) -> dict[str, list[SignoffComment]]:
    """Return what was said of this entry's measure in the reports of its round, by field.

    The fields are those of a measure's places: status, result, outcome, suggestion, evidence,
    title, steps, responsible, period, monitoring. Newest first.
    """
    prefix = key_of(entry.measure.number, "")
    found = _by_place(
        SignoffComment.objects.filter(
            step__signoff__document__round=entry.round_id, place__startswith=prefix
        )
        .select_related("step__post", "step__signoff")
        .order_by("-step__signoff__document", "-step__signoff__attempt", "-step__order", "pk")
    )
    return {place.removeprefix(prefix): comments for place, comments in found.items()}
