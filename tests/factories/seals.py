"""Keys, certificates and a time stamp server of invented authorities."""

import datetime
import functools
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

from asn1crypto import keys as asn1_keys
from asn1crypto import pkcs12 as asn1_pkcs12
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

HOLDER = "องค์การบริหารส่วนตำบลสมมตินา"
AUTHORITY = "ผู้ให้บริการออกใบรับรองสมมติ"
PASSWORD = "คำผ่านสมมติ ๑๒๓"
STARTS = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
ENDS = datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC)
ALL_USES = ("digital_signature", "content_commitment")


@functools.cache
def rsa_key(owner: str) -> rsa.RSAPrivateKey:
    """One key for each owner of a test run: making them is slow."""
    return rsa.generate_private_key(65537, 2048)


def part(oid: x509.ObjectIdentifier, value: str) -> x509.NameAttribute:
    """A part of a name of up to 64 letters, as X.520 allows; cryptography would count bytes."""
    with warnings.catch_warnings(action="ignore", category=UserWarning):
        return x509.NameAttribute(oid, value, _validate=False)


def named(common_name: str) -> x509.Name:
    return x509.Name([part(NameOID.COUNTRY_NAME, "TH"), part(NameOID.COMMON_NAME, common_name)])


def usage(*allowed: str) -> x509.KeyUsage:
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
        "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: name in allowed for name in names})


def certificate(
    subject: x509.Name, public_key, *, uses=ALL_USES, starts=STARTS, ends=ENDS, purpose=None
) -> x509.Certificate:
    """A certificate of the invented authority."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(named(AUTHORITY))
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(starts)
        .not_valid_after(ends)
    )
    if uses is not None:
        builder = builder.add_extension(usage(*uses), critical=True)
    if purpose is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
    return builder.sign(rsa_key(AUTHORITY), hashes.SHA256())


def authority_certificate() -> x509.Certificate:
    return certificate(
        named(AUTHORITY), rsa_key(AUTHORITY).public_key(), uses=("key_cert_sign", "crl_sign")
    )


def install_key(
    folder: Path,
    name: str,
    *,
    subject: x509.Name | None = None,
    key=None,
    password: str = PASSWORD,
    **limits,
) -> Path:
    """Lay ``<name>.p12`` and its password into the folder, as an operator does; return the .p12."""
    folder.mkdir(exist_ok=True)
    key = key or rsa_key(HOLDER)
    subject = subject or named(HOLDER)
    own = certificate(subject, key.public_key(), **limits)
    file = folder / f"{name}.p12"
    file.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"seal",
            key,
            own,
            [authority_certificate()],
            serialization.BestAvailableEncryption(PASSWORD.encode()),
        )
    )
    file.with_suffix(".password").write_text(f"{password}\n", encoding="utf-8")
    for secret in (file, file.with_suffix(".password")):
        secret.chmod(0o600)
    return file


def mismatched_archive(key, other_key) -> bytes:
    """A PKCS#12 with the certificate of another key; every tool refuses to write one."""

    def data(value) -> asn1_pkcs12.ContentInfo:
        return asn1_pkcs12.ContentInfo({"content_type": "data", "content": value.dump()})

    own = certificate(named(HOLDER), other_key.public_key())
    same = [{"type": "local_key_id", "values": [b"1"]}]
    key_bag = {"bag_id": "key_bag", "bag_value": private_key_info(key), "bag_attributes": same}
    certificate_bag = {
        "bag_id": "cert_bag",
        "bag_value": {"cert_id": "x509", "cert_value": in_asn1(own)},
        "bag_attributes": same,
    }
    bags = asn1_pkcs12.SafeContents([key_bag, certificate_bag])
    return asn1_pkcs12.Pfx(
        {"version": "v3", "auth_safe": data(asn1_pkcs12.AuthenticatedSafe([data(bags)]))}
    ).dump()


def in_asn1(own: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(own.public_bytes(serialization.Encoding.DER))


def private_key_info(key) -> asn1_keys.PrivateKeyInfo:
    return asn1_keys.PrivateKeyInfo.load(
        key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def elliptic_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _stamper(moment: datetime.datetime) -> DummyTimeStamper:
    key = rsa_key("time")
    own = certificate(
        named("เวลาสมมติ"), key.public_key(), purpose=ExtendedKeyUsageOID.TIME_STAMPING
    )
    return DummyTimeStamper(in_asn1(own), private_key_info(key), fixed_dt=moment)


@contextmanager
def time_stamp_server(moment: datetime.datetime, *, change=None) -> Iterator[SimpleNamespace]:
    """A server of RFC 3161 on loopback: its ``address``, and how many stamps it has ``given``.

    ``change`` maps the request before it is answered, or returns the bytes of another answer.
    """
    state = SimpleNamespace(given=0)
    stamper = _stamper(moment)

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            asked = change(asked) if change else asked
            state.given += 1
            body = asked if isinstance(asked, bytes) else stamper.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments):
            """Keep the output of the tests quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        state.address = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()
