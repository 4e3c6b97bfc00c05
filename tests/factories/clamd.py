"""A clamd of the test's own: it knows one virus, which is none, and needs no download."""

import hashlib
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CLAMD = "/usr/sbin/clamd"
STARTS_WITHIN = 60  # seconds, on a busy machine

# The harmless text of the EICAR institute by which scanners are tried (eicar.org). Put together
# here, so that no scanner takes this file for the thing itself.
EICAR = b"".join(
    [b"X5O!P%@AP[4\\PZX54(P^)7CC)7}", b"$EICAR-STANDARD-", b"ANTIVIRUS-TEST-FILE!$H+H*"]
)
VIRUS = "Test.Eicar"


def _configuration(folder: Path, port: int) -> str:
    lines = {
        "DatabaseDirectory": folder / "database",
        "LocalSocket": folder / "clamd.ctl",
        "TCPSocket": port,
        "TCPAddr": "127.0.0.1",
        "Foreground": "yes",
        "LogFile": folder / "clamd.log",
        "MaxThreads": 2,
        "SelfCheck": 0,
        "ConcurrentDatabaseReload": "no",
    }
    return "".join(f"{name} {value}\n" for name, value in lines.items())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_clamd(folder: Path) -> Iterator[dict[str, str]]:
    """Start clamd in ``folder``; yield its addresses by way (socket, port); stop it by its id."""
    database = folder / "database"
    database.mkdir()
    # Of the text anywhere in a file, and of a file that is nothing else.
    (database / "own.ndb").write_text(f"{VIRUS}.Inside:0:*:{EICAR.hex()}\n")
    digest = hashlib.sha256(EICAR).hexdigest()
    (database / "own.hsb").write_text(f"{digest}:{len(EICAR)}:{VIRUS}.File\n")
    port = _free_port()
    settings = folder / "clamd.conf"
    settings.write_text(_configuration(folder, port))
    process = subprocess.Popen(
        [CLAMD, "--config-file", str(settings)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(folder / "clamd.ctl", process)
        yield {"socket": str(folder / "clamd.ctl"), "port": f"127.0.0.1:{port}"}
    finally:
        process.terminate()
        process.wait(timeout=STARTS_WITHIN)


def _wait_for(path: Path, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end:
        assert process.poll() is None, "clamd ended; see clamd.log beside its socket"
        with socket.socket(socket.AF_UNIX) as connection:
            try:
                connection.connect(str(path))
            except OSError:
                time.sleep(0.1)
            else:
                return
    raise AssertionError("clamd did not start")
