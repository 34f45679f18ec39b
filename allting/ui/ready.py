"""What goes out as it stands: packed once, marked by its content, and not sent twice."""

import gzip
import hashlib
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags


@dataclass(frozen=True, slots=True)
class Ready:
    """Bytes, the same packed, and a mark of what they say."""

    body: bytes
    packed: bytes
    mark: str


def ready(body: bytes) -> Ready:
    """Pack and mark, once for each content."""
    mark = hashlib.sha256(body).hexdigest()[:20]
    return Ready(body, gzip.compress(body, 6, mtime=0), mark)


def answer(request: HttpRequest, it: Ready, content_type: str) -> HttpResponse:
    """The content, packed for those who unpack; 304 for those who have it."""
    packs = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    mark = f'"{it.mark}-gz"' if packs else f'"{it.mark}"'
    response: HttpResponse
    if _has_it(request, mark):
        response = HttpResponseNotModified()
    else:
        body = it.packed if packs else it.body
        response = HttpResponse(body, content_type=content_type)
        response.headers["Content-Length"] = str(len(body))
        if packs:
            response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = mark
    # a cache may keep it but asks each time: a new edition shows at once
    response.headers["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _has_it(request: HttpRequest, mark: str) -> bool:
    """RFC 9110, 13.1.2: any mark of a list, weak or strong, or `*`."""
    marks = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
    return "*" in marks or mark in (each.removeprefix("W/") for each in marks)
