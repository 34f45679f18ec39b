"""Addresses of the resident's own case pages, for other rooms to link to."""

from allting.ui.api import url


def case_at(language: str, number: str) -> str:
    """The page of a case, for the one who applied."""
    return url(language, "cases:case", number=number)


def send_at(language: str, service: str) -> str:
    """The form that one fills in without signing in."""
    return url(language, "cases:send", id=service)


def question_at(language: str, code: str) -> str:
    """The page of a question that was asked without signing in."""
    return url(language, "cases:question", code=code)
