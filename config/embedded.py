"""What shares the web process when one process is all there is: background work, and demo mail."""

from django.conf import settings

from allting.kernel.api import start_embedded_worker


def start() -> None:
    """Begin background work in threads of this process; mail first, for work may be waiting."""
    if settings.DEMO and not settings.SMTP:
        from allting.connectors.demo_mail.server import start_demo_mail

        start_demo_mail()
    start_embedded_worker()
