"""A package and those that it builds on, read and laid over each other."""

import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from allting.packages import folder as disk
from allting.packages.cache import remember, remembered
from allting.packages.definition import Effective, Page
from allting.packages.drawing import faults_in_drawing
from allting.packages.folder import PackageSource
from allting.packages.kinds import ID, LANGUAGE, DrawingKind, FileKind, Registry, TextKind
from allting.packages.nodes import Branch, Listing, Origin, Scalar
from allting.packages.overlay import Overlay, inheritable, outdated
from allting.packages.problems import Problem, did_you_mean
from allting.packages.reader import read_yaml
from allting.packages.trouble import said
from allting.packages.unknown import unknown_file

LONGEST = 8
FALLBACK_LANGUAGES = ("sv", "en")
Kind = FileKind[Any] | TextKind | DrawingKind


def read_chain(top: Path, known: Registry) -> list[PackageSource]:
    """The package in `top` and all that it builds on, the lowest first."""
    chain: list[PackageSource] = []
    folder: Path | None = top
    while folder is not None:
        package = read_package(folder, known)
        chain.insert(0, package)
        folder = _below(package, chain)
    return chain


def read_texts(name: str, texts: Mapping[str, str], known: Registry) -> PackageSource:
    """One package from the texts of its files, as `read_package` from its folder."""
    package = PackageSource(name, Path(name))
    kinds = known.kinds()
    for file, text in sorted(texts.items()):
        kind = next((one for one in kinds if one.match(file) is not None), None)
        if kind is None:
            package.complain(file, *unknown_file(file, {one.pattern for one in kinds}, ()))
        else:
            _keep(package, file, kind, text)
    return package


def read_package(folder: Path, known: Registry) -> PackageSource:
    """All files of one folder; problems are noted in what is returned."""
    package = PackageSource(folder.name, folder)
    if not folder.is_dir():
        package.complain("package.yaml", f"there is no folder {folder.name}", "a package's folder")
        package.broken.add("package.yaml")
        return package
    budget = disk.LARGEST_FOLDER
    unknown: list[str] = []
    kinds = known.kinds()
    for file in disk.files_of(package):
        kind = next((one for one in kinds if one.match(file) is not None), None)
        if kind is None:
            unknown.append(file)
            continue
        text = disk.read_text(package, file, budget)
        if text is None:
            package.broken.add(file)
            continue
        budget -= len(text)
        _keep(package, file, kind, text)
    languages = languages_in(package.trees.get("package.yaml"))
    for file in unknown:
        package.complain(file, *unknown_file(file, {one.pattern for one in kinds}, languages))
    return package


def _keep(package: PackageSource, file: str, kind: Kind, text: str) -> None:
    package.sources[file] = text
    if isinstance(kind, DrawingKind):
        package.problems.extend(faults_in_drawing(package.name, file, text))
    if not isinstance(kind, FileKind):
        package.pages[file] = text
        return
    tree = remembered(package.name, file, text)
    if tree is None:
        tree, problems = read_yaml(package.name, file, text)
        package.problems.extend(problems)
        if tree is not None and not problems:
            remember(text, tree)
    if tree is None:
        package.broken.add(file)
    else:
        package.trees[file] = tree


def _below(package: PackageSource, chain: list[PackageSource]) -> Path | None:
    """The folder of the package that this one builds on, when it names a usable one."""
    named = text_at(package, "builds_on")
    if named is None:
        return None  # absent, or of a wrong type, which the model complains about
    name = str(named.value)
    problem = _unusable(package, name, named.origin, chain)
    if problem:
        package.problems.append(problem)
        return None
    return package.folder.parent / name if re.fullmatch(ID, name) else None


