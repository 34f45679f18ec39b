"""Letters are promised in the transaction of the act they tell of, and written by a job after it.

So an act never waits for a document or a mail server, and no act is left untold: the promise and
the job commit with it. The job may run twice; the letter is written and sent once.
"""

from datetime import datetime

from allting.kernel.api import add, new_id


def promise(
    case_id: int,
    name: str,
    occasion: str,
    *,
    language: str,
    at: datetime,
    message: str = "",
    formal: bool = False,
) -> None:
    """Let the applicant be told by the letter `name`. The same occasion promises one letter."""
    id = new_id()
    new = add(
        "cases_letter",
        {
            "id": id,
            "case_id": case_id,
            "name": name,
            "occasion": occasion,
            "language": language,
            "message": message,
            "formal": formal,
            "promised_at": at,
            "subject": "",
            "body": "",
            "digest": "",
            "size": 0,
            "others": "",
        },
        unique="occasion",
    )
    if new:
        from allting.cases.jobs import write_letter  # jobs need the models, the models no jobs

        write_letter.enqueue(str(id))
