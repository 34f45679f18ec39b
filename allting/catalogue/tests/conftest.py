"""The facts that the test municipality's conditions speak of."""

from allting.conditions.api import Fact, FactType, declared, facts

# the room that holds facts declares them when it opens; without it the tests stand on their own
if "subject" not in declared():
    facts("subject", {name: Fact(name, kind) for name, kind in (
        ("birth_date", FactType.DATE), ("municipality_code", FactType.TEXT),
    )})  # fmt: skip
    facts("household", {"income_month": Fact("income_month", FactType.NUMBER)})
