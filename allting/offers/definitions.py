"""What offers give to the package language: `offer.yaml`, its letters, checks, facts, examples."""

from allting.conditions.api import provider
from allting.offers.checks import check_offers
from allting.offers.expectations import accepted, not_offered, offered
from allting.offers.parts import LETTER, OFFERS
from allting.offers.vocabulary import SCOPE, offer_facts
from allting.packages.api import Id, cross_check, expectation, file_kind, text_kind

file_kind(OFFERS)
text_kind(LETTER, "services/{id}/offers/{name}.{language}.md")
provider(SCOPE, offer_facts)
cross_check(check_offers)
expectation("offered", offered, shape=list[Id])
expectation("not_offered", not_offered, shape=list[Id])
expectation("accepted", accepted, shape=dict[Id, Id])
