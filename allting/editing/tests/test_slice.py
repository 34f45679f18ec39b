"""From a form to the published page, back again, and out as files."""

import io
import zipfile
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.test import Client

from allting.editing.models import Proposal
from allting.editing.tests.filling import BASE, change
from allting.editing.tests.town import Staff
from allting.packages.api import Edition

FORM = f"{BASE}edit/services/preschool-place/service.yaml/"


def move(client: Client, do: str, comment: str = "") -> Any:
    held = Proposal.objects.get()
    return client.post(
        f"{BASE}proposals/{held.id}/do/{do}/", {"seen": held.version, "comment": comment}
    )


def approved(staff: Staff) -> None:
    assert move(staff.amir.client, "propose", "Klarare").status_code == 302
    assert move(staff.birgitta.client, "approve").status_code == 302


def test_from_the_form_to_the_page_and_back(
    staff: Staff, town: Edition, folder: Path, tmp_path: Path
) -> None:
    amir, live = staff.amir.client, "/sv/services/preschool-place/"
    for address in (BASE, FORM, f"{BASE}services/preschool-place/", f"{BASE}editions/1/"):
        assert len(amir.get(address).content) < 100_000, address
    saved = change(amir, FORM, {"f.summary.sv": "Här söker du plats: enkelt & snabbt."})
    held = Proposal.objects.get()
    assert saved.status_code == 302 and saved["Location"] == f"{BASE}proposals/{held.id}/"
    page = amir.get(saved["Location"]).text
    assert "<ins>" in page and "enkelt" in page and "Plats i förskola" in page
    as_it_will_be = amir.get(f"{saved['Location']}services/preschool-place/")
    assert "enkelt &amp; snabbt" in as_it_will_be.text and "inte publicerad" in as_it_will_be.text
    assert "enkelt" not in Client().get(live).text
    approved(staff)
    assert move(staff.birgitta.client, "publish").status_code == 302
    assert "enkelt &amp; snabbt" in Client().get(live).text
    call_command("export", folder)
    own = (folder / "services/preschool-place/service.yaml").read_text("utf-8")
    assert own.startswith("processing_time:\n  typical: 6 weeks\nreviewed:\n")
    assert own.endswith('summary:\n  sv: "Här söker du plats: enkelt & snabbt."\n')
    back = staff.birgitta.client.post(f"{BASE}editions/1/back/", {"why": "fel"})
    assert back["Location"] == f"{BASE}editions/3/"
    assert "enkelt" not in Client().get(live).text
    with zipfile.ZipFile(io.BytesIO(amir.get(f"{BASE}editions/3/files/").content)) as packed:
        packed.extractall(tmp_path / "out")
    original = Path("packages")
    for name in ("solvik", "sverige"):
        for file in (original / name).rglob("*"):
            if file.is_file():
                out = tmp_path / "out" / file.relative_to(original)
                assert out.read_bytes() == file.read_bytes()
