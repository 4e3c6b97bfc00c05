"""Which key seals for whom, and what stops it; every refusal says what to do."""

import datetime

import pytest
import time_machine
from cryptography import x509
from cryptography.x509.oid import NameOID

from reports.sealing import SealError
from reports.sealing.keys import key_for
from tests.factories.seals import (
    ENDS,
    HOLDER,
    STARTS,
    install_key,
    mismatched_archive,
    named,
    part,
    rsa_key,
)


def test_an_organisation_seals_with_its_own_key(folder):
    install_key(folder, "install", subject=named("ผู้ดูแลพอร์ทัลสมมติ"))
    install_key(folder, "sommut-na")

    assert key_for("sommut-na").holder == HOLDER


def test_the_install_seals_for_those_without_a_key(folder):
    install_key(folder, "install", subject=named("ผู้ดูแลพอร์ทัลสมมติ"))
    install_key(folder, "sommut-na")

    assert key_for("sommut-don").holder == "ผู้ดูแลพอร์ทัลสมมติ"


def test_the_key_of_another_organisation_is_nobody_elses(folder):
    install_key(folder, "sommut-na")

    assert key_for("sommut-don") is None


def test_a_name_is_cut_to_what_a_publication_keeps(folder):
    parts = [part(NameOID.ORGANIZATIONAL_UNIT_NAME, f"{number} " + "ก" * 60) for number in range(8)]
    install_key(folder, "sommut-na", subject=x509.Name(parts))

    assert len(key_for("sommut-na").holder) == 300


def test_a_certificate_without_a_common_name_is_called_by_all_its_parts(folder):
    install_key(folder, "sommut-na", subject=x509.Name([part(NameOID.ORGANIZATION_NAME, HOLDER)]))

    assert key_for("sommut-na").holder == f"Organization: {HOLDER}"


def test_of_several_common_names_the_last_counts(folder):
    names = [part(NameOID.COMMON_NAME, name) for name in ("สมมติ", HOLDER)]
    install_key(folder, "sommut-na", subject=x509.Name(names))

    assert key_for("sommut-na").holder == HOLDER


def test_a_wrong_password_names_its_file(folder):
    install_key(folder, "sommut-na", password="อื่น")

    with pytest.raises(SealError) as refusal:
        key_for("sommut-na")

    assert refusal.value.cause == (
        "เปิดกุญแจ sommut-na.p12 ไม่ได้ โปรดให้ผู้ดูแลระบบตรวจรหัสผ่านใน sommut-na.password "
        "และตรวจว่าไฟล์เป็น PKCS#12 ที่มีทั้งกุญแจและใบรับรองของกุญแจนั้น"
    )


def test_a_file_that_is_no_key_is_refused(folder):
    install_key(folder, "sommut-na").write_bytes(b"not a key")

    with pytest.raises(SealError, match=r"เปิดกุญแจ sommut-na\.p12 ไม่ได้"):
        key_for("sommut-na")


def test_a_certificate_of_another_key_is_refused(folder):
    file = install_key(folder, "sommut-na")
    file.write_bytes(mismatched_archive(rsa_key(HOLDER), rsa_key("อีกคนสมมติ")))

    with pytest.raises(SealError, match="ใบรับรองของกุญแจนั้น"):
        key_for("sommut-na")


def test_a_missing_password_is_not_passed_over_in_favour_of_the_install(folder):
    install_key(folder, "install")
    install_key(folder, "sommut-na").with_suffix(".password").unlink()

    with pytest.raises(SealError) as refusal:
        key_for("sommut-na")

    assert refusal.value.cause == (
        "อ่านไฟล์ sommut-na.p12 หรือ sommut-na.password ไม่ได้ "
        "โปรดให้ผู้ดูแลระบบวางทั้งสองไฟล์ไว้ด้วยกันและให้สิทธิ์อ่านแก่บัญชีที่รันระบบ"
    )


def test_a_link_to_a_key_that_is_gone_is_refused(folder):
    file = install_key(folder, "sommut-na")
    file.unlink()
    file.symlink_to(folder / "gone")

    with pytest.raises(SealError, match=r"อ่านไฟล์ sommut-na\.p12"):
        key_for("sommut-na")


def test_a_folder_that_is_named_and_missing_is_refused(folder):
    folder.rmdir()

    with pytest.raises(SealError, match="SEAL_KEYS_FOLDER"):
        key_for("sommut-na")


@pytest.mark.parametrize(
    ("moment", "cause"),
    [
        (
            STARTS - datetime.timedelta(seconds=1),
            "ใบรับรองใน sommut-na.p12 เริ่มใช้ได้วันที่ ๑ มกราคม พ.ศ. ๒๕๖๙ "
            "โปรดให้ผู้ดูแลระบบตรวจนาฬิกาของเครื่องหรือติดตั้งใบรับรองที่ใช้ได้แล้ว",
        ),
        (
            ENDS + datetime.timedelta(seconds=1),
            "ใบรับรองใน sommut-na.p12 หมดอายุเมื่อวันที่ ๑ มกราคม พ.ศ. ๒๕๗๐ โปรดให้ผู้ดูแลระบบติดตั้งใบรับรองใหม่",
        ),
    ],
)
def test_a_certificate_outside_its_time_is_refused(folder, moment, cause):
    install_key(folder, "sommut-na")
    key = key_for("sommut-na")

    with time_machine.travel(moment, tick=False), pytest.raises(SealError) as refusal:
        key.or_raise()

    assert refusal.value.cause == cause


@pytest.mark.parametrize("moment", [STARTS, ENDS])
def test_the_first_and_the_last_second_of_a_certificate_count(folder, moment):
    install_key(folder, "sommut-na")

    with time_machine.travel(moment, tick=False):
        key_for("sommut-na").or_raise()


def test_a_key_for_encryption_only_is_refused(folder, today):
    install_key(folder, "sommut-na", uses=("key_encipherment",))

    with pytest.raises(SealError) as refusal:
        key_for("sommut-na").or_raise()

    assert refusal.value.cause == (
        "ใบรับรองใน sommut-na.p12 ไม่ได้ออกให้ใช้ลงลายมือชื่อดิจิทัล โปรดให้ผู้ดูแลระบบติดตั้งใบรับรองชนิดนั้น"
    )


@pytest.mark.parametrize("uses", [("digital_signature",), ("content_commitment",), None])
def test_a_key_for_signatures_is_accepted(folder, today, uses):
    install_key(folder, "sommut-na", uses=uses)

    key_for("sommut-na").or_raise()
