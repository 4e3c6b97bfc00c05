"""Asking an address: what it answers, and that it never leads into the office's own network."""

from ipaddress import ip_network

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from measures.domain.filing import link_fetching
from measures.domain.filing.link_fetching import Answer, fetch, title_of
from tests.factories.seals import certificate, named, rsa_key
from tests.factories.web_servers import web_server

TITLE = "ประกาศ แผนปฏิบัติการ & มาตรการ"
INSIDE = Answer(problem="ที่อยู่นี้อยู่ในเครือข่ายภายใน ประชาชนเปิดไม่ได้")
TOO_SLOW = "เว็บไซต์ไม่ตอบภายในเวลาที่กำหนด"


@pytest.fixture
def site(settings):
    """The address of a web server of our own, which may be asked though it is on loopback."""
    settings.LINK_CHECK_ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]
    with web_server() as (address, asked):
        yield address, asked


@pytest.mark.parametrize("page", ["utf8", "tis620", "meta", "wrong", "moved"])
def test_title_is_read_in_whichever_encoding_it_is_really_written(site, page):
    assert fetch(f"{site[0]}/{page}") == Answer(200, TITLE)


@pytest.mark.parametrize(
    ("page", "answer"),
    [
        ("file", Answer(200)),
        ("missing", Answer(404, problem="ไม่พบหน้าเว็บ (รหัส 404)")),
        ("broken", Answer(500, problem="เว็บไซต์ตอบว่าเปิดไม่ได้ (รหัส 500)")),
        ("busy", Answer(429, is_told=False)),
        ("around", Answer(problem="เปลี่ยนเส้นทางซ้ำหลายครั้งเกินไป")),
        ("inside", INSIDE),
        ("to-file", Answer(problem="เปลี่ยนเส้นทางไปยังที่อยู่ที่เปิดด้วยเว็บเบราว์เซอร์ไม่ได้")),
    ],
)
def test_each_way_of_answering_is_told(site, page, answer):
    assert fetch(f"{site[0]}/{page}") == answer


def test_page_without_end_is_read_in_its_first_part_alone(site, monkeypatch):
    monkeypatch.setattr(link_fetching, "LONGEST", 10.0)

    assert fetch(f"{site[0]}/endless") == Answer(200)


@pytest.mark.parametrize("page", ["silent", "dripping"])
def test_page_that_takes_too_long_is_given_up(site, monkeypatch, page):
    monkeypatch.setattr(link_fetching, "SILENCE", 1.0)
    monkeypatch.setattr(link_fetching, "LONGEST", 2.0)

    assert fetch(f"{site[0]}/{page}").problem == TOO_SLOW


def test_certificate_that_nobody_vouches_for_is_told(settings, tmp_path):
    settings.LINK_CHECK_ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]
    key = rsa_key("web site")
    files = (tmp_path / "certificate.pem", tmp_path / "key.pem")
    own = certificate(named("127.0.0.1"), key.public_key())
    files[0].write_bytes(own.public_bytes(Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    )
    with web_server(files) as (address, asked):
        answer = fetch(f"{address}/utf8")

    assert answer.problem == "ใบรับรองความปลอดภัย (HTTPS) ของเว็บไซต์ไม่ถูกต้องหรือหมดอายุ"
    assert asked == []


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "10.0.0.7",
        "192.168.1.1",
        "169.254.169.254",
        "[fd00::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "2130706433",  # 127.0.0.1 as one number
        "100.64.0.1",
    ],
)
def test_addresses_of_the_own_network_are_not_asked(host):
    assert fetch(f"http://{host}:9/") == INSIDE


def test_own_server_is_not_reached_without_being_named():
    with web_server() as (address, asked):
        assert fetch(f"{address}/utf8") == INSIDE

    assert asked == []


def test_address_is_connected_to_as_it_was_judged(settings, monkeypatch):
    """A name that answers with a public address first and with loopback afterwards."""
    answers = iter(["192.0.2.1", "127.0.0.1", "127.0.0.1"])
    with web_server() as (address, asked):
        port = int(address.rpartition(":")[2])
        monkeypatch.setattr(
            "socket.getaddrinfo",
            lambda *_args, **_options: [(2, 1, 6, "", (next(answers), port))],
        )
        answer = fetch(f"http://changing.example:{port}/utf8")

    assert (answer.status, asked) == (None, [])


def test_what_is_no_web_address_is_told():
    assert fetch("http://user:secret@example.com/").problem != ""
    assert fetch("ftp://example.com/").problem != ""
    assert fetch("http://no-such-name.invalid/").problem == "ติดต่อเว็บไซต์ไม่ได้"


@pytest.mark.parametrize(
    ("page", "declared", "title"),
    [
        (b"<title>plain</title>", None, "plain"),
        (b"no title", None, ""),
        (b"<title>" + "ก".encode("cp874") + b"\x00</title>", "unknown-9", "ก"),
        ("<title>ก</title>".encode(), "ISO-8859-1", "ก"),
        (b"<title>" + b"a" * 500 + b"</title>", None, "a" * 300),
    ],
)
def test_title_of_odd_pages(page, declared, title):
    assert title_of(page, declared) == title
