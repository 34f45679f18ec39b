"""The queue: whose it is, in which order, page by page, and at what cost."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from allting.cases.actions import do
from allting.cases.api import Filters, counts, queue
from allting.cases.models import Case
from allting.cases.tests.people import MORNING, People, a_case, client_of
from allting.identity.api import Actor
from allting.identity.models import Account
from allting.kernel.api import clock_at, new_id
from allting.register.access import NAMED_HANDLER
from allting.register.models import AccessLog, Person
from allting.register.testing import actor, person
from allting.workplace.tests.many import many_cases

TODAY = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def the_morning() -> Iterator[None]:
    with clock_at(MORNING):
        yield


def numbers(client: Client, query: str = "") -> list[str]:
    """The cases that the page shows, from the top."""
    answer = client.get(f"/sv/desk/{query}")
    assert answer.status_code == 200
    return re.findall(r'<a class="rows__open"[^>]*>([^<]+)</a>', answer.content.decode())


def both_roles(*boards: str) -> Actor:
    someone = person("Eva", date(1970, 1, 1))
    roles = [(role, board) for board in boards for role in ("administrator", "decision-maker")]
    return actor(someone, *roles)


def test_one_sees_the_open_cases_of_ones_own_boards(cast: People) -> None:
    mine = a_case(cast)
    many_cases(1, board="building", service="map", stages=("received",))
    gone = a_case(cast)
    do(cast.mother, gone.id, "withdraw", seen_stage="received")
    assert numbers(client_of(cast.worker)) == [mine.number]
    assert numbers(client_of(cast.builder)) == ["X-2026-000001"]
    assert len(numbers(client_of(both_roles("education", "building")))) == 2
    assert numbers(client_of(cast.worker), "?board=building") == []


@pytest.mark.parametrize("who", ["mother", "stranger"])
def test_residents_are_refused(cast: People, who: str) -> None:
    assert client_of(getattr(cast, who)).get("/sv/desk/").status_code == 403


def test_whoever_is_not_signed_in_signs_in_first(cast: People) -> None:
    answer = Client().get("/sv/desk/")
    assert answer.status_code == 302 and "/sign-in" in answer["Location"]


def test_someone_with_a_role_that_no_process_has_sees_nothing(cast: People) -> None:
    a_case(cast)
    printer = actor(person("Per", date(1970, 1, 1)), ("printer", "education"))
    assert numbers(client_of(printer)) == []
    assert counts(printer, as_of=TODAY) == {}


@pytest.mark.parametrize("boards", [("education",), ("education", "building")])
def test_page_after_page_shows_each_case_once_in_order(
    cast: People, boards: tuple[str, ...]
) -> None:
    many_cases(130)
    many_cases(40, board="building", service="map", stages=("received",))
    who = both_roles(*boards)
    wanted = list(
        Case.objects.filter(board__in=boards).order_by("due", "id").values_list("number", flat=True)
    )
    found, after, pages = [], None, []
    while True:
        page = queue(who, Filters(), as_of=TODAY, after=after)
        found += [row.number for row in page.rows]
        pages.append(page)
        if page.after is None:
            break
        after = page.after
    assert found == wanted
    back = queue(who, Filters(), as_of=TODAY, before=pages[-1].before)
    assert back.rows == pages[-2].rows
    first = queue(who, Filters(), as_of=TODAY, before=pages[1].before)
    assert first.rows == pages[0].rows and first.before is None


def test_the_links_lead_on_and_back(cast: People) -> None:
    many_cases(120)
    client = client_of(cast.worker)
    first = client.get("/sv/desk/?service=preschool-place").content.decode()
    found = re.search(r'rel="next"\s+href="([^"]+)"', first)
    assert found and "service=preschool-place" in found[1]
    second = client.get("/sv/desk/" + found[1].replace("&amp;", "&")).content.decode()
    back = re.search(r'rel="prev"\s+href="([^"]+)"', second)
    assert back
    again = client.get("/sv/desk/" + back[1].replace("&amp;", "&")).content.decode()
    row = re.compile(r'rows__open"[^>]*>([^<]+)')
    assert row.findall(again) == row.findall(first) != row.findall(second)


@pytest.mark.parametrize("place", ["x", "2026-13-01.5", "2026-11-01", "2026-11-01.x", "."])
def test_a_place_that_is_none_begins_at_the_top(cast: People, place: str) -> None:
    many_cases(3)
    assert len(numbers(client_of(cast.worker), f"?after={place}")) == 3


def test_what_matters_now(cast: People) -> None:
    many_cases(240)
    found = counts(cast.chief, as_of=TODAY)
    overdue = Case.objects.filter(due__lt=TODAY).count()
    soon = Case.objects.filter(due__gte=TODAY, due__lte=TODAY + timedelta(days=7)).count()
    assert found == {
        "overdue": min(100, overdue),
        "soon": soon,
        "mine": 0,
        "unassigned": 100,
        "decide": 80,
    }
    assert "decide" not in counts(cast.worker, as_of=TODAY)
    html = client_of(cast.chief).get("/sv/desk/").content.decode()
    assert "<strong>99+</strong>" in html and "<strong>80</strong>" in html


def test_each_view_shows_what_it_counts(cast: People) -> None:
    many_cases(40)
    case = a_case(cast)
    worker = both_roles("education")
    do(worker, case.id, "take", seen_stage="received")
    for view, number in counts(worker, as_of=TODAY).items():
        page = queue(worker, Filters(view=view), as_of=TODAY, limit=100)
        assert len(page.rows) == number, view
    assert [row.number for row in queue(worker, Filters(view="mine"), as_of=TODAY).rows] == [
        case.number
    ]


def test_filters_by_service_and_stage(cast: People) -> None:
    many_cases(12)
    page = queue(cast.worker, Filters(service="preschool-place", stage="proposed"), as_of=TODAY)
    assert {row.stage for row in page.rows} == {"proposed"} and len(page.rows) == 4
    html = client_of(cast.worker).get("/sv/desk/?service=preschool-place").content.decode()
    assert "Hos beslutsfattare" in html and '<option value="map"' not in html
    assert numbers(client_of(cast.worker), "?service=nothing") == []


def test_protected_people_have_no_name_and_no_way_in(cast: People) -> None:
    hidden = person("Sara", date(2024, 2, 2), protection="registration")
    many_cases(1, people=[hidden])
    html = client_of(cast.worker).get("/sv/desk/").content.decode()
    assert "Skyddade uppgifter" in html and "Sara" not in html and "rows__open" not in html
    assert not AccessLog.objects.exists()
    named = actor(
        person("Eva", date(1970, 1, 1)),
        ("administrator", "education"),
        (NAMED_HANDLER, "education"),
    )
    html = client_of(named).get("/sv/desk/").content.decode()
    assert "Sara Berg" in html and "Skyddade uppgifter" in html
    assert AccessLog.objects.get().person_id == hidden.id


def test_names_cannot_carry_markup(cast: People) -> None:
    many_cases(1, people=[person("<b>", date(2024, 2, 2))])
    assert "&lt;b&gt; Berg" in client_of(cast.worker).get("/sv/desk/").content.decode()


def test_what_changes_is_shown_at_once(cast: People) -> None:
    child = person("Ada", date(2024, 2, 2))
    many_cases(2, people=[child])
    client = client_of(cast.worker)

    def page(language: str = "sv") -> str:
        return client.get(f"/{language}/desk/").content.decode()

    assert page().count("Ada Berg") == 2 and "32 days late" in page("en")
    Person.objects.filter(id=child.id).update(given_name="Eda")
    assert page().count("Eda Berg") == 2 and "Ada" not in page()
    Person.objects.filter(id=child.id).update(protection="mark")
    assert "Eda" not in page() and "rows__open" not in page()
    Person.objects.filter(id=child.id).update(protection="none")
    Case.objects.update(handler_name="Olle Ek", handler=new_id())
    assert page().count("Olle Ek") == 2
    Case.objects.update(handler=Account.objects.get(person=cast.worker.person).id)
    assert page().count("<strong>Du</strong>") == 2 and "Olle" not in page()
    with clock_at(MORNING - timedelta(days=1)):
        assert "31 days late" in page("en")


def queries_of(client: Client) -> int:
    """How many queries the page takes."""
    client.get("/sv/desk/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get("/sv/desk/").status_code == 200
    return len(asked)


def test_ten_cases_and_ten_thousand_take_the_same_queries(cast: People, settings: Any) -> None:
    settings.ALLTING_EDITION_LOOK = 1000  # once a second a page also looks for a new edition
    people = [person("Ada", date(2024, 1, day)) for day in range(1, 26)]
    many_cases(10, people=people)
    client = client_of(cast.worker)
    few = queries_of(client)
    many_cases(9_990, people=people)
    # who, rows, names, the log that they were read (then not for ten minutes), counts
    assert queries_of(client) == few == 5


def test_the_page_says_where_it_is_and_whose(cast: People) -> None:
    many_cases(60)
    client = client_of(cast.worker)
    odd = '?service=%22%3E%3Cb%3E&view=mine&x="><b>'
    html = client.get(f"/sv/desk/{odd}").content.decode()
    assert "Ingenting här" in html or "Inget" in html
    assert "<b>" not in html and 'href="/en/desk/?service=' in html
    html = client.get("/sv/desk/").content.decode()
    assert 'href="/en/desk/"' in html and cast.worker.name in html
    keys = set(re.findall(r'csrfmiddlewaretoken"\s+value="(\w{64})"', html))
    assert len(keys) == 1
    again = client.get("/sv/desk/").content.decode()
    assert not keys & set(re.findall(r'csrfmiddlewaretoken"\s+value="(\w{64})"', again))
    assert client.get("/xx/desk/")["Location"] == "/sv/desk/"


def test_a_filter_is_kept_in_the_form_and_the_ways_on(cast: People) -> None:
    many_cases(200)
    html = client_of(both_roles("education", "building")).get(
        "/sv/desk/?service=preschool-place&stage=received&board=education&view=unassigned"
    )
    page = html.content.decode()
    for chosen in ("preschool-place", "received", "education"):
        assert f'<option value="{chosen}" selected>' in page, chosen
    assert 'name="view" value="unassigned"' in page and 'aria-current="true"' in page
    following = re.search(r'rel="next"\s+href="([^"]+)"', page)
    assert following and "stage=received" in following[1] and "view=unassigned" in following[1]
