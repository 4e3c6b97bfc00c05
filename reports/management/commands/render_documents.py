"""Draw every document of a fiscal year, published or draft, by several processes."""

from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from measures.domain.publishing import publications
from measures.models import Document
from measures.models.documents import DocumentQuerySet
from reports.layouts import LAYOUTS
from reports.many import Failure, each
from reports.publishing import Content
from reports.rendering.as_docx import docx_of
from reports.rendering.as_pdf import pdf_of

PLAN = "plan"
DRAWING: dict[str, Callable[..., bytes]] = {"docx": docx_of, "pdf": pdf_of}


class Job(NamedTuple):
    """One paper to be drawn; plain data, because another process draws it."""

    content: Content
    layout: str
    format: str
    output: Path
    state: str


def draw(job: Job) -> None:
    """Draw one paper and write it; nothing is written where the drawing fails."""
    job.output.write_bytes(DRAWING[job.format](job.content, layout=job.layout))


class Command(BaseCommand):
    """Writes files; changes nothing that is recorded."""

    help = "Draw every document of a fiscal year, with N processes side by side."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name fiscal year, folder, and how; optionally one organisation and another layout."""
        parser.add_argument("--fiscal-year", required=True, type=int, metavar="2567")
        parser.add_argument("--organisation", metavar="SLUG")
        parser.add_argument("--workers", type=int, default=1, metavar="N")
        parser.add_argument("--output", required=True, type=Path, metavar="FOLDER")
        parser.add_argument("--layout", choices=sorted(LAYOUTS))
        parser.add_argument("--format", choices=sorted(DRAWING), default="pdf")

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw all of them; name each that failed, and exit with 1 where there is one."""
        if options["workers"] < 1:
            raise CommandError(_("--workers ต้องเป็น 1 ขึ้นไป"))
        documents = _documents(options["fiscal_year"], options["organisation"])
        if not documents:
            raise CommandError(_("ไม่พบเอกสารของปีงบประมาณหรือหน่วยงานที่ระบุ"))
        options["output"].mkdir(parents=True, exist_ok=True)
        failed = []
        jobs = _jobs(documents, options["output"], options["layout"], options["format"])
        try:
            for job, outcome in each(draw, jobs, workers=options["workers"]):
                if isinstance(outcome, Failure):
                    failed.append(job.output.name)
                    self.stderr.write(f"{job.output}: {outcome.problem}")
                else:
                    self.stdout.write(f"{job.output}: {job.state}, {job.layout}")
        except BrokenProcessPool as error:
            raise CommandError(
                _("กระบวนการย่อยถูกหยุดกลางคัน อาจเพราะหน่วยความจำไม่พอ โปรดลด --workers แล้วลองใหม่")
            ) from error
        if failed:
            raise CommandError(
                _("จัดทำไม่สำเร็จ %(failed)s จาก %(all)s ฉบับ: %(names)s")
                % {"failed": len(failed), "all": len(documents), "names": ", ".join(failed)}
            )


def _documents(fiscal_year: int, slug: str | None) -> DocumentQuerySet:
    documents = Document.objects.filter(fiscal_year=fiscal_year)
    if slug:
        documents = documents.filter(organisation__slug=slug)
    return documents.select_related("organisation", "round").order_by("organisation__slug", "pk")


def _jobs(
    documents: DocumentQuerySet, folder: Path, layout: str | None, file_format: str
) -> Iterator[Job]:
    """Yield the jobs one by one, so that few contents are in memory at a time."""
    for document in documents:
        content = publications.content_of(document)
        part = f"{document.round.months}" if document.round else PLAN
        name = f"{document.organisation.slug}-{document.fiscal_year}-{part}-{document.pk}"
        yield Job(
            content=content,
            layout=layout or content["layout"],
            format=file_format,
            output=folder / f"{name}.{file_format}",
            state=str(document.get_state_display()),
        )
