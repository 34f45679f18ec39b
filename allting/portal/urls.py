"""The residents' pages."""

from django.urls import path

from allting.portal import my_views, signposts, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("services/", views.service_list, name="services"),
    path("services/by/audience/", views.by_audience, name="by-audience"),
    path("services/by/board/", views.by_board, name="by-board"),
    path("services/<slug:id>/", views.service_page, name="service"),
    path("life-events/<slug:id>/", views.life_event_page, name="life-event"),
    path("search/", views.search_page, name="search"),
    path("search/suggest/", views.suggest, name="suggest"),
    path("my/", my_views.my_pages, name="my"),
    path("my/inbox/", my_views.my_inbox, name="inbox"),
    path("my/inbox/<uuid:id>/", my_views.my_message, name="message"),
    path("my/inbox/<uuid:id>/letter/", my_views.my_letter, name="letter"),
    path("my/contact/", my_views.my_contact, name="contact"),
    path("my/held/", my_views.my_facts, name="held"),
    path("my/reads/", my_views.my_reads, name="reads"),
    path("about/", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
plain = [
    path("robots.txt", signposts.robots, name="robots"),
    path("sitemap.xml", signposts.sitemap, name="sitemap"),
    path("opensearch-<slug:language>.xml", signposts.opensearch, name="opensearch"),
    path("suggest-<slug:language>.json", views.suggest_to_browser, name="opensearch-suggest"),
    path("news-<slug:language>.atom", signposts.news_feed, name="news"),
]
