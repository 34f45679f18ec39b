"""What is said where others can read: mails (text and HTML) and texts, no more than needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import UUID

from django.conf import settings

from allting.kernel.api import one
from allting.notifications.addresses import return_path
from allting.notifications.models import Attachment, Delivery, Message
from allting.notifications.ports import address_of
from allting.ui.api import Frame, contrast, fragment, frame, plain, translator

OPEN = "open"
"""The kind of a message to somebody who has not signed in: its own address leads to it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One message as an e-mail tells of it."""

    service: str
    address: str
    said: str = ""
    link: str = ""
    open: bool = False  # read where the link leads, without signing in


def inbox_url(language: str, message_id: UUID) -> str:
    """Where a person reads the message."""
    return f"{settings.BASE_URL}/{language}/my/inbox/{message_id}/"


def text_of(message: Message) -> str:
    """The text message, with its link's address in place."""
    link = address_of(message.link) if message.link else ""
    return _said(message, link)


def compose(delivery: Delivery, email: str) -> EmailMessage:
    """The mail for this delivery, to this address; the same each time it is made."""
    message = delivery.message
    mail, house, town = _begun(delivery, email)
    item = _item(message)
    mail["Subject"] = _subject(message, town)
    values = {"item": item, "title": mail["Subject"], **_common(house, town, message.language)}
    mail.set_content(_text(item, house, town, message.language))
    html = str(fragment(message.language, "notifications/email.html", values))
    mail.add_alternative(html, subtype="html")
    _attach(mail, message)
    mail["Content-Language"] = message.language  # last: setting content takes such headers away
    return mail


def compose_bundle(delivery: Delivery, carried: Sequence[Delivery], email: str) -> EmailMessage:
    """One mail for this delivery and those that it carries."""
    language = delivery.message.language
    messages = sorted((it.message for it in (delivery, *carried)), key=lambda it: it.id)
    mail, house, town = _begun(delivery, email)
    _, items = translator(language), [_item(it) for it in messages]
    mail["Subject"] = _("{n} new messages from {municipality}", n=len(items), municipality=town)
    values = {"items": items, "title": mail["Subject"], **_common(house, town, language)}
    mail.set_content(_text_of_several(items, house, town, language))
    html = str(fragment(language, "notifications/emails.html", values))
    mail.add_alternative(html, subtype="html")
    for message in messages:
        _attach(mail, message)
    mail["Content-Language"] = language
    return mail


def _begun(delivery: Delivery, email: str) -> tuple[EmailMessage, Frame, str]:
    house, message = frame(), delivery.message
    town = plain(house.name, message.language)
    mail = EmailMessage(policy=SMTP)
    mail["Message-ID"] = delivery.mail_id
    mail["Date"] = format_datetime(message.sent_at)
    mail["From"] = Address(town, addr_spec=_from(house))
    mail["To"] = email
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies, please
    way_back = return_path(delivery.id)
    if way_back:
        mail["Return-Path"] = f"<{way_back}>"
    return mail, house, town


def _common(house: Frame, town: str, language: str) -> dict[str, str | None]:
    return {
        "municipality": town,
        "phone": house.contact.phone,
        "button": house.theme["brand"],
        "on_button": _readable_on(house.theme["brand"]),
        "settings": f"{settings.BASE_URL}/{language}/my/messages/",
    }


def _item(message: Message) -> Item:
    link = address_of(message.link) if message.link else ""
    service = " ".join(message.service.split())
    said, is_open = _said(message, link), message.kind == OPEN
    address = f"{settings.BASE_URL}{message.url}" if is_open else ""
    return Item(
        service, address or inbox_url(message.language, message.id), said, link, open=is_open
    )


def _said(message: Message, link: str) -> str:
    """What is said in the open, with the address in its place."""
    return " ".join((message.sms or "").replace("{link}", link).split())


def _text(item: Item, house: Frame, town: str, language: str) -> str:
    _ = translator(language)
    news = _("You have a new message from {municipality}.", municipality=town)
    if item.service:
        news += " " + _("It is about: {service}.", service=item.service)
    way = _("Read it in your inbox. You sign in with your e-ID:")
    if item.open:
        way = _("Read it here. You need not sign in:")
    said = [_("Hello!"), item.said, news, f"{way}\n{item.address}"]
    return _letter(said, house, town, language)


def _text_of_several(items: Sequence[Item], house: Frame, town: str, language: str) -> str:
    _ = translator(language)
    news = _("You have {n} new messages from {municipality}.", n=len(items), municipality=town)
    way = _("Read them in your inbox. You sign in with your e-ID.")
    parts = [
        "\n".join(filter(None, (it.service or _("A message"), it.said, it.address))) for it in items
    ]
    return _letter([_("Hello!"), f"{news} {way}", *parts], house, town, language)


def _letter(paragraphs: list[str], house: Frame, town: str, language: str) -> str:
    _ = translator(language)
    phone = house.contact.phone
    end = [
        _("We write no more here, because e-mail is not a safe place for what is yours."),
        _("Do you need help? Call us on {phone}.", phone=phone) if phone else "",
        town,
    ]
    return "\n\n".join(filter(None, [*paragraphs, *end])) + "\n"


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
