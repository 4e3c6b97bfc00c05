import hashlib
import zipfile

import pytest

from scripts import install_paper_font
from scripts.install_paper_font import FontUnavailableError, is_complete, main, unpack

CONTENTS = {"THSarabun-Regular.ttf": b"regular", "THSarabun-Bold.ttf": b"bold"}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in CONTENTS.items()}
    monkeypatch.setattr(install_paper_font, "FILES", digests)
    monkeypatch.setattr(install_paper_font, "ROOT", tmp_path)
    monkeypatch.setattr(install_paper_font, "FOLDER", tmp_path / "fonts")
    return tmp_path / "fonts"


def wheel_of(tmp_path, contents):
    wheel = tmp_path / "fonts-1.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, data in contents.items():
            archive.writestr(f"somewhere/deep/{name}", data)
        archive.writestr("somewhere/deep/Other.ttf", b"other")
    return wheel


def test_second_run_returns_at_once_without_network(folder, tmp_path, monkeypatch, capsys):
    unpack(wheel_of(tmp_path, CONTENTS), folder)

    def no_network(_folder):
        raise AssertionError("downloaded again")

    monkeypatch.setattr(install_paper_font, "download", no_network)
    assert main() == 0
    assert capsys.readouterr().out == ""


def test_only_the_reviewed_files_are_unpacked(folder, tmp_path):
    unpack(wheel_of(tmp_path, CONTENTS), folder)
    assert sorted(file.name for file in folder.iterdir()) == sorted(CONTENTS)
    assert is_complete(folder)


def test_changed_file_is_refused_and_nothing_is_written(folder, tmp_path):
    with pytest.raises(FontUnavailableError, match=r"THSarabun-Bold\.ttf is not the file"):
        unpack(wheel_of(tmp_path, {**CONTENTS, "THSarabun-Bold.ttf": b"else"}), folder)
    assert not folder.exists()


def test_damaged_installation_is_not_complete(folder, tmp_path):
    unpack(wheel_of(tmp_path, CONTENTS), folder)
    (folder / "THSarabun-Bold.ttf").write_bytes(b"damaged")
    assert not is_complete(folder)


def test_missing_network_is_said_clearly(folder, monkeypatch, capsys):
    def offline(_folder):
        raise FontUnavailableError("no route to host")

    monkeypatch.setattr(install_paper_font, "download", offline)
    assert main() == 1
    said = capsys.readouterr().err
    assert said.startswith("Paper font TH SarabunPSK could not be installed: no route to host\n")
    assert "Laksaman" in said
