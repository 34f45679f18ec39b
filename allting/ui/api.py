"""The door of the look."""

from allting.ui.assets import asset_url, gather
from allting.ui.colour import contrast
from allting.ui.fields import token
from allting.ui.formats import clock, date, datetime, money, month, number, short_date
from allting.ui.icons import icon, picture, pictures
from allting.ui.language import (
    SOURCE,
    Translator,
    Worded,
    house_speaks,
    in_words,
    later,
    translator,
    worded,
)
from allting.ui.middleware import content_policy
from allting.ui.pages import render
from allting.ui.parts import LANGUAGE_NAMES
from allting.ui.ports import UNNAMED, Contact, Frame, FrameSource, NavItem, frame, frame_from
from allting.ui.ready import Ready, answer, ready
from allting.ui.shape import Anyone, Shape, hole
from allting.ui.templating import fragment, url
from allting.ui.texts import in_order, markdown, plain, text
from allting.ui.theme import Pair, theme_css, theme_pairs

__all__ = [
    "LANGUAGE_NAMES",
    "SOURCE",
    "UNNAMED",
    "Anyone",
    "Contact",
    "Frame",
    "FrameSource",
    "NavItem",
    "Pair",
    "Ready",
    "Shape",
    "Translator",
    "Worded",
    "answer",
    "asset_url",
    "clock",
    "content_policy",
    "contrast",
    "date",
    "datetime",
    "fragment",
    "frame",
    "frame_from",
    "gather",
    "hole",
    "house_speaks",
    "icon",
    "in_order",
    "in_words",
    "later",
    "markdown",
    "money",
    "month",
    "number",
    "picture",
    "pictures",
    "plain",
    "ready",
    "render",
    "short_date",
    "text",
    "theme_css",
    "theme_pairs",
    "token",
    "translator",
    "url",
    "worded",
]
