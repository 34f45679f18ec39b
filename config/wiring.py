"""Which connector or room fills which port. The only place that knows both ends."""


def wire() -> None:
    """Fill every port; called once, when all rooms are open."""
