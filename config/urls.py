"""Which room answers which address.

A room's `urls.py` has `urlpatterns`, its pages (here below `/sv/`, `/en/` …), and if it needs
them `plain`, addresses without a language. The entry decorators take the language from the
address and put it on the request; views do not take it as an argument. Pages end in a slash, and
who leaves it out is led there (`ui.failures`).
"""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, register_converter

from allting.cases import urls as cases
from allting.catalogue import urls as catalogue
from allting.connectors.demo_eid import urls as demo_eid
from allting.connectors.sms_http import urls as sms_http
from allting.editing import urls as editing
from allting.forms import urls as forms
from allting.identity import urls as identity
from allting.journeys import urls as journeys
from allting.notifications import urls as notifications
from allting.offers import urls as offers
from allting.placements import urls as placements
from allting.portal import urls as portal
from allting.ui import urls as ui
from allting.workplace import urls as workplace


class Language:
    """Two letters: a language in an address (ISO 639-1)."""

    regex = "[a-z]{2}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(Language, "lang")

# addresses are tried from above: what is asked for most stands first
pages: list[URLPattern | URLResolver] = [
    path("", include(forms)),
    path("", include(workplace)),
    path("", include(portal)),
    path("", include(cases)),
    path("", include(placements)),
    path("", include(journeys)),
    path("", include(offers)),
    path("", include(editing)),
    path("", include(identity)),
    path("", include(notifications)),
]

handler400 = "allting.ui.failures.wrong"
handler403 = "allting.ui.failures.refused"
handler404 = "allting.ui.failures.absent"
handler500 = "allting.ui.failures.broken"


def demonstration() -> list[URLPattern | URLResolver]:
    """Addresses of the demonstration's parts; those with a table are imported late."""
    from allting.connectors.demo_mail import urls as demo_mail
    from allting.connectors.demo_sms import urls as demo_sms

    return [*demo_eid.plain, *demo_mail.plain, *demo_sms.plain]


urlpatterns: list[URLPattern | URLResolver] = [
    *ui.plain,  # before the languages: `/ui/` is none
    path("<lang:language>/", include(pages)),
    *identity.plain,
    *offers.plain,
    *notifications.plain,
    *sms_http.plain,
    *catalogue.plain,
    *portal.plain,
    *(demonstration() if settings.DEMO else []),
]
