"""The addresses of offers."""

from django.urls import include, path

from allting.offers.views import by_hand, comparing, desk, link, made, mine

app_name = "offers"
ONE = "situations/<slug:service>/<slug:situation>/"
at_desk = [
    path("", desk.desk, name="desk"),
    path(ONE, desk.situation, name="situation"),
    path(f"{ONE}people/", desk.people, name="people"),
    path(f"{ONE}run/", desk.run, name="run"),
    path(f"{ONE}made/", made.made, name="made"),
    path("runs/<int:run>/stop/", desk.stopping, name="stop"),
    path("made/<uuid:offer>/", made.one, name="logged"),
    path("made/<uuid:offer>/take-back/", made.taking_back, name="take-back"),
    path("by-hand/", by_hand.by_hand, name="by-hand"),
    path("compare/", comparing.comparing, name="compare"),
]
urlpatterns = [
    path("my/offers/", mine.offers, name="offers"),
    path("my/offers/<uuid:offer>/", mine.offer, name="offer"),
    path("desk/offers/", include(at_desk)),
]
plain = [
    # short, for it stands in text messages
    path("o/<str:token>", link.by_link, name="offer-by-link"),
]
