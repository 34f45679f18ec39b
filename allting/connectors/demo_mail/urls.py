"""Addresses of the demonstration's mailbox: without a language, for mail is nobody's page."""

from django.urls import path

from allting.connectors.demo_mail import views

plain = [
    path("demo-mail/", views.mails, name="demo-mails"),
    path("demo-mail/<int:pk>/", views.mail, name="demo-mail"),
]
