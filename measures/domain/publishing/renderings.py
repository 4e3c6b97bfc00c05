"""Asking for a document's paper, how far its drawing is, and keeping the file that came out."""

import datetime
from collections.abc import Callable
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain import documents, files
from measures.domain.documents import ALLOWED_MOVES, Move
from measures.domain.errors import Invalid
from measures.domain.hashes import sha256_of
from measures.models import (
    Document,
    DocumentState,
    Rendering,
    RenderingPurpose,
    RenderingState,
    User,
)

# Nothing that is being drawn takes as long: whoever drew it was stopped half way.
STUCK_AFTER = datetime.timedelta(minutes=10)


def is_stuck(rendering: Rendering, now: datetime.datetime | None = None) -> bool:
    """Return whether the rendering was asked for so long ago that nobody can be at it any more."""
    since = (now or timezone.now()) - STUCK_AFTER
    return not rendering.has_ended() and rendering.requested_at < since


def is_at_hand(rendering: Rendering) -> bool:
    """Return whether what was asked for is there: published, or drawn with its file still kept."""
    if rendering.state != RenderingState.DONE:
        return False
    if rendering.purpose == RenderingPurpose.PUBLICATION:
        return True
    return bool(rendering.file) and default_storage.exists(str(rendering.file.name))


@transaction.atomic
def request(
    document: Document,
    *,
    purpose: str,
    fingerprint: str,
    by: User,
    draw: Callable[[int], object],
    now: datetime.datetime | None = None,
) -> Rendering:
    """Return the rendering of this paper, asked for now unless it was or is being drawn.

    ``fingerprint`` is the hash of everything that decides the bytes. ``draw`` is called with the
    rendering's number once the request is stored, and only where there is something to draw: what
    failed, got stuck, or has lost its file may be asked for again. Locks the document, so that two
    who ask at once get one row. Raises NotAllowed for people of other offices, for a publication
    for those who may not publish, and Invalid where the document is not approved.
    """
    document = documents.hold(document)
    _refuse_unless_may(document, purpose, by)
    asked = {
        "state": RenderingState.WAITING,
        "parts_done": 0,
        "parts_total": 0,
        "file": "",
        "problem": "",
        "requested_at": now or timezone.now(),
        "requested_by": by,
        "ended_at": None,
    }
    rendering, is_new = Rendering.objects.get_or_create(
        document=document, purpose=purpose, content_sha256=fingerprint, defaults=asked
    )
    if not is_new:
        is_on_its_way = not rendering.has_ended() and not is_stuck(rendering, now)
        if is_on_its_way or is_at_hand(rendering):
            return rendering
        for name, value in asked.items():
            setattr(rendering, name, value)
        rendering.save(update_fields=list(asked))
    transaction.on_commit(partial(draw, rendering.pk))
    return rendering


def _refuse_unless_may(document: Document, purpose: str, by: User) -> None:
    if purpose == RenderingPurpose.PREVIEW:
        permissions.can_see(by, document.organisation).or_raise()
        return
    permissions.can_publish(by, document).or_raise()
    if (DocumentState(document.state), Move.PUBLISH) not in ALLOWED_MOVES:
        raise Invalid(
            _("เอกสารมีสถานะ “%(state)s” จึงเผยแพร่ไม่ได้ โปรดเปิดหน้าเอกสารใหม่")
            % {"state": document.get_state_display()}
        )


@transaction.atomic
def start(number: int) -> Rendering | None:
    """Return the rendering as the caller's to draw; None where another draws it, or it has ended.

    A task may come twice: the request was repeated because the first seemed lost.
    """
    rendering = (
        Rendering.objects.select_for_update(of=("self",))
        .select_related("document__organisation", "document__round", "requested_by")
        .get(pk=number)
    )
    if rendering.state != RenderingState.WAITING:
        return None
    rendering.state = RenderingState.RUNNING
    rendering.save(update_fields=["state"])
    return rendering


def advance(rendering: Rendering, parts_done: int, parts_total: int) -> None:
    """Note how many parts are drawn, for those who wait. What has ended stays as it is."""
    Rendering.objects.filter(pk=rendering.pk, state=RenderingState.RUNNING).update(
        parts_done=parts_done, parts_total=parts_total
    )


def finish(
    rendering: Rendering, *, file: bytes | None = None, now: datetime.datetime | None = None
) -> None:
    """Note that the rendering is done; keep its file, where it has one, and drop older previews.

    A publication brings no file: it is kept with the publication.
    """
    name = ""
    if file is not None:
        folder = f"renderings/{rendering.document.organisation.slug}"
        name = files.keep(f"{folder}/{sha256_of(file)}.pdf", file)
    with transaction.atomic():
        Rendering.objects.filter(pk=rendering.pk).update(
            state=RenderingState.DONE,
            parts_done=F("parts_total"),
            file=name,
            problem="",
            ended_at=now or timezone.now(),
        )
        _drop_older_previews(rendering)


def _drop_older_previews(rendering: Rendering) -> None:
    """Drop the files of what the document said before; nothing else refers to them.

    The rows stay: somebody may still look at one, and is led to the paper of today.
    """
    older = Rendering.objects.filter(
        document=rendering.document,
        purpose=RenderingPurpose.PREVIEW,
        state=RenderingState.DONE,
        requested_at__lt=rendering.requested_at,
    ).exclude(file="")
    names = set(older.values_list("file", flat=True))
    older.update(file="")
    unused = names - set(Rendering.objects.filter(file__in=names).values_list("file", flat=True))
    for name in unused:
        transaction.on_commit(partial(default_storage.delete, name))
        transaction.on_commit(partial(files.drop_folder, name.removesuffix(".pdf")))


def fail(rendering: Rendering, *, problem: str, now: datetime.datetime | None = None) -> None:
    """Note why nothing came of it; ``problem`` is Thai and says what to do.

    What another has finished meanwhile stays finished.
    """
    Rendering.objects.filter(pk=rendering.pk).exclude(state=RenderingState.DONE).update(
        state=RenderingState.FAILED, problem=problem, ended_at=now or timezone.now()
    )
