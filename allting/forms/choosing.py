"""What there is to choose from: options, units, the guardian's children."""

from collections.abc import Callable
from datetime import date

from allting.catalogue.api import Unit, units
from allting.forms.kinds import About, Choice
from allting.forms.plan import PlannedQuestion
from allting.packages.api import Edition
from allting.register.api import PersonCard
from allting.ui.api import date as format_date
from allting.ui.api import in_order, plain, translator

Children = Callable[[], tuple[PersonCard, ...]]


def about(
    planned: PlannedQuestion,
    edition: Edition,
    language: str,
    as_of: date,
    children: Children = tuple,
) -> About:
    """What a kind leans on when it reads or says an answer; `children` is asked only if need be."""
    return About(
        language=language,
        _=translator(language),
        as_of=as_of,
        choices=_choices(planned, edition, language, as_of, children),
    )


def _choices(
    planned: PlannedQuestion, edition: Edition, language: str, as_of: date, children: Children
) -> tuple[Choice, ...]:
    question = planned.question
    if question.kind == "child":
        return tuple(_child(card, language, as_of) for card in children())
    if question.kind in ("unit", "wishes"):
        kind = question.units or ""
        return edition.memo(
            ("forms.units", kind, language),
            lambda: _units(edition, kind, language),
        )
    if not question.options:
        return ()
    return edition.memo(
        ("forms.options", planned.service, question.id, language),
        lambda: tuple(
            Choice(o.id, plain(o.label, language), plain(o.hint, language) if o.hint else None)
            for o in question.options
        ),
    )


def _child(card: PersonCard, language: str, as_of: date) -> Choice:
    _ = translator(language)
    hint = _(
        "Born {day}, {age}",
        day=format_date(language, card.birth_date),
        age=age_in_words(card.birth_date, as_of, language),
    )
    if card.protected:
        hint += ". " + _("Protected personal data: we show nothing more than this.")
    return Choice(str(card.id), card.name, hint)


def age_in_words(born: date, as_of: date, language: str) -> str:
    """An age as people say it: months for the smallest, then years."""
    months = (as_of.year - born.year) * 12 + as_of.month - born.month - (as_of.day < born.day)
    speak = translator(language)
    if months < 24:
        return speak.plural("{n} month old", "{n} months old", max(months, 0))
    return speak.plural("{n} year old", "{n} years old", months // 12)


def _units(edition: Edition, kind: str, language: str) -> tuple[Choice, ...]:
    """By name: a large city has hundreds."""
    found = [_unit(unit, language) for unit in units(edition, kind).values()]
    return tuple(sorted(found, key=lambda it: in_order(it.label)))


def _unit(unit: Unit, language: str) -> Choice:
    place = f"{unit.address.street}, {unit.address.city}" if unit.address else None
    return Choice(unit.id, plain(unit.name, language), place)
