"""One Jinja2 environment per language: strict, escaping, sentences translated when compiled."""

import re
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from allting.ui import fields, formats, icons, texts
from allting.ui.assets import asset_url
from allting.ui.language import Translator, translator

INDENT = re.compile(r"\n\s+")


class Ahead(NodeTransformer):
    """Does ahead what is the same on every page: sentences, icons, and leaving indentation out."""

    def __init__(self, speak: Translator) -> None:
        self.known: dict[str, Callable[[str], str]] = {
            "_": speak,
            "icon_svg": icons.icon,
            "picture_svg": icons.picture,
        }

    def visit_TemplateData(self, node: nodes.TemplateData) -> nodes.Node:
        return nodes.TemplateData(INDENT.sub("\n", node.data), lineno=node.lineno)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        known = self.known.get(node.node.name) if isinstance(node.node, nodes.Name) else None
        only = node.args[0] if len(node.args) == 1 and not node.kwargs else None
        if known is None or not isinstance(only, nodes.Const):
            return node
        return nodes.Const(known(only.value), lineno=node.lineno)


class HouseEnvironment(Environment):
    """An environment that speaks one language."""

    speak: Translator = Translator("en")

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        translated: nodes.Template = Ahead(self.speak).visit(tree)
        return translated


@lru_cache(maxsize=32)
def environment(language: str) -> Environment:
    """The environment that renders pages in `language`; templates are compiled once."""
    env = HouseEnvironment(
        loader=FileSystemLoader(_folders()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=getattr(settings, "TEMPLATES_RELOAD", False),
        cache_size=-1,
    )
    env.speak = translator(language)
    env.globals.update(_globals(language))
    for name in ("date", "short_date", "datetime", "number", "money"):
        env.filters[name] = partial(getattr(formats, name), language)
    env.filters["text"] = lambda value: texts.text(value, language)
    env.filters["plain"] = lambda value: texts.plain(value, language)
    env.filters["markdown"] = texts.markdown
    return env


def _globals(language: str) -> dict[str, Any]:
    speak = translator(language)
    return {
        "_": speak,
        "plural": speak.plural,
        "language": language,
        "url": partial(url, language),
        "asset": asset_url,
        "icon_svg": icons.icon,
        "picture_svg": icons.picture,
        "csrf_token": fields.token,
        "its": fields.its,
        "options_of": fields.options_of,
        "date_parts": fields.date_parts,
        "described": fields.described,
    }


def _folders() -> list[Path]:
    return [Path(app.path) / "templates" for app in apps.get_app_configs()]


def fragment(language: str, template: str, context: dict[str, Any] | None = None) -> Markup:
    """A piece of a page, to be kept with the edition and laid into many pages."""
    return Markup(environment(language).get_template(template).render(context or {}))  # noqa: S704


@lru_cache(maxsize=8192)
def _address(language: str, name: str, arguments: tuple[tuple[str, Any], ...]) -> str:
    try:
        return reverse(name, kwargs={"language": language, **dict(arguments)})
    except NoReverseMatch:
        return reverse(name, kwargs=dict(arguments))


def url(language: str, name: str, **arguments: Any) -> str:
    """The address of a view; the language is filled in where the address carries one."""
    return _address(language, name, tuple(arguments.items()))
