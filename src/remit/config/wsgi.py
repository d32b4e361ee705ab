"""The web server's entry."""

import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")
application = get_wsgi_application()


def warm() -> None:
    """Load what the first visitor would otherwise wait a second for: the pages and the engine."""
    from django.urls import get_resolver

    assert get_resolver().url_patterns
    import_module("ibis.backends.duckdb")
    gc.collect()
    gc.freeze()  # what is loaded stays: looked through for garbage it made one page in ten a tenth slower


warm()
