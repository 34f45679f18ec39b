"""What one had written survives the way through a new sign-in; for that person and move only."""

from datetime import timedelta

from django.http import QueryDict

from allting.identity.api import Actor
from allting.kernel.api import now, write
from allting.workplace.models import Written

LASTS = timedelta(hours=8)  # a working day; what lies longer is removed by a job
_NOT_OURS = ("csrfmiddlewaretoken",)


def keep_written(actor: Actor, case: str, move: str, posted: QueryDict) -> None:
    """Keep what was posted, in place of what was kept before."""
    fields = {name: posted[name] for name in posted if name not in _NOT_OURS}
    with write():
        Written.objects.update_or_create(
            account=actor.account,
            case=case,
            move=move,
            defaults={"fields": fields, "at": now()},
        )


def written_before(actor: Actor, case: str, move: str) -> QueryDict | None:
    """What the actor had filled in for this move, if it is still kept."""
    mine = Written.objects.filter(account=actor.account, case=case, move=move)
    found = mine.filter(at__gt=now() - LASTS).first()
    if found is None:
        return None
    fields = QueryDict(mutable=True)
    fields.update(found.fields)
    return fields


def forget_written(actor: Actor, case: str, move: str) -> None:
    """The move is made, or given up."""
    with write():
        Written.objects.filter(account=actor.account, case=case, move=move).delete()


def forget_old() -> int:
    """Remove what nobody came back for."""
    with write():
        return Written.objects.filter(at__lte=now() - LASTS).delete()[0]
