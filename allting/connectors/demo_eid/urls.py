"""The demo e-ID's addresses."""

from django.urls import path

from allting.connectors.demo_eid import views

plain = [
    path("demo-eid", views.front),
    path("demo-eid/.well-known/openid-configuration", views.metadata),
    path("demo-eid/keys", views.keys),
    path("demo-eid/authorize", views.authorize),
    path("demo-eid/token", views.token),
    path("demo-eid/userinfo", views.userinfo),
]
