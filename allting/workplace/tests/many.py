"""Many open cases at once, each about somebody of their own."""

from collections.abc import Sequence
from datetime import date, timedelta

from allting.cases.models import Case
from allting.cases.tests.people import MORNING
from allting.kernel.api import new_id
from allting.packages.api import current
from allting.register.models import Person
from allting.register.testing import person

FIRST_DUE = date(2026, 10, 1)


def many_cases(
    number: int,
    *,
    board: str = "education",
    service: str = "preschool-place",
    stages: Sequence[str] = ("received", "investigation", "proposed"),
    people: Sequence[Person] = (),
) -> None:
    """`number` cases with due days that come round, spread over `stages` and `people`."""
    about = people or [person("Ada", date(2024, 1, 1))]
    begun = Case.objects.count()
    Case.objects.bulk_create(
        (
            Case(
                number=f"X-2026-{begun + n:06d}",
                edition=current().id,
                service=service,
                board=board,
                applicant=about[n % len(about)].id,
                subject=about[n % len(about)].id,
                language="sv",
                submission=new_id(),
                stage=stages[n % len(stages)],
                waits_for="decision-maker"
                if stages[n % len(stages)] == "proposed"
                else "administrator",
                to_decide=stages[n % len(stages)] == "proposed",
                received_at=MORNING,
                due=FIRST_DUE + timedelta(days=n * 37 % 120),
            )
            for n in range(number)
        ),
        batch_size=500,
    )
