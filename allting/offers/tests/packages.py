"""A service with an offer, right as it stands, for tests that break it."""

from pathlib import Path

from allting.packages.beginning import begin_service
from allting.packages.tests.cases import HOUSE, Case, put

OFFER = """\
situations:
  - id: turning-eighteen
    title: {sv: Du fyller snart 18, en: You soon turn 18}
    about: person
    holds: municipality_code = here and age(birth_date) = 17
    because:
      sv: Du är född {birth_date}.
      en: You were born {birth_date}.
    law: SkolL 8:3
    accept:
      answers: {wish: "'Ja'", start: "add_years(birth_date, 18)"}
      states: {sv: Jag vill ha det., en: I want it.}
    open_for: 14 days
    remind: 3 days
    sms: {sv: "Svara senast {closes}: {link}", en: "Answer by {closes}: {link}"}
"""
LETTER_SV = "# Ett erbjudande\n\nHej {addressee.name}! {because} Svara senast {closes}.\n"
LETTER_EN = "# An offer\n\nHello {addressee.name}! {because} Answer by {closes}.\n"
FILES = {
    "services/permit/offer.yaml": OFFER,
    "services/permit/offers/turning-eighteen.sv.md": LETTER_SV,
    "services/permit/offers/turning-eighteen.en.md": LETTER_EN,
}


class OfferCase(Case):
    """A mistake in the offer of a service as `allting new service` begins it."""

    def write(self, folder: Path) -> Path:
        """The package `solvik` with the service `permit`, its offer, and the mistake."""
        place = folder / "solvik"
        put(place, HOUSE)
        begin_service(place, "permit", {"sv": "Tillstånd", "en": "Permit"})
        put(place, FILES)
        self.mistake(place)
        return place
