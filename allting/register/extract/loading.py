"""An extract is loaded: slice by slice, each whole or not at all.

Whatever stops the loading, the same file may be loaded again: lines that the register has already
say nothing new and are passed by. Only when a full extract has been read to its end are those who
were not in it marked as having left.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import IO
from uuid import UUID

from allting.kernel.api import as_uuid, now, rows, today, write
from allting.register.bulk import counted
from allting.register.changes import note_changes
from allting.register.extract.endings import deaths, leave, protect_at_least, protected
from allting.register.extract.faults import Fault
from allting.register.extract.lock import alone
from allting.register.extract.matching import Seen, match
from allting.register.extract.people import store
from allting.register.extract.reading import Bad, Good, header, lines
from allting.register.extract.shape import Header
from allting.register.extract.stays import homes
from allting.register.extract.ties import relate
from allting.register.models import Extract, Guardianship, Membership, Person

SLICE = 2_000  # lines in one transaction: others who write wait no longer than that
MOST_LEAVE = 5.0  # per cent of those registered; more is more likely a broken file than a flight
FEW = 10  # so many may always leave
NOTED = "extract"


class Refused(ValueError):
    """The extract is not loaded, or not to its end, and why."""


@dataclass(slots=True)
class Counts:
    """How it went."""

    lines: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    older: int = 0
    bad: int = 0
    left: int = 0


@dataclass(slots=True)
class Loading:
    """One extract on its way in."""

    head: Header
    told: Callable[[Fault], None]
    progress: Callable[[Counts], None] = lambda counts: None
    counts: Counts = field(default_factory=Counts)
    seen: Seen = field(default_factory=Seen)

    def slice(self, read: list[Good | Bad]) -> None:
        """Load some lines, in one transaction."""
        goods = [it for it in read if isinstance(it, Good)]
        bads = [it for it in read if isinstance(it, Bad)]
        for bad in bads:
            self.seen.bad(bad)
        with write():
            done = match(goods, self.head, self.seen)
            changed, before = store(done.works, self.head)
            touched = changed | deaths(done.works, before)  # first: one taken back is reopened
            touched |= homes(done.works, self.head) | relate(done.works, self.head.as_of)
            touched |= protect_at_least(bads, self.head)
            protected(done.works, before)
            note_changes(touched, NOTED)
        for fault in (*(fault for bad in bads for fault in bad.faults), *done.faults):
            self.told(fault)
        self._count(len(read), len(bads) + len(done.faults))
        self.counts.unchanged += done.unchanged
        self.counts.older += done.older
        new = {work.id for work in done.works if not work.held}
        self.counts.new += len(new)
        ours = {work.id for work in done.works} - new
        self.counts.changed += len(ours & touched)
        self.counts.unchanged += len(ours - touched)
        self.progress(self.counts)

    def _count(self, lines: int, bad: int) -> None:
        self.counts.lines += lines
        self.counts.bad += bad

    def absent(self) -> Iterator[list[UUID]]:
        """Those of this source who are registered and whom the file did not name, some at once."""
        after = UUID(int=0)
        while found := rows(_REGISTERED, [self.head.source, after, SLICE]):
            after = as_uuid(found[-1][0])
            yield [as_uuid(id_) for id_, number in found if not self.seen.has(number)]

    def end(self, *, yes: bool) -> None:
        """Mark those who were not in a full extract as having left."""
        gone = [id_ for few in self.absent() for id_ in few]
        if not gone:
            return
        registered = int(rows(_HOW_MANY, [self.head.source])[0][0])
        if self.seen.nameless and not yes:
            raise Refused(
                f"{len(gone):,} people are not in the file, but {self.seen.nameless:,} bad lines "
                "do not tell whom they are about: nobody is marked as having left. Mend the lines "
                "and load it again, or say --yes"
            )
        share = 100 * len(gone) / registered
        if len(gone) > FEW and share > MOST_LEAVE and not yes:
            raise Refused(
                f"{len(gone):,} of {registered:,} people ({share:.1f} %) are not in the file and "
                f"would be marked as having left. Expected at most {MOST_LEAVE:.0f} %; is the file "
                "whole? If it is, load it again with --yes. Its lines are loaded"
            )
        waiting = iter(gone)
        while few := list(islice(waiting, SLICE)):
            with write():
                note_changes(leave(few, self.head.as_of), NOTED)
            self.counts.left += len(few)


_HERE = """FROM register_origin o JOIN register_person p ON p.id = o.person_id
    WHERE o.source = %s AND p.died IS NULL AND p."left" IS NULL"""
_REGISTERED = f"""SELECT o.person_id, p.identity_number {_HERE} AND o.person_id > %s
    ORDER BY o.person_id LIMIT %s"""
_HOW_MANY = f"SELECT count(*) {_HERE}"


def load(
    file: IO[bytes],
    digest: str,
    *,
    told: Callable[[Fault], None],
    progress: Callable[[Counts], None] = lambda counts: None,
    yes: bool = False,
) -> Counts:
    """Load an extract whose whole text has this digest; every fault is `told`.

    Raises BadHeader, Refused, or Busy where another is being loaded.
    """
    with alone():
        head = header(file)
        begun = _begin(head, digest, yes=yes)
        if begun is None:
            raise Refused("this extract is loaded already, and later ones since: nothing is done")
        loading = Loading(head, told, progress)
        read = lines(file, head)
        while few := list(islice(read, SLICE)):
            loading.slice(few)
        if head.extract == "full":
            counted(Person, Membership, Guardianship)
            loading.end(yes=yes)
        with write():
            begun.ended_at, begun.counts = now(), asdict(loading.counts)
            begun.save()
        return loading.counts


def _begin(head: Header, digest: str, *, yes: bool) -> Extract | None:
    """A row for this loading; None if there is nothing to do. Raises Refused."""
    if head.as_of > today() and not yes:
        raise Refused(
            f"the extract is of {head.as_of}, which has not come yet. Expected a day until "
            f"{today()}; if it is right, say --yes: older extracts are refused from then on"
        )
    ours = Extract.objects.filter(source=head.source).order_by("-as_of", "-id")
    same = ours.filter(digest=digest).exclude(ended_at=None).first()
    latest = ours.first()
    if same and latest and latest.digest != digest and latest.as_of >= same.as_of:
        return None
    stops = ours.filter(as_of__gt=head.as_of)
    if head.extract == "changes":
        stops = stops.filter(kind="full")
    if newer := stops.first():
        raise Refused(
            f"a {newer.kind} extract of {newer.as_of} has been loaded from this source; this one "
            f"is of {head.as_of}: what is older never takes the place of what is newer"
        )
    with write():
        return Extract.objects.create(
            source=head.source, kind=head.extract, as_of=head.as_of, digest=digest, begun_at=now()
        )
