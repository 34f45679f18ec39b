"""Work in the background: a round so large that nobody should wait for it on a page."""

from uuid import UUID

from django_tasks import task

from allting.placements.errors import NotNow
from allting.placements.models import Round
from allting.placements.rounds import settle


@task(max_attempts=5)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def settle_round(round_id: str, name: str) -> None:
    """Settle a round for the one who asked for it; done again, it finds it settled."""
    try:
        settle(UUID(round_id), by=None, on_behalf=name)
    except (NotNow, Round.DoesNotExist):
        return  # dropped meanwhile: then it is not to be settled
