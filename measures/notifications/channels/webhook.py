"""A server of the office: each notice is POSTed to it as JSON, signed with the office's secret.

The receiver checks ``X-Ita-Signature``: ``sha256=`` and the HMAC-SHA256, as hexadecimal digits, of
the value of ``X-Ita-Timestamp``, a full stop and the body as received. The time is in Unix seconds;
a receiver refuses old ones, so that nobody can send a caught message again.
"""

import hashlib
import hmac
import json
import time
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.utils.translation import gettext as _

from ita_portal import outside
from measures.models import NoticeChannel, User
from measures.notifications.channels.base import ChannelProblem, Message

TIME_LIMIT = 10  # seconds for each answer


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return the value of ``X-Ita-Signature`` for a body sent at ``timestamp``."""
    digest = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={digest.hexdigest()}"


def _body(message: Message, person: User) -> bytes:
    values = {
        "id": message.key,
        "organisation": message.organisation,
        "recipient": {"username": person.username, "name": message.recipient},
        "kind": message.kind,
        "subject": message.subject,
        "body": message.body,
        "url": message.url,
        "at": message.at.isoformat(),
    }
    return json.dumps(values, ensure_ascii=False).encode()


class Webhook:
    """The office's webhook, for the notices of all its people."""

    def address_of(self, person: User, office: NoticeChannel | None) -> str:
        """Return the server's name alone: the rest of an address may hold a key."""
        if office is None:
            return ""
        parts = urlsplit(office.address)
        return f"{parts.scheme}://{parts.hostname or ''}"

    def send(self, message: Message, person: User, office: NoticeChannel | None) -> None:
        """Send over https only, to public addresses and the networks of WEBHOOK_NETWORKS only."""
        if office is None or urlsplit(office.address).scheme != "https":
            raise ChannelProblem(_("ที่อยู่เว็บฮุกต้องขึ้นต้นด้วย https:// โปรดแก้ที่ช่องทางแจ้งเตือนของหน่วยงาน"))
        body = _body(message, person)
        timestamp = str(int(time.time()))
        try:
            with outside.session(
                timeout=TIME_LIMIT,
                networks=settings.WEBHOOK_NETWORKS,
                ca_file=settings.WEBHOOK_CA_FILE,
            ) as session:
                # Streamed: the answer's first line is all that is read of it.
                answer = session.post(
                    office.address,
                    data=body,
                    headers={
                        "Content-Type": "application/json; charset=utf-8",
                        "X-Ita-Timestamp": timestamp,
                        "X-Ita-Signature": signature(office.secret, timestamp, body),
                    },
                    stream=True,
                )
                status = answer.status_code
                answer.close()
        # ValueError: urllib3 and the codecs raise their own for addresses that are none.
        except (requests.RequestException, OSError, ValueError) as error:
            raise ChannelProblem(
                _("ติดต่อเว็บฮุกไม่ได้ (%(kind)s) โปรดตรวจที่อยู่และเซิร์ฟเวอร์ปลายทาง")
                % {"kind": type(error).__name__}
            ) from None
        if not 200 <= status < 300:
            raise ChannelProblem(
                _("เว็บฮุกตอบรหัส %(status)s โปรดตรวจเซิร์ฟเวอร์ปลายทาง") % {"status": status}
            )
