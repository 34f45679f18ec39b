"""Keeping, sharing and forgetting plans. Done twice, each comes to the same."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied

from allting.catalogue.api import life_event
from allting.identity.api import Actor, person_of
from allting.journeys import access
from allting.journeys.following import follow_soon, under
from allting.journeys.making import Together, Wish
from allting.journeys.models import KeptPlan, PlanReader
from allting.journeys.sharing import tell_of
from allting.kernel.api import new_id, now, record, today, write
from allting.notifications.api import follow
from allting.packages.api import Edition
from allting.register.api import PersonCard, children_of, other_guardians, spouses_of

NAME_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Opened:
    """A kept plan for someone who may read it. A child is named only while they answer for it."""

    kept: KeptPlan
    own: bool
    together: Together

    def wish(self) -> Wish:
        """What it is made from."""
        answers = {name: _read(value) for name, value in self.kept.answers.items()}
        passed = frozenset(self.kept.passed)
        return Wish(self.kept.life_event, self.kept.day, answers, passed, self.together.child)


def keep(actor: Actor, edition: Edition, wish: Wish, id: UUID | None = None) -> UUID:
    """Keep what a plan is made from; with an id, as that plan, new or one's own already.

    Raises NotInCatalogue, or PermissionDenied for a child that the actor does not answer for and
    for a plan of somebody else or for something else.
    """
    life_event(edition, wish.life_event)
    me, plan_id = person_of(actor), id or new_id()
    if wish.child and wish.child not in {it.id for it in children_of(actor, as_of=today())}:
        raise PermissionDenied
    values = {
        "child": str(wish.child) if wish.child else "",
        "day": wish.day,
        "answers": {name: _written(value) for name, value in wish.answers.items()},
        "passed": sorted(wish.passed),
        "changed_at": now(),
    }
    held = KeptPlan.objects.filter(id=plan_id).first()
    if held and not (access.is_owner(actor, held) and held.life_event == wish.life_event):
        raise PermissionDenied
    with write():
        KeptPlan.objects.update_or_create(
            id=plan_id, owner=me, life_event=wish.life_event, defaults=values
        )
        record(str(actor.account), "plan kept", f"plan {plan_id}")
        follow_soon(plan_id)
    return plan_id


def rename(actor: Actor, id: UUID, name: str) -> None:
    """Call it something; nothing: what it is a plan for."""
    kept = _own(actor, id)
    said = " ".join(name.split())[:NAME_LENGTH]
    with write():
        KeptPlan.objects.filter(id=kept.id).update(name=said, changed_at=now())
        record(str(actor.account), "plan named", f"plan {id}")
        follow_soon(id)  # its reminders say which plan they are of


def stay(actor: Actor, id: UUID) -> None:
    """Keep it for as long again as if it had been changed today."""
    kept = _own(actor, id)
    with write():
        KeptPlan.objects.filter(id=kept.id).update(changed_at=now())


def share(actor: Actor, id: UUID, person: UUID) -> None:
    """Let the other guardian or the spouse see a plan. Raises PermissionDenied for anyone else."""
    kept = _own(actor, id)
    if person not in {it.id for it in near(actor, kept)}:
        raise PermissionDenied
    with write():
        _reader, made = PlanReader.objects.get_or_create(plan=kept, person=person)
        record(str(actor.account), "plan shared", f"plan {id}", person=str(person))
        follow_soon(id)
        if made:
            tell_of(actor, kept, person)


def unshare(actor: Actor, id: UUID) -> None:
    """Let nobody else see it."""
    kept = _own(actor, id)
    with write():
        for reader in readers_of(kept):
            follow(reader, under(id), ())
        PlanReader.objects.filter(plan=kept).delete()
        record(str(actor.account), "plan shared no more", f"plan {id}")


def forget(actor: Actor, id: UUID) -> None:
    """Keep it no longer."""
    kept = _own(actor, id)
    with write():
        for person in (kept.owner, *readers_of(kept)):
            follow(person, under(id), ())
        kept.delete()
        record(str(actor.account), "plan forgotten", f"plan {id}")


def hush(actor: Actor, id: UUID, *, quiet: bool) -> None:
    """Remind the actor of this plan's last days no more, or again."""
    held = opened(actor, id)
    with write():
        if held.own:
            KeptPlan.objects.filter(id=id).update(quiet=quiet)
        else:
            PlanReader.objects.filter(plan=id, person=person_of(actor)).update(quiet=quiet)
        follow_soon(id)


