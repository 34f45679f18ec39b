"""What a check of a process holds in its hands: the process, and where to say what is wrong."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from allting.cases.definitions import APPLICANT, PROCESS, Process
from allting.packages.api import Definition, Report, cross_check, did_you_mean, one_of

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One service's process under a check."""

    definition: Definition
    report: Report
    service: str
    process: Process

    def wrong(
        self, place: Place, what: str, expected: str | None = None, mend: str | None = None
    ) -> None:
        """Report a mistake at a place in `process.yaml`."""
        self.report.error(self.definition.at(PROCESS, self.service, *place), what, expected, mend)

    def odd(self, place: Place, what: str, expected: str | None = None) -> None:
        """Report something that is probably not meant."""
        self.report.warning(self.definition.at(PROCESS, self.service, *place), what, expected)

    def exists(
        self, place: Place, what: str, id: str, known: Iterable[str] | None, where: str = ""
    ) -> bool:
        """Report an id that nothing is called; None for `known`: it cannot be told, for a file
        that is broken, of which is complained elsewhere."""
        choices = [id] if known is None else list(known)
        if id in choices:
            return True
        expected = (one_of(choices) + where) if choices else f"there is no {what} yet"
        self.wrong(place, f"there is no {what} '{id}'", expected, did_you_mean(id, choices))
        return False

    @property
    def stages(self) -> list[str]:
        """The ids of the stages."""
        return [stage.id for stage in self.process.stages]

    @property
    def roles(self) -> list[str] | None:
        """Who may make a move."""
        found = self.ids_in("organisation", "roles")
        return None if found is None else [*found, APPLICANT]

    def ids_in(self, kind: str, name: str) -> list[str] | None:
        """The ids that a file lists; None when it cannot be read."""
        found = self.definition.find(kind)
        if found is None:
            return None if self.definition.ids(kind) else []
        return [thing.id for thing in getattr(found, name)]

    def questions(self, kind: str) -> list[str] | None:
        """The ids of the form's questions of a kind; None when the form cannot be read."""
        form = self.definition.find("form", self.service)
        if form is None:
            return None if self.service in self.definition.ids("form") else []
        return [q.id for page in form.pages for q in page.questions if q.kind == kind]


def process_check(check: Callable[[Sheet], None]) -> Callable[[Sheet], None]:
    """Let `check` see every process of a package that is checked."""

    def each(definition: Definition, report: Report) -> None:
        for service, process in definition.all(PROCESS).items():
            check(Sheet(definition, report, service, process))

    cross_check(each)
    return check
