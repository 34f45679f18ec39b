"""A person at their draft: the draft, the form it follows, what the register says, the way on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied

from allting.catalogue.api import NotInCatalogue, Service, facts_for_conditions, service
from allting.conditions.api import Bound
from allting.forms.choosing import about
from allting.forms.kinds import About
from allting.forms.plan import PARAMETERS, Plan, PlannedQuestion, plan_of
from allting.forms.queries import DraftRow, draft_of
from allting.forms.rules import Walk, values_for, walk, walk_of
from allting.forms.vocabulary import TOLD
from allting.identity.api import Actor
from allting.packages.api import Edition, NoSuchEdition, current, edition
from allting.register.api import Facts, PersonCard, children_of
from allting.register.api import facts as register_facts

MOST_WAYS = 512


class NoDraft(LookupError):
    """There is no such draft of this person."""


class Vanished(LookupError):
    """The service is no longer offered, or its version cannot be read any more."""

    def __init__(self, draft: DraftRow, service: Service | None) -> None:
        super().__init__(draft.service)
        self.draft = draft
        self.service = service


@dataclass(frozen=True)
class Sitting:
    """A person at their draft."""

    actor: Actor
    draft: DraftRow
    edition: Edition
    plan: Plan
    service: Service
    as_of: date
    facts: Facts
    read: frozenset[str]  # the facts that were asked for, held or not
    way: Walk
    seen: dict[str, Any] = field(default_factory=dict)  # read once for this request

    @property
    def answers(self) -> Mapping[str, Any]:
        """What has been answered so far."""
        return self.draft.answers

    @property
    def values(self) -> Mapping[str, Any]:
        """Everything that conditions of the service may see."""
        if self.way.values is not None:
            return self.way.values
        return values_for(self.plan, self.way, self.answers, self.facts)

    @property
    def subject(self) -> UUID | None:
        """Whom the service concerns; None while the child has not been chosen."""
        if self.plan.child is None:
            return self.draft.person
        chosen = self.answers.get(self.plan.child)
        return UUID(chosen) if chosen else None

    def known(self, planned: PlannedQuestion) -> Any:
        """The answer that the register already gives to a question, or None."""
        name = planned.question.known_from
        value = self.facts.get(name) if name else None
        return planned.kind.from_fact(value) if value is not None else None

    def known_since(self, planned: PlannedQuestion) -> date | None:
        """When that was declared or decided; None for what the register has by itself."""
        return self.facts.since.get(planned.question.known_from or "")

    def children(self) -> tuple[PersonCard, ...]:
        """The children to choose from; read once."""
        if "children" not in self.seen:
            self.seen["children"] = children_of(self.actor, as_of=self.as_of)
        found: tuple[PersonCard, ...] = self.seen["children"]
        return found

    def about(self, planned: PlannedQuestion, language: str) -> About:
        """What a kind leans on when it reads or says an answer to a question."""
        return about(planned, self.edition, language, self.as_of, self.children)

    def answering(self, answers: Mapping[str, Any]) -> "Sitting":
        """The same, had these answers been given; another child has facts of its own."""
        draft, facts = replace(self.draft, answers=answers), self.facts
        child = self.plan.child
        if child is not None and answers.get(child) != self.answers.get(child):
            draft, facts = _facts(self.actor, draft, self.plan, self.read, self.as_of)
        way = walk(self.plan, draft.answers, facts, self.as_of)
        return replace(self, draft=draft, facts=facts, way=way)

    @property
    def remembered(self) -> dict[str, Any]:
        """The way, as the draft keeps it for pages that are only shown."""
        asked = [planned.id for planned in self.way.questions]
        return {"on": self.as_of.isoformat(), "asked": asked}


def sit_down(
    actor: Actor,
    id: UUID,
    as_of: date,
    *,
    page: str = "",
    all: bool = False,
    fresh: bool = True,
) -> Sitting:
    """The actor at their draft. Raises NoDraft, and Vanished when it cannot go on.

    Of the register only what decides the way, and what `page` shows as known, is read; with `all`
    also what the conditions on answers and on the service need. A page that is only shown need
    not be `fresh`: it follows the way that was worked out today, when an answer was last saved.
    """
    draft = draft_of(actor, id)
    if draft is None:
        raise NoDraft(id)
    pinned, plan, offered = _offered(draft)
    way = None if fresh else _remembered(pinned, plan, draft, as_of)
    names = set(_page_names(plan, page)) | (set(plan.facts) if way is None else set())
    if all:
        names |= _all_names(pinned, plan)
    found, facts = _facts(actor, draft, plan, names, as_of)
    if found is not draft and way is not None:
        return sit_down(actor, id, as_of, page=page, all=all)
    draft = found
    if way is None:
        way = walk(plan, draft.answers, facts, as_of)
    return Sitting(actor, draft, pinned, plan, offered, as_of, facts, frozenset(names), way)


def _offered(draft: DraftRow) -> tuple[Edition, Plan, Service]:
    """The version that the draft was begun under, if its service is still offered today."""
    now = current()
    try:
        pinned = now if draft.edition == now.id else edition(draft.edition)
        offered = service(pinned, draft.service)
    except (NoSuchEdition, NotInCatalogue):
        raise Vanished(draft, None) from None
    plan = plan_of(pinned, draft.service)
    try:
        today = offered if pinned is now else service(now, draft.service)
    except NotInCatalogue:
        raise Vanished(draft, offered) from None
    if plan is None or today.status == "closed":
        raise Vanished(draft, offered)
    return pinned, plan, offered


def _remembered(edition: Edition, plan: Plan, draft: DraftRow, as_of: date) -> Walk | None:
    if draft.way is None or draft.way["on"] != as_of.isoformat():
        return None
    asked = tuple(draft.way["asked"])
    ways: dict[tuple[str, ...], Walk] = edition.memo(("forms.ways", plan.service), dict)
    found = ways.get(asked)
    if found is None:
        if len(ways) >= MOST_WAYS:
            ways.clear()
        found = ways[asked] = walk_of(plan, asked)
    return found


def _page_names(plan: Plan, page: str) -> Iterable[str]:
    for planned in plan.questions.values():
        if planned.page == page:
            if planned.question.known_from:
                yield planned.question.known_from
            yield from _needed([planned.valid_if])


def _all_names(edition: Edition, plan: Plan) -> frozenset[str]:
    """What the conditions on answers and on the service need; worked out once."""

    def build() -> frozenset[str]:
        checked = _needed(q.valid_if for q in plan.questions.values())
        return facts_for_conditions(edition, plan.service).union(checked)

    return edition.memo(("forms.all_names", plan.service), build)


def _needed(bounds: Iterable[Bound | None]) -> Iterable[str]:
    for bound in bounds:
        yield from (bound.names if bound else ())


def more_facts(sitting: Sitting, names: Iterable[str]) -> Facts:
    """The facts of the sitting and these."""
    wanted = set(names) - sitting.read
    _, found = _facts(sitting.actor, sitting.draft, sitting.plan, wanted, sitting.as_of)
    return sitting.facts.joined(found)


def _facts(
    actor: Actor, draft: DraftRow, plan: Plan, names: Iterable[str], as_of: date
) -> tuple[DraftRow, Facts]:
    wanted = {name for name in names if not name.startswith((*TOLD, PARAMETERS))}
    if not wanted:
        return draft, Facts()
    chosen = draft.answers.get(plan.child) if plan.child else str(draft.person)
    try:
        return draft, _read(actor, draft, plan, UUID(chosen) if chosen else None, wanted, as_of)
    except PermissionDenied:
        if plan.child is None or not chosen:
            raise
        # no longer the child's guardian: the child has to be chosen anew
        left = {id: answer for id, answer in draft.answers.items() if id != plan.child}
        return replace(draft, answers=left), _read(actor, draft, plan, None, wanted, as_of)


def _read(
    actor: Actor,
    draft: DraftRow,
    plan: Plan,
    subject: UUID | None,
    names: set[str],
    as_of: date,
) -> Facts:
    return register_facts(
        actor,
        applicant=draft.person,
        subject=subject,
        names=names,
        as_of=as_of,
        purpose=f"application: {draft.service}",
        here=plan.parameters.get(f"{PARAMETERS}municipality_code"),
        autumn=plan.parameters.get(f"{PARAMETERS}autumn_term_month"),
    )
