"""What shares the web process when one process is all there is: background work, and the demo's."""

import httpx2
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from allting.identity.ports import Ports as IdentityPorts
from allting.kernel.api import start_embedded_worker


def start(application: WSGIHandler) -> None:
    """Begin background work in threads of this process; mail first, for work may be waiting."""
    if settings.DEMO:
        _start_the_demonstration(application)
    start_embedded_worker()


def _start_the_demonstration(application: WSGIHandler) -> None:
    if not settings.SMTP:
        from allting.connectors.demo_mail.server import start_demo_mail

        start_demo_mail()
    if settings.OIDC["issuer"].startswith(settings.BASE_URL):
        IdentityPorts.transport = httpx2.WSGITransport(app=application)
