"""Ways in for programs: what schema.org calls a service, the map, the search, the news."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from allting.catalogue.testing import town
from allting.kernel.api import clock_at
from allting.packages.api import Edition, publish

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture
def visitor() -> Client:
    return Client()


def inside(visitor: Client, where: str) -> Any:
    page = visitor.get(where).text
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(found) == 1
    return json.loads(found[0])


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_service_in_the_words_of_schema_org(
    solvik: Edition, visitor: Client, language: str
) -> None:
    said = inside(visitor, f"/{language}/services/preschool-place/")
    assert said["@type"] == "GovernmentService"
    assert said["name"] == {"sv": "Plats i förskola", "en": "Preschool place"}[language]
    assert said["url"] == f"{settings.BASE_URL}/{language}/services/preschool-place/"
    assert said["provider"]["@type"] == "GovernmentOrganization"
    assert any("telephone" in it.get("servicePhone", {}) for it in said["availableChannel"])


def test_what_others_do_is_not_said_to_be_done_by_an_authority(
    db: None, tmp_path: Path, visitor: Client
) -> None:
    folder = town(tmp_path)
    file = folder / "services/new-construction-map/service.yaml"
    others = "done_by: {authority: {sv: Den som ritar, en: Whoever draws}}\n"
    file.write_text(re.sub(r"board: .*\n", others, file.read_text("utf-8"), count=1), "utf-8")
    publish(folder, by="Anna", why="drawn by others")
    said = inside(visitor, "/sv/services/new-construction-map/")
    assert said["@type"] == "GovernmentService"
    assert said["provider"] == {"@type": "Organization", "name": "Den som ritar"}


def test_a_text_cannot_leave_its_script(db: None, tmp_path: Path, visitor: Client) -> None:
    folder = town(tmp_path)
    file = folder / "services/preschool-place/service.yaml"
    hostile = "summary: {sv: '</script><script>alert(1)</script> & så', en: 'x'}\n"
    text = re.sub(r"summary: .*\n", lambda _: hostile, file.read_text("utf-8"), count=1)
    file.write_text(text, "utf-8")
    publish(folder, by="Anna", why="hostile")
    where = "/sv/services/preschool-place/"
    assert inside(visitor, where)["description"] == "</script><script>alert(1)</script> & så"
    assert "<script>alert" not in visitor.get(where).text


def test_pages_say_where_their_data_is(solvik: Edition, visitor: Client) -> None:
    pages = ("services/preschool-place/", "life-events/having-a-child/", "services/", "")
    for where in pages:
        html = visitor.get(f"/sv/{where}").text
        links = re.findall(
            r'<link rel="(?:alternate|search)" type="[^"]*"[^>]*?href="([^"]*)"', html
        )
        assert links
        assert all(visitor.get(link).status_code == 200 for link in links)


def test_the_map_has_every_page(solvik: Edition, visitor: Client) -> None:
    tree = ElementTree.fromstring(visitor.get("/sitemap.xml").content)  # noqa: S314
    pages = [it.text or "" for it in tree.iter(f"{MAP}loc")]
    paths = [page.removeprefix(settings.BASE_URL) for page in pages]
    assert {"/sv/", "/en/services/", "/sv/services/preschool-place/"} <= set(paths)
    assert all(visitor.get(path).status_code == 200 for path in paths)
    sisters = {len(list(it.iter(f"{XHTML}link"))) for it in tree}
    assert sisters == {2}
    assert f"Sitemap: {settings.BASE_URL}/sitemap.xml" in visitor.get("/robots.txt").text


def test_a_browser_learns_to_search(solvik: Edition, visitor: Client) -> None:
    answer = visitor.get("/opensearch-sv.xml")
    tree = ElementTree.fromstring(answer.content)  # noqa: S314
    at, soon = [it for it in tree if it.tag.endswith("}Url")]
    assert soon.get("type") == "application/x-suggestions+json"
    template = at.attrib["template"].removeprefix(settings.BASE_URL)
    assert "preschool-place" in visitor.get(template.replace("{searchTerms}", "dagis")).text
    assert visitor.get("/opensearch-xx.xml").status_code == 404


def read_news(visitor: Client) -> dict[str, str]:
    tree = ElementTree.fromstring(visitor.get("/news-sv.atom").content)  # noqa: S314
    entries = list(tree.iter(f"{ATOM}entry"))
    return {
        (it.findtext(f"{ATOM}id") or "").rpartition("/")[2]: it.findtext(f"{ATOM}title") or ""
        for it in entries
    }


def test_news_of_services(db: None, tmp_path: Path, visitor: Client) -> None:
    folder = town(tmp_path)
    publish(folder, by="Anna", why="the first version")
    first = read_news(visitor)
    assert first
    assert all(title.startswith("Ny tjänst: ") for title in first.values())
    place = folder / "services/preschool-place/service.yaml"
    place.write_text(place.read_text("utf-8").replace("law: [SkolL 8:3, ", "law: ["), "utf-8")
    permit = folder / "services/building-permit/service.yaml"
    review = "reviewed: {on: 2026-11-20, by: {sv: Bo, en: Bo}}\n"
    permit.write_text(permit.read_text("utf-8") + review, "utf-8")
    with clock_at(datetime(2026, 12, 1, tzinfo=UTC)):
        publish(folder, by="Anna", why="the second")
    second = read_news(visitor)
    assert second["preschool-place"].startswith("Ändrad tjänst: ")
    assert second["building-permit"].startswith("Genomläst: ")
    assert set(list(second)[:2]) == {"preschool-place", "building-permit"}
    answer = visitor.get("/news-sv.atom")
    again = visitor.get("/news-sv.atom", headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304
