"""What shares the web process when one process is all there is: background work, and the demo's."""

from typing import TYPE_CHECKING

import httpx2
from django.conf import settings

from allting.identity.ports import Ports as IdentityPorts
from allting.kernel.api import served, start_embedded_worker

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication


def start(application: "WSGIApplication") -> "WSGIApplication":
    """Begin background work in threads of this process; mail first, for work may be waiting.

    Gives the application to serve: while it does, the work steps aside.
    """
    if settings.DEMO:
        _start_the_demonstration(application)
    if settings.BOUNCES_LISTEN:
        from allting.connectors.bounces.server import listen

        listen(settings.BOUNCES_LISTEN)
    start_embedded_worker()
    return served(application)


def _start_the_demonstration(application: "WSGIApplication") -> None:
    if not settings.SMTP:
        from allting.connectors.demo_mail.server import start_demo_mail

        start_demo_mail()
    if not settings.SMS["url"]:
        from allting.connectors.demo_sms.jobs import Back
        from allting.connectors.demo_sms.running import start_demo_sms

        Back.transport = httpx2.WSGITransport(app=application)
        start_demo_sms()
    if settings.OIDC["issuer"].startswith(settings.BASE_URL):
        IdentityPorts.transport = httpx2.WSGITransport(app=application)
