"""Addresses for programs. They have no language: every file holds all of them."""

from django.urls import path

from allting.catalogue import views
from allting.catalogue.exports import FORMS, LIFE_EVENT, SERVICE, WHOLE

app_name = "catalogue"
plain = [
    path("data/catalogue", views.linked_data, name="data"),
    *(
        path(f"data/{kind}/<slug:id>", views.linked_data, {"kind": kind})
        for kind in (SERVICE, LIFE_EVENT)
    ),
    *(
        path(f"data/{where}.{ending}", views.linked_data, {"kind": kind, "ending": ending})
        for ending in FORMS
        for where, kind in (
            (WHOLE, WHOLE),
            (f"{SERVICE}/<slug:id>", SERVICE),
            (f"{LIFE_EVENT}/<slug:id>", LIFE_EVENT),
        )
    ),
]
