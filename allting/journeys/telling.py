"""A plan in words: a line for each step, why it is there, and what clashes."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from allting.catalogue.api import PlanQuestion, evidence, plan_questions, service
from allting.journeys.asking import PLAN, Change
from allting.journeys.choosing import Choice
from allting.journeys.graph import EVIDENCE
from allting.journeys.parts import Clash, Plan, Step, Why
from allting.packages.api import Edition
from allting.ui.api import date as day_in_words
from allting.ui.api import later, money, plain, translator

WHO = {
    "all-guardians": later("All guardians do this together."),
    "both-spouses": later("You both do this together."),
    "person": later("Each does this for themselves."),
    "estate": later("The estate does this."),
}
CLASHES = {
    "today": later("today is the first day to begin"),
    "opens": later("{step} cannot begin earlier"),
    "fresh": later("what {step} gives expires"),
    "day": later("it must be there, and valid, on the day"),
    "closes": later("{step} must be begun within a certain time of the day"),
    "ends": later("{step} must be done within a certain time of the day"),
    "by": later("{step} is to be done by your day"),
    "held": later("what you have expires before {step} is done"),
}


def anchor(step: str) -> str:
    """Where in the list of a plan's steps a step stands.

    >>> anchor("evidence:control-plan")
    'step-evidence-control-plan'
    """
    return f"step-{step.replace(':', '-')}"


def of_plan(title: str, name: str) -> str:
    """A step where plans are not told apart by where it stands: with the name of its plan.

    >>> of_plan("Building permit", "The cabin"), of_plan("Building permit", "")
    ('Building permit (The cabin)', 'Building permit')
    """
    return f"{title} ({name})" if name else title


class Teller:
    """Tells plans of one edition in one language."""

    def __init__(self, edition: Edition, language: str) -> None:
        self._edition, self._language = edition, language
        self._ = translator(language)

    def stations(self, made: Plan) -> list[dict[str, Any]]:
        """The steps as an ordered list that can be drawn as a path."""
        choices = {choice.taken: choice for choice in made.choices}
        return [self._station(step, choices.get(step.id)) for step in made.steps]

    def _station(self, step: Step, choice: Choice | None) -> dict[str, Any]:
        sentences = [*self._who(step), *self._days(step), *self._why(step)]
        if choice:
            sentences += self._instead(choice)
        return {
            "id": anchor(step.id),
            "title": self.title(step.id),
            "state": "done" if step.state == "done" else "next",
            "date": self._state(step),
            "text": " ".join(sentences),
            "href": None if step.id.startswith(EVIDENCE) else self._href(step.id),
        }

    def _instead(self, choice: Choice) -> Iterator[str]:
        _ = self._
        if choice.others:
            others = ", ".join(self.title(it) for it in choice.others)
            yield _("Instead of this you can use: {others}.", others=others)
        for id, conditions in choice.barred:
            why = "; ".join(self._condition(id, it) for it in conditions)
            if id == choice.taken:
                yield _(
                    "As far as we can see you may not use this. What does not hold: {why}.", why=why
                )
            else:
                yield _(
                    "You may not use {other}. What does not hold: {why}.",
                    other=self.title(id),
                    why=why,
                )

    def _condition(self, id: str, condition: str) -> str:
        says = next(it.says for it in service(self._edition, id).conditions if it.id == condition)
        return plain(says, self._language)

    def _href(self, id: str) -> str:
        return f"/{self._language}/services/{id}/"

    def title(self, id: str) -> str:
        """What a step is called."""
        if id.startswith(EVIDENCE):
            return plain(evidence(self._edition)[id.removeprefix(EVIDENCE)].title, self._language)
        return plain(service(self._edition, id).title, self._language)

    def outside(self, id: str) -> str:
        """The same where others may read it, as in a text message or a calendar."""
        if id.startswith(EVIDENCE):
            return self.title(id)
        named = service(self._edition, id).named_outside(self._language)
        return named or self._("A step of your plan")

    def day(self, day: date) -> str:
        """A day as people say it."""
        return day_in_words(self._language, day)

    def _state(self, step: Step) -> str:
        _ = self._
        if step.state == "later" and step.earliest:
            return _("From {day}", day=self.day(step.earliest))
        return {
            "done": _("Done"),
            "underway": _("Under way"),
            "now": _("You can begin now"),
            "waits": _("Waits for an earlier step"),
            "maybe": _("May be needed"),
        }.get(step.state, "")

    def _who(self, step: Step) -> Iterator[str]:
        if step.others:
            yield self._("Who: {who}.", who=self._giver(step.id))
        if step.who in WHO:
            yield self._(WHO[step.who])

    def _giver(self, id: str) -> str:
        if id.startswith(EVIDENCE):
            issuer = evidence(self._edition)[id.removeprefix(EVIDENCE)].issued_by
            named = issuer.authority if issuer else None
        else:
            done_by = service(self._edition, id).done_by
            named = done_by.authority if done_by else None
        return plain(named, self._language) if named else ""

    def _days(self, step: Step) -> Iterator[str]:
        _ = self._
        if step.state == "done" or step.earliest is None:
            return
        if step.state == "waits":
            yield _("It can begin {day} at the earliest.", day=self.day(step.earliest))
        if step.latest is not None and step.state != "underway":
            yield self._by(step, step.latest)
        if not step.length_known:
            yield _("How long it takes is not known.")

    def _by(self, step: Step, latest: date) -> str:
        """The last day to begin, and if it cannot be held, by how much: as the drawing shows it."""
        _, late = self._, -(step.slack or 0)
        if late <= 0:
            return _("Begin by {day} at the latest.", day=self.day(latest))
        said = _.plural("{n} day too late", "{n} days too late", late)
        return _("It must begin by {day}: {late}.", day=self.day(latest), late=said)

    def _why(self, step: Step) -> Iterator[str]:
        for why in step.why:
            if why.user:
                yield self._because(why)

    def _because(self, why: Why) -> str:
        what = plain(evidence(self._edition)[why.evidence].title, self._language)
        words = {"what": what, "step": self.title(why.user)}
        if why.at == "event":
            return self._("{what} must be there on the day, for {step}.", **words)
        if why.at == "decision":
            return self._("{step} needs {what} before it is decided.", **words)
        return self._("{step} asks for {what}.", **words)

    def clash(self, it: Clash) -> str:
        """What cannot both hold, and by how many days."""
        _, title = self._, self.title(it.step)
        days = _.plural("{n} day", "{n} days", it.days)
        if it.low == it.high:
            what = plain(evidence(self._edition)[it.low.evidence].title, self._language)
            return _(
                "{what} expires {days} before {step} is done.", what=what, days=days, step=title
            )
        return _(
            "{step} cannot be in time, by {days}: {one}, but {other}.",
            step=title,
            days=days,
            one=self._cause(it.low.kind, it.low.step),
            other=self._cause(it.high.kind, it.high.step),
        )

    def _cause(self, kind: str, step: str) -> str:
        return self._(CLASHES.get(kind, CLASHES["day"]), step=self.title(step))

    def costs(self, made: Plan) -> list[str]:
        """What the certain steps cost together, as far as it is known."""
        _, costs = self._, made.costs
        lines = [_("Known so far: {amount}.", amount=money(self._language, costs.known))]
        unknown = dict.fromkeys(self.title(step) for step, _price in costs.unknown)
        again = dict.fromkeys(self.title(step) for step, _price in costs.again)
        if unknown:
            lines.append(
                _("Besides: {steps}. What they cost depends on you.", steps=", ".join(unknown))
            )
        if again:
            lines.append(_("Paid again and again: {steps}.", steps=", ".join(again)))
        return lines if costs.known or unknown or again else []

    def change(self, it: Change) -> str:
        """What another answer would do."""
        question = self.question(it.question)
        words = {
            "question": plain(question.label, self._language),
            "answer": self._answer(question, it.answer),
        }
        said = [self._("“{question}” {answer}:", **words), *self._then(it)]
        # the first goes on after the colon, the others are sentences of their own
        said[2:] = [each[:1].upper() + each[1:] for each in said[2:]]
        return " ".join(said)

    def _then(self, it: Change) -> Iterator[str]:
        _, new = self._, [*it.added, *it.settled]
        if new:
            yield _("then also {steps}.", steps=", ".join(map(self.title, new)))
        if it.removed:
            steps = ", ".join(map(self.title, it.removed))
            yield _("Not {steps}.", steps=steps) if new else _("then not {steps}.", steps=steps)
        if it.days:
            days = _.plural("{n} day", "{n} days", abs(it.days))
            sooner, later = _("Done {days} earlier.", days=days), _("Done {days} later.", days=days)
            yield later if it.days > 0 else sooner
        if it.clashes > 0:
            yield _("Then the days do not hold.")

    def question(self, name: str) -> PlanQuestion:
        """The question whose answer has this name in conditions."""
        known = plan_questions(self._edition.definition)
        return known[name.removeprefix(PLAN).replace("_", "-")]

    def _answer(self, question: PlanQuestion, value: object) -> str:
        if isinstance(value, bool):
            return self._("Yes") if value else self._("No")
        named = next((it.label for it in question.options if it.id == value), None)
        return plain(named, self._language) if named else str(value)
