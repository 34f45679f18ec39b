"""Letters are promised in the transaction of the act they tell of, and written by a job after it.

So an act never waits for a document or a mail server, and no act is left untold: the promise and
the job commit with it. The job may run twice; the letter is written and sent once.
"""

from datetime import datetime

from allting.cases.models import Case, Letter


def promise(
    case: Case,
    name: str,
    occasion: str,
    *,
    at: datetime,
    message: str = "",
    formal: bool = False,
) -> None:
    """Let the applicant be told by the letter `name`. The same occasion promises one letter."""
    letter, new = Letter.objects.get_or_create(
        occasion=occasion,
        defaults={
            "case": case,
            "name": name,
            "language": case.language,
            "message": message,
            "formal": formal,
            "promised_at": at,
        },
    )
    if new:
        from allting.cases.jobs import write_letter  # jobs need the models, the models no jobs

        write_letter.enqueue(str(letter.id))
