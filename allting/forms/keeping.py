"""How long what someone has begun is kept: the form says, else the setting."""

from datetime import date

from django.conf import settings
from pydantic import TypeAdapter

from allting.forms.parts import FORM, Form
from allting.forms.queries import DraftRow
from allting.kernel.api import SWEDEN
from allting.packages.api import Definition, Duration, NoSuchEdition, edition

_DURATION: TypeAdapter[Duration] = TypeAdapter(Duration)


def kept_for(definition: Definition, service: str) -> Duration:
    """How long a draft of this service is kept after its last change."""
    form: Form | None = definition.find(FORM, service)
    if form is not None and form.keep_drafts is not None:
        return form.keep_drafts
    return _DURATION.validate_python(settings.ALLTING_DRAFTS_KEPT)


def goes_on(draft: DraftRow) -> date:
    """The day on which a draft that nobody touches any more is removed."""
    try:
        definition = edition(draft.edition).definition
    except NoSuchEdition:
        kept = _DURATION.validate_python(settings.ALLTING_DRAFTS_KEPT)
    else:
        kept = kept_for(definition, draft.service)
    return kept.after(draft.changed_at.astimezone(SWEDEN).date())
