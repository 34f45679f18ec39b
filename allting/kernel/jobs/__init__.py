"""Background work: a queue in the database, and workers that empty it."""

from allting.kernel.jobs import housekeeping

__all__ = ["housekeeping"]
