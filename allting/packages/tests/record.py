"""Write down what the check says now: `python -m allting.packages.tests.record`.

For whoever changes the words of a message: run it, then read the difference as the person would
who made the mistake. The tests hold the words that were read.
"""

import os
import re
import tempfile
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

FILES = ("reading.yaml", "files.yaml", "values.yaml", "house.yaml")


def main() -> None:
    """Rewrite `says` of every case in every file."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from allting.packages.tests.kinds import town

    for file in FILES:
        within: AbstractContextManager[None] = nullcontext() if file == "house.yaml" else town()
        with within:
            record(file)


def record(file: str) -> None:
    """Rewrite `says` of every case in one file, leaving everything else as it is."""
    from allting.packages.tests.cases import HERE, cases

    head, *blocks = re.split(r"(?m)^(?=- name:)", (HERE / file).read_text("utf-8"))
    for case, block in zip(cases(file), blocks, strict=True):
        with tempfile.TemporaryDirectory() as place:
            found = case.found(Path(place))
        told = block.split("  says: |\n")[0].rstrip("\n")
        head += f"{told}\n  says: |\n" + "".join(f"    {line}\n" for line in found)
    (HERE / file).write_text(head, encoding="utf-8")


if __name__ == "__main__":
    main()
