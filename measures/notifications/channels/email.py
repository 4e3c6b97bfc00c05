"""Mail, over the server that the settings name."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from ita_portal.thai.numerals import to_thai_digits
from measures.models import NoticeChannel, User
from measures.notifications.channels.base import ChannelProblem, Message


class Email:
    """One mail to one person by itself, so that nobody sees the others' addresses."""

    def address_of(self, person: User, office: NoticeChannel | None) -> str:
        """Return the person's address."""
        return person.email

    def send(self, message: Message, person: User, office: NoticeChannel | None) -> None:
        """Hand the mail to the server; EMAIL_TIMEOUT limits each of its answers."""
        # Auto-Submitted (RFC 3834): no answer of "out of office" comes back to the portal.
        mail = EmailMessage(
            to_thai_digits(" ".join(message.subject.split())),
            f"{to_thai_digits(message.body)}\n\n{message.url}\n",
            settings.DEFAULT_FROM_EMAIL,
            [person.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
        try:
            mail.send()
        except (OSError, SMTPException, ValueError) as error:  # ValueError: nonsense for an address
            raise ChannelProblem(
                _("เซิร์ฟเวอร์อีเมลไม่รับ (%(kind)s) โปรดตรวจที่อยู่อีเมลและการตั้งค่าอีเมลของระบบ")
                % {"kind": type(error).__name__}
            ) from None
