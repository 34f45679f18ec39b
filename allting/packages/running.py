"""Running the examples of a package: each must give what it expects."""

import json
from typing import Any

from pydantic import TypeAdapter, ValidationError

from allting.packages.definition import Definition
from allting.packages.examples import Example
from allting.packages.kinds import ExpectationKind, registry
from allting.packages.problems import At, Problem, Report, Weight, did_you_mean, one_of
from allting.packages.wording import in_words
from allting.ui.api import worded


def run_examples(definition: Definition, report: Report) -> None:
    """Run every example of the services that have no errors so far.

    The examples of a broken service would only repeat in other words what is wrong with it.
    """
    broken = {_folder(one) for one in report.problems if one.weight is Weight.ERROR}
    for service, file in definition.all("examples").items():
        if f"services/{service}" in broken:
            continue
        for position, example in enumerate(file.examples):
            told: set[str] = set()
            for key in example.expect:
                where = definition.at("examples", service, "examples", position, "expect", key)
                for mismatch in _mismatches(definition, report, where, service, example, key):
                    if mismatch not in told:  # a wrong value in `given` spoils all that follows
                        told.add(mismatch)
                        report.error(
                            where,
                            worded(
                                "the example '{id}' does not hold: {mismatch}",
                                id=example.id,
                                mismatch=mismatch,
                            ),
                        )


def _folder(problem: Problem) -> str:
    return "/".join(problem.where.file.split("/")[:2])


def _mismatches(
    definition: Definition, report: Report, where: At, service: str, example: Example, key: str
) -> list[str]:
    known = registry().expectations
    kind = known.get(key)
    if kind is None:
        report.error(
            where,
            worded("'{key}' is not something an example can expect", key=key),
            expected=worded("one of {these}", these=one_of(known)) if known else None,
            mend=did_you_mean(key, known),
        )
        return []
    try:
        expected = _shaped(kind, example.expect[key])
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = (*where.path, *first["loc"])
        report.error(At(where.file, path), *in_words(first, (key, *first["loc"])))
        return []
    return kind.run(definition, service, example, expected)


def _shaped(kind: ExpectationKind, value: Any) -> Any:
    if kind.shape is Any:
        return value
    adapter: TypeAdapter[Any] = TypeAdapter(kind.shape)
    return adapter.validate_json(json.dumps(value), strict=True)
