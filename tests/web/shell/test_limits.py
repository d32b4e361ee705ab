"""A request above the limits is told so."""

import pytest


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b"])
def test_a_form_above_the_limit_is_too_large_and_no_fault(log_in_as, settings, kind):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    body = "title=" + "x" * 200
    if kind.startswith("multipart"):
        body = f'--b\r\nContent-Disposition: form-data; name="title"\r\n\r\n{"x" * 200}\r\n--b--\r\n'
    answer = log_in_as("admin").post("/lists/people/views", body, content_type=kind)
    assert answer.status_code == 413
    assert "This is too large" in answer.content.decode()


def test_a_form_of_too_many_fields_is_too_large_too(log_in_as, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    answer = log_in_as("admin").post("/lists/people/views", dict.fromkeys("abcd", "1"))
    assert answer.status_code == 413


def test_another_unreadable_request_is_still_unreadable(log_in_as):
    answer = log_in_as("admin").get("/team/people", headers={"host": "bad host"})
    assert answer.status_code == 400
