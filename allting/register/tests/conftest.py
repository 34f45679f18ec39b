"""Each test starts with no memory of looks written in the one before."""

import pytest

from allting.register.looks import forget_looks


@pytest.fixture(autouse=True)
def no_looks_remembered() -> None:
    forget_looks()
