"""Who may enter: every address says so with one of these; a guard test finds those that do not."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from allting.identity.actors import Actor
from allting.identity.sessions import actor_of
from allting.ui.api import SOURCE, frame, house_speaks

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
Test = Callable[[Actor], bool]


def anyone(view: View) -> View:
    """Open to everyone; who acts is known if someone has signed in."""
    return _entry("anyone", view, None)


def machine(view: View) -> View:
    """For machines: no session is read. The view itself states what it asks for, if anything."""

    @wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.actor = None  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return cast(View, _marked("machine", enter))


def resident(view: View) -> View:
    """Someone signed in whom the register knows."""
    return _entry("resident", view, lambda actor: actor.person is not None)


def signed_in(view: View) -> View:
    """Anyone who has signed in, known to the register or not."""
    return _entry("signed in", view, lambda actor: True)


def employee(*roles: str) -> Callable[[View], View]:
    """Someone who holds one of `roles` (any role, if none is named) for some board."""

    def decorate(view: View) -> View:
        names = " or ".join(roles) or "any role"
        inside = _in_a_language_of_work(view)
        return _entry(f"employee: {names}", inside, lambda actor: bool(actor.boards(*roles)))

    return decorate


def who(request: HttpRequest) -> Actor:
    """The actor behind an entry that asks for one. Raises PermissionDenied if there is none."""
    actor = actor_of(request)
    if actor is None:
        raise PermissionDenied
    return actor


def person_of(actor: Actor) -> UUID:
    """The register's id of the actor. Raises PermissionDenied for someone it does not know."""
    if actor.person is None:
        raise PermissionDenied
    return actor.person


def _entry(name: str, view: View, test: Test | None) -> View:
    @wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "language" in kwargs:
            request.language = kwargs.pop("language")  # type: ignore[attr-defined]
        actor = actor_of(request)
        request.actor = actor  # type: ignore[attr-defined]
        if test is not None:
            if actor is None:
                return _to_sign_in(request)
            if not test(actor):
                raise PermissionDenied
        return view(request, *args, **kwargs)

    return cast(View, _marked(name, enter))


def _in_a_language_of_work(view: View) -> View:
    """Pages at work come in the languages that the whole house speaks; others lead to the first."""

    @wraps(view)
    def work(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        spoken: str = getattr(request, "language", "")
        if not spoken or house_speaks(spoken):
            return view(request, *args, **kwargs)
        instead = next(code for code in (*frame().languages, SOURCE) if house_speaks(code))
        address = request.get_full_path()
        if request.method in ("GET", "HEAD") and address.startswith(f"/{spoken}/"):
            return HttpResponseRedirect(f"/{instead}/{address.removeprefix(f'/{spoken}/')}")
        request.language = instead  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return cast(View, work)


def _marked(name: str, view: Callable[..., HttpResponseBase]) -> Any:
    view.entry = name  # type: ignore[attr-defined]
    return view


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    language = getattr(request, "language", "sv")
    # a POST cannot be replayed after sign-in; the person comes back to the page it was sent from,
    # with what its address says
    return HttpResponseRedirect(
        f"/{language}/sign-in/?{urlencode({'next': request.get_full_path()})}"
    )
