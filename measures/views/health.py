"""Whether this install is alive, and whether it is ready to serve."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

PLAIN_TEXT = "text/plain; charset=utf-8"


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200: this process takes requests. Asks nothing of the database."""
    return HttpResponse("ok\n", content_type=PLAIN_TEXT)


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 where the database answers and is up to date, else 503 with the reason."""
    try:
        executor = MigrationExecutor(connection)
        is_behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return HttpResponse("database does not answer\n", content_type=PLAIN_TEXT, status=503)
    if is_behind:
        return HttpResponse("migrations are missing\n", content_type=PLAIN_TEXT, status=503)
    return HttpResponse("ok\n", content_type=PLAIN_TEXT)
