"""How a delivery stands, in a sentence for whoever works with the case."""

from allting.notifications.queries import DeliveryRow
from allting.notifications.rules import PROTECTED, State
from allting.ui.api import datetime, translator


def delivery_in_words(row: DeliveryRow, language: str) -> str:
    """One sentence about the e-mail that tells of a message; `why` is the mail server's own."""
    _ = translator(language)
    if row.state == State.SENT:
        return _("An e-mail was sent {when}.", when=datetime(language, row.changed_at))
    if row.state == State.FAILED:
        return _("The e-mail could not be sent yet. It will be tried again.")
    if row.state == State.DEAD:
        return _("The e-mail could not be sent: {why}", why=row.why)
    if row.state == State.WITHHELD and row.why == PROTECTED:
        return _("No e-mail is sent: the person has protected personal data.")
    if row.state == State.WITHHELD:
        return _("No e-mail is sent: the person has given no address.")
    return _("The e-mail is on its way.")
