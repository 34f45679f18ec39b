"""The addresses of offers."""

from django.urls import path

from allting.offers.views import link, mine

app_name = "offers"
urlpatterns = [
    path("my/offers/", mine.offers, name="offers"),
    path("my/offers/<uuid:offer>/", mine.offer, name="offer"),
]
plain = [
    # short, for it stands in text messages
    path("o/<str:token>", link.by_link, name="offer-by-link"),
]
