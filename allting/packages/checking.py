"""The check: every problem of a package at once."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allting.packages import own_checks
from allting.packages.chain import laid_over, languages_in, read_chain, read_package
from allting.packages.contents import build, contents_of, context_for
from allting.packages.definition import Definition, Effective
from allting.packages.folder import PackageSource
from allting.packages.kinds import FileKind, Registry, registry
from allting.packages.nodes import Origin, plain
from allting.packages.problems import Problem, Report, Weight, one_of
from allting.packages.running import run_examples


@dataclass(frozen=True)
class CheckResult:
    """What a check found: the definition if nothing is wrong, and every problem."""

    definition: Definition | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop publishing."""
        return tuple(one for one in self.problems if one.weight is Weight.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that do not."""
        return tuple(one for one in self.problems if one.weight is Weight.WARNING)


def effective(folder: Path | str) -> Effective:
    """The effective package as far as its files can be read, whether or not all is well."""
    return laid_over(read_chain(Path(folder).resolve(), registry()))[0]


def read_alone(folder: Path | str) -> PackageSource:
    """One folder by itself, without what it builds on."""
    return read_package(Path(folder).resolve(), registry())


def check(folder: Path | str) -> CheckResult:
    """Check a package's folder: its own files, what it builds on, and how all fit together.

    Never raises for what a package holds; every mistake is a problem with its place.
    """
    return check_chain(read_chain(Path(folder).resolve(), registry()))


def check_chain(chain: list[PackageSource]) -> CheckResult:
    """Check packages that have been read, the lowest first, as one."""
    known = registry()
    problems = [problem for package in chain for problem in package.problems]
    whole, unlaid = laid_over(chain)
    languages = [
        language
        for package in chain
        for language in languages_in(package.trees.get("package.yaml"))
    ]
    context = context_for(whole.trees, languages)
    built = build(whole.trees, known, context)
    problems += [*unlaid, *built.problems, *_absent(chain, whole, known)]
    for package in chain:
        _still_there(package, known, built.files)
    contents = contents_of(built, whole, known, context)
    if contents is None:
        return _result(None, problems)
    definition = Definition(contents, known.files, known.texts, hash_of(whole), lambda: whole)
    return _result(definition, _across(definition, known, problems))


def _still_there(package: PackageSource, known: Registry, files: dict[str, list[str]]) -> None:
    """Files that could not be read exist all the same: nobody else complains that they do not."""
    for file in sorted(package.broken):
        for kind in known.files.values():
            slots = kind.match(file)
            if slots is not None and slots.get("id", "") not in files.setdefault(kind.name, []):
                files[kind.name].append(slots.get("id", ""))


def _absent(chain: list[PackageSource], effective: Effective, known: Registry) -> list[Problem]:
    top = chain[-1]
    broken = {file for package in chain for file in package.broken}
    return [
        Problem(
            Origin(top.name, kind.pattern),
            f"{kind.pattern} is missing",
            f"a file '{kind.pattern}' with {one_of(_needed(kind), joined_by='and')}",
            "write it; docs/package-language.md shows one",
        )
        for kind in known.files.values()
        if kind.required and kind.pattern not in effective.trees and kind.pattern not in broken
    ]


def _needed(kind: FileKind[Any]) -> list[str]:
    """The keys that a kind of file cannot do without."""
    return [name for name, field in kind.model.model_fields.items() if field.is_required()]


def _across(definition: Definition, known: Registry, problems: list[Problem]) -> list[Problem]:
    """What is wrong between files, and in what the examples give, beside what was known before."""
    report = Report(definition, list(problems))
    failed: list[LookupError] = []
    for one in (*own_checks.ALL, *known.checks, run_examples):
        try:
            one(definition, report)
        except LookupError as error:  # it looked for something that is broken, and told elsewhere
            failed.append(error)
    if failed and not any(problem.weight is Weight.ERROR for problem in report.problems):
        raise failed[0]  # nothing is broken, so the check itself is at fault
    return report.problems


def _result(definition: Definition | None, problems: list[Problem]) -> CheckResult:
    ordered = tuple(sorted(dict.fromkeys(problems), key=lambda one: one.place))
    wrong = any(problem.weight is Weight.ERROR for problem in ordered)
    return CheckResult(None if wrong else definition, ordered)


def hash_of(effective: Effective) -> str:
    """A fingerprint of what a package says, whatever its comments and lines."""
    content = {
        "files": {file: plain(tree) for file, tree in effective.trees.items()},
        "pages": {file: page.source for file, page in effective.pages.items()},
    }
    source = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(source.encode()).hexdigest()
