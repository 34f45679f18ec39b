"""What placements listen to: their own news, so that the register knows who has a place."""

from allting.kernel.api import subscribe
from allting.placements.events import PlaceTaken, SeatEnded
from allting.placements.shielding import shield
from allting.register.api import declare, place_fact
from allting.register.events import ProtectionAppeared


@subscribe(PlaceTaken)
def keep_the_place(event: PlaceTaken) -> None:
    """That a child has a place of this kind becomes a fact, from its first day there."""
    declare(
        {place_fact(event.kind): True},
        applicant=event.subject,
        subject=event.subject,
        source=event.source,
        at=event.start,
        purpose=event.service,
    )


@subscribe(SeatEnded)
def the_place_is_over(event: SeatEnded) -> None:
    """That a child has no place of this kind any more becomes a fact, from that day."""
    declare(
        {place_fact(event.kind): False},
        applicant=event.subject,
        subject=event.subject,
        source="placement",
        at=event.on,
    )


@subscribe(ProtectionAppeared)
def somebody_is_protected(event: ProtectionAppeared) -> None:
    """In the transaction in which the register learns of it."""
    shield(event.people)
