"""Browsers in which somebody has signed in, with the record of it that django-allauth keeps."""

import time

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    record_authentication,
)
from django.test import Client, RequestFactory

from measures.models import User


def sign_in(client: Client, person: User, *, seconds_ago: float = 0) -> Client:
    """Sign ``person`` in as with the password, ``seconds_ago``; return the same browser."""
    client.force_login(person)
    request = RequestFactory().get("/")
    request.session = client.session
    record_authentication(request, person, method="password", username=person.username)
    records = request.session[AUTHENTICATION_METHODS_SESSION_KEY]
    records[-1]["at"] = time.time() - seconds_ago
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    request.session.save()
    return client
