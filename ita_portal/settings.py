"""One file of settings; every value that differs between installs comes from the environment.

Each variable stands in ``.env.example`` with a comment; a test compares the two.
"""

from ipaddress import ip_address
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy

from ita_portal import back_office, environment

BASE_DIR = Path(__file__).resolve().parent.parent
environment.load_file(BASE_DIR / ".env")

# Who runs it ------------------------------------------------------------------------------------

DEBUG = environment.boolean("DEBUG", default=False)
# Demo mode runs with DEBUG off, so that error pages are the real ones, and on loopback only.
DEMO_MODE = environment.boolean("DEMO_MODE", default=False)
SECRET_KEY = environment.text("SECRET_KEY")
ALLOWED_HOSTS = environment.texts(
    "ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if DEMO_MODE or DEBUG else []
)

SHORTEST_SECRET_KEY = 50  # characters; what Django's own deployment check asks for


def _is_loopback(host: str) -> bool:
    name = host.strip("[]")
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


if len(SECRET_KEY) < SHORTEST_SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            f"SECRET_KEY: set at least {SHORTEST_SECRET_KEY} random characters; "
            "`make setup` writes a .env with one for demo mode"
        )
    SECRET_KEY = "only-for-development-" + "x" * SHORTEST_SECRET_KEY
if not DEBUG and any("*" in host or host.startswith(".") for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS: name each host; wildcards are refused")
if not DEBUG and not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS: name the host of this install, e.g. ita.example.go.th"
    )
if DEMO_MODE and DEBUG:
    raise ImproperlyConfigured("DEMO_MODE: runs with DEBUG off; set one of the two")
if DEMO_MODE and not all(_is_loopback(host) for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured(
        "DEMO_MODE: its passwords are public, so only loopback hosts are allowed; "
        "take the other hosts out of ALLOWED_HOSTS or set DEMO_MODE=false"
    )

# Parts ------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "measures",
    "reports",
    "unfold.apps.BasicAppConfig",  # without its own site: ours is in ita_portal.apps
    "unfold.contrib.filters",
    "unfold.contrib.import_export",
    "ita_portal.apps.BackOfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "import_export",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "ita_portal.urls"
WSGI_APPLICATION = "ita_portal.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["ita_portal.thai.template_filters"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "measures.context_processors.portal",
            ],
        },
    }
]

UNFOLD = back_office.UNFOLD

# Data -------------------------------------------------------------------------------------------

