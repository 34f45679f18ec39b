"""The door the web server knocks on; with ALLTING_EMBEDDED=1 background work shares the process."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

if os.environ.get("ALLTING_EMBEDDED") == "1":
    from config.embedded import start

    start(application)
