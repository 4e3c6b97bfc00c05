#!/usr/bin/env bash
# From a bare Debian 12 or newer to an install that can serve: system packages, virtual
# environment, locked libraries, paper font, .env, database. Safe and quick to run again.
set -euo pipefail
cd "$(dirname "$0")/.."

# What the machine must have, by the Debian package that brings it.
packages=()
need() { # need <package> <command that succeeds when it is there>
  eval "$2" >/dev/null 2>&1 || packages+=("$1")
}
# grep reads to the end: leaving early, it would make ldconfig fail under pipefail.
has_library() { ldconfig -p | grep "$1" >/dev/null; }
need python3-venv "python3 -c 'import ensurepip, venv'"
need libpango-1.0-0 "has_library libpango-1.0.so"
need libpangoft2-1.0-0 "has_library libpangoft2-1.0.so"
need libharfbuzz-subset0 "has_library libharfbuzz-subset.so"
need libthai0 "has_library libthai.so"
need fonts-tlwg-laksaman-ttf "test -e /usr/share/fonts/truetype/tlwg/Laksaman.ttf"
need fonts-noto-core "test -e /usr/share/fonts/truetype/noto/NotoSansThai-Regular.ttf"
# Emoji and signs in black lines, for paper.
need fonts-symbola "test -e /usr/share/fonts/truetype/ancient-scripts/Symbola_hint.ttf"
need fontconfig "command -v fc-list"
# For the tests: a real browser, a real PostgreSQL, a real virus scanner (with a signature of the
# tests' own), and poppler to read what was printed.
if [ "${ITA_WITHOUT_TEST_TOOLS:-}" != yes ]; then
  need chromium "command -v chromium"
  need poppler-utils "command -v pdftotext"
  need faketime "command -v faketime"
  need clamav-daemon "test -x /usr/sbin/clamd"
  need postgresql "ls /usr/lib/postgresql/*/bin/initdb"
fi
# For `make bench`: an office program to compare with.
if [ "${ITA_WITH_BENCH_TOOLS:-}" = yes ]; then
  need libreoffice-writer-nogui "command -v soffice"
fi
if [ ${#packages[@]} -gt 0 ]; then
  echo "Installing Debian packages: ${packages[*]}"
  as_root=""
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
      echo "These packages are missing and there is no sudo: ${packages[*]}" >&2
      echo "Ask an administrator to run: apt-get install ${packages[*]}" >&2
      exit 1
    }
    as_root=sudo
  fi
  export DEBIAN_FRONTEND=noninteractive
  $as_root apt-get update -qq
  $as_root apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
fi

python3 - <<'PYTHON'
import sys
if sys.version_info < (3, 11):
    sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0])
PYTHON

# The virtual environment is made again only when the lock or the interpreter has changed.
lock=requirements/development.txt
stamp=$(cat "$lock" | sha256sum | cut -d' ' -f1)-$(python3 -c 'import sys; print(sys.version_info[:2])')
if [ "$(cat .venv/.stamp 2>/dev/null || true)" != "$stamp" ]; then
  echo "Installing the locked libraries"
  python3 -m venv --clear .venv
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/installer.txt
  .venv/bin/uv pip install --quiet --require-hashes -r "$lock"
  printf '%s' "$stamp" > .venv/.stamp
fi

# Without the paper font documents are set in Laksaman; a system check says so.
.venv/bin/python scripts/install_paper_font.py || true

if [ ! -e .env ]; then
  echo "Writing .env for demo mode with its own secret key"
  (
    umask 077
    {
      echo "# Written by 'make setup'. Every variable is explained in .env.example."
      echo "DEMO_MODE=true"
      echo "SECRET_KEY=$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(64))')"
    } > .env
  )
fi

# Migrations are applied when their files have changed since the last time, or the database is new.
state=$(cat measures/migrations/*.py requirements/production.txt .env | sha256sum | cut -d' ' -f1)
if [ "$(cat .venv/.migrated 2>/dev/null || true)" != "$state" ] || ! ls var/*.sqlite3 >/dev/null 2>&1; then
  mkdir -p var
  .venv/bin/python manage.py migrate --verbosity 0
  printf '%s' "$state" > .venv/.migrated
fi
