"""The addresses of plans."""

from django.urls import path

from allting.journeys import views

app_name = "journeys"
urlpatterns = [path("plans/<slug:id>/", views.plan_page, name="plan")]
