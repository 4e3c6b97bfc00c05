"""Working days: Monday to Friday, short of the public holidays that the install keeps."""

import datetime

from measures.models import Holiday

ONE_DAY = datetime.timedelta(days=1)
SATURDAY = 5


def is_working_day(day: datetime.date) -> bool:
    """Return whether Thai offices are open on the day."""
    return day.weekday() < SATURDAY and not Holiday.objects.filter(date=day).exists()


def working_days_between(earlier: datetime.date, later: datetime.date) -> int:
    """Return how many working days have begun after ``earlier``, ``later`` counted.

    What came in on Friday has rested one working day on Monday. 0 where ``later`` is not later.
    """
    holidays = set(
        Holiday.objects.filter(date__gt=earlier, date__lte=later).values_list("date", flat=True)
    )
    days = (earlier + ONE_DAY * number for number in range(1, (later - earlier).days + 1))
    return sum(day.weekday() < SATURDAY and day not in holidays for day in days)


def add_working_days(day: datetime.date, count: int) -> datetime.date:
    """Return the day on which ``count`` working days have begun since ``day``; itself for 0."""
    holidays = set(Holiday.objects.filter(date__gt=day).values_list("date", flat=True))
    while count > 0:
        day += ONE_DAY
        if day.weekday() < SATURDAY and day not in holidays:
            count -= 1
    return day
