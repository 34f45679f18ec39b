"""What the keys and files of the package language are called for those who edit it.

A key that has no name here is not changed at the desk: ids, conditions and what else holds a
service together are changed in files.
"""

from babel import Locale

from allting.catalogue.api import WEEK
from allting.ui.api import Translator, later

LABELS = {
    "title": later("Title"),
    "summary": later("Summary, in one sentence"),
    "says": later("In words"),
    "name": later("Name"),
    "label": later("Question"),
    "hint": later("Help with the question"),
    "error": later("What is said when the answer does not hold"),
    "text": later("Text"),
    "question": later("Question that is asked"),
    "answer": later("The answer"),
    "description": later("Description"),
    "authority": later("Authority"),
    "because": later("Reason, told with the offer"),
    "states": later("What one says by accepting"),
    "sms": later("Text message"),
    "measure": later("Unit of measure"),
    "phone": later("Telephone"),
    "email": later("E-mail"),
    "address": later("Postal address"),
    "visit": later("Visiting address"),
    "web": later("Address on the web"),
    "hours": later("Opening hours"),
    "street": later("Street"),
    "postcode": later("Postcode"),
    "city": later("Town"),
    "capacity": later("Number of places"),
    "value": later("Value"),
    "source": later("Where it is from"),
    "valid_from": later("Holds from"),
    "on": later("Day"),
    "by": later("By whom"),
    "legal": later("At most, by law"),
    "typical": later("As a rule"),
    "organiser": later("Run by"),
    "lat": later("Latitude"),
    "lon": later("Longitude"),
}
OF_NEW = {
    "kind": later("What kind"),
    "means": later("What it means"),
}  # asked once, when a thing is added
HINTS = {
    "value": later("Used wherever the package speaks of it."),
    "source": later("For example the decision of the council, and its day."),
    "legal": later("For example: 4 months"),
    "typical": later("For example: 6 weeks"),
    "web": later("The whole address, with https://"),
    "phone": later("For example +46 8 465 004 00"),
    "sms": later("At most 300 characters."),
    "lat": later("For example 58.1287"),
    "lon": later("For example 16.2103"),
    "capacity": later("0 if it takes nobody in for now."),
}
PARTS = {
    "contact": later("Contact"),
    "boards": later("Boards"),
    "roles": later("Roles"),
    "conditions": later("Who can have it"),
    "requires": later("What one needs"),
    "channels": later("Ways to do it"),
    "costs": later("Costs"),
    "processing_time": later("How long it takes"),
    "dates": later("Last days"),
    "reviewed": later("Last read through"),
    "done_by": later("Done by others"),
    "form": later("Form on paper"),
    "pages": later("Pages of the form"),
    "questions": later("Questions"),
    "options": later("Options"),
    "stages": later("Stages"),
    "moves": later("Steps of the handling"),
    "deadlines": later("Deadlines"),
    "outcomes": later("Outcomes"),
    "asks": later("What the decision states"),
    "tasks": later("Tasks"),
    "appeal": later("How to appeal"),
    "situations": later("Situations"),
    "accept": later("Accepting"),
    "units": later("Units"),
    "parameters": later("Fees and other values"),
    "topics": later("Topics"),
    "evidence": later("Evidence"),
    "issued_by": later("Issued by"),
    "date": later("The day of the event"),
    "priorities": later("Order of priority"),
    "acts": later("Acts"),
    "address": later("Address"),
    "position": later("On the map"),
}
CHOICES = {
    "e-service": later("E-service"),
    "phone": later("Telephone"),
    "visit": later("Visit"),
    "email": later("E-mail"),
    "paper": later("On paper"),
    "municipal": later("The municipality"),
    "independent": later("Somebody else"),
}
ADDING = {
    "questions": later("Add a question"),
    "channels": later("Add a way to do it"),
    "dates": later("Add a last day"),
    "units": later("Add a unit"),
}
FILES = {
    "package": later("Fees and other values"),
    "organisation": later("The municipality and its boards"),
    "law": later("Laws"),
    "topics": later("Topics"),
    "evidence": later("Kinds of evidence"),
    "units": later("Units"),
    "service": later("Facts about the service"),
    "life-event": later("Life event"),
    "questions": later("Questions for plans"),
    "everyday-words": later("Everyday words"),
    "faq": later("Questions and answers"),
    "form": later("Texts of the form"),
    "process": later("Texts of the handling"),
    "offer": later("Texts of the offers"),
    "places": later("Texts of the rules for places"),
    "page": later("The page's text"),
    "letter": later("Letter"),
    "offer-letter": later("Letter of an offer"),
}
LANGUAGES = {"sv": later("Swedish"), "en": later("English"), "fi": later("Finnish")}


def day_name(day: str, language: str, width: str = "wide") -> str:
    """A day of the week, `mon`, as people say it."""
    names = Locale.parse(language).days["format"][width]
    return str(names[WEEK.index(day)]).rstrip(".") if day in WEEK else day


def label_of(key: str, speak: Translator) -> str:
    """A key as people say it."""
    known = LABELS.get(key) or PARTS.get(key) or OF_NEW.get(key)
    return speak(known) if known else key.replace("_", " ").replace("-", " ").capitalize()


def part_of(key: str, speak: Translator) -> str:
    """A group of keys as people say it."""
    return speak(PARTS[key]) if key in PARTS else label_of(key, speak)


def language_of(code: str, speak: Translator) -> str:
    """A language by its name in the reader's."""
    return speak(LANGUAGES[code]) if code in LANGUAGES else code


STATES = {
    "draft": later("Being written"),
    "proposed": later("Waits for approval"),
    "approved": later("Approved, not published yet"),
    "returned": later("Returned with a comment"),
    "published": later("Published"),
    "withdrawn": later("Withdrawn"),
}
TONES = {
    "draft": "neutral",
    "proposed": "info",
    "approved": "good",
    "returned": "warn",
    "published": "good",
    "withdrawn": "neutral",
}
MADE = {
    "propose": later("Send for approval"),
    "approve": later("Approve"),
    "return": later("Return with a comment"),
    "publish": later("Publish"),
    "withdraw": later("Withdraw the proposal"),
}
DONE = {
    "edit": later("Edited"),
    "drop": later("Took a change out"),
    "settle": later("Kept to the proposal where others had changed the same"),
    "propose": later("Sent it for approval"),
    "approve": later("Approved it"),
    "return": later("Returned it"),
    "publish": later("Published it"),
    "withdraw": later("Withdrew it"),
}
WAYS = {
    "files": later("From files"),
    "desk": later("Edited here"),
    "again": later("Back to edition {n}"),
}
