"""Finding a case when somebody phones: by its number, or by whose it is.

Sent by POST: an identity number never stands in an address or a log.
"""

from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from allting.cases.api import case_numbered, cases_of_person, number_in
from allting.identity.api import Request, employee, who
from allting.register.api import is_number
from allting.ui.api import render

LONGEST = 60


@require_http_methods(["GET", "HEAD", "POST"])
@employee()
def find(request: Request) -> HttpResponseBase:
    """The case with a number, or the cases of a person on the boards one works for."""
    actor, written = who(request), request.POST.get("q", "").strip()[:LONGEST]
    number = number_in(written)
    if number is not None:
        found = case_numbered(actor, number)
        if found is not None:
            return HttpResponseRedirect(f"/{request.language}/desk/cases/{found}/")
        return _page(request, written, asked="number")
    digits = "".join(sign for sign in written if sign not in " -–+")
    if not is_number(digits):
        return _page(request, written, asked="nothing" if written else "")
    return _page(request, written, asked="person", cases=cases_of_person(actor, digits))


def _page(
    request: Request, written: str, *, asked: str, cases: tuple[object, ...] = ()
) -> HttpResponse:
    context = {"written": written, "asked": asked, "cases": cases}
    return render(request, "workplace/find.html", context)
