"""Draw every publication anew from its frozen content, and compare with what is stored."""

from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from measures.domain.hashes import sha256_of
from measures.models import Organisation, Publication
from measures.models.publications import PublicationQuerySet
from reports import publishing
from reports.many import Failure, each


class Job(NamedTuple):
    """One publication to be drawn anew; plain data, because another process draws it."""

    number: int
    content: publishing.Content


class Print(NamedTuple):
    """What a drawing came to: enough to compare, and small enough to be sent back."""

    length: int
    sha256: str


def draw(job: Job) -> dict[str, Print]:
    """Draw the files of one publication anew, unsealed; return their prints by field."""
    # One process for each paper: there are as many papers at once as the machine was given.
    paper = publishing.draw(job.content, workers=1)
    return {name: Print(len(data), sha256_of(data)) for name, data in paper._asdict().items()}


class Command(BaseCommand):
    """Reads and draws; overwrites nothing."""

    help = "Draw every publication anew from its frozen content, and report any that differs."

    def add_arguments(self, parser: CommandParser) -> None:
        """Allow one organisation instead of all, and several processes."""
        parser.add_argument("--organisation", metavar="SLUG")
        parser.add_argument("--workers", type=int, default=1, metavar="N")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare all of them; name each that differs, and exit with 1 where there is one."""
        if options["workers"] < 1:
            raise CommandError(_("--workers ต้องเป็น 1 ขึ้นไป"))
        publications = _publications(options["organisation"])
        known = publications.filter(template_version=publishing.TEMPLATE_VERSION)
        for publication in publications.exclude(pk__in=known).iterator(chunk_size=50):
            self.stdout.write(
                _("%(name)s: จัดทำด้วยแบบพิมพ์รุ่น “%(version)s” จึงไม่ได้เทียบ")
                % {"name": _name(publication), "version": publication.template_version}
            )
        faulty = 0
        try:
            for publication, faults in _compared(known, options["workers"]):
                faulty += bool(faults)
                for fault in faults:
                    self.stderr.write(f"{_name(publication)}: {fault}")
                if not faults:
                    self.stdout.write(_("%(name)s: ตรงกัน") % {"name": _name(publication)})
        except BrokenProcessPool as error:
            raise CommandError(
                _("กระบวนการย่อยถูกหยุดกลางคัน อาจเพราะหน่วยความจำไม่พอ โปรดลด --workers แล้วลองใหม่")
            ) from error
        if faulty:
            raise CommandError(_("ไม่ตรงกัน %(count)s ฉบับ") % {"count": faulty})


def _name(publication: Publication) -> str:
    return f"{publication.organisation.slug} {publication.number} ({publication.code})"


def _publications(slug: str | None) -> PublicationQuerySet:
    """Return the publications asked for; raises CommandError for an unknown organisation."""
    publications = Publication.objects.select_related("organisation")
    if slug:
        if not Organisation.objects.filter(slug=slug).exists():
            raise CommandError(_("ไม่พบหน่วยงาน %(slug)s") % {"slug": slug})
        publications = publications.filter(organisation__slug=slug)
    return publications.order_by("organisation__slug", "number")


def _compared(
    publications: PublicationQuerySet, workers: int
) -> Iterator[tuple[Publication, list[str]]]:
    """Yield each publication with what differs, in Thai."""
    jobs = (
        Job(publication.pk, publication.content)
        for publication in publications.iterator(chunk_size=50)
    )
    for job, outcome in each(draw, jobs, workers=workers):
        publication = publications.get(pk=job.number)
        if isinstance(outcome, Failure):
            yield publication, [_("จัดทำใหม่ไม่สำเร็จ (%(problem)s)") % {"problem": outcome.problem}]
        else:
            yield publication, list(_differences(publication, outcome))


def _differences(publication: Publication, drawn: dict[str, Print]) -> Iterator[str]:
    """Yield what is not as drawn anew; a seal is added behind the drawing, never inside it."""
    stored: dict[str, FieldFile] = {"pdf": publication.pdf, "archive": publication.archive}
    for name, again in drawn.items():
        label = str(Publication._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        if not stored[name]:
            continue
        try:
            with stored[name].open("rb") as file:
                data = file.read()
        except OSError:
            yield _("ไม่พบ%(file)s ที่เก็บไว้") % {"file": label}
            continue
        compared = data[: again.length] if publication.sealed_by else data
        if Print(len(compared), sha256_of(compared)) != again:
            yield _("%(file)s ที่เก็บไว้ไม่ตรงกับที่จัดทำใหม่จากเนื้อหา") % {"file": label}