def is_quiet(actor: Actor, held: Opened) -> bool:
    """Whether the actor wants no reminders of this plan."""
    mine = PlanReader.objects.filter(plan=held.kept, person=person_of(actor), quiet=True)
    return held.kept.quiet if held.own else mine.exists()


def near(actor: Actor, kept: KeptPlan) -> tuple[PersonCard, ...]:
    """With whom a plan can be shared: the child's other guardians, the spouse."""
    spouses, guardians = _near(actor, _child(actor, kept))
    return tuple({it.id: it for it in (*spouses, *guardians)}.values())


def _child(actor: Actor, kept: KeptPlan) -> UUID | None:
    child = UUID(kept.child) if kept.child else None
    return child if child in {it.id for it in children_of(actor, as_of=today())} else None


def _near(
    actor: Actor, child: UUID | None
) -> tuple[tuple[PersonCard, ...], tuple[PersonCard, ...]]:
    others = other_guardians(actor, child, as_of=today()) if child else ()
    return spouses_of(actor, as_of=today()), others


def opened(actor: Actor, id: UUID) -> Opened:
    """A plan of one's own, or one that is shared with one, while one is near whoever keeps it.

    Raises PermissionDenied for others, and where there is none: the two are not to be told apart.
    """
    kept = KeptPlan.objects.filter(id=id).first()
    if kept is None:
        raise PermissionDenied
    own, readers = access.is_owner(actor, kept), readers_of(kept)
    if not own and not access.is_reader(actor, readers):
        raise PermissionDenied
    sharing, child = readers | {kept.owner}, _child(actor, kept)
    spouses, guardians = _near(actor, child) if len(sharing) > 1 else ((), ())
    together = Together(
        frozenset(it.id for it in spouses) & sharing,
        frozenset(it.id for it in guardians) & sharing,
        child,
    )
    # no longer married, no longer a guardian, or protected since
    if not own and kept.owner not in together.spouses | together.guardians:
        raise PermissionDenied
    return Opened(kept, own, together)


def readers_of(kept: KeptPlan) -> frozenset[UUID]:
    """With whom it is shared."""
    return frozenset(PlanReader.objects.filter(plan=kept).values_list("person", flat=True))


def own_plans_for(actor: Actor, event: str) -> list[KeptPlan]:
    """One's own plans for a life event, the latest first."""
    found = KeptPlan.objects.filter(owner=person_of(actor), life_event=event)
    return sorted(found, key=lambda it: it.changed_at, reverse=True)


def plans_of(actor: Actor) -> list[KeptPlan]:
    """One's own plans and those shared with one, the latest first."""
    me = person_of(actor)
    own = KeptPlan.objects.filter(owner=me)
    shared = KeptPlan.objects.filter(readers__person=me)
    return sorted({*own, *shared}, key=lambda it: it.changed_at, reverse=True)


def _own(actor: Actor, id: UUID) -> KeptPlan:
    kept = KeptPlan.objects.filter(id=id).first()
    if kept is None or not access.is_owner(actor, kept):
        raise PermissionDenied
    return kept


def _written(value: Any) -> Any:
    return {"date": value.isoformat()} if isinstance(value, date) else value


def _read(value: Any) -> Any:
    return date.fromisoformat(value["date"]) if isinstance(value, dict) else value
