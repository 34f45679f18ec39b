"""What the house says to whoever runs it: one line an event, JSON where a machine reads it."""

import os
import re
import sys
from typing import Any

import structlog

_OPENS_SOMETHING = re.compile(r"/o/[A-Za-z0-9_-]{8,}")


def _without_keys(logger: Any, method: str, event: Any) -> Any:
    """A link that opens an offer is a key: it is not for whoever reads the log."""
    for name, value in event.items():
        if isinstance(value, str) and "/o/" in value:
            event[name] = _OPENS_SOMETHING.sub("/o/…", value)
    return event


SHARED: list[structlog.types.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def set_up() -> dict[str, Any]:
    """Django's LOGGING: our own and the libraries' log through one formatter, to standard error."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    steps = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        _without_keys,
        _last_step(),
    ]
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": steps,
        "foreign_pre_chain": SHARED,
    }
    level = os.environ.get("ALLTING_LOG_LEVEL", "INFO")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"one": formatter},
        "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "one"}},
        "root": {"handlers": ["err"], "level": level},
        "loggers": {
            # Django's own handlers are for its development server; ours take their place
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            **{name: {"level": "WARNING"} for name in ("httpx2", "httpcore2", "mail.log")},
        },
    }


def _last_step() -> structlog.types.Processor:
    for_people = sys.stderr.isatty() and os.environ.get("ALLTING_LOG") != "json"
    return structlog.dev.ConsoleRenderer() if for_people else structlog.processors.JSONRenderer()
