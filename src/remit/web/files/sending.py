"""A stored file, as it is sent."""

from django.http import FileResponse, Http404

from remit.files.models import StoredFile
from remit.files.queries import FileGone, open_file


def download(stored: StoredFile) -> FileResponse:
    """Always a download: nothing that somebody uploaded is shown as a page of ours. Gone: not found."""
    try:
        body = open_file(stored)
    except FileGone as error:
        raise Http404(str(error)) from error
    return FileResponse(
        body, as_attachment=True, filename=stored.name, content_type="application/octet-stream"
    )
