"""Applying for a preschool place, over HTTP: what the pages ask, answered as they are met."""

import re
from datetime import timedelta

import httpx2

from allting.kernel.api import today
from tests.visitor import Visitor

SERVICE = "preschool-place"


def answers(child: str, wishes: tuple[str, ...] = ("solrosen",)) -> dict[str, str]:
    """What a parent would say, for every page that may be met; months ahead, whatever day it is."""
    start = today() + timedelta(days=120)
    return {
        "child": child,
        "start_year": str(start.year),
        "start_month": str(start.month),
        "start_day": str(start.day),
        "extent": "more",
        "occupation": "working",
        "other-occupation": "working",
        "hours": "35",
        "odd-hours": "no",
        "rhythm": "every-day",
        **{f"wishes_{n}": wish for n, wish in enumerate(wishes, 1)},
        "support": "no",
        "agreed": "yes",
    }


def to_the_check_page(
    visitor: Visitor, said: dict[str, str], language: str = "sv"
) -> httpx2.Response:
    """From the first page to the one that shows all answers."""
    page = visitor.fill(visitor.get(f"/{language}/apply/{SERVICE}/"))
    for _ in range(15):
        assert page.status_code == 200, _told(page)
        if page.url.path.endswith("/check/"):
            return page
        form = visitor.main_form(page)
        asked = {name: said[name] for name in form.offered if name in said}
        missing = [
            name
            for name, values in form.offered.items()
            if name not in asked and not form.values.get(name) and "" not in values
        ]
        for name in missing:
            asked[name] = sorted(form.offered[name])[0]
        page = visitor.fill(page, go="next", **asked)
    raise AssertionError(f"no end of pages: {page.url}")


def send(visitor: Visitor, check: httpx2.Response) -> httpx2.Response:
    """Press the button on the page that shows all answers."""
    return visitor.send(check, "version", action="submit")


def child_offered(visitor: Visitor, name: str, language: str = "sv") -> str:
    """The id of the child called `name`, as the first page of the form offers it."""
    page = visitor.fill(visitor.get(f"/{language}/apply/{SERVICE}/"))
    found = re.search(rf'value="([0-9a-f-]{{36}})"[^>]*>\s*<label[^>]*>\s*{name}', page.text)
    assert found, f"{name} is not offered:\n{_told(page)}"
    return found[1]


def _told(page: httpx2.Response) -> str:
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))
    return f"{page.status_code} {page.url}: {words[:1500]}"
