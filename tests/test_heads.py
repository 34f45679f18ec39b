"""HEAD is answered as GET is, by every address: link checkers and monitors ask so."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from allting.packages.testing import PACKAGE, in_force, written
from allting.ui.middleware import heads

PARTS = {
    "lang": "sv", "uuid": str(UUID(int=1)), "int": "1", "slug": "preschool-place",
    "str": "BUN-2026-000001", "mark": "000000000000", "path": "organisation.yaml",
}  # fmt: skip


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for one in patterns:
        at = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, at)
        else:
            yield "/" + filled(at)


def filled(route: str) -> str:
    for kind, value in PARTS.items():
        before, _, rest = route.partition(f"<{kind}:")
        while rest:
            route = before + value + rest.partition(">")[2]
            before, _, rest = route.partition(f"<{kind}:")
    return route


@pytest.mark.django_db
def test_every_address_answers_head_as_get(tmp_path: Path) -> None:
    in_force(written(tmp_path / "vik", {"package.yaml": PACKAGE}))
    client = Client(raise_request_exception=False)
    found = list(addresses(get_resolver().url_patterns))
    assert len(found) > 100 and not [at for at in found if "<" in at]
    for at in found:
        got, head = client.get(at), client.head(at)
        assert head.status_code == got.status_code != 500, at
        assert head.get("Location") == got.get("Location"), at
        assert b"".join(head) == b"", at


def test_a_view_that_asks_for_get_does_not_take_head_for_something_sent() -> None:
    seen = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request.method)
        return HttpResponse("shown" if request.method == "GET" else "done")

    request = RequestFactory().head("/")
    assert heads(view)(request).content == b"shown"  # type: ignore[attr-defined]
    assert (seen, request.method) == (["GET"], "HEAD")
