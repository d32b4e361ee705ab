"""Files come in, are read, and go."""

import hashlib
import io
import resource
import signal
from datetime import UTC, datetime, timedelta

import pytest

from remit.audit.models import Event
from remit.core.ref import Ref
from remit.files.actions import expire_files, store_file
from remit.files.actions.storing import DiskFull, FileTooLarge
from remit.files.content import NoRoom, keep
from remit.files.enums import Kind
from remit.files.models import StoredFile
from remit.files.queries import FileGone, open_file, path_of_file
from remit.files.rules import files_visible_to
from remit.files.tasks import let_go

pytestmark = pytest.mark.django_db
AT = datetime.now(UTC)
PERSON = Ref("person", 1)


def store(content=b"abc", name="a.csv", **more) -> StoredFile:
    given = {"owner": PERSON, "by": None, "at": AT} | more
    return store_file(content=io.BytesIO(content), name=name, **given)


def on_disk(root) -> list[str]:
    return sorted(path.name for path in root.rglob("*") if path.is_file())


def test_a_file_reads_as_it_was_stored(files_root):
    content = b"x" * (3 * 2**20) + "單".encode()
    stored = store(content, "銷售.csv", media_type="text/csv", kind=Kind.UPLOAD)
    assert (stored.size, stored.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    with open_file(stored) as file:
        assert file.read() == content
    assert path_of_file(stored) == files_root / stored.sha256[:2] / stored.sha256
    assert Event.objects.get().fields == {
        "name": "銷售.csv",
        "size": len(content),
        "sha256": stored.sha256,
        "kind": "upload",
        "scope": "",
    }


def test_a_generated_document_may_come_in_pieces():
    stored = store_file(
        content=(piece for piece in (b"a", b"", b"b")),
        name="report.csv",
        owner=None,
        kind=Kind.GENERATED,
        by=None,
        at=AT,
    )
    assert (path_of_file(stored).read_bytes(), stored.owner) == (b"ab", "")


def test_the_same_content_lies_on_disk_once(files_root):
    first, second = store(name="a.csv"), store(name="b.csv")
    assert (first.sha256, first.pk != second.pk) == (second.sha256, True)
    assert on_disk(files_root) == [first.sha256]


def test_a_file_above_the_limit_is_refused_with_the_limit_and_leaves_nothing(files_root, settings):
    settings.FILE_UPLOAD_MAX_BYTES = 2**20
    assert store(b"x" * 2**20).size == 2**20
    with pytest.raises(FileTooLarge) as refusal:
        store(b"x" * (2**20 + 1), "big.csv")
    assert str(refusal.value) == "big.csv is larger than 1 MB. Split it, or ask for a higher limit."
    assert len(on_disk(files_root)) == StoredFile.objects.count() == 1


def test_a_place_may_set_a_smaller_limit_but_no_larger_one(settings):
    settings.FILE_UPLOAD_MAX_BYTES = 10
    with pytest.raises(FileTooLarge):
        store(b"abc", limit_bytes=2)
    with pytest.raises(FileTooLarge):
        store(b"x" * 11, limit_bytes=100)


@pytest.fixture
def small_disk():
    """The system refuses to make a file grow over 4 MB, as a full disk would."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4 * 2**20, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_said_and_leaves_nothing(files_root, small_disk):
    with pytest.raises(NoRoom):
        keep(io.BytesIO(b"x" * (5 * 2**20)), limit_bytes=2**30)
    with pytest.raises(DiskFull, match=r"so big\.csv was not stored"):
        store(b"x" * (5 * 2**20), "big.csv")
    assert (on_disk(files_root), StoredFile.objects.count()) == ([], 0)


def test_an_upload_that_breaks_off_leaves_nothing(files_root):
    def pieces():
        yield b"a"
        raise ConnectionResetError("the browser went away")

    with pytest.raises(ConnectionResetError):
        store_file(content=pieces(), name="a", owner=PERSON, by=None, at=AT)
    assert on_disk(files_root) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\reports\\q1.xlsx", "q1.xlsx"),
        ("a\x00b\r\nc.csv", "abc.csv"),
        ("evil\u202egpj.exe", "evilgpj.exe"),
        ("", "file"),
        ("..", "file"),
        ("銷售 2017.csv", "銷售 2017.csv"),
        ("x" * 300 + ".csv", "x" * 196 + ".csv"),
        ("y" * 300, "y" * 200),
        ("." + "z" * 300, "z" * 200),
    ],
)
def test_a_name_is_kept_without_what_could_mislead(given, kept):
    assert store(name=given).name == kept


def test_an_expired_file_is_gone_but_its_row_stays(files_root):
    kept = store(b"kept")
    over = store(b"over", expires_at=AT + timedelta(hours=1))
    assert expire_files(at=AT) == 0
    later = AT + timedelta(days=3)
    assert expire_files(at=later) == 1
    assert on_disk(files_root) == [kept.sha256]
    over.refresh_from_db()
    assert over.gone_at == later
    with pytest.raises(FileGone, match=r"a\.csv is not kept any more"):
        open_file(over)
    assert expire_files(at=later) == 0
    assert Event.objects.latest("id").fields == {"count": 1, "files": [over.pk]}


def test_content_that_another_file_needs_stays():
    first, _second = store(), store(expires_at=AT + timedelta(hours=1))
    expire_files(at=AT + timedelta(days=3))
    assert path_of_file(first).read_bytes() == b"abc"


def test_content_whose_row_was_never_written_is_swept_when_it_is_old(files_root):
    keep(io.BytesIO(b"crashed before the row"), limit_bytes=100)
    (files_root / "incoming" / "half").write_bytes(b"crashed in the middle")
    expire_files(at=AT + timedelta(hours=23))
    assert len(on_disk(files_root)) == 2
    expire_files(at=AT + timedelta(days=2))
    assert on_disk(files_root) == []


def test_content_that_went_missing_is_said(files_root):
    stored = store()
    path_of_file(stored).unlink()
    with pytest.raises(FileGone):
        open_file(stored)


# -- who sees a file --------------------------------------------------------------------------


def test_a_file_without_a_scope_is_its_owners_alone(ann, bo, sees):
    stored = store(owner=Ref("person", ann.id))
    assert (list(files_visible_to(ann)), list(files_visible_to(bo))) == ([stored], [])


def test_a_file_of_a_unit_is_seen_by_who_sees_the_unit_and_not_by_who_left_it(ann, bo, sees):
    stored = store(owner=Ref("person", ann.id), scope=Ref("unit", 3))
    sees[bo.id] = {Ref("unit", 3), Ref("unit", 4)}
    assert (list(files_visible_to(ann)), list(files_visible_to(bo))) == ([], [stored])


def test_who_is_not_active_sees_no_file_not_even_the_own(ann, sees):
    store(owner=Ref("person", ann.id))
    ann.is_active = False
    assert list(files_visible_to(ann)) == []


def test_a_file_of_the_system_is_seen_by_nobody(ann, sees):
    store(owner=None)
    assert list(files_visible_to(ann)) == []


def test_the_clock_lets_go_of_what_is_over():
    store(expires_at=AT - timedelta(hours=1))
    assert (let_go.call(), let_go.call()) == (1, 0)
