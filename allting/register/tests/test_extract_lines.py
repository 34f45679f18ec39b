"""Lines that are not as they should be: each is told of, with its number, and none does harm."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allting.register.extract.reading import BadHeader
from allting.register.models import Person
from allting.register.tests.extracts import file_of, number, one, put, put_file

pytestmark = pytest.mark.django_db
ANNA = one("Anna", "1990-05-01")


@pytest.mark.parametrize(
    ("line", "key", "told"),
    [
        ({"sex": "x"}, "sex", "Expected `f` or `m`"),
        ({"birth_date": "1990-13-01"}, "birth_date", "such as 2026-11-01"),
        ({"birth_date": "641865600"}, "birth_date", "no day"),
        ({"birth_date": 19900501}, "birth_date", "no day"),
        ({"birth_date": "1990-W18-2"}, "birth_date", "no day"),
        ({"birth_date": "2026-11-02"}, "birth_date", "after the day of the extract"),
        ({"died": "1980-01-01"}, "died", "between"),
        ({"identity_number": "199005012390"}, "identity_number", "no identity number"),
        ({"identity_number": 199005012380}, "identity_number", "twelve digits"),
        ({"protection": None}, "protection", "missing"),
        ({"given_name": "A" * 101}, "given_name", "too long"),
        ({"given_name": "A\x00B"}, "given_name", "cannot be printed"),
        ({"given_name": "A\x1b[2J"}, "given_name", "cannot be printed"),
        ({"email": "a@epost.example"}, "email", "theirs to say"),
        ({"surnam": "Ek"}, "surnam", "did you mean 'surname'"),
        ({"address": {"street": "S", "city": "C"}}, "address.postcode", "missing"),
        ({"address": {"street": "S", "postcode": "1", "city": "C"}}, "address.postcode", "999 01"),
        ({"address": "Storgatan 1"}, "address", "street, postcode and city"),
        ({"position": {"lat": 91, "lon": 0}}, "position.lat", "from -90 to 90"),
        ({"guardians": [{"identity_number": ANNA["identity_number"]}]}, "", "to themselves"),
        ({"guardians": [{}]}, "guardians.0.identity_number", "missing"),
        ({"parents": ["1"]}, "parents.0", "twelve digits"),
        ({"mandates": [{"holder": number("1980-01-01"), "scope": "all", "since": "2020-01-01"}]},
         "mandates.0.scope", "`care`"),
        ({"previous_numbers": [ANNA["identity_number"]]}, "previous_numbers", "twice"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_where_and_how_to_mend_it(
    line: dict[str, Any], key: str, told: str
) -> None:
    wrong = {k: v for k, v in (ANNA | line).items() if v is not None}
    found = put(one("Bo", "1980-01-01"), wrong, one("Cia", "1970-01-01"))
    assert found.lines == {3} and found.counts.new == 2
    assert found[0].key == key
    assert told in str(found[0]) and "line 3" in str(found[0]) and "Try: " in str(found[0])


@pytest.mark.parametrize(
    "raw",
    [
        "{broken", "[]", "7", "null", "nan", '"text"', b"\xff\xfe{}", "[" * 100_000,
        '{"a":' * 5_000, json.dumps(ANNA)[:-1] + ',"sex":"m"}', '{"identity_number":"\\ud800"}',
        json.dumps({**ANNA, "given_name": "A" * 70_000}), json.dumps(ANNA).replace("58.1", "1e999"),
        json.dumps(ANNA).replace("58.1", "NaN"), json.dumps(ANNA).replace("58.1", "9" * 5_000),
    ],
)  # fmt: skip
def test_a_line_that_is_none_is_one_bad_line(raw: str | bytes) -> None:
    found = put(one("Bo", "1980-01-01"), raw, one("Cia", "1970-01-01"))
    assert found.lines == {3} and found.counts.new == 2 and found.counts.bad == 1


def test_the_report_says_no_values() -> None:
    secret = ANNA | {"surname": "Hemlig\x00", "sex": "hemlig", "hemligt\x1b": "Hemlig gata 1"}
    for fault in put(secret | {"address": {"street": "Hemlig gata 1", "postcode": "9" * 9}}):
        assert "Hemlig gata" not in str(fault) and "\x1b" not in str(fault)
        assert "199005" not in str(fault) and "sex: hemlig" not in str(fault)


def test_the_same_person_twice_is_a_bad_line() -> None:
    found = put(ANNA, ANNA | {"surname": "Ek"})
    assert found.lines == {3} and Person.objects.get().surname == "Berg"


@pytest.mark.parametrize(
    "head",
    [
        b"", b"{}", b"[]", b"\x00",
        b'{"extract":"all","as_of":"2026-11-01","source":"x","format":1}',
        b'{"extract":"full","as_of":"2026-11-01","source":"x","format":2}',
        b'{"extract":"full","extract":"changes","as_of":"2026-11-01","source":"x","format":1}',
    ],
)  # fmt: skip
def test_a_file_that_does_not_say_what_it_is_is_not_read(head: bytes) -> None:
    with pytest.raises(BadHeader, match="line 1"):
        put_file(head + b"\n" + json.dumps(ANNA).encode())
    assert not Person.objects.exists()


def test_empty_lines_bom_and_windows_line_ends_do_no_harm() -> None:
    whole = b"\xef\xbb\xbf" + file_of([ANNA, "", "   "]).replace(b"\n", b"\r\n")
    assert put_file(whole).counts.new == 1


# ---- anything at all

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.sampled_from(["2026-11-01", "9999-12-31", ANNA["identity_number"], "m", "registration"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["identity_number", "since", "key", "street"]), inner),
    max_leaves=6,
)  # fmt: skip
_MORE = ("guardians", "spouse", "mandates", "parents", "died", "left", "previous_numbers",
         "language", "civil_status_since", "anything")  # fmt: skip
_KEYS = st.sampled_from([*ANNA, *_MORE])


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(changes=st.dictionaries(_KEYS, _JSON, min_size=1, max_size=3), raw=st.binary(max_size=80))
def test_whatever_stands_in_a_line_it_is_read_or_reported(
    changes: dict[str, Any], raw: bytes
) -> None:
    Person.objects.all().delete()
    odd = json.dumps(ANNA | changes)
    noise = raw.replace(b"\n", b" ").replace(b"\r", b" ")
    found = put(odd, noise, one("Cia", "1970-01-01"), source="hostile")
    counts = found.counts
    assert counts.new + counts.bad == counts.lines
    assert Person.objects.filter(given_name="Cia").exists()
    assert found.lines <= {2, 3}
    hidden = Person.objects.filter(protection__in=["registration", "new-identity"])
    assert not hidden.exclude(street="", lat=None).exists()
