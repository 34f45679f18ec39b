"""Where the gateway tells us things."""

from django.urls import path

from allting.connectors.sms_http import views

plain = [path("hooks/sms/", views.hook, name="sms-hook")]
