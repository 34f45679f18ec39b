"""What editing needs of another window: the page of a service as the portal would show it."""

from collections.abc import Callable

from django.http import HttpResponse
from markupsafe import Markup

from allting.identity.api import Request
from allting.packages.api import Edition

ServicePage = Callable[[Request, Edition, str, Markup], HttpResponse]


class Ports:
    """Filled by config; `service_page(request, edition, service id, note above it)`."""

    service_page: ServicePage


def service_page_from(draw: ServicePage) -> None:
    """Draw service pages with `draw`."""
    Ports.service_page = staticmethod(draw)
