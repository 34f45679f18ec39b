"""What must agree between the catalogue's files; every mistake is reported, none stops the rest."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from allting.catalogue.graph import before, cycles, givers
from allting.catalogue.parts import (
    EVIDENCE,
    LAW,
    LIFE_EVENT,
    ORGANISATION,
    SERVICE,
    TOPICS,
    UNITS,
)
from allting.catalogue.queries import evidence_in
from allting.conditions.api import ConditionFault, FactType, Vocabulary, bind, vocabulary
from allting.packages.api import (
    At,
    Definition,
    FileKind,
    LawRef,
    Report,
    cross_check,
    did_you_mean,
    one_of,
)
from allting.ui.api import worded

FORM = "form"  # the kind that the forms room registers


@cross_check
def references(definition: Definition, report: Report) -> None:
    """Boards, topics, life events and evidence that services name exist."""
    boards, topics = (
        _items(definition, ORGANISATION, "boards"),
        _items(definition, TOPICS, "topics"),
    )
    events, kinds = definition.ids(LIFE_EVENT), _items(definition, EVIDENCE, "evidence")
    for id, service in definition.all(SERVICE).items():
        at = partial(definition.at, SERVICE, id)
        if service.board:
            exists(report, at("board"), worded("board"), service.board, boards, ORGANISATION)
        for n, topic in enumerate(service.topics):
            exists(report, at("topics", n), worded("topic"), topic, topics, TOPICS)
        for n, event in enumerate(service.life_events):
            exists(report, at("life_events", n), worded("life event"), event, events)
        for n, need in enumerate(service.requires):
            place = at("requires", n, "evidence")
            exists(report, place, worded("kind of evidence"), need.evidence, kinds, EVIDENCE)
        for n, given in enumerate(service.produces):
            exists(report, at("produces", n), worded("kind of evidence"), given, kinds, EVIDENCE)


@cross_check
def arms(definition: Definition, report: Report) -> None:
    """The coat of arms is there, and every drawing that is there is shown."""
    stated = definition.find(ORGANISATION)
    if stated is None:
        return  # not there, or broken, which is complained about already
    named, known = stated.arms, definition.drawings
    if named and named not in known:
        report.error(
            definition.at(ORGANISATION, None, "arms"),
            worded("there is no drawing '{named}'", named=named),
            worded("an SVG file in the package's folder"),
            did_you_mean(named, known) or worded("put the file there, or take the line away"),
        )
        return
    for file in sorted(set(known) - {named}):
        where = At(file)
        report.warning(
            where,
            worded("nothing shows this drawing"),
            mend=worded("arms: {file} in organisation.yaml", file=file),
        )


@cross_check
def life_event_services(definition: Definition, report: Report) -> None:
    """A life event leads to services that exist, and to at least one thing."""
    services = definition.all(SERVICE).values()
    for id, event in definition.all(LIFE_EVENT).items():
        for n, service in enumerate(event.goals):
            place = definition.at(LIFE_EVENT, id, "services", n)
            exists(report, place, worded("service"), service, definition.ids(SERVICE))
        named = any(id in service.life_events for service in services)
        if not (event.services or named):
            report.error(
                definition.at(LIFE_EVENT, id),
                worded("the life event '{id}' leads nowhere", id=id),
                worded("at least one service; one of others has done_by instead of board"),
                worded("list services here, or write life_events: [{id}] in a service", id=id),
            )


@cross_check
def unreachable(definition: Definition, report: Report) -> None:
    """A service that no topic and no life event shows is hard to find."""
    events = definition.all(LIFE_EVENT).values()
    shown = {service for event in events for service in event.goals}
    for id, service in definition.all(SERVICE).items():
        if not (service.topics or service.life_events or id in shown):
            report.warning(
                definition.at(SERVICE, id),
                worded("no topic and no life event leads to the service '{id}'", id=id),
                worded("topics or life_events, so that people find it without searching"),
            )


@cross_check
def evidence_is_given(definition: Definition, report: Report) -> None:
    """Every evidence that is asked for has someone who gives it."""
    services, kinds = definition.all(SERVICE), evidence_in(definition)
    given = givers(services, kinds)
    for id, kind in kinds.items():
        issuer = kind.issued_by.service if kind.issued_by else None
        if issuer is None:
            continue
        place = definition.at(EVIDENCE, None, "evidence", id, "issued_by", "service")
        known = exists(report, place, worded("service"), issuer, definition.ids(SERVICE))
        if known and issuer in services and issuer not in given[id]:
            report.error(
                place,
                worded("the service '{issuer}' does not give '{id}'", issuer=issuer, id=id),
                worded("a service whose produces names this evidence"),
                worded("add '{id}' to produces in {file}", id=id, file=SERVICE.file(issuer)),
            )
    for id, service in services.items():
        for at, need in enumerate(service.requires):
            wanted = kinds.get(need.evidence)
            if wanted and not wanted.issued_by and not given[need.evidence]:
                report.error(
                    definition.at(SERVICE, id, "requires", at, "evidence"),
                    worded(
                        "nobody gives '{evidence}', so nobody can have this service",
                        evidence=need.evidence,
                    ),
                    worded("an evidence that a service produces, or that an authority issues"),
                    worded(
                        "add '{evidence}' to produces of the service that gives it, or "
                        "write issued_by: {{authority: …}} in evidence.yaml",
                        evidence=need.evidence,
                    ),
                )


@cross_check
def no_circles(definition: Definition, report: Report) -> None:
    """No service needs, step by step, what only it gives itself."""
    services = definition.all(SERVICE)
    given = givers(services, evidence_in(definition))
    for ring in cycles({id: before(it, given) for id, it in services.items()}):
        first = ring[0]
        wanted = [it.evidence if it.at != "event" else "" for it in services[first].requires]
        following = ring[1] if len(ring) > 1 else first
        at = next(n for n, name in enumerate(wanted) if following in given.get(name, ()))
        report.error(
            definition.at(SERVICE, first, "requires", at),
            "services wait for each other in a circle: " + " → ".join((*ring, first)),
            worded("a first step that asks for nothing that a later one gives"),
            worded("take away one of the requires, or let another service give the evidence"),
        )


@cross_check
def expressions(definition: Definition, report: Report) -> None:
    """Conditions and amounts speak of known facts, in the right types."""
    for id, service in definition.all(SERVICE).items():
        words, file = vocabulary(definition, id), SERVICE.file(id)
        for it in service.conditions:
            path = ("conditions", it.id, "holds")
            check_expression(report, file, path, it.holds, words, FactType.BOOLEAN)
        for cost in service.costs:
            path = ("costs", cost.id, "amount")
            check_expression(report, file, path, cost.amount, words, FactType.NUMBER)


@cross_check
def held_facts(definition: Definition, report: Report) -> None:
    """`held_as` names a fact that the register holds."""
    words: Vocabulary | None = None
    for id, kind in evidence_in(definition).items():
        if kind.held_as is None:
            continue
        words = words or vocabulary(definition, "")
        place = definition.at(EVIDENCE, None, "evidence", id, "held_as")
        exists(report, place, worded("fact"), kind.held_as, words.facts)


def check_expression(
    report: Report,
    file: str,
    path: tuple[str | int, ...],
    source: str,
    words: Vocabulary,
    expects: FactType,
) -> None:
    """Report what is wrong with an expression, each mistake at its own character."""
    try:
        bind(source, words, expects=expects)
    except ConditionFault as fault:
        for it in fault.problems:
            report.error(At(file, path, it.offset), it.what, it.expected, it.suggestion)


@cross_check
def ways_in(definition: Definition, report: Report) -> None:
    """An e-service has a form to fill in, and a form has an e-service that leads to it."""
    forms = definition.ids(FORM)
    for id, service in definition.all(SERVICE).items():
        here = [it.id for it in service.channels if it.kind == "e-service" and not it.web]
        if here and id not in forms:
            report.error(
                definition.at(SERVICE, id, "channels", here[0]),
                worded("the service '{id}' has an e-service but no form", id=id),
                worded("services/{id}/form.yaml, or web: https://… where the e-service is", id=id),
                worded(
                    "write the form, or take this channel away; a service is complete "
                    "without an e-service"
                ),
            )
        if id in forms and not here:
            report.error(
                definition.at(SERVICE, id, "channels"),
                worded("the service '{id}' has a form, but no channel leads to it", id=id),
                worded("a channel of the kind e-service"),
                worded("add '- {id: online, kind: e-service}'"),
            )


@cross_check
def not_only_online(definition: Definition, report: Report) -> None:
    """Whoever cannot or will not use a computer has another way."""
    for id, service in definition.all(SERVICE).items():
        here = service.board or service.channels
        if here and all(it.kind in ("e-service", "email") for it in service.channels):
            report.warning(
                definition.at(SERVICE, id, "channels"),
                worded("the service '{id}' can only be had with a computer", id=id),
                worded("a telephone, a visit or paper beside it"),
                worded("add '- {id: phone, kind: phone}'"),
            )


@cross_check
def laws(definition: Definition, report: Report) -> None:
    """The acts that references name are in `law.yaml`; a reference by SFS number needs no entry."""
    acts = _items(definition, LAW, "acts")
    for place, reference in definition.every(LawRef):
        if not reference.act.startswith("SFS "):
            exists(report, place, worded("act"), reference.act, acts, LAW)


@cross_check
def keywords(definition: Definition, report: Report) -> None:
    """Keywords are in the package's languages."""
    languages = definition.languages
    for kind in (SERVICE, LIFE_EVENT):
        for id, it in definition.all(kind).items():
            for language in it.keywords:
                place = definition.at(kind, id, "keywords", language)
                exists(report, place, worded("language"), language, languages)


