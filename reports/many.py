"""Many papers side by side, by processes that share nothing with this one."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import django
from django.conf import settings

Job = TypeVar("Job")
Result = TypeVar("Result")

# Jobs handed over for each worker: it never waits for the next, and memory holds no more.
AHEAD = 2


@dataclass(frozen=True)
class Failure:
    """What came of a job that raised, as a sentence."""

    problem: str


def each(
    work: Callable[[Job], Result], jobs: Iterable[Job], *, workers: int
) -> Iterator[tuple[Job, Result | Failure]]:
    """Yield each job with what ``work`` returned for it, in the order of the jobs.

    ``work`` is a function of a module and uses no database: jobs bring all it needs, as plain data.
    One that raises yields a Failure, and the others go on. With one worker all is done in this
    process. Raises ValueError for less than one worker, and BrokenProcessPool where a worker was
    killed (by a machine that ran out of memory, mostly).
    """
    if workers < 1:
        raise ValueError(f"at least one worker is needed, not {workers}")
    if workers == 1:
        yield from ((job, _attempt(work, job)) for job in jobs)
        return
    with processes(workers) as pool:
        under_way: deque[tuple[Job, Future[Result | Failure]]] = deque()
        for job in jobs:
            under_way.append((job, pool.submit(_attempt, work, job)))
            if len(under_way) > AHEAD * workers:
                yield _oldest(under_way)
        while under_way:
            yield _oldest(under_way)


def processes(workers: int) -> ProcessPoolExecutor:
    """Return a pool of processes that are ready to draw.

    New ones: neither Pango nor an open database connection may be forked.
    """
    context = multiprocessing.get_context("spawn")
    begin = partial(_begin, settings.MEDIA_ROOT)
    return ProcessPoolExecutor(workers, mp_context=context, initializer=begin)


def _begin(media_root: str | Path) -> None:
    django.setup()
    settings.MEDIA_ROOT = media_root  # a command or a test may have chosen another


def _oldest(
    under_way: deque[tuple[Job, Future[Result | Failure]]],
) -> tuple[Job, Result | Failure]:
    job, future = under_way.popleft()
    return job, future.result()


def _attempt(work: Callable[[Job], Result], job: Job) -> Result | Failure:
    """Return what came of one job; an exception crosses to the other process as text."""
    try:
        return work(job)
    except Exception as error:
        return Failure(f"{type(error).__name__}: {error}")
