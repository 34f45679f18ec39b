"""A new phone number or e-mail address given in a form: kept for next time, and said beforehand.

Someone with protected identity changes on their own pages what is kept of them: a form never does.
"""

from collections.abc import Mapping
from typing import Any

from allting.forms.sitting import Sitting, more_facts

CONTACT = {"applicant.email": "email", "applicant.phone": "phone"}
_PROTECTED = "applicant.protected"


def contact_given(sitting: Sitting, answers: Mapping[str, Any]) -> dict[str, str]:
    """What was answered otherwise than the register said, or had nothing of: email and phone."""
    found = {}
    for id, planned in sitting.plan.questions.items():
        name = CONTACT.get(planned.question.known_from or "")
        answer = answers.get(id)
        if name and answer and answer != sitting.draft.known.get(id):
            found[name] = str(answer)
    return found


def kept_questions(sitting: Sitting, answers: Mapping[str, Any]) -> dict[str, bool]:
    """The questions whose answer is a new contact, and whether it will be kept."""
    given = contact_given(sitting, answers)
    if not given:
        return {}
    kept = more_facts(sitting, {_PROTECTED}).get(_PROTECTED) is False
    return {
        id: kept
        for id, planned in sitting.plan.questions.items()
        if CONTACT.get(planned.question.known_from or "") in given
    }
