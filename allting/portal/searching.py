"""What search found, as the page shows it."""

from typing import Any

from allting.catalogue.api import Hit, life_event, search, service, topics
from allting.packages.api import Edition
from allting.portal.service_page import service_url
from allting.ui.api import url

MOST_HITS = 20


def found(
    edition: Edition, language: str, words: str, limit: int = MOST_HITS
) -> list[dict[str, Any]]:
    """The hits for `words`, best first, each with its texts and its address."""
    hits = search(edition, language, words, limit) if words else []
    return [shown for shown in (_shown(edition, language, hit) for hit in hits) if shown]


def _shown(edition: Edition, language: str, hit: Hit) -> dict[str, Any] | None:
    if hit.kind == "service":
        return {
            "kind": hit.kind,
            "it": service(edition, hit.id),
            "href": service_url(language, hit.id),
        }
    if hit.kind == "life-event":
        href = url(language, "portal:life-event", id=hit.id)
        return {"kind": hit.kind, "it": life_event(edition, hit.id), "href": href}
    if hit.kind == "topic":
        topic = next(group.topic for group in topics(edition) if group.topic.id == hit.id)
        href = f"{url(language, 'portal:services')}#topic-{hit.id}"
        return {"kind": hit.kind, "it": topic, "href": href}
    return None
