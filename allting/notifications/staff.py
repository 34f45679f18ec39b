"""Telling employees that something waits for them: at most once a day for each list of tasks."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django_tasks import task

from allting.identity.api import people_with
from allting.kernel.api import now, schedule, today, write
from allting.notifications.actions import About, send
from allting.notifications.ports import contact_of
from allting.ui.api import translator

KIND = "task"
FALLBACK = "sv"
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TaskList:
    """A list of tasks in the words of its room. They say nothing of whom the tasks concern."""

    name: str
    role: str  # who does them, board by board
    subject: str
    body: str  # Markdown with {link}
    url: str  # without the language in front
    boards: Callable[[datetime], Collection[str]]  # with a task, undone, that is newer than that


_lists: dict[str, TaskList] = {}


def task_list(found: TaskList) -> TaskList:
    """Let those who hold its role be told of what comes to a list."""
    _lists[found.name] = found
    return found


def tell_soon(found: TaskList, board: str) -> None:
    """Let them be told of something new, by background work. Call inside `write()`."""
    tell_of.enqueue(found.name, board)


@task(atomic=True, max_attempts=25)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def tell_of(name: str, board: str) -> int:
    """Put it in the inbox of everyone who does what is on the list for the board, if something
    still waits; how many they are. Told already today, they are told no more.

    An e-mail says only that there is a message: no person, case or service.
    """
    found = _lists[name]
    if board not in found.boards(now() - A_DAY):
        return 0
    people = people_with(found.role, board)
    for person in people:
        contact = contact_of(person)
        language = contact.language if contact else FALLBACK
        speak, url = translator(language), f"/{language}{found.url}"
        send(
            to_person=person,
            kind=KIND,
            subject=speak(found.subject),
            body_markdown=speak(found.body, link=url),
            language=language,
            occasion=f"{KIND}:{name}:{board}:{today()}:{person}",
            about=About(url=url),
        )
    return len(people)


@task(max_attempts=5)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def tell_of_yesterday() -> None:
    """In the morning: of what came the day before, later than the message of that day."""
    with write():
        for found in _lists.values():
            for board in sorted(found.boards(now() - A_DAY)):
                tell_soon(found, board)


schedule("employees told of what waits", tell_of_yesterday, every="day at 07:45")
