"""The addresses of applications. Those of one draft stand together: they are found by one look."""

from django.urls import include, path

from allting.forms.views import apply, check, drafts, page, paper

app_name = "forms"
of_a_draft = [
    path("", drafts.resume, name="draft"),
    path("check/", check.check, name="check"),
    path("told/", check.told, name="told"),
    path("submit/", check.send, name="submit"),
    path("delete/", drafts.remove, name="delete"),
    path("<slug:page>/", page.page, name="page"),
    path("files/<uuid:attachment>/", drafts.attached, name="file"),
]
urlpatterns = [
    path("drafts/<uuid:draft>/", include(of_a_draft)),
    path("apply/<slug:service>/", apply.apply, name="apply"),
    path("apply/<slug:service_id>/paper/", paper.paper, name="paper"),
    path("submissions/<uuid:submission>/", check.received, name="received"),
]
