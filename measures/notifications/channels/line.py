"""LINE's Messaging API: push messages from the office's official account to one person.

LINE Notify, which offices used to use, no longer exists. The API: a POST to
``/v2/bot/message/push`` with the account's channel access token; ``X-Line-Retry-Key`` lets LINE
recognise a message that is tried again, which it answers with 409.
"""

import uuid

import requests
from django.conf import settings
from django.utils.translation import gettext as _

from ita_portal.thai.numerals import to_thai_digits
from measures.models import NoticeChannel, User
from measures.notifications.channels.base import ChannelProblem, Message

TIME_LIMIT = 10  # seconds for each answer
LONGEST_TEXT = 5000  # UTF-16 code units in one text message, as LINE counts
ALREADY_TAKEN = 409
# Any fixed name space makes the same key from the same notice.
NAME_SPACE = uuid.UUID("6f3c0f2e-6c0f-4c7e-9b1d-2a7f54f6b8a1")


def text_of(message: Message) -> str:
    """Return the message as one text; the address comes last and is never cut off."""
    head = to_thai_digits(f"{message.subject}\n\n{message.body}")
    room = LONGEST_TEXT - _units(message.url) - 3  # an ellipsis and two line feeds
    if _units(head) > room:
        cut = head.encode("utf-16-le")[: room * 2].decode("utf-16-le", errors="ignore")
        head = f"{cut}…"
    return f"{head}\n\n{message.url}"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


class Line:
    """The office's LINE account, for people who have given their LINE user id."""

    def address_of(self, person: User, office: NoticeChannel | None) -> str:
        """Return the person's LINE user id."""
        return person.line_user_id if office is not None else ""

    def send(self, message: Message, person: User, office: NoticeChannel | None) -> None:
        """Push one text message. LINE_API_ADDRESS is the operator's, so no address is filtered."""
        if office is None:
            raise ChannelProblem(_("หน่วยงานยังไม่ได้ตั้งค่าบัญชี LINE"))
        try:
            answer = requests.post(
                f"{settings.LINE_API_ADDRESS.rstrip('/')}/v2/bot/message/push",
                json={
                    "to": person.line_user_id,
                    "messages": [{"type": "text", "text": text_of(message)}],
                },
                headers={
                    "Authorization": f"Bearer {office.secret}",
                    "X-Line-Retry-Key": str(uuid.uuid5(NAME_SPACE, message.key)),
                },
                timeout=TIME_LIMIT,
                allow_redirects=False,
            )
        # ValueError: a token with letters that no header takes; its text would repeat the token.
        except (requests.RequestException, ValueError) as error:
            raise ChannelProblem(
                _("ติดต่อ LINE ไม่ได้ (%(kind)s) ระบบบันทึกไว้แล้ว ผู้รับยังเห็นในกล่องข้อความ")
                % {"kind": type(error).__name__}
            ) from None
        status = answer.status_code
        if status != ALREADY_TAKEN and not 200 <= status < 300:
            raise ChannelProblem(
                _("LINE ตอบรหัส %(status)s โปรดตรวจ channel access token และรหัสผู้ใช้ LINE")
                % {"status": status}
            )
