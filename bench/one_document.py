"""Draw one report of so many measures in a process of its own, and tell what it took.

``python -m bench.one_document 1000 --workers 2`` prints JSON: seconds of the drawing alone, and
the peak memory of this process and of its largest worker in megabytes.
"""

import argparse
import json
import os
import resource
import time

import django

KILOBYTES = 1024


def main() -> None:
    """Draw and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("measures", type=int)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ita_portal.settings")
    django.setup()
    from bench.documents import report_of  # needs Django's settings
    from reports.rendering.as_pdf import pdf_of

    content = report_of(options.measures)
    start = time.perf_counter()
    pdf = pdf_of(content, layout="memo_status", workers=options.workers)
    seconds = time.perf_counter() - start
    peaks = {
        name: resource.getrusage(who).ru_maxrss / KILOBYTES
        for name, who in (
            ("process", resource.RUSAGE_SELF),
            ("worker", resource.RUSAGE_CHILDREN),
        )
    }
    print(json.dumps({"seconds": seconds, "bytes": len(pdf), "megabytes": peaks}))


if __name__ == "__main__":
    main()
