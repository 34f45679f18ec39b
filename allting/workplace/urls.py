"""The addresses of the workplace."""

from django.urls import path

from allting.workplace.views import acting, case, queue

app_name = "workplace"
urlpatterns = [
    path("desk/", queue.desk, name="desk"),
    path("desk/cases/<str:number>/", case.case, name="case"),
    path("desk/cases/<str:number>/letters/<uuid:letter>/", case.letter, name="letter"),
    path("desk/cases/<str:number>/sent/<int:file>/", case.sent_file, name="sent-file"),
    path("desk/cases/<str:number>/files/<uuid:file>/", case.submitted_file, name="file"),
    path("desk/cases/<str:number>/tasks/<slug:task>/", acting.task, name="task"),
    path("desk/cases/<str:number>/do/<slug:move>/", acting.move, name="move"),
]
