"""What goes wrong is told to whoever runs the house: it must not vanish."""

import json
import logging
import subprocess
import sys

import structlog

from tests.floors import ROOT

SAYS = """
import django; django.setup()
import logging, structlog
try: 1 / 0
except ZeroDivisionError: logging.getLogger("django.request").exception("a page broke")
structlog.get_logger().warning("of our own", case="BUN-2026-000001")
"""


def test_errors_of_pages_and_our_own_words_reach_standard_error_as_json() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SAYS],
        cwd=ROOT,
        env={"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=True,
    )
    first, second = (json.loads(line) for line in done.stderr.splitlines())
    assert first["event"] == "a page broke"
    assert "ZeroDivisionError" in first["exception"]
    assert second["case"] == "BUN-2026-000001"


def test_logging_is_one_stream() -> None:
    assert logging.getLogger("django.request").propagate
    assert structlog.is_configured()
