"""What must hold across `places.yaml` and the rest of the package, each fault with its mending."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from allting.catalogue.api import SERVICE, Unit
from allting.conditions.api import Bound, ConditionFault, FactType, Vocabulary, bind
from allting.forms.api import FORM
from allting.packages.api import At, Definition, Report, did_you_mean, one_of
from allting.placements.examples import run
from allting.placements.keys import TYPES
from allting.placements.parts import NOWHERE, PLACES, Example, Places, Priority
from allting.placements.vocabulary import wished, words_of

KINDS = {
    FactType.BOOLEAN: "yes or no",
    FactType.NUMBER: "a number",
    FactType.DATE: "a date",
    FactType.TEXT: "a text",
}


@dataclass(frozen=True)
class Sheet:
    """One file under check."""

    definition: Definition
    report: Report
    service: str
    places: Places

    def at(self, *path: str | int, offset: int | None = None) -> At:
        """A place in it."""
        return self.definition.at(PLACES, self.service, *path, offset=offset)

    @cached_property
    def words(self) -> Vocabulary:
        """What its priorities may speak of."""
        return words_of(self.definition, self.service)

    @cached_property
    def units(self) -> tuple[tuple[str, int, Unit], ...]:
        """The units of its kind: the file's id, the place in the file, the unit."""
        return tuple(
            (file, n, unit)
            for file, listed in self.definition.all("units").items()
            if listed.kind == self.places.kind
            for n, unit in enumerate(listed.units)
        )


def check_places(definition: Definition, report: Report) -> None:
    """The cross-check of every `places.yaml` of a definition."""
    for service, places in definition.all(PLACES).items():
        sheet = Sheet(definition, report, service, places)
        if service not in definition.ids(SERVICE):
            report.error(
                sheet.at(),
                f"there are places but no service '{service}'",
                f"services/{service}/service.yaml beside it",
                "write service.yaml, or move the file to the service it belongs to",
            )
            continue
        _kind(sheet)
        _question(sheet)
        _roles(sheet)
        if _priorities(sheet):
            _examples(sheet)


def _kind(sheet: Sheet) -> None:
    known = {units.kind for units in sheet.definition.all("units").values()}
    kind = sheet.places.kind
    if kind not in known:
        sheet.report.error(
            sheet.at("kind"),
            f"no file in units/ has kind: {kind}",
            f"one of {one_of(sorted(known))}" if known else "a file units/….yaml with that kind",
            did_you_mean(kind, sorted(known)),
        )
    nearness = sheet.places.unasked or sheet.places.beyond
    ours = [it for it in sheet.units if it[2].organiser == "municipal"]  # others give their own
    for file, n, unit in ours:
        if unit.capacity is None:
            sheet.report.error(
                sheet.definition.at("units", file, "units", n),
                f"'{unit.id}' does not say how many places it has, so none can be given",
                "capacity: a whole number",
                "write capacity: 0 if it takes nobody in for now",
            )
        if nearness and unit.position is None:
            sheet.report.warning(
                sheet.definition.at("units", file, "units", n),
                f"'{unit.id}' has no position, so it is near nobody",
                "position: {lat: …, lon: …}",
            )


def _question(sheet: Sheet) -> None:
    places = sheet.places
    if places.wishes is None:
        if places.unasked is None:
            sheet.report.error(
                sheet.at(),
                "nobody asks for any unit: there is no question about wishes, and none unasked",
                "wishes: a question of kind wishes, or unasked: nearest 5, or both",
            )
        return
    form = sheet.definition.find(FORM, sheet.service)
    if form is None and sheet.service in sheet.definition.ids(FORM):
        return  # what is wrong with it has been told
    questions = {it.id: it for it in form.questions} if form else {}
    question = questions.get(places.wishes)
    fitting = [it.id for it in questions.values() if it.kind == "wishes"]
    if question is None or question.kind != "wishes":
        sheet.report.error(
            sheet.at("wishes"),
            f"'{places.wishes}' is no question of kind wishes",
            one_of(fitting) if fitting else "a question of kind wishes in form.yaml",
            did_you_mean(places.wishes, fitting),
        )
    elif question.units != places.kind:
        sheet.report.error(
            sheet.at("wishes"),
            f"'{places.wishes}' asks for units of kind {question.units}, not {places.kind}",
            "the same kind of unit in both",
        )


