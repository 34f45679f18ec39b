"""The addresses of a resident's own cases."""

from django.urls import path

from allting.cases.views import acting, mine, questions, sending

app_name = "cases"
urlpatterns = [
    path("my/cases/<str:number>/", mine.case, name="case"),
    path("my/cases/<str:number>/answer/", acting.answer, name="answer"),
    path("my/cases/<str:number>/withdraw/", acting.withdraw, name="withdraw"),
    path("my/cases/<str:number>/letters/<uuid:letter>/", mine.letter, name="letter"),
    path("my/cases/<str:number>/sent/<int:file>/", mine.sent_file, name="sent-file"),
    path("my/cases/<str:number>/files/<uuid:file>/", mine.submitted_file, name="file"),
    path("services/<slug:about>/ask/", questions.ask_about, name="ask"),
    path("services/<slug:id>/send/", sending.send, name="send"),
    path("questions/", questions.find_question, name="questions"),
    path("questions/<slug:code>/", questions.read_question, name="question"),
    path("my/submitted/<uuid:submission>/", mine.submitted, name="submitted"),
]
