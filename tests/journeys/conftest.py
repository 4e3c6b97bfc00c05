"""A real server over the demo data, and a real browser."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    expect,
    sync_playwright,
)

from tests.factories.chromium import ARGUMENTS, CHROMIUM

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
# Longer than the library's five seconds: other tests run beside the browser.
expect.set_options(timeout=20_000)
WIDTHS = [390, 1280]


@dataclass(frozen=True)
class Site:
    """A running portal with the demo data in its own folder."""

    address: str
    folder: Path
    environment: dict[str, str]

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a management command against this site's data."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(address: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            pytest.fail(f"the server ended with {server.returncode}")
        try:
            with urlopen(f"{address}/readyz", timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"no answer from {address} in {START_SECONDS} s")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The demo data, loaded once; nobody serves it as it is."""
    made = _site(tmp_path_factory.mktemp("demo"), _free_port())
    made.manage("migrate", "--verbosity", "0")
    made.manage("load_demo")
    made.manage("collectstatic", "--no-input", "--verbosity", "0")
    return made


def _site(folder: Path, port: int) -> Site:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "ita_portal.settings",
        "DEMO_MODE": "true",
        "DEBUG": "false",
        "SECRET_KEY": "j" * 60,
        "ALLOWED_HOSTS": "127.0.0.1",
        "VAR_DIR": str(folder),
        "MEDIA_ROOT": str(folder / "media"),
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "SITE_ADDRESS": f"http://127.0.0.1:{port}",
    }
    return Site(f"http://127.0.0.1:{port}", folder, environment)


# One per module, on a copy of the demo: the working day changes what the pages show. All stand at
# the demo's own address, one after the other, because published paper names it.
@pytest.fixture(scope="module")
def site(demo: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(demo.folder, folder, dirs_exist_ok=True)
    made = _site(folder, int(demo.address.rsplit(":", 1)[1]))
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "ita_portal.wsgi"),
            *("--bind", made.address.removeprefix("http://"), "--threads", "4"),
            *("--log-level", "warning"),
        ],
        cwd=ROOT,
        env=made.environment,
    )
    try:
        _wait_until_ready(made.address, server)
        yield made
    finally:
        server.terminate()
        server.wait(timeout=20)


# Ends with its module: while it is there, its event loop keeps other tests from the database.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    made = browser.new_context(
        base_url=site.address, viewport={"width": 390, "height": 844}, locale="th-TH"
    )
    made.set_default_timeout(20_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(params=WIDTHS)
def sized_page(request, browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(
        base_url=site.address, viewport={"width": request.param, "height": 900}, locale="th-TH"
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


PASSWORD = "Sommut-2569-demo"


def sign_in(page: Page, name: str) -> None:
    """Sign in as one of the demo's people, whoever was signed in before."""
    page.context.clear_cookies()
    page.goto("/accounts/login/?next=/desk/")
    page.get_by_label("ชื่อผู้ใช้").fill(name)
    page.get_by_label("รหัสผ่าน", exact=True).fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    expect(page).to_have_url(re.compile(r"/desk/$"))


def arrive(page: Page, address: str) -> str:
    """Wait until a press has led to ``address`` (a pattern) and its scripts run; return it whole.

    Without it, what follows the press may meet the page before, or a page still without scripts.
    """
    expect(page).to_have_url(re.compile(address), timeout=60_000)  # some presses draw paper
    page.wait_for_load_state()
    return page.url


def tab_to(page: Page, target: Locator) -> None:
    """Move the focus with the Tab key alone until it stands on ``target``, or one of them."""
    for _press in range(150):
        page.keyboard.press("Tab")
        if target.evaluate_all("elements => elements.includes(document.activeElement)"):
            return
    pytest.fail(f"the Tab key does not lead to {target}")


def serious_faults(page: Page) -> list[str]:
    """Return what axe finds serious or critical on this page, one line each."""
    page.wait_for_load_state()
    # Our own document: the frame on the signing page is the browser's PDF viewer.
    options = {"iframes": False, "resultTypes": ["violations"]}
    results = Axe().run(page, options=options).response["violations"]
    return [
        f"{fault['id']}: {fault['help']} {[node['target'] for node in fault['nodes'][:3]]}"
        for fault in results
        if fault["impact"] in ("serious", "critical")
    ]


def assert_fits_and_is_accessible(page: Page) -> None:
    assert serious_faults(page) == [], page.url
    # Nothing may push the page sideways on a phone.
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
