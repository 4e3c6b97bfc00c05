"""Drawing paper in the background: on a worker, or within the request where there is none."""

from django.utils.translation import gettext as _
from django_tasks import task

from measures.domain.errors import Stale
from measures.domain.hashes import sha256_of
from measures.domain.publishing import publications, renderings
from measures.models import Document, Rendering, RenderingPurpose, User
from measures.permissions import NotAllowed
from reports import publishing
from reports.rendering.fonts import paper_font_is_installed


def fingerprint_of(content: publishing.Content) -> str:
    """Return the hash of everything that decides how this content looks on paper."""
    return sha256_of(
        {
            "content": content,
            "template_version": publishing.TEMPLATE_VERSION,
            "paper_font": paper_font_is_installed(),
        }
    )


def fingerprint_now(document: Document) -> str:
    """Return the fingerprint of what the document says now."""
    return fingerprint_of(publications.content_of(document))


def paper_at_hand(document: Document) -> Rendering | None:
    """Return the preview of what the document says now if it is drawn; asks for nothing."""
    rendering = Rendering.objects.filter(
        document=document,
        purpose=RenderingPurpose.PREVIEW,
        content_sha256=fingerprint_now(document),
    ).first()
    return rendering if rendering is not None and renderings.is_at_hand(rendering) else None


def ask_for(document: Document, *, purpose: str, by: User) -> Rendering:
    """Return the rendering of what the document says now, asked for unless it is there already.

    Without workers it has ended when this returns. Raises what ``renderings.request`` raises.
    """
    rendering = renderings.request(
        document,
        purpose=purpose,
        fingerprint=fingerprint_now(document),
        by=by,
        draw=draw.enqueue,
    )
    rendering.refresh_from_db()
    return rendering


@task()
def draw(number: int) -> None:
    """Draw the rendering of this number, and publish where that is what it was asked for.

    What a rule forbids is noted as the reason; what breaks is noted too and raised for the log.
    """
    rendering = renderings.start(number)
    if rendering is None:
        return
    try:
        renderings.finish(rendering, file=_file_of(rendering))
    except NotAllowed as refusal:
        renderings.fail(rendering, problem=str(refusal))
    except Exception:
        problem = _(
            "จัดทำไฟล์ PDF ไม่สำเร็จ โปรดลองอีกครั้ง หากยังไม่สำเร็จ โปรดแจ้งผู้ดูแลระบบพร้อมเลขที่งาน %(number)s"
        )
        renderings.fail(rendering, problem=problem % {"number": number})
        raise


def _file_of(rendering: Rendering) -> bytes | None:
    """Return the paper of exactly what was asked for; None once that is published instead.

    Raises Stale where the document says something else by now.
    """

    def advance(done: int, total: int) -> None:
        renderings.advance(rendering, done, total)

    document = rendering.document
    if rendering.purpose == RenderingPurpose.PUBLICATION:
        _refuse_if_changed(rendering, publications.content_of(document))
        publishing.publish(document, by=rendering.requested_by, on_progress=advance)
        return None
    content, pdf = publishing.render(document, on_progress=advance)
    _refuse_if_changed(rendering, content)
    return pdf


def _refuse_if_changed(rendering: Rendering, content: publishing.Content) -> None:
    if fingerprint_of(content) != rendering.content_sha256:
        raise Stale(_("เนื้อหาของเอกสารเปลี่ยนไปหลังจากที่ขอจัดทำไฟล์ โปรดตรวจเอกสารแล้วขออีกครั้ง"))
