"""Checks of this room: colours, translations, examples."""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from allting.packages.contrast import LEAST, contrast
from allting.packages.definition import Definition
from allting.packages.examples import Example
from allting.packages.kinds import ExpectationKind, registry
from allting.packages.manifest import PAIRS
from allting.packages.parts import Text
from allting.packages.problems import At, Report, did_you_mean, one_of


def readable_colours(definition: Definition, report: Report) -> None:
    """Every pair of colours that is read one on the other has contrast enough (WCAG 2.2, 1.4.3)."""
    theme = definition.package.theme
    for front, back in PAIRS:
        ratio = contrast(getattr(theme, front), getattr(theme, back))
        if ratio < LEAST:
            stated = front if front in theme.model_fields_set else back
            report.error(
                At("package.yaml", ("theme", stated)),
                f"'{front}' {getattr(theme, front)} on '{back}' {getattr(theme, back)} "
                f"has a contrast of {ratio:.1f}:1",
                expected=f"at least {LEAST}:1, so that everyone can read it",
                mend="make one of the two darker or lighter",
            )


def translations(definition: Definition, report: Report) -> None:
    """Texts and pages that lack one of the package's languages are listed."""
    for where, text in definition.every(Text):
        absent = [language for language in definition.languages if language not in text]
        if absent:
            report.warning(
                where,
                f"the text lacks {one_of(absent)}; people see it in '{next(iter(text))}' instead",
                mend=f"add {', '.join(f'{language}: …' for language in absent)}",
            )


def examples_run(definition: Definition, report: Report) -> None:
    """Every example gives what it expects."""
    for service, file in definition.all("examples").items():
        for position, example in enumerate(file.examples):
            for key in example.expect:
                where = definition.at("examples", service, "examples", position, "expect", key)
                _one_expectation(definition, report, where, service, example, key)


def _one_expectation(
    definition: Definition, report: Report, where: At, service: str, example: Example, key: str
) -> None:
    known = registry().expectations
    kind = known.get(key)
    if kind is None:
        report.error(
            where,
            f"'{key}' is not something an example can expect",
            expected=one_of(known) or None,
            mend=did_you_mean(key, known),
        )
        return
    try:
        expected = _shaped(kind, example.expect[key])
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        report.error(where, f"'{key}' has another form than it should: {first['msg']}")
        return
    for mismatch in kind.run(definition, service, example, expected):
        report.error(where, f"the example '{example.id}' does not hold: {mismatch}")


def _shaped(kind: ExpectationKind, value: Any) -> Any:
    if kind.shape is Any:
        return value
    import json

    adapter = TypeAdapter(kind.shape)
    return adapter.validate_json(json.dumps(value), strict=True)


ALL = (readable_colours, translations, examples_run)