def _unusable(
    package: PackageSource, name: str, origin: Origin, chain: list[PackageSource]
) -> Problem | None:
    if not re.fullmatch(ID, name):
        return None  # the model complains about it
    if name in [one.name for one in chain]:
        round = " → ".join([*(one.name for one in reversed(chain)), name])
        return Problem(
            origin,
            f"the packages build on each other in a circle: {round}",
            "a package that builds on none of those above it",
            "take builds_on away in one of them",
        )
    if len(chain) >= LONGEST:
        return Problem(origin, "too many packages build on each other", f"at most {LONGEST}")
    beside = package.folder.parent / name
    if beside.is_symlink():
        return Problem(
            origin,
            f"the folder '{name}' is a link",
            "a folder beside this one; links are never followed",
            "put the folder itself there",
        )
    if not (beside / "package.yaml").is_file():
        around = [one.parent.name for one in package.folder.parent.glob("*/package.yaml")]
        return Problem(
            origin,
            f"there is no package '{name}' beside this one",
            f"a folder '{name}' with a package.yaml, in the same folder as '{package.name}'",
            did_you_mean(name, around),
        )
    return None


def unlike(chain: list[PackageSource]) -> list[Problem]:
    """What keeps the packages of a chain from being one: names and first languages that differ."""
    problems = []
    for package in chain[:-1]:
        id = text_at(package, "id")
        if id and id.value != package.name:
            problems.append(
                Problem(
                    id.origin,
                    f"the package in the folder '{package.name}' calls itself {said(id.value)}",
                    "the folder's name as id, so that builds_on finds it",
                    f"'id: {package.name}', or rename the folder",
                )
            )
    first = [(package, languages_in(package.trees.get("package.yaml"))[0]) for package in chain]
    for (_, below), (package, own) in pairwise(first):
        tree = package.trees.get("package.yaml")
        listed = tree.entries.get("languages") if tree else None
        if own != below and listed is not None:
            problems.append(
                Problem(
                    listed.origin,
                    f"the first language is '{own}', but '{below}' in the package that this "
                    "one builds on; texts without a language mean the first",
                    "the same first language",
                    f"put '{below}' first",
                )
            )
    return problems


def text_at(package: PackageSource, key: str) -> Scalar | None:
    """A key of package.yaml when it is a text."""
    tree = package.trees.get("package.yaml")
    found = tree.entries.get(key) if tree else None
    return found if isinstance(found, Scalar) and isinstance(found.value, str) else None


def languages_in(tree: Branch | None) -> tuple[str, ...]:
    """The languages that a package.yaml names, whole and in part, as far as they can be read."""
    whole = _named(tree, "languages") or FALLBACK_LANGUAGES
    return tuple(dict.fromkeys((*whole, *_named(tree, "also"))))


def _named(tree: Branch | None, key: str) -> tuple[str, ...]:
    listed = tree.entries.get(key) if tree else None
    if not isinstance(listed, Listing):
        return ()
    found = [item.value for item in listed.items if isinstance(item, Scalar)]
    return tuple(one for one in found if isinstance(one, str) and re.fullmatch(LANGUAGE, one))


def in_part(chain: list[PackageSource]) -> frozenset[str]:
    """Languages that some package of the chain has only in part, and the last one not as whole."""
    manifests = [package.trees.get("package.yaml") for package in chain]
    named = {language for tree in manifests for language in _named(tree, "also")}
    return frozenset(named.difference(_named(manifests[-1], "languages")))


def laid_over(chain: list[PackageSource]) -> tuple[Effective, list[Problem]]:
    """The packages of a chain as one, and what could not be laid over."""
    partial = in_part(chain)
    first = languages_in(chain[0].trees.get("package.yaml"))[0]
    overlay = Overlay(first, partial)
    trees: dict[str, Branch] = {}
    pages: dict[str, Page] = {}
    broken = {file for package in chain for file in package.broken}
    for package in chain:
        for file, tree in package.trees.items():
            below = trees.get(file)
            trees[file] = overlay.merged(inheritable(file, below) if below else None, tree)
        for file in outdated(pages, package.pages, first, partial):
            del pages[file]
        pages.update({file: Page(text, package.name) for file, text in package.pages.items()})
    sources = {
        (package.name, file): text for package in chain for file, text in package.sources.items()
    }
    whole = {file: tree for file, tree in sorted(trees.items()) if file not in broken}
    problems = [*unlike(chain), *overlay.problems]
    return Effective(whole, dict(sorted(pages.items())), sources), problems
