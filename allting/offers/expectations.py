"""What an example of a service says about its offers: `offered`, `not_offered`, `accepted`."""

from collections.abc import Mapping
from typing import Any

from allting.cases.api import decision_mismatch
from allting.catalogue.api import WrongValue, example_values
from allting.conditions.api import ConditionFault, decide
from allting.forms.api import FORM, Form, Question, answer_values, lacking
from allting.offers.answers import worked_out
from allting.offers.parts import OFFERS, Offers
from allting.offers.plan import Planned, plan
from allting.packages.api import Definition, Example, did_you_mean
from allting.ui.api import worded


def offered(definition: Definition, service: str, example: Example, expected: Any) -> list[str]:
    """Mismatches between the situations that the example expects, and those it is in."""
    try:
        values, offers = _start(definition, service, example)
    except WrongValue as wrong:
        return [str(wrong)]
    known = [one.id for one in offers.situations]
    found = _offered(definition, service, offers, values, example)
    return [
        *_unknown(expected, known),
        *(_why_not(definition, service, offers, id, values, example)
          for id in expected if id in known and id not in found),
        *(worded("'{id}' is offered, but the example does not expect it", id=id)
          for id in found if id not in expected),
    ]  # fmt: skip


def not_offered(definition: Definition, service: str, example: Example, expected: Any) -> list[str]:
    """Mismatches: situations that the example says it is not in, but is, or do not exist."""
    try:
        values, offers = _start(definition, service, example)
    except WrongValue as wrong:
        return [str(wrong)]
    found = _offered(definition, service, offers, values, example)
    return [
        *_unknown(expected, [one.id for one in offers.situations]),
        *(
            worded("'{id}' is offered, but the example says it is not", id=id)
            for id in expected
            if id in found
        ),
    ]


def accepted(definition: Definition, service: str, example: Example, expected: Any) -> list[str]:
    """Mismatches between what a yes to each offer comes to, and what the example expects.

    `given.offer` is what the offer holds (unit, start); `given.answers` what is asked with it.
    """
    try:
        values, offers = _start(definition, service, example)
    except WrongValue as wrong:
        return [str(wrong)]
    wrong_ids = _unknown(expected, [one.id for one in offers.situations])
    if wrong_ids:
        return wrong_ids
    return [
        mismatch
        for id, outcome in expected.items()
        for mismatch in _yes(definition, service, offers, id, values, example, outcome)
    ]


def _start(definition: Definition, service: str, example: Example) -> tuple[dict[str, Any], Offers]:
    offers = definition.find(OFFERS, service)
    if offers is None:
        raise WrongValue("the service has no offer.yaml, so nothing is offered")
    return example_values(definition, service, example), offers


def _unknown(expected: Any, known: list[str]) -> list[str]:
    said = []
    for id in expected:
        if id not in known:
            hint = did_you_mean(id, known)
            said.append(f"there is no situation '{id}'" + (f"; {hint}" if hint else ""))
    return said


def _offered(
    definition: Definition,
    service: str,
    offers: Offers,
    values: Mapping[str, Any],
    example: Example,
) -> list[str]:
    if values.get("protected") is True:
        return []  # the named handler is told instead
    found = []
    for situation in offers.situations:
        try:
            planned = plan(definition, service, situation)
        except (ConditionFault, KeyError):
            continue  # the expression itself has been complained of
        if decide(planned.holds, values, as_of=example.on).holds:
            found.append(situation.id)
    return found


def _why_not(
    definition: Definition,
    service: str,
    offers: Offers,
    id: str,
    values: Mapping[str, Any],
    example: Example,
) -> str:
    if values.get("protected") is True:
        return worded(
            "'{id}' is not offered: protected people are not contacted automatically", id=id
        )
    try:
        planned = plan(definition, service, offers.situation(id))
    except (ConditionFault, KeyError):
        return worded("'{id}' cannot be worked out", id=id)
    outcome = decide(planned.holds, values, as_of=example.on)
    because = "; ".join(part.text for part in outcome.because)
    why = worded("unknown") if outcome.answer == "unknown" else worded("no")
    if outcome.missing:
        missing = ", ".join(outcome.missing)
        why = worded("{answer} for want of {missing}", answer=why, missing=missing)
    if because:
        why = worded("{answer} ({because})", answer=why, because=because)
    return worded("'{id}' is not offered: {why}", id=id, why=why)


def _yes(
    definition: Definition,
    service: str,
    offers: Offers,
    id: str,
    values: Mapping[str, Any],
    example: Example,
    outcome: str,
) -> list[str]:
    situation, form = offers.situation(id), definition.find(FORM, service)
    if situation.accept is None or form is None:
        return [worded("'{id}' cannot be accepted: it only informs", id=id)]
    try:
        planned = plan(definition, service, situation)
    except (ConditionFault, KeyError):
        return []
    facts = {n: v for n, v in values.items() if not n.startswith("answers.")}
    facts["offer.situation"] = id
    asked = _asked(planned, form, example)
    answers = worked_out(planned, form, facts, example.on) | asked
    open_ = lacking(definition, service, answers, facts, example.on)
    if open_:
        these = ", ".join(open_)
        return [
            worded(
                "a yes to '{id}' leaves {these} unanswered or not as it must be",
                id=id,
                these=these,
            )
        ]
    seen = facts | answer_values(form, answers)
    return [
        worded("a yes to '{id}': {mismatch}", id=id, mismatch=mismatch)
        for mismatch in decision_mismatch(definition, service, seen, example.on, outcome)
    ]


def _asked(planned: Planned, form: Form, example: Example) -> dict[str, Any]:
    """What the example says that the person tells with the yes, as answers."""
    accept = planned.situation.accept
    given = example.given.get("answers", {})
    asks = accept.asks if accept else ()
    found = {q.id: _answer(q, given) for q in form.questions if q.id in asks}
    return {id: answer for id, answer in found.items() if answer is not None}


def _answer(question: Question, given: Mapping[str, Any]) -> Any:
    """An answer from the facts that it is in conditions, by which examples name it."""
    if question.kind == "wishes":
        first = given.get(f"{question.name}_first")
        return None if first is None else [first]
    if question.kind == "choices":
        chosen = [
            option.id
            for option in question.options
            if given.get(f"{question.name}_{option.id.replace('-', '_')}") is True
        ]
        return chosen or None
    return given.get(question.name)
