"""Addresses that people typed lead to public hosts, or to the networks that are named, only."""

from ipaddress import ip_network

import pytest
import requests
from requests_hardened.ip_filter import InvalidIPAddress

from ita_portal import outside
from tests.factories.notice_servers import listening

LOOPBACK = [ip_network("127.0.0.0/8"), ip_network("::1/128")]
INSIDE = [
    "127.0.0.1",
    "localhost",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.0.1",
    "169.254.169.254",
    "[::1]",
    "[fe80::1]",
    "[::ffff:10.0.0.1]",
    "2130706433",
]


@pytest.mark.parametrize("host", INSIDE)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_inside_is_not_reached(host, scheme):
    with (
        outside.session(timeout=1) as session,
        pytest.raises(InvalidIPAddress),
    ):
        session.get(f"{scheme}://{host}:9/")


def test_naming_one_network_opens_no_other():
    with (
        outside.session(timeout=1, networks=LOOPBACK) as session,
        pytest.raises(requests.RequestException, match=r"10\.0\.0\.1"),
    ):
        session.get("http://10.0.0.1:9/")


def test_a_named_network_is_reached_under_the_name_that_was_asked_for():
    with listening() as server, outside.session(timeout=5, networks=LOOPBACK) as session:
        answer = session.post(server.address, data=b"{}")

        assert answer.status_code == 200
        assert server.posts[0].headers["Host"] == server.address.removeprefix("http://")


def test_no_proxy_of_the_environment_is_asked(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)

    with listening() as server, outside.session(timeout=5, networks=LOOPBACK) as session:
        assert session.post(server.address, data=b"").status_code == 200


def test_redirects_are_not_followed():
    with listening() as server, outside.session(timeout=5, networks=LOOPBACK) as session:
        server.status, server.location = 302, f"{server.address}/further"

        assert session.post(server.address, data=b"").status_code == 302
        assert [post.path for post in server.posts] == ["/"]
