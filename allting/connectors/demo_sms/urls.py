"""Addresses of the demonstration's telephones: without a language, for they are nobody's pages."""

from django.urls import path

from allting.connectors.demo_sms import views

plain = [
    path("demo-sms/", views.phones, name="demo-phones"),
    path("demo-sms/<str:number>/", views.phone, name="demo-phone"),
]
