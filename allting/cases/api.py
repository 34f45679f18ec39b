"""The door of cases."""

from allting.cases.actions import do, finish_task
from allting.cases.addresses import case_at, send_at
from allting.cases.asked import as_raw
from allting.cases.askers import asker_of, contact_of_asker, takes_questions
from allting.cases.automatic import may_decide
from allting.cases.definitions import (
    APPLICANT,
    ASK_FOR_SUPPLEMENT,
    DECIDE,
    NOTE,
    PROCESS,
    PROPOSE,
    SEND_BACK,
    SUPPLEMENT,
    TAKE,
    WITHDRAW,
    Ask,
    Deadline,
    Move,
    OutcomeKind,
    Process,
    Stage,
)
from allting.cases.errors import Fault, Incomplete, NotDone, NotNow, Overtaken
from allting.cases.expectations import decision_mismatch
from allting.cases.finding import FoundCase, case_numbered, cases_of_person, number_in
from allting.cases.known import brought, system_actor, values_in
from allting.cases.lengths import Measured, measured_lengths
from allting.cases.models import Asker
from allting.cases.path import ahead, usual_way
from allting.cases.previewing import preview
from allting.cases.processes import automatic_of
from allting.cases.queries import (
    CaseRow,
    Opened,
    case_for_applicant,
    case_for_employee,
    cases_of,
    given_lately,
    letter_in,
    supplement_file,
)
from allting.cases.questions import Answered, Question, Received, ask, question_by
from allting.cases.queue import (
    MOST,
    PAGE,
    VIEWS,
    Filters,
    Page,
    Row,
    View,
    counts,
    desk_boards,
    queue,
)
from allting.cases.renouncing import RENOUNCED, is_decided, number_of_submission, renounce
from allting.cases.rules import prefilled
from allting.cases.showing import NOT_ALWAYS, due_of, judgement, law_of, stations_of
from allting.cases.standing import Standing, standing, standing_together
from allting.cases.steps import Done, Given
from allting.cases.suggested import Suggested, suggested
from allting.cases.taking_in import (
    CHANNELS,
    Handed,
    TakenIn,
    behalf_of,
    find_for,
    take_in,
    taken_in,
    to_take_in,
)
from allting.cases.views.common import file_response, letter_response, not_done, seen
from allting.cases.waiting import Application, applications
from allting.cases.walks import Place
from allting.cases.words import button_of, done_of
from allting.cases.workdays import is_holiday

__all__ = [
    "APPLICANT",
    "ASK_FOR_SUPPLEMENT",
    "CHANNELS",
    "DECIDE",
    "MOST",
    "NOTE",
    "NOT_ALWAYS",
    "PAGE",
    "PROCESS",
    "PROPOSE",
    "RENOUNCED",
    "SEND_BACK",
    "SUPPLEMENT",
    "TAKE",
    "VIEWS",
    "WITHDRAW",
    "Answered",
    "Application",
    "Ask",
    "Asker",
    "CaseRow",
    "Deadline",
    "Done",
    "Fault",
    "Filters",
    "FoundCase",
    "Given",
    "Handed",
    "Incomplete",
    "Measured",
    "Move",
    "NotDone",
    "NotNow",
    "Opened",
    "OutcomeKind",
    "Overtaken",
    "Page",
    "Place",
    "Process",
    "Question",
    "Received",
    "Row",
    "Stage",
    "Standing",
    "Suggested",
    "TakenIn",
    "View",
    "ahead",
    "applications",
    "as_raw",
    "ask",
    "asker_of",
    "automatic_of",
    "behalf_of",
    "brought",
    "button_of",
    "case_at",
    "case_for_applicant",
    "case_for_employee",
    "case_numbered",
    "cases_of",
    "cases_of_person",
    "contact_of_asker",
    "counts",
    "decision_mismatch",
    "desk_boards",
    "do",
    "done_of",
    "due_of",
    "file_response",
    "find_for",
    "finish_task",
    "given_lately",
    "is_decided",
    "is_holiday",
    "judgement",
    "law_of",
    "letter_in",
    "letter_response",
    "may_decide",
    "measured_lengths",
    "not_done",
    "number_in",
    "number_of_submission",
    "prefilled",
    "preview",
    "question_by",
    "queue",
    "renounce",
    "seen",
    "send_at",
    "standing",
    "standing_together",
    "stations_of",
    "suggested",
    "supplement_file",
    "system_actor",
    "take_in",
    "taken_in",
    "takes_questions",
    "to_take_in",
    "usual_way",
    "values_in",
]
