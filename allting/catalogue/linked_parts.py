"""What a service is made of, as CPSV-AP says it: who does it, needs, gifts, ways and costs."""

from collections.abc import Mapping
from datetime import date

from rdflib import DCTERMS, FOAF, ORG, RDFS, SKOS, TIME, XSD, Literal, URIRef
from rdflib.term import Node

from allting.catalogue.asking import costs
from allting.catalogue.hours import days_of
from allting.catalogue.linked import CPSV, CV, ELI, EU, LOCN, SCHEMA, Said, lasting
from allting.catalogue.parts import Channel, Contact, EvidenceKind, Hours, Service
from allting.catalogue.queries import act, board, contact_of, evidence, law_address, organisation
from allting.catalogue.rules import CostOutcome
from allting.catalogue.steps import DoneBy
from allting.packages.api import LawRef
from allting.ui.api import later

KINDS = {
    "e-service": later("Online"),
    "phone": later("By telephone"),
    "visit": later("Visit us"),
    "email": later("By email"),
    "paper": later("On paper"),
}
PER = {
    "month": later("per month"),
    "year": later("per year"),
    "week": later("per week"),
    "day": later("per day"),
    "hour": later("per hour"),
    "time": later("each time"),
}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


# ---- who


def municipality(said: Said) -> URIRef:
    """The municipality as an organisation, and the place that it is."""
    town = organisation(said.edition)
    name = URIRef(f"{said.names.catalogue}#municipality")
    place = said.new(URIRef(f"{said.names.catalogue}#place"), [DCTERMS.Location])
    said.text(place, SKOS.prefLabel, town.name)
    code = said.edition.definition.parameters.get("municipality-code")
    if code is not None:
        said.add(place, DCTERMS.identifier, Literal(str(code)))
    number = town.organisation_number or said.edition.definition.id
    _organisation(said, name, number, town.name, place)
    _addresses(said, name, town.contact)
    return name


def authority(said: Said, it: Service) -> URIRef:
    """Who is competent: one of the boards, or the authority elsewhere."""
    if it.done_by is not None:
        return _elsewhere(said, it.done_by)
    town = municipality(said)
    ours = board(said.edition, it.board)
    name = said.names.common("board", ours.id)
    place = URIRef(f"{said.names.catalogue}#place")
    _organisation(said, name, ours.id, ours.name, place)
    said.add(name, ORG.subOrganizationOf, town)
    _addresses(said, name, contact_of(said.edition, ours.id))
    return name


def _elsewhere(said: Said, who: DoneBy) -> URIRef:
    first = next(iter(who.authority.values()))
    name = said.names.common("authority", first.lower())
    sweden = said.new(URIRef(f"{EU}/country/SWE"), [DCTERMS.Location])
    said.text(sweden, SKOS.prefLabel, {"sv": "Sverige", "en": "Sweden", "fi": "Ruotsi"})
    id = str(name).rpartition("#authority-")[2]
    return _organisation(said, name, id, who.authority, sweden)


def _organisation(said: Said, name: URIRef, id: str, title: object, place: URIRef) -> URIRef:
    # the ontology makes it an agent too, and of an agent the shapes want title and identifier
    said.new(name, [CV.PublicOrganisation, ORG.Organization, FOAF.Agent], id=id, title=title)  # type: ignore[arg-type]
    said.text(name, SKOS.prefLabel, title)  # type: ignore[arg-type]
    said.add(name, DCTERMS.spatial, place)
    return name


def _addresses(said: Said, name: URIRef, contact: Contact) -> None:
    for kind, address in (("post", contact.address), ("visit", contact.visit)):
        if address is not None:
            where = said.new(URIRef(f"{name}-{kind}"), [LOCN.Address])
            said.text(where, LOCN.fullAddress, address)
            said.add(name, LOCN.address, where)


def contact_point(said: Said, whole: URIRef, it: Service) -> URIRef | None:
    """How to reach whoever does it, and when."""
    if it.done_by is not None:
        contact = Contact(phone=it.done_by.phone, web=it.done_by.web)
    else:
        contact = contact_of(said.edition, it.board)
    if not (contact.phone or contact.email or contact.web):
        return None
    return _point(said, URIRef(f"{whole}#contact"), contact)


