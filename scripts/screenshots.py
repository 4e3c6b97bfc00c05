"""Make the pictures of the README from the demo data: a public page, and the memo's first page.

Loads the demo into a scratch folder, serves it on loopback, and takes both pictures from there.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"]
START_SECONDS = 60


def free_port() -> int:
    """Return a port on loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str) -> None:
    """Return when the server answers."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with urlopen(f"{address}/readyz", timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    sys.exit(f"no answer from {address}")


def main() -> None:
    """Load, serve, take the pictures, stop."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        environment = {
            **os.environ,
            "DEMO_MODE": "true",
            "SECRET_KEY": "s" * 60,
            "VAR_DIR": name,
            "MEDIA_ROOT": str(scratch / "media"),
            "DATABASE_URL": f"sqlite:///{scratch / 'demo.sqlite3'}",
        }

        def manage(*arguments: str) -> None:
            subprocess.run(
                [sys.executable, "manage.py", *arguments],
                cwd=ROOT,
                env=environment,
                check=True,
                stdout=subprocess.DEVNULL,
            )

        manage("migrate", "--verbosity", "0")
        manage("load_demo")
        manage("collectstatic", "--no-input", "--verbosity", "0")
        memo = scratch / "memo.pdf"
        manage(
            *("render_document", "--organisation", "sommut-khao", "--fiscal-year", "2566"),
            *("--round", "12", "--output", str(memo)),
        )
        subprocess.run(
            [
                *("pdftoppm", "-png", "-r", "80", "-f", "1", "-l", "1", "-singlefile"),
                *(str(memo), str(IMAGES / "memo")),
            ],
            check=True,
        )
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "ita_portal.wsgi"),
                *("--bind", f"127.0.0.1:{port}", "--log-level", "error"),
            ],
            cwd=ROOT,
            env=environment,
        )
        try:
            wait_for(address)
            with sync_playwright() as playwright:
                chromium = playwright.chromium.launch(
                    executable_path="/usr/bin/chromium", args=CHROMIUM_ARGUMENTS
                )
                page = chromium.new_page(viewport={"width": 1280, "height": 1000})
                page.goto(f"{address}/sommut-khao/2566/")
                page.screenshot(path=str(IMAGES / "public-page.png"))
                chromium.close()
        finally:
            server.terminate()
            server.wait(timeout=20)
    print(f"{IMAGES}: public-page.png, memo.png")


if __name__ == "__main__":
    main()
