"""What is wrong with a cluster is said in a sentence, before anybody waits for it."""

import importlib.util
import socket
from pathlib import Path

import pytest

from remit.core.unanswered import CannotAnswer
from remit.lake import spark
from remit.lake.spark import NoCluster, check_engine, is_spark
from remit.lake.store import Lake
from remit.lake.tables import TABLES
from remit.metrics.engine.on_spark import address_of, schema_of, translated
from remit.metrics.engine.reader import reader_of


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Packages and programs that are there."""
    there = {"pyspark", "grpc", "java"}
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name if name in there else None)
    monkeypatch.setattr(spark.shutil, "which", lambda name: name if Path(name).name in there else None)
    return there


@pytest.fixture
def address() -> str:
    """One at which something listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


def test_the_embedded_engine_needs_nothing(installed: set[str]) -> None:
    installed.clear()
    check_engine("duckdb")
    assert not is_spark("duckdb")


@pytest.mark.parametrize("engine", ["spark", "spark://", "local-cluster[2,1]", "yarn", "local[4]", "sc://:7"])
def test_a_setting_that_is_no_cluster_is_refused_with_those_that_are(
    engine: str, installed: set[str]
) -> None:
    with pytest.raises(NoCluster, match=r"none of duckdb, local-cluster\[.*spark://.*sc://"):
        check_engine(engine)


def test_what_is_not_installed_is_named(installed: set[str], address: str) -> None:
    check_engine("local-cluster[2,1,1024]")
    check_engine(f"spark://{address}")
    check_engine(f"sc://{address}")
    installed.discard("java")
    check_engine(f"sc://{address}")
    with pytest.raises(NoCluster, match="Java is missing: install Java 17"):
        check_engine(f"spark://{address}")
    installed.discard("grpc")
    with pytest.raises(NoCluster, match=r"pyspark is missing: install remit\[spark\]"):
        check_engine(f"sc://{address}")
    installed.discard("pyspark")
    with pytest.raises(NoCluster, match="pyspark is missing"):
        check_engine("local-cluster[2,1,1024]")


def test_a_cluster_that_is_not_there_is_told_and_a_question_is_refused(
    installed: set[str], tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        engine = f"spark://127.0.0.1:{server.getsockname()[1]}"
    with pytest.raises(NoCluster, match=r"does not answer: .*Look at REMIT_ENGINE"):
        check_engine(engine)
    lake = Lake(str(tmp_path / "lake"), engine=engine)
    with pytest.raises(CannotAnswer, match="does not answer"):
        reader_of(lake).fetch("SELECT 1")


def test_a_cluster_without_executors_is_told_after_a_bounded_time(
    installed: set[str], address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Waiting:
        """A session whose executors never come."""

        ended = False

        def stop(self) -> None:
            Waiting.ended = True

    def wait(_builder: object, made: list[object]) -> None:
        made.append(Waiting())
        while not Waiting.ended:
            spark.threading.Event().wait(0.01)

    monkeypatch.setattr(spark, "ANSWER_S", 0.2)
    monkeypatch.setattr(spark, "_answered", wait)
    pytest.importorskip("pyspark")
    with pytest.raises(NoCluster, match=r"gave no executor within 0\.2 seconds"):
        spark.session(f"spark://{address}")
    assert Waiting.ended


def test_of_an_error_the_line_is_told_that_says_it() -> None:
    assert spark.gist(ValueError("[NOT_THERE] No table.\nSearch path: …")) == "[NOT_THERE] No table."
    traceback = "An exception was thrown from the Python worker:\nTraceback …\nFileNotFoundError: /index"
    assert spark.gist(ValueError(traceback)) == "FileNotFoundError: /index"
    assert spark.gist(ValueError()) == "ValueError"


def test_statements_by_hand_are_translated_with_their_literals() -> None:
    assert translated("SELECT 'O''Neil \\' AS x") == r"SELECT 'O\'Neil \\' AS x"
    assert "TRUNC" in translated("SELECT date_trunc('month', sold_on) FROM lines")


def test_files_are_called_as_hadoop_calls_them() -> None:
    assert address_of("/lake/a b.parquet") == "file:///lake/a b.parquet"
    assert address_of("s3://bucket/s3://x") == "s3a://bucket/s3://x"
    assert address_of("hdfs://name/x") == "hdfs://name/x"


@pytest.mark.parametrize("table", TABLES)
def test_every_contract_has_a_schema(table: str) -> None:
    assert schema_of(TABLES[table]).count("`") == 2 * len(TABLES[table].columns)
