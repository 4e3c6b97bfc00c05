"""What every channel does, so that the rest of the portal need not know which ones there are."""

import datetime
from dataclasses import dataclass
from typing import Protocol

from measures.models import NoticeChannel, User


@dataclass(frozen=True)
class Message:
    """One message to one person. ``key`` stays the same when the same message is tried again."""

    key: str
    organisation: str
    recipient: str
    kind: str
    subject: str
    body: str
    url: str
    at: datetime.datetime


class ChannelProblem(Exception):  # noqa: N818 - told to the operator, not a failure of the program
    """A message did not get out. The text says why, without any secret, address or answer."""


class Sender(Protocol):
    """One channel."""

    def address_of(self, person: User, office: NoticeChannel | None) -> str:
        """Return where this person's messages go, fit to be kept in the records; "" for nowhere.

        ``office`` is the office's account of the channel, where the channel has one.
        """

    def send(self, message: Message, person: User, office: NoticeChannel | None) -> None:
        """Send, or raise ChannelProblem. Takes at most as long as the channel's time limit."""
