"""What the house says to whoever runs it: one line an event, JSON where a machine reads it."""

import logging.config
import os
import sys

import structlog


def set_up(_: object) -> None:
    """Send our own and the libraries' log through one formatter to standard error.

    Named by LOGGING_CONFIG; Django hands it LOGGING, which we do not use.
    """
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    for_people = sys.stderr.isatty() and os.environ.get("ALLTING_LOG") != "json"
    last = structlog.dev.ConsoleRenderer() if for_people else structlog.processors.JSONRenderer()
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "one": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        last,
                    ],
                    "foreign_pre_chain": shared,
                }
            },
            "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "one"}},
            "root": {"handlers": ["err"], "level": os.environ.get("ALLTING_LOG_LEVEL", "INFO")},
            "loggers": {name: {"level": "WARNING"} for name in ("httpx", "httpcore", "mail.log")},
        }
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
