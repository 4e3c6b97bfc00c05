"""Requests to addresses that people typed: they cannot reach into the office's own network."""

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import urlsplit

import requests
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter_adapter import IPFilterAdapter

Network = IPv4Network | IPv6Network


class _Adapter(IPFilterAdapter):  # type: ignore[misc]  # untyped package
    """Connects to the one public address it has looked up, or to one of the named networks."""

    def __init__(self, *, is_https_proto: bool, networks: Sequence[Network]) -> None:
        super().__init__(is_https_proto=is_https_proto)
        self._networks = networks

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: Any, cert: Any = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return where to connect; raises InvalidIPAddress for what is neither of the two."""
        named = self._named_address(request.url or "")
        if named is None:
            refused_or_public: tuple[dict[str, Any], dict[str, Any]] = (
                super().build_connection_pool_key_attributes(request, verify, cert)
            )
            return refused_or_public
        # As the package does for public ones: connect to the address that was looked at, and ask
        # the certificate for the name, so that a second look-up cannot lead elsewhere.
        host: dict[str, Any]
        pool: dict[str, Any]
        host, pool = super(IPFilterAdapter, self).build_connection_pool_key_attributes(
            request, verify, cert
        )
        request.headers["Host"] = urlsplit(request.url or "").netloc.rpartition("@")[2]
        if self._is_https_proto:
            pool |= {"assert_hostname": host["host"], "server_hostname": host["host"]}
        return {**host, "host": f"[{named}]" if named.version == 6 else str(named)}, pool

    def _named_address(self, url: str) -> IPv4Address | IPv6Address | None:
        """Return the host's address where it lies in a named network."""
        host = urlsplit(url).hostname
        if not self._networks or not host:
            return None
        try:
            found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        except OSError:
            return None
        address = ip_address(found[0][4][0])
        return address if any(address in network for network in self._networks) else None


def session(
    *, timeout: float, networks: Sequence[Network] = (), ca_file: str = ""
) -> requests.Session:
    """Return a session that reaches public addresses, and private ones only in ``networks``.

    It follows no redirect, reads no proxy and no password from the environment, and waits
    ``timeout`` seconds at most for each answer. ``ca_file``: certificates to trust instead of the
    usual ones. Refusals are ``requests.RequestException``.
    """
    config = Config(
        ip_filter_enable=True,
        ip_filter_allow_loopback_ips=False,
        never_redirect=True,
        default_timeout=(timeout, timeout),
        user_agent_override="ita-portal",
    )
    made: requests.Session = HTTPSession(config)
    made.trust_env = False
    made.mount("http://", _Adapter(is_https_proto=False, networks=networks))
    made.mount("https://", _Adapter(is_https_proto=True, networks=networks))
    if ca_file:
        made.verify = ca_file
    return made
