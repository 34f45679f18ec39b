"""The addresses of the editor."""

from django.urls import include, path

from allting.editing.views import (
    adding,
    editing,
    editions,
    marks,
    overview,
    proposals,
    searches,
    synonyms,
)

app_name = "editing"
ONE = "proposals/<uuid:id>/"
at_desk = [
    path("", overview.index, name="index"),
    path("services/<slug:id>/", overview.service, name="service"),
    path("new/<path:file>/", adding.add, name="add"),
    path("edit/<path:file>/", editing.edit, name="edit"),
    path(ONE, proposals.proposal, name="proposal"),
    path(f"{ONE}do/<slug:do>/", proposals.do, name="do"),
    path(f"{ONE}drop/", proposals.dropping, name="drop"),
    path(f"{ONE}settle/", proposals.settling, name="settle"),
    path(f"{ONE}services/<slug:service>/", proposals.preview, name="preview"),
    path("searches/", searches.searches, name="searches"),
    path("synonyms/", synonyms.synonyms, name="synonyms"),
    path("synonyms/add/", synonyms.add, name="synonym"),
    path("questions/", marks.marks, name="marks"),
    path("questions/<int:mark>/", marks.take, name="take"),
    path("editions/", editions.editions, name="editions"),
    path("editions/<int:number>/", editions.edition, name="edition"),
    path("editions/<int:number>/back/", editions.back, name="back"),
    path("editions/<int:number>/files/", editions.files, name="files"),
    path("editions/<int:number>/services/<slug:service>/", editions.page, name="page"),
]
urlpatterns = [path("desk/package/", include(at_desk))]
