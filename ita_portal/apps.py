"""Puts our own site in the place of Django's admin site."""

from django.contrib.admin.apps import AdminConfig


class BackOfficeConfig(AdminConfig):
    """Django's admin with the back office as its one site."""

    default_site = "ita_portal.back_office_site.BackOfficeSite"
