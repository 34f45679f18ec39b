"""How much may be sent at once: looked at before the first byte is stored."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from allting.forms.storage import LARGEST

MOST_AT_ONCE = 6 * LARGEST  # several drawings in one go; more are sent one after another


class Bounded(FileUploadHandler):
    """Refuses a body that is too large by what it says of itself; first among the handlers."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        """Look at the length. Raises RequestDataTooBig, which answers 400."""
        if content_length > MOST_AT_ONCE:
            raise RequestDataTooBig(
                f"{content_length} bytes were sent at once; at most {MOST_AT_ONCE} are taken"
            )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Let the next handler have it."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one keep the file."""