def _roles(sheet: Sheet) -> None:
    organisation = sheet.definition.find("organisation")
    if organisation is None:
        return
    known = [role.id for role in organisation.roles]
    for key in ("opens", "settles"):
        role = getattr(sheet.places, key)
        if role not in known:
            sheet.report.error(
                sheet.at(key),
                f"there is no role '{role}'",
                f"{one_of(known)}, as organisation.yaml lists them" if known else None,
                did_you_mean(role, known),
            )


def _priorities(sheet: Sheet) -> bool:
    """Report what is wrong with the priorities; True if all can be worked out."""
    sound = True
    by_wish = wished(sheet.definition, sheet.service, sheet.places)
    for n, priority in enumerate(sheet.places.priorities):
        bound = _bound(sheet, n, priority)
        sound = sound and bound is not None
        for name in bound.names if bound else ():
            if name in by_wish:
                sheet.report.error(
                    sheet.at("priorities", n, "by", offset=priority.by.find(name)),
                    f"{name} would let a family gain by wishing for something else than it wants",
                    "a priority that does not look at the wishes",
                    "take it away: wishes decide what is asked for, never who comes first",
                )
        if priority.measure and bound and bound.type is not FactType.NUMBER:
            sheet.report.error(
                sheet.at("priorities", n, "measure"),
                f"'{priority.id}' is {KINDS[bound.type]}, and has no measure",
                "measure only with a number",
            )
    return sound


def _bound(sheet: Sheet, n: int, priority: Priority) -> Bound | None:
    faults: list[ConditionFault] = []
    for kind in FactType:
        try:
            bound = bind(priority.by, sheet.words, expects=kind)
        except ConditionFault as fault:
            faults.append(fault)
            continue
        if kind in TYPES[priority.order]:
            return bound
        orders = [order for order, kinds in TYPES.items() if kind in kinds]
        sheet.report.error(
            sheet.at("priorities", n, "order"),
            f"'{priority.id}' is {KINDS[kind]}, which has no order '{priority.order}'",
            f"order: {one_of(orders)}" if orders else "yes or no, a number or a date",
        )
        return None
    for it in faults[0].problems:
        at = sheet.at("priorities", n, "by", offset=it.offset)
        sheet.report.error(at, it.what, it.expected, it.suggestion)
    return None


def _examples(sheet: Sheet) -> None:
    for n, example in enumerate(sheet.places.examples):
        faults = list(_misnamed(example))
        for path, what, expected in faults:
            sheet.report.error(sheet.at("examples", n, *path), what, expected)
        for amiss in () if faults else run(sheet.definition, sheet.service, example):
            what = f"the example '{example.id}' does not hold: {amiss.what}"
            sheet.report.error(sheet.at("examples", n, *amiss.path), what)


def _misnamed(example: Example) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Children and units that an example names without having them."""
    children = Counter(child.id for child in example.children)
    for n, child in enumerate(example.children):
        if children[child.id] > 1:
            yield ("children", n, "id"), f"two children are called '{child.id}'", "an id for each"
        for key in ("wishes", "sibling_at", "distance_km"):
            for unit in getattr(child, key):
                if unit not in example.places:
                    what = f"'{unit}' is not among the places of the example"
                    yield ("children", n, key), what, one_of(sorted(example.places))
    for child_id, unit in example.expect.items():
        if child_id not in children:
            what = f"'{child_id}' is not a child of the example"
            yield ("expect", child_id), what, one_of(sorted(children))
        if unit not in (*example.places, NOWHERE):
            what = f"'{unit}' is not among the places of the example"
            yield ("expect", child_id), what, one_of([*sorted(example.places), NOWHERE])
