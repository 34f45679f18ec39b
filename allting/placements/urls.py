"""The addresses of rounds and places."""

from django.urls import include, path

from allting.placements.views import by_hand, children, family, rounds, trying

app_name = "placements"
desk = [
    path("", rounds.rounds, name="rounds"),
    path("<uuid:round>/", rounds.round, name="round"),
    path("<uuid:round>/settle/", rounds.settling, name="settle"),
    path("<uuid:round>/drop/", rounds.dropping, name="drop"),
    path("<uuid:round>/what-if/", trying.trying, name="what-if"),
    path("<uuid:round>/children/", children.children, name="children"),
    path("<uuid:round>/children/<uuid:place>/", children.child, name="child"),
    path("<uuid:round>/by-hand/", by_hand.by_hand, name="by-hand"),
]
urlpatterns = [
    path("desk/rounds/", include(desk)),
    path("my/places/<uuid:place>/", family.place, name="place"),
    path("lots/", family.lots, name="lots"),
    path("lots/<uuid:round>/", family.lots_of, name="lots-of"),
]
