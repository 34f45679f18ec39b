"""What files would undo of what was edited at the desk since files were last published."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from allting.packages.changes import Said, values_of
from allting.packages.reader import read_yaml


class Lost(NamedTuple):
    """A value edited at the desk that the files do not have."""

    address: str
    before: object
    edited: object
    found: object

    @property
    def file(self) -> str:
        """The file that it stands in."""
        return self.address.split(" ")[0]


def lost(
    base: Mapping[str, str], edited: Mapping[str, str], files: Mapping[str, str]
) -> Iterator[Lost]:
    """Three folders by their texts: as last published from files, as edited since, as they come.

    What the files have as it was edited is not lost, however it is written there.
    """
    for file in sorted({*base, *edited}):
        if base.get(file) == edited.get(file) or files.get(file) == edited.get(file):
            continue
        was, is_, comes = (_values(file, those.get(file)) for those in (base, edited, files))
        for address in dict.fromkeys((*was, *is_)):
            before, now, found = (those.get(address) for those in (was, is_, comes))
            if before != now and found != now:
                yield Lost(address, before, now, found)


def _values(file: str, source: str | None) -> Said:
    if source is None:
        return {}
    if not file.endswith(".yaml"):
        return {file: source}
    tree, _ = read_yaml("", file, source)
    return dict(values_of(tree, f"{file} ")) if tree else {}
