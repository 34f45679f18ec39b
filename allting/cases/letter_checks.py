"""Letters that the process names exist, in every language, and say only what can be known."""

from dataclasses import replace

from allting.cases.definitions import LETTER
from allting.cases.placeholders import known_in, usages, used_in
from allting.cases.sheet import Place, Sheet, process_check
from allting.packages.api import At, did_you_mean, one_of
from allting.ui.api import worded


@process_check
def letters_exist(sheet: Sheet) -> None:
    """Every letter that is to be sent is written."""
    written = sheet.definition.names(LETTER, sheet.service)
    for place, name in _named(sheet):
        where = f" in services/{sheet.service}/letters/"
        sheet.exists(place, "letter", name, written, where)


def _named(sheet: Sheet) -> list[tuple[Place, str]]:
    process = sheet.process
    named: list[tuple[Place, str]] = [
        (("outcomes", n, "letter"), outcome.letter) for n, outcome in enumerate(process.outcomes)
    ]
    named += [
        (("moves", n, "letter"), move.letter) for n, move in enumerate(process.moves) if move.letter
    ]
    return [*named, (("confirmation",), process.confirmation)] if process.confirmation else named


@process_check
def letters_can_be_written(sheet: Sheet) -> None:
    """Each letter has a subject, and says only what is known when it is sent."""
    sent = usages(sheet.process)
    for name in sheet.definition.names(LETTER, sheet.service):
        if name not in sent:
            sheet.report.warning(
                _at(sheet, name, sheet.definition.languages[0]),
                worded("nothing sends the letter '{name}'", name=name),
                worded("an outcome, a move or confirmation that names it"),
            )
        for language in sheet.definition.languages:
            _in_one_language(sheet, name, language)


def _in_one_language(sheet: Sheet, name: str, language: str) -> None:
    source = sheet.definition.markdown(LETTER, sheet.service, name, language)
    if source is None:
        return
    if source.language != language:
        if language not in sheet.definition.whole_languages:
            return
        sheet.report.warning(
            _at(sheet, name, language),
            worded(
                "the letter '{name}' is not written in '{language}'; people get it in "
                "'{language2}'",
                name=name,
                language=language,
                language2=source.language,
            ),
        )
        return
    if not source.lstrip().startswith("# "):
        expected = worded("a first line that begins with '# '")
        sheet.report.error(
            _at(sheet, name, language, 0), worded("the letter has no subject"), expected
        )
    known = known_in(sheet.definition, sheet.service, sheet.process, name)
    for offset, used in used_in(source):
        if used not in known:
            sheet.report.error(
                _at(sheet, name, language, offset),
                worded("'{{{used}}}' cannot be filled in in this letter", used=used),
                one_of(known),
                did_you_mean(used, known),
            )


@process_check
def copies_tell_of_no_answers(sheet: Sheet) -> None:
    """A decision about a child goes to all its guardians: what one of them wrote is not for all."""
    product = sheet.definition.find("service", sheet.service)
    if sheet.process.decision_to != "guardians" or product is None or product.subject != "child":
        return
    form = sheet.definition.find("form", sheet.service)
    pages = form.pages if form else ()
    whom = {f"answers.{q.id}" for page in pages for q in page.questions if q.kind == "child"}
    decisions = {outcome.letter for outcome in sheet.process.outcomes}
    for name in sorted(decisions & set(sheet.definition.names(LETTER, sheet.service))):
        for language in sheet.definition.languages:
            source = sheet.definition.markdown(LETTER, sheet.service, name, language)
            if source is not None and source.language == language:
                _told_to_all(sheet, _at(sheet, name, language), used_in(source), whom)


def _told_to_all(sheet: Sheet, at: At, used: list[tuple[int, str]], whom: set[str]) -> None:
    for offset, placeholder in used:
        if placeholder.startswith("answers.") and placeholder not in whom:
            sheet.report.warning(
                replace(at, offset=offset),
                worded(
                    "'{{{placeholder}}}' is what one guardian wrote, and the decision "
                    "goes to the other too",
                    placeholder=placeholder,
                ),
                worded("a letter without it, or decision_to: applicant in process.yaml"),
            )


def _at(sheet: Sheet, name: str, language: str, offset: int | None = None) -> At:
    return sheet.definition.at_page(LETTER, sheet.service, name, language, offset)
