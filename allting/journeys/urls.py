"""The addresses of plans."""

from django.urls import path

from allting.journeys import own_views, views

app_name = "journeys"
urlpatterns = [
    path("plans/<slug:id>/", views.plan_page, name="plan"),
    path("plans/<slug:id>/keep/", views.keep_plan, name="keep"),
    path("my/plans/", own_views.my_plans, name="mine"),
    path("my/plans/<uuid:plan_id>/", own_views.my_plan, name="kept"),
]
