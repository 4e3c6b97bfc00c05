"""Many papers side by side: all of them, in order, whatever happens to one."""

import os

import pytest

from reports.many import Failure, each


def double(number: int) -> int:
    if number == 3:
        raise ValueError("three is not to be had")
    return number * 2


def where(number: int) -> int:
    return os.getpid()


OUTCOMES = [(1, 2), (2, 4), (3, Failure("ValueError: three is not to be had")), (4, 8)]


@pytest.mark.parametrize("workers", [1, 2])
def test_one_that_fails_does_not_stop_the_others(workers):
    assert list(each(double, [1, 2, 3, 4], workers=workers)) == OUTCOMES


def test_one_worker_is_this_process():
    assert {pid for _job, pid in each(where, range(2), workers=1)} == {os.getpid()}


def test_several_are_other_processes_and_more_than_the_jobs_are_no_harm():
    (only,) = each(where, range(1), workers=2)

    assert only != (0, os.getpid())


def test_jobs_are_taken_as_they_are_needed():
    taken = []

    def jobs():
        for number in range(50):
            taken.append(number)
            yield number

    outcomes = each(double, jobs(), workers=2)
    next(outcomes)

    assert len(taken) <= 6
    outcomes.close()


@pytest.mark.parametrize("workers", [0, -1])
def test_no_worker_at_all_is_refused(workers):
    with pytest.raises(ValueError, match="at least one worker"):
        list(each(double, [1], workers=workers))
