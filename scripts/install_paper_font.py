"""Fetch the paper font: TH SarabunPSK v1.1, four styles, into ``static/fonts/paper/``.

The font travels inside a wheel of the package index. The wheel is downloaded by hash and never
installed (it would ask for a whole other framework); only the four font files are taken out.
Runs with the standard library alone; the second run returns at once, without network.

The font's licence (Department of Intellectual Property and SIPA, in its name table) allows free
use, copying and distribution.
"""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements" / "paper-font.txt"
FOLDER = ROOT / "static" / "fonts" / "paper"
FILES = {
    "THSarabun-Regular.ttf": "51a071f55fe0b21d05334bea94d6e13393edd23e4bf775fd6b1f829bece967f4",
    "THSarabun-Bold.ttf": "7457675c19186491cae40957f07d2426f0fe9633379fa0198b78fc0db753702b",
    "THSarabun-Italic.ttf": "79ba913cdb90bac50e312875823e55322f7b80c5a5ab8a0e4d351ee215840004",
    "THSarabun-Bold-Italic.ttf": "8a8731b6bed21f1a0b6788162239d4390974e1ad379462235d55a6377e8b1689",
}
DOWNLOAD_SECONDS = 300


class FontUnavailableError(Exception):
    """The font cannot be had; the message says why, for the person at the terminal."""


def is_complete(folder: Path) -> bool:
    """Say whether all four files lie in ``folder``, each with the expected sha256."""
    return all(
        (folder / name).is_file()
        and hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
        for name, digest in FILES.items()
    )


def download(folder: Path) -> Path:
    """Download the wheel named in the requirements file into ``folder``; return its path.

    Raises FontUnavailableError when pip fails (no network, wrong hash).
    """
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    command += ["--disable-pip-version-check", "--only-binary=:all:"]
    command += ["--dest", str(folder), "--requirement", str(REQUIREMENTS)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=DOWNLOAD_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise FontUnavailableError(f"no answer in {DOWNLOAD_SECONDS} seconds") from error
    wheels = sorted(folder.glob("*.whl"))
    if done.returncode or len(wheels) != 1:
        raise FontUnavailableError(done.stderr.strip() or "pip brought no wheel")
    return wheels[0]


def unpack(wheel: Path, folder: Path) -> None:
    """Write the four font files of ``wheel`` into ``folder``, each checked before it is written.

    Raises FontUnavailableError when one is missing or differs from what was reviewed.
    """
    with zipfile.ZipFile(wheel) as archive:
        members = {Path(member).name: member for member in archive.namelist()}
        contents = {}
        for name, digest in FILES.items():
            if name not in members:
                raise FontUnavailableError(f"{wheel.name} holds no {name}")
            contents[name] = archive.read(members[name])
            if hashlib.sha256(contents[name]).hexdigest() != digest:
                raise FontUnavailableError(f"{name} is not the file that was reviewed")
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)


def main() -> int:
    """Install the font if it is not there; return 0, or 1 with a message when it cannot be had."""
    if is_complete(FOLDER):
        return 0
    try:
        with tempfile.TemporaryDirectory() as folder:
            unpack(download(Path(folder)), FOLDER)
    except FontUnavailableError as error:
        print(f"Paper font TH SarabunPSK could not be installed: {error}", file=sys.stderr)
        print(
            "Documents are drawn with Laksaman (Debian: fonts-tlwg-laksaman-ttf) until this script "
            "succeeds; text copied from such a PDF may hold wrong characters.",
            file=sys.stderr,
        )
        return 1
    print(f"Paper font TH SarabunPSK installed in {FOLDER.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
