"""Published documents made directly as rows, for tests of what the public sees."""

import datetime
import hashlib
import itertools
import json
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from measures.models import (
    Document,
    DocumentKind,
    DocumentState,
    Organisation,
    Publication,
    ReportingRound,
    User,
)
from tests.factories.content import content, signoff
from tests.factories.people import make_round, make_user

Content = dict[str, Any]
PUBLISHED_AT = datetime.datetime(2021, 3, 31, 9, 30, tzinfo=datetime.UTC)

_numbers = itertools.count(1)


def make_finding(**changes: Any) -> Content:
    """Return one finding of a frozen content."""
    finding = {
        "number": 1,
        "severity": "fix_at_once",
        "severity_name": "ข้อบกพร่องที่ต้องแก้ไขโดยเร่งด่วน",
        "indicator": "2. การใช้งบประมาณ",
        "items": ["I7"],
        "analysis": "บุคลากรยังไม่ทราบแผนการใช้จ่ายงบประมาณประจำปีของหน่วยงาน",
        "references": "o11",
    }
    return finding | changes


def make_evidence(kind: str = "link", **changes: Any) -> Content:
    """Return one piece of evidence of a frozen content; files are named, not stored."""
    evidence: Content = {
        "kind": kind,
        "caption": "ประกาศบนเว็บไซต์ของหน่วยงาน",
        "url": "https://example.go.th/news/1" if kind == "link" else "",
        "file": "",
        "sha256": "",
        "width": None,
        "height": None,
        "pages": None,
    }
    return evidence | changes


def make_evidence_file(kind: str, data: bytes, **changes: Any) -> Content:
    """Store ``data`` in the media folder and return the evidence that names it."""
    sha256 = hashlib.sha256(data).hexdigest()
    name = f"evidence/{sha256}.{'pdf' if kind == 'pdf' else 'jpg'}"
    stored = default_storage.save(name, ContentFile(data))
    return make_evidence(kind, **{"file": stored, "sha256": sha256} | changes)


def make_progress(division: str = "สำนักปลัด", *evidence: Content, **changes: Any) -> Content:
    """Return what one division reported on a measure in a frozen content."""
    progress = {
        "division": division,
        "status": "done",
        "status_note": "",
        "result": "จัดประชุมชี้แจงแล้วครบทุกส่วนราชการ",
        "outcome": "บุคลากรร้อยละ 92 ตอบแบบทดสอบได้ถูกต้อง",
        "suggestion": "",
        "evidence": list(evidence),
    }
    return progress | changes


def count_progress(measures: list[Content]) -> Content:
    """Return the progress figure over measures, as it stands in a frozen content."""
    statuses = [measure["status"] for measure in measures]
    done = statuses.count("done")
    return {
        "measures": len(measures),
        "done": done,
        "in_progress": statuses.count("in_progress"),
        "not_started": statuses.count("not_started"),
        "percent_done": round(100 * done / len(measures)) if measures else 0,
    }


def make_content(organisation: Organisation, **changes: Any) -> Content:
    """Return whole content of ``organisation``; ``changes`` replace whole parts."""
    whole = content(
        template_version="memo_status-1",
        organisation={
            "slug": organisation.slug,
            "name": organisation.name,
            "short_name": organisation.short_name,
            "kind_name": str(organisation.get_kind_display()),
            "tambon": organisation.tambon,
            "amphoe": organisation.amphoe,
            "changwat": organisation.changwat,
            "phone": organisation.phone,
            "website": organisation.website,
            "emblem": None,
        },
        findings=[make_finding()],
        signoff=[
            step
            | {
                "decision": step["decision"] or "approved",
                "signed_at": step["signed_at"] or "2021-03-31T09:00:00+07:00",
            }
            for step in signoff()
        ],
    )
    whole |= changes
    whole.setdefault("progress", count_progress(whole["measures"]))
    return whole


def _round_of(organisation: Organisation, fiscal_year: int, months: int) -> ReportingRound:
    existing = ReportingRound.objects.filter(
        organisation=organisation, fiscal_year=fiscal_year, months=months
    ).first()
    return existing or make_round(organisation, fiscal_year=fiscal_year, months=months)


def make_publication(
    organisation: Organisation,
    *,
    kind: str = DocumentKind.PROGRESS_REPORT,
    fiscal_year: int = 2564,
    months: int = 6,
    pdf: bytes = b"%PDF-1.7\nfictional\n%%EOF\n",
    archive: bytes = b"",
    sealed_by: str = "",
    supersedes: Publication | None = None,
    correction_reason: str = "",
    published_at: datetime.datetime = PUBLISHED_AT,
    published_by: User | None = None,
    code: str = "",
    **changes: Any,
) -> Publication:
    """Return a saved publication with its document; ``changes`` replace parts of its content.

    Rows are made directly, so hashes are of the right shape but no chain is checked: what the
    verbs promise is tested with the verbs.
    """
    number = next(_numbers)
    by = published_by or make_user()
    is_report = kind == DocumentKind.PROGRESS_REPORT
    code = code or f"test-{number:04d}"
    whole = make_content(
        organisation,
        **{
            "kind": kind,
            "fiscal_year": fiscal_year,
            "publication": {
                "code": code,
                "published_on": timezone.localdate(published_at).isoformat(),
            },
        }
        | (
            {}
            if is_report
            else {
                "round": None,
                "memo": content()["memo"]
                | {"subject": "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน"},
            }
        )
        | changes,
    )
    if is_report and "round" not in changes:
        whole["round"] |= {"months": months, "name": f"รอบ {months} เดือน"}
    document = Document.objects.create(
        organisation=organisation,
        kind=kind,
        fiscal_year=fiscal_year,
        round=_round_of(organisation, fiscal_year, months) if is_report else None,
        layout="memo_status",
        state=DocumentState.PUBLISHED,
        corrects=supersedes.document if supersedes else None,
        correction_reason=correction_reason or ("พบตัวเลขผิด" if supersedes else ""),
        office=whole["memo"]["office"],
        subject=whole["memo"]["subject"],
        addressee=whole["memo"]["addressee"],
        opening="ความนำ",
        closing="จึงเรียนมาเพื่อโปรดทราบ",
        updated_at=published_at,
        updated_by=by,
    )
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True).encode()
    return Publication.objects.create(
        organisation=organisation,
        document=document,
        kind=kind,
        fiscal_year=fiscal_year,
        round_months=months if is_report else None,
        number=organisation.publications.count() + 1,
        code=code,
        content=whole,
        content_sha256=hashlib.sha256(text).hexdigest(),
        template_version="memo_status-1",
        pdf=default_storage.save(f"publications/{code}.pdf", ContentFile(pdf)),
        pdf_sha256=hashlib.sha256(pdf).hexdigest(),
        archive=default_storage.save(f"publications/{code}.archive.pdf", ContentFile(archive))
        if archive
        else "",
        archive_sha256=hashlib.sha256(archive).hexdigest() if archive else "",
        sealed_by=sealed_by,
        hash=hashlib.sha256(f"{number}-{code}".encode()).hexdigest(),
        supersedes=supersedes,
        published_at=published_at,
        published_by=by,
    )
