"""What the frame needs from the house above: `config/wiring.py` says who gives it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from allting.ui.theme import DEFAULT_THEME, arms_url, theme_url

Words = Mapping[str, str]


@dataclass(frozen=True, eq=False)
class NavItem:
    """A place in the header: `href` without the language, `/services/`."""

    title: Words
    href: str


@dataclass(frozen=True, eq=False)
class Contact:
    """How to reach the municipality without a computer."""

    phone: str | None = None
    email: str | None = None
    address: str | Words | None = None
    web: str | None = None
    hours: Words | None = None


@dataclass(frozen=True, eq=False)
class Frame:
    """What header and footer of one published version say.

    Give the same object as long as nothing has changed: what is drawn from it is kept with it.
    """

    name: Words
    languages: tuple[str, ...]
    in_part: tuple[str, ...] = ()  # those of them in which texts may be missing
    theme: Mapping[str, str] = field(default_factory=lambda: DEFAULT_THEME)
    contact: Contact = Contact()
    nav: tuple[NavItem, ...] = ()
    # pages that exist only when a room answers them; without one the frame leaves the link out
    search: str | None = None
    accessibility: str | None = None
    demo: bool = False
    arms: str | None = None  # the source of an SVG drawing that was checked to be safe

    @cached_property
    def arms_url(self) -> str | None:
        """The address of this coat of arms, good for ever; the house's own mark if None."""
        return arms_url(self.arms) if self.arms else None

    @property
    def theme_url(self) -> str:
        """The address of this theme's colours, good for ever."""
        return theme_url(self.theme)


FrameSource = Callable[[], Frame]

UNNAMED = Frame(name={"sv": "Kommunen", "en": "The municipality"}, languages=("sv", "en"))
_source: FrameSource = lambda: UNNAMED  # noqa: E731


def frame_from(source: FrameSource) -> None:
    """Fill the port; called once, by the wiring."""
    global _source
    _source = source


def frame() -> Frame:
    """The frame in force. Asked for on every page: the source keeps it ready."""
    return _source()
