"""The command that reads a plan: what it prints, what it stores, and how it refuses."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from measures.management.commands.import_plan import Command
from measures.models import FileImport, Measure, PostHolding, ProgressEntry
from tests.factories.organisations import make_organisation
from tests.factories.people import make_administrator
from tests.factories.pictures import pdf
from tests.factories.plan_imports import YEAR, word_file
from tests.measures.views.roles import everything_stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A Word file of two measures."""
    path = tmp_path / "แผน.docx"
    path.write_bytes(word_file())
    return path


def run(office, path: Path, *options: str) -> str:
    output = StringIO()
    slug = office.organisation.slug
    call_command(
        "import_plan",
        str(path),
        f"--organisation={slug}",
        f"--fiscal-year={YEAR}",
        *options,
        stdout=output,
    )
    return output.getvalue()


def measures(office) -> list[str]:
    own = Measure.objects.of_organisation(office.organisation).of_year(YEAR)
    return [measure.title for measure in own.order_by("number")]


@pytest.mark.parametrize("options", [(), ("--json",), ("--round=6", "--json")])
def test_without_commit_nothing_at_all_is_written(office, plan, options):
    before = everything_stored()

    printed = run(office, plan, *options)

    assert "เปิดเผยข้อมูลสมมติ" in printed
    assert everything_stored() == before
    assert not default_storage.exists("imports")


def test_json_is_all_that_is_printed_and_says_what_was_read(office, plan):
    found = json.loads(run(office, plan, "--json"))

    assert list(found) == ["title", "fiscal_year", "round", "measures", "warnings"]
    assert found["title"] == "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ประจำปี ๒๕๖๘"
    assert (found["fiscal_year"], found["round"]) == (YEAR, None)
    assert found["measures"][0] == {
        "number": 1,
        "title": "ให้ความรู้เรื่องสมมติ",
        "indicator": "",
        "items": [],
        "steps": ["ชี้แจง", "ติดตาม"],
        "responsible": ["สำนักปลัด"],
        "period": {"text": "", "start": None, "end": None},
        "monitoring": "",
        "status": "",
        "results": ["ชี้แจงแล้ว"],
        "outcomes": [],
        "suggestions": [],
    }


def test_warnings_of_reading_and_of_the_office_are_named_with_their_cell(office, tmp_path):
    path = tmp_path / "แผน.csv"
    path.write_text("มาตรการ,ขั้นตอน,ผู้รับผิดชอบ\n1. สมมติ,ชี้แจง,กองอวกาศ\n", encoding="utf-8")

    found = json.loads(run(office, path, "--json"))

    (warning,) = [each for each in found["warnings"] if each["value"] == "กองอวกาศ"]
    assert list(warning) == ["where", "message", "value"]
    assert "แถวที่ 2" in warning["where"]


def test_commit_stores_on_behalf_of_who_coordinates_and_twice_changes_nothing(office, plan):
    printed = run(office, plan, "--commit")
    again = run(office, plan, "--commit")

    assert "เพิ่ม 2 มาตรการ" in printed
    assert "เพิ่ม 0 มาตรการ มีอยู่แล้ว 2" in again
    assert measures(office) == ["ให้ความรู้เรื่องสมมติ", "เปิดเผยข้อมูลสมมติ"]
    first = FileImport.objects.order_by("pk").first()
    assert (first.confirmed_by, first.state) == (office.coordinator, "done")
    assert not ProgressEntry.objects.written().exists()
    assert "ผลการดำเนินการในไฟล์ยังไม่นำเข้า" in printed


def test_a_round_takes_the_results_too(office, plan):
    printed = run(office, plan, "--commit", "--round=12")

    assert "ยังไม่นำเข้า" not in printed
    entries = ProgressEntry.objects.written().order_by("measure__number")
    assert [(entry.round.months, entry.result) for entry in entries] == [
        (12, "ชี้แจงแล้ว"),
        (12, "ลงแล้ว"),
    ]


def test_without_a_coordinator_an_administrator_stores_and_without_one_nobody(office, plan):
    PostHolding.objects.filter(post=office.coordinator_post).delete()

    with pytest.raises(CommandError, match="--user"):
        run(office, plan, "--commit")
    assert not FileImport.objects.exists()
    administrator = make_administrator()
    run(office, plan, "--commit")

    assert FileImport.objects.get().confirmed_by == administrator


def test_the_person_named_must_be_one_who_coordinates(office, plan):
    for name, words in (
        (office.staff.username, "เฉพาะผู้ประสานงาน"),
        (office.outsider.username, "เฉพาะผู้ประสานงาน"),
        ("nobody", "ไม่พบผู้ใช้ nobody"),
    ):
        with pytest.raises(CommandError, match=words):
            run(office, plan, "--commit", f"--user={name}")

    assert measures(office) == []
    run(office, plan, "--commit", f"--user={office.coordinator.username}")
    assert len(measures(office)) == 2


def test_what_cannot_be_read_is_refused_in_thai(office, plan, tmp_path):
    before = everything_stored()
    locked = tmp_path / "แผน.pdf"
    locked.write_bytes(pdf())
    other = tmp_path / "อื่น.csv"
    other.write_text("ชื่อ,โทรศัพท์\nสมมติ,0\n", encoding="utf-8")

    for path, words in (
        (tmp_path / "none.docx", "เปิดไฟล์ .* ไม่ได้"),
        (locked, "PDF"),
        (other, "มาตรการ"),
    ):
        with pytest.raises(CommandError, match=words):
            run(office, path, "--commit", "--json")
    office.organisation = make_organisation()
    office.organisation.slug = "sommut-none"
    with pytest.raises(CommandError, match="ไม่พบหน่วยงาน sommut-none"):
        run(office, plan)

    assert {name: rows for name, rows in everything_stored().items() if name != "Organisation"} == {
        name: rows for name, rows in before.items() if name != "Organisation"
    }


def test_a_refusal_ends_with_1_and_without_a_traceback(office, tmp_path, capsys):
    path = tmp_path / "แผน.pdf"
    path.write_bytes(pdf())

    with pytest.raises(SystemExit) as ended:
        Command().run_from_argv(
            [
                "manage.py",
                "import_plan",
                str(path),
                f"--organisation={office.organisation.slug}",
                f"--fiscal-year={YEAR}",
                "--json",
                "--skip-checks",
            ]
        )

    printed = capsys.readouterr()
    assert ended.value.code == 1
    assert printed.out == ""
    assert "PDF" in printed.err
    assert "Traceback" not in printed.err
