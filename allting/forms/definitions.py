"""What forms gives to the package language: `form.yaml`, its checks, its facts, its examples."""

from allting.conditions.api import provider
from allting.forms.checks import check_forms
from allting.forms.expectations import asked, not_asked
from allting.forms.parts import FORM
from allting.forms.touching import unfinished_drafts
from allting.forms.vocabulary import facts_of_service
from allting.packages.api import Id, cross_check, expectation, file_kind, touches

file_kind(FORM)
provider("answers", facts_of_service)
cross_check(check_forms)
expectation("asked", asked, shape=list[Id])
expectation("not_asked", not_asked, shape=list[Id])
touches(unfinished_drafts)
