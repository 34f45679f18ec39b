"""Questions marked for a page: which wait, and what becomes of them."""

from uuid import UUID

from allting.cases.api import Suggested, suggested
from allting.editing.access import may_edit
from allting.editing.actions import NotDone, edit
from allting.editing.adding import edit_adding, ids_at
from allting.editing.models import Proposal, TakenUp
from allting.editing.rules import EDITOR, WITHDRAWN
from allting.editing.working import Working
from allting.identity.api import Actor
from allting.kernel.api import now, record, write
from allting.packages.api import Branch, Edit, Edition, applied, check_folders, joined, tree_of
from allting.packages.api import read_folder as read

QUESTIONS = ("questions",)


def faq_of(service: str) -> str:
    """The file that a service's questions stand in."""
    return f"services/{service}/faq.yaml"


def waiting(actor: Actor, edition: Edition) -> list[Suggested]:
    """Marked questions about the services that the actor edits, but those that are taken up."""
    done = TakenUp.objects.exclude(proposal__state=WITHDRAWN).values_list("mark", flat=True)
    found = suggested(actor.boards(EDITOR), without=list(done))
    return [one for one in found if one.service and may_edit(actor, edition, faq_of(one.service))]


def waiting_mark(actor: Actor, edition: Edition, mark: int) -> Suggested | None:
    """One of them, by its mark."""
    return next((one for one in waiting(actor, edition) if one.mark == mark), None)


def edit_of(one: Suggested, work: Working) -> Edit:
    """The edit that puts a question and its answer on the page of its service."""
    file = faq_of(one.service)
    trees: list[Branch | None] = [tree_of(work.folders, file), tree_of(work.folders[:-1], file)]
    trees.append(read(work.folders[-1]).trees.get(file))
    value = {"question": {one.language: one.question}, "answer": {one.language: one.answer}}
    return edit_adding(file, QUESTIONS, value, ids_at(trees, QUESTIONS))


def fits(one: Suggested, work: Working) -> bool:
    """Whether it can be put there as it is: answered, and in the first language of the pages."""
    return bool(one.answer.strip()) and one.language == work.edition.definition.languages[0]


def put_there(actor: Actor, one: Suggested, work: Working) -> Proposal:
    """Add it to the proposal that is being written. Raises NotDone."""
    made = edit_of(one, work)
    trial = check_folders(applied(work.base, joined(work.edits, [made])))
    if not fits(one, work) or set(trial.errors) - set(work.check.errors):
        raise NotDone(NotDone.ERRORS)
    with write():
        held = edit(actor, work.proposal.id if work.proposal else None, [made])
        take_up(actor, one.mark, held)
    return held


def take_up(actor: Actor, mark: int, held: Proposal | None) -> None:
    """Write down that a mark has been seen to; in a proposal, or put aside."""
    told: dict[str, UUID | object] = {"at": now(), "account": actor.account, "proposal": held}
    with write():
        TakenUp.objects.update_or_create(mark=mark, defaults=told)
        record(str(actor.account), "editing:mark", f"mark {mark}", put_aside=held is None)
