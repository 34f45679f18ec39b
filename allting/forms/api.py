"""The door of forms."""

from allting.forms.actions import start
from allting.forms.addresses import apply_at, draft_at
from allting.forms.answered import (
    AnswerRow,
    answers_as_values,
    answers_for_reading,
    declared_in,
)
from allting.forms.asking import Asked, few_questions
from allting.forms.behalf import Behalf, NotComplete, submit_for, telling
from allting.forms.events import FormSubmitted
from allting.forms.expectations import questions_asked
from allting.forms.given import answer_from, answer_type
from allting.forms.keeping import goes_on
from allting.forms.lacking import lacking, may_lack
from allting.forms.models import Attachment, Submission
from allting.forms.parts import FORM, Form, Option, Page, Question
from allting.forms.queries import (
    DraftRow,
    attachment,
    attachments_of,
    draft_of,
    drafts_of,
    submission,
    submissions,
)
from allting.forms.storage import Kept, Unfit, forget, path_of, safe_name
from allting.forms.storage import keep as keep_file
from allting.forms.views.drafts import download
from allting.forms.vocabulary import answer_facts, answer_values
from allting.forms.whole import WholeForm, on_paper, whole_form

__all__ = [
    "FORM",
    "AnswerRow",
    "Asked",
    "Attachment",
    "Behalf",
    "DraftRow",
    "Form",
    "FormSubmitted",
    "Kept",
    "NotComplete",
    "Option",
    "Page",
    "Question",
    "Submission",
    "Unfit",
    "WholeForm",
    "answer_facts",
    "answer_from",
    "answer_type",
    "answer_values",
    "answers_as_values",
    "answers_for_reading",
    "apply_at",
    "attachment",
    "attachments_of",
    "declared_in",
    "download",
    "draft_at",
    "draft_of",
    "drafts_of",
    "few_questions",
    "forget",
    "goes_on",
    "keep_file",
    "lacking",
    "may_lack",
    "on_paper",
    "path_of",
    "questions_asked",
    "safe_name",
    "start",
    "submission",
    "submissions",
    "submit_for",
    "telling",
    "whole_form",
]