VAR_DIR = environment.path("VAR_DIR", default=BASE_DIR / "var")  # all that an install writes
DATABASES = {
    "default": environment.database(
        "DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'ita_portal.sqlite3'}"
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Take the write lock at BEGIN: two savers wait for each other instead of failing half way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,  # seconds
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = environment.path("MEDIA_ROOT", default=VAR_DIR / "media")
STATIC_ROOT = environment.path("STATIC_ROOT", default=VAR_DIR / "static")
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Files are answered by views that know who may see them; there is no public media address.
MEDIA_URL = "/media-is-not-served/"
FILE_UPLOAD_PERMISSIONS = 0o640

# Office numbers ---------------------------------------------------------------------------------

EVIDENCE_MAX_BYTES = environment.integer("EVIDENCE_MAX_MEGABYTES", default=20) * 1024 * 1024
EVIDENCE_MAX_PIXELS = 60_000_000  # a 48-megapixel phone passes; a decompression bomb does not
EVIDENCE_MAX_PAGES = 200  # of a PDF
EVIDENCE_MAX_UNPACKED_BYTES = 200 * 1024 * 1024  # of a .docx or .xlsx, which are zips
IMPORT_MAX_BYTES = environment.integer("IMPORT_MAX_MEGABYTES", default=20) * 1024 * 1024
IMPORT_MAX_ROWS = 20_000  # of one sheet
# From how many rows on a sheet is read and stored by a worker, with its progress shown.
IMPORT_ROWS_IN_BACKGROUND = 2_000
EVIDENCE_MAX_TEXT = 500_000  # characters kept of one file: more than 200 printed pages
TEXT_MAX_CHARACTERS = 20_000  # of one field: about ten printed pages
# Forms carry the texts of one measure at most; files do not count here.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# The dry run's file waits here for the confirmation, whichever server answers it.
IMPORT_EXPORT_TMP_STORAGE_CLASS = "import_export.tmp_storages.MediaStorage"

# Language and time ------------------------------------------------------------------------------

LANGUAGE_CODE = "th"
LANGUAGES = [("th", "ไทย")]
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "ita_portal" / "locale"]
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True
DATE_INPUT_FORMATS = ["%Y-%m-%d"]

# People -----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "measures.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "measures.passwords.UserAttributeSimilarityValidator"},
    {
        "NAME": "measures.passwords.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "measures.passwords.CommonPasswordValidator"},
    {"NAME": "measures.passwords.NumericPasswordValidator"},
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "measures.accounts.ClosedAccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by the office, which knows the address
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"invitation": "10/m/ip"}  # answers to invitations; as failed sign-ins
# Signing and publishing ask for password or second factor again when the last check is older.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # seconds
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "พอร์ทัล ITA"
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds: one working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Post -------------------------------------------------------------------------------------------

EMAIL_BACKEND = environment.text(
    "EMAIL_BACKEND",
    default="django.core.mail.backends.filebased.EmailBackend"
    if DEMO_MODE
    else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_FILE_PATH = str(VAR_DIR / "mail")
EMAIL_HOST = environment.text("EMAIL_HOST", default="localhost")
EMAIL_PORT = environment.integer("EMAIL_PORT", default=25)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = environment.boolean("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", default="ita-portal@localhost")
# The address printed in mails and, for ever, in the QR code of published paper.
SITE_ADDRESS = environment.text("SITE_ADDRESS", default="http://127.0.0.1:8000")
# Networks inside the office that webhooks may reach all the same; public addresses need no entry.
WEBHOOK_NETWORKS = environment.networks("WEBHOOK_NETWORKS")
WEBHOOK_CA_FILE = environment.text("WEBHOOK_CA_FILE")
LINE_API_ADDRESS = environment.text("LINE_API_ADDRESS", default="https://api.line.me")

# Work -------------------------------------------------------------------------------------------

# How many processes draw the parts of one long document side by side.
RENDERING_WORKERS = environment.integer("RENDERING_WORKERS", default=2)
# Drawing and mails: within the request, or by `manage.py db_worker` in processes of their own.
TASKS_BACKENDS = {
    "immediate": "django_tasks.backends.immediate.ImmediateBackend",
    "database": "django_tasks_db.DatabaseBackend",
}
TASKS_BACKEND = environment.text("TASKS_BACKEND", default="immediate")
if TASKS_BACKEND not in TASKS_BACKENDS:
    raise ImproperlyConfigured(f"TASKS_BACKEND: use one of {', '.join(TASKS_BACKENDS)}")
TASKS = {"default": {"BACKEND": TASKS_BACKENDS[TASKS_BACKEND]}}

# Viruses ----------------------------------------------------------------------------------------

# Where clamd listens: /path/of/its/socket or host:port. "" means: evidence is not scanned, and the
# pages say so.
CLAMD_ADDRESS = environment.text("CLAMD_ADDRESS")

# Links ------------------------------------------------------------------------------------------

# Whether links given as evidence are asked for when entered. The demo's are fictional.
LINK_CHECKS_ENABLED = environment.boolean("LINK_CHECKS_ENABLED", default=not DEMO_MODE)
# Networks inside which links may be asked for all the same, such as 10.1.0.0/16: an intranet.
LINK_CHECK_ALLOWED_NETWORKS = environment.networks("LINK_CHECK_ALLOWED_NETWORKS")

# Seals ------------------------------------------------------------------------------------------

# "" means: nothing is sealed. No default folder, so that one that is named and then missing (a
# mount that failed) stops publication instead of publishing without a seal.
SEAL_KEYS_FOLDER = environment.text("SEAL_KEYS_FOLDER")
SEAL_TIMESTAMP_ADDRESS = environment.text("SEAL_TIMESTAMP_ADDRESS")

# Safety -----------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],  # Unfold's Alpine needs eval; see docs/decisions/0004
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "object-src": [NONE],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
    },
}
X_FRAME_OPTIONS = "SAMEORIGIN"  # the preview shows the PDF in a frame of our own page
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "measures.views.errors.csrf_failure"
# Whether people reach the install through https; the demo on loopback does not.
HTTPS = environment.boolean("HTTPS", default=not (DEBUG or DEMO_MODE))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = False  # the proxy in front redirects; a health check must not be
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
if environment.boolean("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Rate limits and the log of outside reviews see the visitor's address, not the proxy's.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # It warns, with a traceback, of each issuer it does not trust; whom to trust is for the reader.
    "loggers": {"pyhanko.sign.validation": {"level": "ERROR"}},
}
