#!/usr/bin/env bash
# All tests: on SQLite with the browser journeys, then the database tests again on a throw-away
# PostgreSQL that this script starts and stops.
set -euo pipefail
cd "$(dirname "$0")/.."

scratch=$(mktemp -d)
postgresql_bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
# initdb refuses to run as root; the package's own user does.
as_postgres=()
if [ "$(id -u)" -eq 0 ]; then
  chown postgres "$scratch"
  chmod 755 "$scratch"
  as_postgres=(setpriv --reuid postgres --regid postgres --init-groups env HOME="$scratch")
fi
stop() {
  if [ -e "$scratch/data/postmaster.pid" ]; then
    (cd / && "${as_postgres[@]}" "$postgresql_bin/pg_ctl" -D "$scratch/data" -m immediate -s stop) || true
  fi
  rm -rf "$scratch"
}
trap stop EXIT

echo "== SQLite, with browser journeys"
.venv/bin/python -m pytest -n 2 --dist loadgroup "$@"

echo "== PostgreSQL"
(
  cd /
  "${as_postgres[@]}" "$postgresql_bin/initdb" -D "$scratch/data" -U ita -A trust -E UTF8 --no-sync \
    --locale=C.UTF-8 >"$scratch/initdb.log" 2>&1 || { cat "$scratch/initdb.log"; exit 1; }
  # No TCP at all: a socket in the scratch folder cannot collide with another server.
  "${as_postgres[@]}" "$postgresql_bin/pg_ctl" -D "$scratch/data" -s -w -l "$scratch/server.log" \
    -o "-c listen_addresses='' -c unix_socket_directories='$scratch' -c fsync=off -c max_connections=60" start
)
# What asks a database, without the drawing of paper, and without what asks the same questions of
# every address: the one database answers those as the other does.
DATABASE_URL="postgres://ita@/postgres?host=$scratch" \
  .venv/bin/python -m pytest -n 2 --dist loadgroup --database-only -m "not journey" \
    tests/ita_portal tests/measures tests/reports \
    --ignore=tests/reports/rendering --ignore=tests/reports/sealing \
    --ignore=tests/reports/test_demo_paper.py \
    --ignore=tests/reports/management/test_rebuild_publications.py \
    --ignore=tests/reports/management/test_render_document.py \
    --ignore=tests/reports/management/test_render_documents.py \
    --ignore=tests/measures/test_side_doors.py --ignore=tests/measures/views/test_matrix.py \
    --ignore=tests/measures/views/test_query_counts.py \
    --ignore=tests/measures/views/test_second_factor_door.py "$@"
