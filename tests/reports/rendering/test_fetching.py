import io

import pytest
from PIL import Image

from reports.rendering.fetching import LocalFetcher, qr_png


@pytest.mark.parametrize(
    "address",
    [
        "https://example.go.th/x.png",
        "file:///etc/hostname",
        "data:text/plain,x",
        "media:../secret.txt",
        "media:/../secret.txt",
        "media:..%2Fsecret.txt",
        "static:../pyproject.toml",
    ],
)
def test_nothing_is_fetched_from_elsewhere(address, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    with pytest.raises(ValueError, match=r"local files only|outside the folder"):
        LocalFetcher()(address)


@pytest.mark.parametrize("address", ["evidence:../1", "evidence:", "evidence:x"])
def test_place_of_evidence_is_a_number(address):
    with pytest.raises(ValueError, match="invalid literal"):
        LocalFetcher()(address)


def test_same_text_gives_the_same_qr_code():
    assert qr_png("https://example.go.th/ก") == qr_png("https://example.go.th/ก")
    assert qr_png("https://example.go.th/ก") != qr_png("https://example.go.th/ข")


def test_qr_code_keeps_its_quiet_zone():
    picture = Image.open(io.BytesIO(qr_png("https://example.go.th/verify/abcd-efgh/"))).convert("1")
    edge = [picture.getpixel((x, y)) for x in range(picture.width) for y in range(16)]
    assert min(edge) == 255
