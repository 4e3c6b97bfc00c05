"""A web server of the test's own on loopback, with pages that behave well and badly."""

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

THAI_PAGE = "<html><head><title>ประกาศ\n แผนปฏิบัติการ &amp; มาตรการ</title></head></html>"


class Pages(BaseHTTPRequestHandler):
    """One page for each way in which a web site can answer."""

    protocol_version = "HTTP/1.1"
    asked: list[str]

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_HEAD(self) -> None:
        """Refuse, as many sites do."""
        self._answer(405, b"")

    def do_GET(self) -> None:
        """Answer as the address says."""
        self.asked.append(self.path)
        with suppress(OSError):
            getattr(self, "page_" + self.path.strip("/").split("?")[0].replace("-", "_"))()

    def _answer(
        self, status: int, body: bytes, content_type: str = "text/html", **headers: str
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def page_utf8(self) -> None:
        self._answer(200, THAI_PAGE.encode(), "text/html; charset=utf-8")

    def page_tis620(self) -> None:
        self._answer(200, THAI_PAGE.encode("cp874"), "text/html; charset=TIS-620")

    def page_meta(self) -> None:
        meta = b'<meta http-equiv="Content-Type" content="text/html; charset=windows-874">'
        self._answer(200, meta + THAI_PAGE.encode("cp874"), "text/html")

    def page_wrong(self) -> None:
        self._answer(200, THAI_PAGE.encode("cp874"), "text/html; charset=utf-8")

    def page_file(self) -> None:
        self._answer(200, b"%PDF-1.7", "application/pdf")

    def page_missing(self) -> None:
        self._answer(404, b"")

    def page_broken(self) -> None:
        self._answer(500, b"")

    def page_busy(self) -> None:
        self._answer(429, b"")

    def page_moved(self) -> None:
        self._answer(302, b"", Location="/utf8")

    def page_around(self) -> None:
        self._answer(302, b"", Location="/around")

    def page_inside(self) -> None:
        self._answer(302, b"", Location="http://169.254.169.254/latest/meta-data/")

    def page_to_file(self) -> None:
        self._answer(302, b"", Location="file:///etc/hostname")

    def page_endless(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Connection", "close")
        self.end_headers()
        while True:
            self.wfile.write(b" " * 65_536)

    def page_silent(self) -> None:
        time.sleep(30)

    def page_dripping(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(300):
            self.wfile.write(f"X-{number}: 1\r\n".encode())
            time.sleep(0.1)


@contextmanager
def web_server(certificate: tuple[Path, Path] | None = None) -> Iterator[tuple[str, list[str]]]:
    """Serve the pages on loopback; give the address and the list of what was asked for."""
    asked: list[str] = []
    handler = type("OwnPages", (Pages,), {"asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    scheme = "http"
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    server.handle_error = lambda *_: None  # type: ignore[method-assign,misc]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"{scheme}://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
