"""A checkout of the project, for what a newcomer does with it."""

import subprocess
from typing import NamedTuple

import pytest

from tests.project.newcomer import Checkout, downloaded


class FirstCommand(NamedTuple):
    checkout: Checkout
    done: subprocess.CompletedProcess[str]
    again: subprocess.CompletedProcess[str]


@pytest.fixture(scope="session")
def first_command(tmp_path_factory: pytest.TempPathFactory) -> FirstCommand:
    """A checkout in which one command was run, and run again, before any demo of
    another test.
    """
    checkout = downloaded(tmp_path_factory.mktemp("newcomer"))
    return FirstCommand(checkout, checkout.manage("verify_audit"), checkout.manage("verify_audit"))


@pytest.fixture(scope="session")
def checkout(first_command: FirstCommand) -> Checkout:
    return first_command.checkout
