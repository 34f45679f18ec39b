"""For whom conditions hold, looking for few where few can be.

Whether someone is a yes needs all parts of an "and". So the parts that are cheap to ask of everyone
are asked first, and the others of those alone who are left; and where a part can only hold for who
is in some small list (those with a building permit), it begins with the list.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from allting.conditions import form
from allting.conditions.crowd import Array, Crowd, Part, Searchable
from allting.conditions.form import Form
from allting.conditions.many import Writer
from allting.conditions.many_steps import Mask, all_of

FEW = 10
"""One of so many is few: asking them alone is less work than asking everyone."""
AT_ONCE = 2**16
"""So many of those found are asked at a time."""


@dataclass
class _Search:
    """One condition: what is asked of everyone, and then, in turn, of those found."""

    everyone: Mask | None
    found: Array
    rest: list[Mask] = field(default_factory=list)
    places: list[Array] = field(default_factory=list)


def find(forms: Mapping[str, Form], writer: Writer, crowd: Crowd) -> dict[str, Array]:
    """For whom each condition is a yes."""
    lists = crowd if isinstance(crowd, Searchable) else None
    searches = {id_: _search(node, writer, len(crowd), lists) for id_, node in forms.items()}
    _ask_everyone([it for it in searches.values() if it.everyone], crowd)
    for search in searches.values():
        _ask_the_rest(search, crowd)
    return {id_: search.found for id_, search in searches.items()}


def _search(node: Form, writer: Writer, people: int, lists: Searchable | None) -> _Search:
    found = np.zeros(people, dtype=bool)
    parts = [node]
    if isinstance(node, form.Every):
        parts = writer.gathered(form.Every, node.parts)
    listed = None if lists is None else _listed(parts, writer, lists)
    if listed is not None:
        which, places = listed
        parts.remove(which)
    cheap = [writer.truth(part).yes for part in parts if writer.cheap(part)]
    dear = [writer.truth(part).yes for part in parts if not writer.cheap(part)]
    stages = [all_of(masks) for masks in (cheap, dear) if masks]
    if listed is not None:
        return _Search(None, found, stages, [places])
    return _Search(stages[0], found, stages[1:])


def _listed(parts: list[Form], writer: Writer, crowd: Searchable) -> tuple[Form, Array] | None:
    """The part that holds for fewest and for nobody as usual, and for whom, if they are few."""
    lists = [
        (part, crowd.few(name, writer.ranges(part).inside))
        for part in parts
        if (name := writer.single(part)) is not None and _is_unusual(part, name, writer)
    ]
    fewest = min(lists, key=lambda found: len(found[1]), default=None)
    return fewest if fewest and len(fewest[1]) * FEW < len(crowd) else None


def _is_unusual(part: Form, name: str, writer: Writer) -> bool:
    """Whether it holds for nobody whose fact is as usual."""
    usual = writer.shapes[name].usual
    return bool(usual) and not any(map(writer.ranges(part).has, usual))


def _ask_everyone(searches: list[_Search], crowd: Crowd) -> None:
    if not searches:
        return
    for piece in crowd.slices():
        part = Part(piece.end - piece.start, piece.read)
        for search in searches:
            assert search.everyone is not None  # noqa: S101 - these alone are given
            inside = search.everyone(part)
            if not search.rest:
                search.found[piece.start : piece.end] = inside
            elif inside.ndim and np.count_nonzero(inside) * FEW < part.size:
                search.places.append(np.flatnonzero(inside) + piece.start)
            else:
                search.found[piece.start : piece.end] = inside & all_of(search.rest)(part)


def _ask_the_rest(search: _Search, crowd: Crowd) -> None:
    """Of those who are left, as many at once as are well held."""
    if not search.places:
        return
    places = np.concatenate(search.places)
    for start in range(0, len(places), AT_ONCE):
        some = places[start : start + AT_ONCE]
        for mask in search.rest:
            part = Part(len(some), crowd.some(some))
            some = some[np.broadcast_to(mask(part), len(some))]
        search.found[some] = True
