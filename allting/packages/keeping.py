"""The files that an edition was made from, kept word for word, so that they can be given back."""

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from allting.packages.chain import read_texts
from allting.packages.checking import CheckResult, check_chain
from allting.packages.definition import Effective
from allting.packages.folder import PackageSource
from allting.packages.kinds import registry
from allting.packages.models import KeptFolder, PackageVersion

MOST_READ = 8
MOST_CHECKED = 3  # each holds a whole municipality


class NoFiles(LookupError):
    """The edition was published before files were kept."""


class Folder:
    """One package's files by their path; two with the same files are equal."""

    def __init__(self, name: str, texts: Mapping[str, str]) -> None:
        self.name = name
        self.texts = dict(sorted(texts.items()))

    @cached_property
    def packed(self) -> bytes:
        """As it is stored."""
        written = json.dumps([self.name, self.texts], ensure_ascii=False, separators=(",", ":"))
        return written.encode()

    @cached_property
    def digest(self) -> str:
        """A fingerprint of every letter of it."""
        return hashlib.sha256(self.packed).hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Folder) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


Folders = tuple[Folder, ...]  # the lowest first, the municipality's own last


def folders_in(effective: Effective) -> Folders:
    """The folders behind what was read from files; none for what was read from the database."""
    found: dict[str, dict[str, str]] = {}
    for (package, file), text in effective.sources.items():
        found.setdefault(package, {})[file] = text
    return tuple(Folder(name, texts) for name, texts in found.items())


def keep(folders: Sequence[Folder]) -> list[str]:
    """Store the folders that are not stored yet; their fingerprints, in order."""
    digests = [folder.digest for folder in folders]
    known = set(KeptFolder.objects.filter(digest__in=digests).values_list("digest", flat=True))
    new = [
        KeptFolder(digest=one.digest, name=one.name, texts=zlib.compress(one.packed, 6))
        for one in folders
        if one.digest not in known
    ]
    KeptFolder.objects.bulk_create(new, ignore_conflicts=True)
    return digests


def files_of(number: int) -> Folders:
    """As `folders_of`, by the edition's number. Raises NoFiles if there is no such edition too."""
    id = PackageVersion.objects.filter(number=number).values_list("id", flat=True).first()
    if id is None:
        raise NoFiles(f"there is no edition {number}")
    return folders_of(id)


def folders_of(edition_id: int) -> Folders:
    """The files that an edition was made from. Raises NoFiles if they were not kept."""
    digests = PackageVersion.objects.values_list("folders", flat=True).get(id=edition_id)
    if not digests:
        raise NoFiles(
            "the files of this edition were not kept. Try: publish the package's folder again"
        )
    return tuple(map(_kept, digests))


@lru_cache(maxsize=MOST_READ)
def _kept(digest: str) -> Folder:
    texts = KeptFolder.objects.values_list("texts", flat=True).get(digest=digest)
    return Folder(*json.loads(zlib.decompress(bytes(texts))))


@lru_cache(maxsize=MOST_READ)
def read(folder: Folder) -> PackageSource:
    """The folder's trees; of a package that others build on they are read once."""
    return read_texts(folder.name, folder.texts, registry())


@lru_cache(maxsize=MOST_CHECKED)
def check_folders(folders: Folders) -> CheckResult:
    """The check of kept or edited folders: the same as that of folders on a disk."""
    return check_chain([read(folder) for folder in folders])


def below(folders: Folders) -> Iterable[PackageSource]:
    """The packages that the municipality's own builds on, the lowest first."""
    return [read(folder) for folder in folders[:-1]]


def forget_folders() -> None:
    """Hold nothing, as when the process began."""
    for held in (_kept, read, check_folders):
        held.cache_clear()
