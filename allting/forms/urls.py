"""The addresses of applications."""

from django.urls import path

from allting.forms.views import apply, check, drafts, page

app_name = "forms"
urlpatterns = [
    path("apply/<slug:service>/", apply.apply, name="apply"),
    path("drafts/<uuid:draft>/", drafts.resume, name="draft"),
    path("drafts/<uuid:draft>/check/", check.check, name="check"),
    path("drafts/<uuid:draft>/told/", check.told, name="told"),
    path("drafts/<uuid:draft>/submit/", check.send, name="submit"),
    path("drafts/<uuid:draft>/delete/", drafts.remove, name="delete"),
    path("drafts/<uuid:draft>/files/<uuid:attachment>/", drafts.attached, name="file"),
    path("drafts/<uuid:draft>/<slug:page>/", page.page, name="page"),
    path("submissions/<uuid:submission>/", check.received, name="received"),
]
