"""Units that share a name are told apart."""

from allting.catalogue.naming import told_apart
from allting.catalogue.parts import Address, Unit


def unit(id: str, name: object, street: str = "") -> Unit:
    place = Address(street=street, postcode="111 11", city="Vik") if street else None
    return Unit.model_validate({"id": id, "name": name, "address": place})


def test_those_that_share_a_name_say_where_they_are() -> None:
    found = told_apart(
        [
            unit("a", "Solrosen", "Storgatan 1"),
            unit("b", "Blåklockan", "Storgatan 1"),
            unit("c", "Solrosen", "Nygatan 2"),
            unit("d", "Solrosen"),
        ]
    )
    assert [it.name for it in found] == [
        "Solrosen, Storgatan 1",
        "Blåklockan",
        "Solrosen, Nygatan 2",
        "Solrosen",
    ]


def test_in_one_house_and_in_two_languages() -> None:
    said = {"sv": "Linden", "en": "The Linden"}
    found = told_apart([unit("a", said, "Nygatan 2"), unit("b", said, "Nygatan 2")])
    assert [it.name for it in found] == [
        {"sv": "Linden, Nygatan 2, a", "en": "The Linden, Nygatan 2, a"},
        {"sv": "Linden, Nygatan 2, b", "en": "The Linden, Nygatan 2, b"},
    ]
