"""Read a plan or report from a Word, Excel or csv file; store it where that is asked for."""

import json
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.domain.importing import plan_imports, uploads
from measures.domain.importing.plan_changes import Chosen
from measures.domain.importing.plan_drafts import DraftMeasure
from measures.domain.importing.plan_examination import Examination
from measures.domain.importing.plan_json import plain, warnings_of
from measures.domain.importing.plan_matching import Outcome
from measures.models import FileImport, Organisation, PostHolding, ProgressStatus, RoundMonths, User
from measures.permissions import NotAllowed


class Command(BaseCommand):
    """Prints what was read; without --commit nothing at all is written."""

    help = "Read a plan or report (.docx, .xlsx, .csv) for an organisation."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the file, the office and the year; say whether to store, and as whom."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--organisation", metavar="SLUG", required=True)
        parser.add_argument("--fiscal-year", metavar="พ.ศ.", type=int, required=True)
        parser.add_argument("--commit", action="store_true", help="store what was read")
        parser.add_argument("--json", action="store_true", help="print it as JSON")
        parser.add_argument(
            "--round",
            type=int,
            choices=RoundMonths.values,
            help="store the results of the file as this round's, too",
        )
        parser.add_argument("--user", metavar="USERNAME", help="on whose behalf it is stored")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, store where asked to, and print."""
        organisation = Organisation.objects.filter(slug=options["organisation"]).first()
        if organisation is None:
            raise CommandError(_("ไม่พบหน่วยงาน %(slug)s") % {"slug": options["organisation"]})
        stored = None
        try:
            with options["file"].open("rb") as opened:
                data = uploads.bytes_of(File(opened))
            name, year = options["file"].name, options["fiscal_year"]
            found = plan_imports.read(data, name=name, organisation=organisation, fiscal_year=year)
            # As it stands before anything of it is stored.
            examination = Examination(found.staged, organisation)
            printed = self._printed(examination, as_json=options["json"])
            if options["commit"]:
                stored = self._store(data, organisation, options)
        except OSError as error:
            raise CommandError(
                _("เปิดไฟล์ %(file)s ไม่ได้ โปรดตรวจชื่อและสิทธิ์ของไฟล์") % {"file": options["file"]}
            ) from error
        except NotAllowed as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(printed)
        if not options["json"]:
            self.stdout.write("\n" + self._outcome(stored, examination))

    @transaction.atomic
    def _store(
        self, data: bytes, organisation: Organisation, options: dict[str, Any]
    ) -> FileImport:
        by = _person(organisation, options["user"])
        file_import = plan_imports.stage(
            data,
            name=options["file"].name,
            organisation=organisation,
            by=by,
            fiscal_year=options["fiscal_year"],
        )
        if options["round"]:
            chosen = Chosen({"round": options["round"], "with_results": True})
            file_import = plan_imports.correct(
                file_import, by=by, version=file_import.version, changes=[chosen]
            )
        return plan_imports.confirm(file_import, by=by, version=file_import.version)

    def _printed(self, examination: Examination, *, as_json: bool) -> str:
        if as_json:
            return json.dumps(plain(examination), ensure_ascii=False, indent=2)
        plan = examination.staged.plan
        months = _("รอบ %(months)s เดือน") % {"months": plan.round} if plan.round else ""
        lines = [
            f"{plan.title} {months}".strip(),
            _("แผนปีงบประมาณ พ.ศ. %(year)s พบ %(count)s มาตรการ")
            % {"year": examination.fiscal_year, "count": len(plan.measures)},
        ]
        for each in examination.measures:
            draft = each.draft
            lines += [
                "",
                f"{each.number}. {draft.title} [{_STATES[each.outcome]}]",
                *(f"   {number}) {step}" for number, step in enumerate(draft.steps, start=1)),
                _("   ผู้รับผิดชอบ: %(names)s") % {"names": ", ".join(draft.responsible) or "–"},
                _("   ระยะเวลา: %(period)s") % {"period": draft.period.text or "–"},
                *(f"   {label}: {text}" for label, text in _told_of(draft)),
            ]
        if plan.scores:
            scores = ", ".join(f"{code} {value}" for code, value in plan.scores.items())
            lines += ["", _("คะแนนรายข้อ: %(scores)s") % {"scores": scores}]
        warnings = warnings_of(examination)
        if warnings:
            lines += ["", _("ข้อที่ควรตรวจ %(count)s ข้อ") % {"count": len(warnings)}]
        for warning in warnings:
            value = f" “{warning.value}”" if warning.value else ""
            where = f"{warning.where}: " if warning.where else ""
            lines.append(f"- {where}{warning.message}{value}")
        return "\n".join(lines)

    def _outcome(self, stored: FileImport | None, examination: Examination) -> str:
        if stored is None:
            return _("ยังไม่ได้บันทึกสิ่งใด เพิ่ม --commit เพื่อบันทึก")
        did = [row["did"] for row in stored.report["measures"]]
        sentence = _("บันทึกแล้ว: เพิ่ม %(added)s มาตรการ มีอยู่แล้ว %(same)s ไม่นำเข้า %(left_out)s") % {
            name: did.count(name) for name in ("added", "same", "left_out")
        }
        has_results = any(each.has_results() for each in examination.measures)
        if has_results and "entries" not in stored.report:
            sentence += "\n" + _("ผลการดำเนินการในไฟล์ยังไม่นำเข้า หากต้องการ ระบุ --round 6 หรือ 12")
        return sentence


def _told_of(draft: DraftMeasure) -> list[tuple[str, str]]:
    """Return what the file says besides the plan itself, by its names."""
    status = str(ProgressStatus(draft.status).label) if draft.status else ""
    told = [
        (_("การกำกับติดตาม"), draft.monitoring),
        (_("สถานะ"), f"{status} {draft.status_note}".strip()),
        (_("ผลการดำเนินการ"), " / ".join(draft.results)),
        (_("ผลลัพธ์/ความสำเร็จ"), " / ".join(draft.outcomes)),
        (_("ข้อเสนอแนะ"), " / ".join(draft.suggestions)),
    ]
    return [(label, " ".join(text.split())) for label, text in told if text]


_STATES = {
    Outcome.NEW: gettext_lazy("ใหม่"),
    Outcome.SAME: gettext_lazy("มีอยู่แล้ว"),
    Outcome.TAKEN: gettext_lazy("เลขซ้ำกับมาตรการอื่น"),
    Outcome.LEFT_OUT: gettext_lazy("ไม่นำเข้า"),
}


def _person(organisation: Organisation, username: str | None) -> User:
    """Return on whose behalf to store: as named, who coordinates today, or an administrator."""
    people = User.objects.filter(is_active=True)
    if username:
        named = people.filter(username=username).first()
        if named is None:
            raise CommandError(_("ไม่พบผู้ใช้ %(name)s") % {"name": username})
        return named
    holdings = PostHolding.objects.current().filter(
        post__organisation=organisation, post__coordinates=True
    )
    coordinates = Q(pk__in=holdings.values("user"))
    person = people.filter(coordinates).order_by("pk").first()
    person = person or people.filter(is_superuser=True).order_by("pk").first()
    if person is None:
        raise CommandError(
            _("หน่วยงานนี้ยังไม่มีผู้ประสานงาน โปรดระบุผู้ใช้ด้วย --user หรือมอบหมายผู้ประสานงานก่อน")
        )
    return person
