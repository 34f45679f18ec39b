"""Identity's addresses."""

from django.urls import path

from allting.identity import views

app_name = "identity"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
]
plain = [
    path("sign-in/callback", views.callback, name="callback"),
]
