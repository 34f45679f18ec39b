"""The addresses of the look itself."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from allting.ui import style, views


class Mark(StringConverter):
    """Twelve hexadecimal digits of a checksum."""

    regex = "[0-9a-f]{12}"


register_converter(Mark, "mark")

urlpatterns: list[URLPattern] = []
plain: list[URLPattern] = [
    path("", views.door, name="door"),
    path("theme-<mark:mark>.css", views.theme, name="theme"),
    path("arms-<mark:mark>.svg", views.arms, name="arms"),
    path("ui/", style.style, name="style"),
    path("ui/<str:page>", style.style, name="style-example"),
]