@cross_check
def one_file_per_kind_of_unit(definition: Definition, report: Report) -> None:
    """Two files that both hold preschools would hide each other's units."""
    seen: dict[str, str] = {}
    for id, units in definition.all(UNITS).items():
        if units.kind in seen:
            report.error(
                definition.at(UNITS, id, "kind"),
                worded(
                    "units/{it}.yaml already holds the units of kind '{kind}'",
                    it=seen[units.kind],
                    kind=units.kind,
                ),
                worded("one file per kind of unit"),
                worded("move the units to units/{it}.yaml", it=seen[units.kind]),
            )
        seen.setdefault(units.kind, id)


def _items(definition: Definition, kind: FileKind[Any], name: str) -> list[str] | None:
    """The ids that a file lists; None when it cannot be read, which is complained of elsewhere."""
    found = definition.find(kind)
    if found is None:
        return None if definition.ids(kind) else []
    return [it.id for it in getattr(found, name)]


def exists(
    report: Report,
    place: At,
    what: str,
    id: str,
    known: Iterable[str] | None,
    listed_in: FileKind[Any] | None = None,
) -> bool:
    """Whether what a file names is there; if not, it is told with what was probably meant."""
    choices = list(known if known is not None else [id])
    if id in choices:
        return True
    these = one_of(choices) if choices else worded("there is no {what} yet", what=what)
    expected = these
    if listed_in:
        expected = worded("{these}, as {file} lists them", these=these, file=listed_in.pattern)
    report.error(
        place,
        worded("there is no {what} '{id}'", what=what, id=id),
        expected,
        did_you_mean(id, choices),
    )
    return False
