"""Identifiers that sort by time and tell nothing else."""

import os
import time
from uuid import UUID


def new_id() -> UUID:
    """A UUID version 7 (RFC 9562 § 5.7): 48 bits of milliseconds, then chance.

    >>> new_id().version
    7
    """
    moment = time.time_ns() // 1_000_000
    chance = int.from_bytes(os.urandom(10), "big")
    value = (moment & (1 << 48) - 1) << 80 | chance
    value = value & ~(0xF << 76) | 7 << 76
    value = value & ~(0x3 << 62) | 2 << 62
    return UUID(int=value)
