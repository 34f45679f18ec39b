"""What must agree about decisions: outcomes, what they ask, rules that decide, how to appeal."""

from allting.cases.automatic import value_type
from allting.cases.definitions import DECIDE, PROCESS, Ask, Automatic, OutcomeKind
from allting.cases.establishing import words_for
from allting.cases.sheet import Place, Sheet, process_check
from allting.catalogue.api import check_expression
from allting.conditions.api import FactType, Vocabulary, vocabulary
from allting.register.api import declarable


@process_check
def decisions(sheet: Sheet) -> None:
    """Where somebody decides there are outcomes, and a way to have the decision tested."""
    rows = [n for n, move in enumerate(sheet.process.moves) if move.do == DECIDE]
    outcomes = sheet.process.outcomes
    if rows and not outcomes:
        sheet.wrong(
            ("moves", rows[0]),
            "a decision can come to nothing: there are no outcomes",
            "outcomes: what a decision may come to, each with its letter",
        )
    if outcomes and not rows:
        what = "there are outcomes, but no move decides"
        sheet.wrong(("outcomes",), what, "a move {do: decide, from: […], to: …, who: …}")
    answers_only = bool(outcomes) and not any(it.document for it in outcomes)
    if rows and sheet.process.appeal is None and not answers_only:
        sheet.wrong(
            ("outcomes",) if outcomes else ("moves", rows[0]),
            "the letters cannot say how to have the decision tested",
            "appeal: kind, to, within, from and says (FL § 33)",
        )


@process_check
def decided_once(sheet: Sheet) -> None:
    """A decision leads on to a stage of its own, where nobody decides again."""
    rows = [(n, move) for n, move in enumerate(sheet.process.moves) if move.do == DECIDE]
    deciding = {stage for _, move in rows for stage in move.from_}
    for n, move in rows:
        if move.to is None or move.to in deciding:
            sheet.wrong(
                ("moves", n),
                "after the decision the case could be decided again",
                "to: a stage from which no move decides",
            )


@process_check
def outcomes(sheet: Sheet) -> None:
    """What an outcome gives exists, and what it asks can be answered."""
    evidence = sheet.ids_in("evidence", "evidence")
    for n, outcome in enumerate(sheet.process.outcomes):
        for m, given in enumerate(outcome.produces):
            sheet.exists(("outcomes", n, "produces", m), "kind of evidence", given, evidence)
        for m, ask in enumerate(outcome.asks):
            _ask(sheet, ("outcomes", n, "asks", m), ask)
        _establishes(sheet, ("outcomes", n, "establishes"), outcome)


def _establishes(sheet: Sheet, place: Place, outcome: OutcomeKind) -> None:
    known = declarable(sheet.definition) if outcome.establishes else {}
    for name, source in outcome.establishes.items():
        here = (*place, name)
        if sheet.exists(here, "fact that can be declared", name, known):
            words = words_for(sheet.definition, sheet.service, outcome)
            _expression(sheet, here, source, words, known[name])


def _ask(sheet: Sheet, place: Place, ask: Ask) -> None:
    if ask.kind == "unit" and ask.units is None:
        sheet.wrong(place, f"'{ask.id}' does not say which units", "units: a kind of unit")
    if ask.units is not None:
        kinds = sorted({it.kind for it in sheet.definition.all("units").values()})
        sheet.exists((*place, "units"), "kind of unit", ask.units, kinds)
    if ask.kind == "choice" and not ask.options:
        sheet.wrong(place, f"'{ask.id}' has nothing to choose from", "options: a list")


@process_check
def automatic(sheet: Sheet) -> None:
    """A rule comes to an outcome that exists, can be worked out, and states what is asked."""
    if not sheet.process.automatic:
        return
    words = vocabulary(sheet.definition, sheet.service)
    known = {outcome.id: outcome for outcome in sheet.process.outcomes}
    for n, rule in enumerate(sheet.process.automatic):
        _expression(sheet, ("automatic", n, "when"), rule.when, words, FactType.BOOLEAN)
        if sheet.exists(("automatic", n, "outcome"), "outcome", rule.outcome, known):
            _rule(sheet, n, rule, known[rule.outcome], words)


def _rule(sheet: Sheet, n: int, rule: Automatic, outcome: OutcomeKind, words: Vocabulary) -> None:
    if not outcome.granted and rule.reason is None:
        what = "an automatic decision that does not grant everything must say why (FL § 32)"
        sheet.wrong(("automatic", n), what, "reason: a text")
    asks = {ask.id: ask for ask in outcome.asks}
    for id, source in rule.values.items():
        place = ("automatic", n, "values", id)
        if sheet.exists(place, "asked value", id, asks):
            _expression(sheet, place, source, words, value_type(asks[id].kind))
    for id, ask in asks.items():
        if ask.required and id not in rule.values:
            sheet.wrong(
                ("automatic", n),
                f"'{outcome.id}' asks for '{id}', which this rule does not state",
                f"values: {{{id}: an expression}}",
            )


def _expression(
    sheet: Sheet, place: Place, source: str, words: Vocabulary, expects: FactType
) -> None:
    file = sheet.definition.file(PROCESS, sheet.service)
    check_expression(sheet.report, file, place, source, words, expects)
