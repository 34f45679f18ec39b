"""The addresses of the workplace."""

from django.urls import include, path

from allting.workplace.views import acting, case, finding, queue, taking_in

app_name = "workplace"
desk = [
    path("", queue.desk, name="desk"),
    path("find/", finding.find, name="find"),
    path("take-in/", taking_in.taking_in, name="take-in"),
    path("cases/<str:number>/", case.case, name="case"),
    path("cases/<str:number>/letters/<uuid:letter>/", case.letter, name="letter"),
    path("cases/<str:number>/sent/<int:file>/", case.sent_file, name="sent-file"),
    path("cases/<str:number>/files/<uuid:file>/", case.submitted_file, name="file"),
    path("cases/<str:number>/tasks/<slug:task>/", acting.task, name="task"),
    path("cases/<str:number>/do/<slug:move>/", acting.move, name="move"),
]
urlpatterns = [path("desk/", include(desk))]
