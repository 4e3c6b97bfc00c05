"""The system checks of the paper font and of the keys of seals."""

import datetime

import pytest
import time_machine

from reports import checks
from tests.factories.seals import ENDS, STARTS, install_key


def test_check_is_silent_where_the_font_is_installed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(checks, "paper_font_is_installed", lambda: True)

    assert checks.check_paper_font() == []


def test_check_names_the_remedy_where_the_font_is_missing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(checks, "paper_font_is_installed", lambda: False)

    (warning,) = checks.check_paper_font()

    assert warning.id == "reports.W001"
    assert warning.hint == "run `.venv/bin/python scripts/install_paper_font.py`"


@pytest.mark.parametrize(
    ("address", "demo", "warnings"),
    [
        ("http://127.0.0.1:8000", True, []),
        ("http://127.0.0.1:8000", False, ["reports.W005"]),
        ("https://localhost", False, ["reports.W005"]),
        ("https://ita.example.go.th", False, []),
    ],
)
def test_check_warns_where_the_qr_code_would_lead_nowhere(address, demo, warnings, settings):
    settings.SITE_ADDRESS, settings.DEMO_MODE, settings.DEBUG = address, demo, False

    assert [warning.id for warning in checks.check_site_address()] == warnings


@pytest.fixture
def folder(tmp_path, settings):
    settings.SEAL_KEYS_FOLDER = str(tmp_path / "keys")
    (tmp_path / "keys").mkdir()
    return tmp_path / "keys"


def warned() -> list[tuple[str, str]]:
    return [(warning.id, warning.msg) for warning in checks.check_seal_keys()]


def test_check_is_silent_where_nothing_is_sealed(settings):
    settings.SEAL_KEYS_FOLDER = ""

    assert warned() == []


def test_check_is_silent_over_good_keys(folder):
    install_key(folder, "install")
    install_key(folder, "sommut-na")

    with time_machine.travel(STARTS):
        assert warned() == []


def test_check_warns_of_a_missing_folder(folder):
    folder.rmdir()

    assert [warning_id for warning_id, _text in warned()] == ["reports.W002"]


def test_check_warns_of_each_key_that_cannot_be_used(folder):
    install_key(folder, "install", password="อื่น")
    install_key(folder, "sommut-don")
    install_key(folder, "sommut-na", ends=STARTS + datetime.timedelta(days=1))

    with time_machine.travel(STARTS + datetime.timedelta(days=2)):
        found = warned()

    assert found == [
        (
            "reports.W002",
            "เปิดกุญแจ install.p12 ไม่ได้ โปรดให้ผู้ดูแลระบบตรวจรหัสผ่านใน install.password "
            "และตรวจว่าไฟล์เป็น PKCS#12 ที่มีทั้งกุญแจและใบรับรองของกุญแจนั้น",
        ),
        (
            "reports.W002",
            "ใบรับรองใน sommut-na.p12 หมดอายุเมื่อวันที่ ๒ มกราคม พ.ศ. ๒๕๖๙ โปรดให้ผู้ดูแลระบบติดตั้งใบรับรองใหม่",
        ),
    ]


@pytest.mark.parametrize(("days", "expected"), [(31, []), (29, ["reports.W004"])])
def test_check_warns_a_month_before_a_certificate_ends(folder, days, expected):
    install_key(folder, "sommut-na")

    with time_machine.travel(ENDS - datetime.timedelta(days=days), tick=False):
        found = warned()

    assert [warning_id for warning_id, _text in found] == expected


@pytest.mark.parametrize("mode", [0o640, 0o604])
def test_check_warns_of_secrets_that_others_can_read(folder, mode):
    file = install_key(folder, "sommut-na")
    file.chmod(mode)
    file.with_suffix(".password").chmod(mode)

    with time_machine.travel(STARTS):
        found = warned()

    assert found == [
        ("reports.W003", "sommut-na.p12 can be read by other accounts of this machine."),
        ("reports.W003", "sommut-na.password can be read by other accounts of this machine."),
    ]
