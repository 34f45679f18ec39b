"""The e-mail that tells of a message: text and HTML, and no more about the person than needed."""

from collections.abc import Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import UUID

from django.conf import settings

from allting.kernel.api import one
from allting.notifications.models import Attachment, Delivery, Message
from allting.notifications.ports import address_of
from allting.ui.api import Frame, contrast, fragment, frame, plain, translator


def inbox_url(language: str, message_id: UUID) -> str:
    """Where a person reads the message."""
    return f"{settings.BASE_URL}/{language}/my/inbox/{message_id}/"


def compose(delivery: Delivery, email: str) -> EmailMessage:
    """The mail for this delivery, to this address; the same each time it is made."""
    message = delivery.message
    house = frame()
    municipality = plain(house.name, message.language)
    _ = translator(message.language)
    mail = EmailMessage(policy=SMTP)
    mail["Message-ID"] = delivery.mail_id
    mail["Date"] = format_datetime(message.sent_at)
    mail["From"] = Address(municipality, addr_spec=_from(house))
    mail["To"] = email
    mail["Subject"] = _subject(message, municipality)
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies, please
    values = {
        "municipality": municipality,
        "service": message.service,
        "address": inbox_url(message.language, message.id),
        "phone": house.contact.phone,
        "title": mail["Subject"],
        "button": house.theme["brand"],
        "on_button": _readable_on(house.theme["brand"]),
        "link": address_of(message.link) if message.link else "",
    }
    values["said"] = _said(message, values["link"])
    mail.set_content(_text(message, values))
    html = str(fragment(message.language, "notifications/email.html", values))
    mail.add_alternative(html, subtype="html")
    _attach(mail, message)
    mail["Content-Language"] = message.language  # last: setting content takes such headers away
    return mail


def _said(message: Message, link: str) -> str:
    """What is said in the open, with the address in its place."""
    return " ".join((message.sms or "").replace("{link}", link).split())


def _text(message: Message, values: Mapping[str, str | None]) -> str:
    _ = translator(message.language)
    municipality, phone = values["municipality"] or "", values["phone"]
    news = _("You have a new message from {municipality}.", municipality=municipality)
    if message.service:
        news += " " + _("It is about: {service}.", service=" ".join(message.service.split()))
    way = _("Read it in your inbox. You sign in with your e-ID:")
    paragraphs = [
        _("Hello!"),
        values["said"] or "",
        news,
        f"{way}\n{inbox_url(message.language, message.id)}",
        _("We write no more here, because e-mail is not a safe place for what is yours."),
        _("Do you need help? Call us on {phone}.", phone=phone) if phone else "",
        municipality,
    ]
    return "\n\n".join(filter(None, paragraphs)) + "\n"


def _readable_on(colour: str) -> str:
    light, dark = "#ffffff", "#1a1a1a"
    return light if contrast(light, colour) >= contrast(dark, colour) else dark


def _subject(message: Message, municipality: str) -> str:
    _ = translator(message.language)
    line = _("New message from {municipality}", municipality=municipality)
    return " ".join(f"{line}: {message.service}".split()) if message.service else line


def _from(house: Frame) -> str:
    return settings.MAIL_FROM or house.contact.email or "no-reply@localhost"


def _attach(mail: EmailMessage, message: Message) -> None:
    attachment = one(Attachment, message.id)
    if attachment is None or not attachment.in_email:
        return
    main, _, sub = attachment.media_type.partition("/")
    mail.add_attachment(
        bytes(attachment.content), maintype=main, subtype=sub, filename=attachment.name
    )