def _point(said: Said, name: URIRef, contact: Contact) -> URIRef:
    said.new(name, [CV.ContactPoint])
    if contact.phone:
        said.add(name, CV.telephone, Literal(contact.phone))
    if contact.email:
        said.add(name, CV.email, Literal(contact.email))
    if contact.web:
        said.add(name, CV.contactPage, said.document(contact.web))
    said.add(name, CV.openingHours, *_open(said, name, contact.hours))
    return name


def _open(said: Said, whole: URIRef, hours: tuple[Hours, ...]) -> list[Node]:
    found: list[Node] = []
    for each in hours:
        id = f"{each.days}-{each.opens}".replace(":", "")
        name = URIRef(f"{whole}-hours-{id}")
        said.new(name, [TIME.TemporalEntity, SCHEMA.OpeningHoursSpecification])
        said.add(name, SCHEMA.dayOfWeek, *(SCHEMA[DAYS[day]] for day in sorted(days_of(each.days))))
        for when, clock in ((SCHEMA.opens, each.opens), (SCHEMA.closes, each.closes)):
            said.add(name, when, Literal(f"{clock}:00", datatype=XSD.time))
        found.append(name)
    return found


# ---- what it goes by


def law(said: Said, references: tuple[LawRef, ...]) -> list[Node]:
    """The sections of law, each with its act."""
    return [_section(said, each) for each in references]


def _section(said: Said, reference: LawRef) -> URIRef:
    whole = _act(said, reference)
    if not reference.section:
        return whole
    known = act(said.edition, reference)
    name = said.names.common("law", str(reference))
    titles = known.title if known else {said.languages[0]: reference.act}
    title = {code: f"{text} {reference.section}" for code, text in titles.items()}
    said.new(name, [ELI.LegalResource], id=str(reference), title=title)
    said.add(name, DCTERMS.relation, whole)
    return name


def _act(said: Said, reference: LawRef) -> URIRef:
    known = act(said.edition, reference)
    name = said.names.common("act", reference.act)
    number = known.number if known else reference.act
    said.new(name, [ELI.LegalResource], id=number, title=known.title if known else reference.act)
    said.add(name, RDFS.seeAlso, URIRef(law_address(said.edition, reference)))
    return name


def rules(said: Said, whole: URIRef, it: Service) -> None:
    """The conditions: each a requirement, and the rule that it comes of."""
    for each in it.conditions:
        rule = said.names.part(whole, "rule", each.id)
        said.new(rule, [CPSV.Rule], id=each.id, title=each.says, description=each.says)
        said.add(rule, CPSV.implements, *law(said, each.law))
        said.add(whole, CPSV.follows, rule)
        asked = said.names.part(whole, "requirement", each.id)
        said.new(asked, [CV.Requirement], id=f"condition-{each.id}", title=each.says)
        said.add(asked, CV.fulfils, rule)
        said.add(whole, CV.holdsRequirement, asked)


def takes(said: Said, whole: URIRef, it: Service) -> None:
    """How long it takes: what is usual, else what the law says at most; and the law as a rule."""
    time = it.processing_time
    if time is None:
        return
    stated = time.typical or time.legal
    if stated is not None:
        said.add(whole, CV.processingTime, lasting(stated))
    if time.legal is not None:
        rule = said.names.part(whole, "rule", "at-most")
        title = said.ours(later("How long it takes"))
        most = {
            code: said.ours(later("At most {time}"), time=time.legal.words(code))[code]
            for code in said.ours("At most {time}", time="")
        }
        said.new(rule, [CPSV.Rule], id="at-most", title=title, description=most)
        said.add(rule, CPSV.implements, *law(said, time.law))
        said.add(whole, CPSV.follows, rule)


# ---- what it takes and gives


