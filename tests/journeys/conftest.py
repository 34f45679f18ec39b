"""A house of its own for each journey, and the mail server that its mail goes to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import House, house
from tests.mailbox import Mailbox, mailbox


@pytest.fixture
def post() -> Iterator[Mailbox]:
    """A real SMTP server on this machine, which keeps what it is given."""
    with mailbox() as box:
        yield box


@pytest.fixture
def solvik(tmp_path: Path, post: Mailbox) -> Iterator[House]:
    """The demonstration municipality, not yet open; its mail goes to `post`."""
    with house(tmp_path, environment={"ALLTING_SMTP": post.address}) as one:
        yield one
