"""The ways by which a notice leaves the portal, one file each, behind one interface."""

from measures.models import Channel
from measures.notifications.channels.base import ChannelProblem, Message, Sender
from measures.notifications.channels.email import Email
from measures.notifications.channels.line import Line
from measures.notifications.channels.webhook import Webhook

CHANNELS: dict[str, Sender] = {
    Channel.EMAIL: Email(),
    Channel.WEBHOOK: Webhook(),
    Channel.LINE: Line(),
}

__all__ = ["CHANNELS", "ChannelProblem", "Message", "Sender"]
