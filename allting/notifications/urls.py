"""Addresses of notifications: what a person chooses, their calendar, post that came back."""

from django.urls import path

from allting.notifications.views import desk, mine, texts

app_name = "notifications"
urlpatterns = [
    path("my/messages/", mine.preferences, name="preferences"),
    path("my/messages/address/", mine.address_again, name="address-again"),
    path("my/reminders/", mine.reminders, name="reminders"),
    path("my/reminders/new/", mine.new_reminder, name="new-reminder"),
    path("my/reminders/<uuid:id>/forget/", mine.forget_reminder, name="forget-reminder"),
    path("my/reminders/calendar/", mine.calendar, name="calendar"),
    path("desk/post/texts/", texts.received, name="texts"),
    path("desk/post/texts/<int:id>/", texts.one, name="text"),
    path("desk/post/", desk.stranded, name="stranded"),
    path("desk/post/<uuid:id>/again/", desk.again, name="again"),
]
plain = [path("calendar/<str:token>.ics", mine.feed, name="calendar-feed")]
