"""The door the web server knocks on; with ALLTING_EMBEDDED=1 background work shares the process."""

import gc
import os
from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from config.required import lacking, told

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application: "WSGIApplication" = get_wsgi_application()
if missing := lacking():
    raise ImproperlyConfigured(told(missing))
gc.freeze()  # what has been loaded stays; it need not be looked through for waste again and again
gc.set_threshold(20_000, 20, 20)  # a page makes thousands of things and drops them by itself

if os.environ.get("ALLTING_EMBEDDED") == "1":
    from config.embedded import start

    application = start(application)