def evidence_in(said: Said, whole: URIRef, it: Service) -> None:
    """What is asked for: kinds of evidence, and the requirement that each supports."""
    for each in it.requires:
        kind = evidence(said.edition)[each.evidence]
        title = each.says or kind.title
        asked = said.names.part(whole, "requirement-evidence", each.evidence)
        said.new(asked, [CV.Requirement], id=f"evidence-{each.evidence}", title=title)
        given = _evidence(said, kind)
        said.add(asked, CV.hasSupportingEvidence, given)
        said.add(whole, CV.holdsRequirement, asked)
        said.add(whole, CPSV.hasInput, given)
        said.add(whole, CV.hasInputType, _kind(said, kind))


def evidence_out(said: Said, whole: URIRef, it: Service) -> None:
    """What is given."""
    for id in it.produces:
        kind = evidence(said.edition)[id]
        name = said.names.common("output", id)
        said.new(name, [CV.Output], id=id, title=kind.title, description=kind.description)
        said.add(name, DCTERMS.conformsTo, _kind(said, kind))
        said.add(whole, CPSV.produces, name)


def _evidence(said: Said, kind: EvidenceKind) -> URIRef:
    name = said.names.common("evidence", kind.id)
    said.new(name, [CV.Evidence], id=kind.id, title=kind.title, description=kind.description)
    said.add(name, DCTERMS.conformsTo, _kind(said, kind))
    if kind.valid_for is not None:
        said.add(name, CV.validityPeriodConstraint, lasting(kind.valid_for))
    return name


def _kind(said: Said, kind: EvidenceKind) -> URIRef:
    name = said.names.common("evidence-type", kind.id)
    said.new(name, [CV.EvidenceType], id=kind.id, title=kind.title)
    return name


# ---- ways and costs


def channels(said: Said, whole: URIRef, id: str, it: Service) -> None:
    """All the ways to have it, as equals."""
    common = contact_of(said.edition, it.board)
    for each in it.channels:
        name = said.names.part(whole, "channel", each.id)
        said.new(name, [CV.Channel], id=each.id, description=each.says)
        kind = said.names.common("way", each.kind)
        said.add(name, DCTERMS.type, said.concept(kind, said.ours(KINDS[each.kind])))
        _where(said, name, id, each)
        if each.kind in ("phone", "visit") and it.board:
            hours = each.contact.hours if each.contact else ()
            said.add(name, CV.openingHours, *_open(said, name, hours or common.hours))
        if each.contact is not None:
            point = _point(said, URIRef(f"{name}-contact"), each.contact)
            said.add(name, CV.contactPoint, point)
        said.add(whole, CV.hasChannel, name)


def _where(said: Said, name: URIRef, id: str, each: Channel) -> None:
    form = each.form.address if each.form else None
    if each.web or form:
        said.add(name, FOAF.page, *(said.document(at) for at in (each.web, form) if at))
    elif each.kind == "e-service":
        at = (said.names.page(code, "apply", id) for code in said.languages)
        said.add(name, FOAF.page, *map(said.document, at))


def prices(said: Said, whole: URIRef, id: str, as_of: date) -> None:
    """What it costs; without a value where that depends on who asks."""
    for each in costs(said.edition, id, {}, as_of):
        name = said.names.part(whole, "cost", each.id)
        said.new(name, [CV.Cost], id=each.id, title=each.cost.title)
        said.text(name, DCTERMS.description, _price_says(said, each))
        if each.amount is not None:
            # the shapes want a double, though money is none
            said.add(name, CV.hasValue, Literal(float(each.amount), datatype=XSD.double))
            money = said.concept(
                URIRef(f"{EU}/currency/SEK"), {"sv": "Svensk krona", "en": "Swedish krona"}
            )
            said.add(name, CV.currency, money)
        said.add(whole, CV.hasCost, name)


def _price_says(said: Said, each: CostOutcome) -> dict[str, str]:
    per = said.ours(PER[each.cost.per]) if each.cost.per else {}
    says: Mapping[str, str] = each.cost.says or {}
    found = {}
    for code, title in each.cost.title.items():
        first = " ".join(filter(None, (title, per.get(code, ""))))
        found[code] = ". ".join(filter(None, (first, says.get(code, ""))))
    return found
