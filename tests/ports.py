"""Ports for servers that tests start, some of them in other processes and a while later.

They are below those that the system gives to whoever asks for any: between being chosen and being
listened on, or while a house that was killed is opened again, nobody else is given them.
"""

import os
import random
import socket

_SOME = range(20_000, 32_000)
_next = random.Random(os.getpid()).choice(_SOME)


def free_port() -> int:
    """A port that nobody has just now, and that this process has not chosen before."""
    global _next
    for _ in _SOME:
        port, _next = _next, _SOME[(_next + 1 - _SOME.start) % len(_SOME)]
        with socket.socket() as trial:
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise OSError("every port is taken")
