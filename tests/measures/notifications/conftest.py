"""Real servers on loopback for what the portal sends."""

from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path

import pytest

from tests.factories.notice_servers import (
    Listener,
    MailServer,
    listening,
    mail_server,
    make_certificate,
)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def webhook_server(certificate: Path, settings) -> Iterator[Listener]:
    """An https server of the office, in a network that the settings name."""
    settings.WEBHOOK_NETWORKS = [ip_network("127.0.0.0/8"), ip_network("::1/128")]
    settings.WEBHOOK_CA_FILE = str(certificate)
    with listening(certificate) as listener:
        yield listener


@pytest.fixture
def line_server(settings) -> Iterator[Listener]:
    """What stands for LINE's Messaging API."""
    with listening() as listener:
        settings.LINE_API_ADDRESS = listener.address
        yield listener


@pytest.fixture
def smtp(settings) -> Iterator[MailServer]:
    """A mail server that the portal talks to as it does in production."""
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = server.port
        yield server
