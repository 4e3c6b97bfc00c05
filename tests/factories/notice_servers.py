"""Servers of the tests' own that take what the portal sends: mail, and POSTs over http or https."""

import datetime
import ipaddress
import json
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Post:
    """One request as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """Return the body as JSON."""
        return json.loads(self.body)


@dataclass
class Listener:
    """A server that answers ``status`` to each POST and keeps what came."""

    address: str = ""
    status: int = 200
    location: str = ""  # for redirects
    posts: list[Post] = field(default_factory=list)
    hold_for: threading.Event | None = None  # answer only once this is set


@contextmanager
def listening(certificate: Path | None = None) -> Iterator[Listener]:
    """Serve on a free loopback port, over https where a certificate is given."""
    listener = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            listener.posts.append(Post(self.path, dict(self.headers), body))
            if listener.hold_for is not None:
                listener.hold_for.wait(20)
            self.send_response(listener.status)
            if listener.location:
                self.send_header("Location", listener.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    scheme = "http"
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    listener.address = f"{scheme}://localhost:{server.server_address[1]}"
    with _running(server):
        yield listener


@contextmanager
def _running(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def make_certificate(folder: Path) -> Path:
    """Return a file with a key and its self-made certificate for ``localhost``."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "localhost.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return file


@dataclass
class MailServer:
    """An SMTP server that keeps whose mail it took, and refuses the addresses in ``refused``."""

    port: int = 0
    refused: set[str] = field(default_factory=set)
    mails: list[tuple[str, bytes]] = field(default_factory=list)  # to, as it was sent
    pause: float = 0.0  # seconds before a mail is taken

    def recipients(self) -> list[str]:
        """Return who got a mail, in the order of their addresses."""
        return sorted(to for to, _sent in self.mails)


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Serve SMTP on a free loopback port."""
    kept = MailServer()

    class Handler(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say("220 test")
            recipient = ""
            for raw in self.rfile:
                line = raw.decode().strip()
                command = line[:4].upper()
                if command == "RCPT":
                    recipient = line.partition("<")[2].partition(">")[0]
                    is_refused = recipient in kept.refused
                    self.say("550 no such mailbox" if is_refused else "250 ok")
                elif command == "DATA":
                    self.say("354 go on")
                    threading.Event().wait(kept.pause)
                    kept.mails.append((recipient, self.data()))
                    self.say("250 taken")
                elif command == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 ok")

        def data(self) -> bytes:
            lines = []
            for raw in self.rfile:
                if raw == b".\r\n":
                    break
                lines.append(raw)
            return b"".join(lines)

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    kept.port = server.server_address[1]
    with _running(server):
        yield kept
