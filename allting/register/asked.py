"""Everyone at once; NumPy is loaded only by the processes that ask."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from allting.register.everyone.people import People


def everyone(
    names: Collection[str],
    *,
    as_of: date,
    here: str | None,
    autumn: int | None = None,
    only: Collection[UUID] | None = None,
) -> "People":
    """All who live and are registered on a day, as a crowd that conditions can be asked of.

    The facts are those of `facts` where nobody applies, and only what `names` asks for is read:
    of everyone into this process's memory, the changes alone the next time; of `only` some people
    and those around them straight from the database. For the house itself, never for showing:
    nobody is withheld, protected people are marked (`People.protected`), and nothing is logged.

        people = everyone(bound.names, as_of=day, here="2599")
        found = holds({"child-soon-one": bound}, people, as_of=day, constants=parameters)
        people.ids(found["child-soon-one"] & ~people.protected)
    """
    from allting.register.everyone import kept

    return kept.everyone(names, as_of=as_of, here=here, autumn=autumn, only=only)
