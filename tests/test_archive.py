"""Archives: the same bytes from one process, from several, and from workers of Dask, whatever dies on the way."""

import json
import os
import pickle
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from clusters import ENVIRONMENT, Cluster
from sites import PAGE, ROOT, Run, make_site, sitegen, sitegen_process, tree

from sitegen import archive
from sitegen.archive.listing import grouped, partitions_for
from sitegen.archive.part import TABLES, Part, make_part, version
from sitegen.problems import ConfigError, Problem, SitegenError

PARTS = 48


def archived(pages: Path, out: Path, *options: object) -> Run:
    done = sitegen("archive", pages, out, "--partitions", PARTS, *options, cwd=pages.parent)
    assert (0, "") == (done.code, done.err)
    return done


def table(out: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(out / name)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Gold pages in two folders, an article in Markdown, and what nobody can read."""
    folder = tmp_path_factory.mktemp("archive") / "pages"
    for name in ("own", "fresh", "pages"):
        (folder / name).mkdir(parents=True)
        for page in sorted((ROOT / "tests/gold" / name).glob("*.txt")):
            shutil.copy(page, folder / name)
    (folder / "noise.txt").write_bytes(bytes(range(128, 256)) * 4)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "article.md").write_text("no front matter\n", "utf-8")
    (folder / "large.txt").write_bytes(b"x" * 2_000_001)
    Path(os.fsdecode(bytes(folder) + b"/\xff.txt")).write_text(PAGE, "utf-8")
    (folder / "picture.png").write_bytes(b"no page")
    return folder


@pytest.fixture(scope="module")
def one(pages: Path) -> Path:
    """The archive that one process makes."""
    out = pages.parent / "one"
    archived(pages, out, "-j", 1)
    return out


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with Cluster(tmp_path_factory.mktemp("cluster")) as found:
        yield found


@pytest.fixture
def cluster(started: Cluster) -> Cluster:
    """A scheduler and two workers, all alive; to start them takes longer than most tests."""
    started.mend()
    return started


def begun(pages: Path, out: Path, *options: str) -> "subprocess.Popen[str]":
    """A run of the program that has made some parts, and not all."""
    command = [
        sys.executable,
        "-m",
        "sitegen",
        "archive",
        str(pages),
        str(out),
        "--partitions",
        str(PARTS),
        *options,
    ]
    run = subprocess.Popen(
        command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    limit = time.monotonic() + 60
    while len(receipts(out)) < 3:
        assert run.poll() is None, run.communicate()
        assert time.monotonic() < limit
        time.sleep(0.005)
    assert len(receipts(out)) < PARTS
    return run


def receipts(out: Path) -> list[Path]:
    return sorted(out.glob("receipts/part-*.json"))


def test_several_processes_give_the_bytes_of_one(pages: Path, one: Path, tmp_path: Path) -> None:
    options = ("--partitions", PARTS, "-j", 2)  # apart from the tests, whose threads would forbid to fork
    assert 0 == sitegen_process("archive", pages, tmp_path / "out", *options, cwd=tmp_path).code
    assert tree(one) == tree(tmp_path / "out")


def test_two_workers_of_dask_give_the_bytes_of_one_process(
    pages: Path, one: Path, cluster: Cluster, tmp_path: Path
) -> None:
    options = ("archive", pages, tmp_path / "out", "--partitions", PARTS, "--scheduler", cluster.address)
    done = sitegen_process(*options, cwd=tmp_path)
    assert (0, "") == (done.code, done.err)
    assert f"{PARTS} made, 0 as they were" in done.out
    assert tree(one) == tree(tmp_path / "out")
    assert 0 == made(archived(pages, tmp_path / "out", "-j", 1))


def test_workers_of_dask_use_the_words_of_the_site_and_forget_them_after(
    cluster: Cluster, tmp_path: Path
) -> None:
    site = make_site(tmp_path / "site")
    (site / "content/lexicon").mkdir()
    words = "industries: {lace: {name: 抽纱绣品}}\n"
    (site / "content/lexicon/industries.yml").write_text(words, "utf-8")
    (tmp_path / "pages").mkdir()
    for number in range(4):
        text = "绣品走俏海内外市场\n\n包头市抽纱绣品产值12亿元。\n"
        (tmp_path / f"pages/p{number}.txt").write_text(text, "utf-8")
    options = ("archive", "pages", "out", "--partitions", 4, "--scheduler", cluster.address)
    for site_options, expected in ((("-c", site), ["lace"] * 4), ((), [""] * 4)):
        done = sitegen_process(*options, *site_options, cwd=tmp_path)
        assert (0, "") == (done.code, done.err)
        assert expected == table(tmp_path / "out", "claims")["industry"].fillna("").tolist()


def test_a_worker_killed_in_mid_run_loses_nothing(
    pages: Path, one: Path, cluster: Cluster, tmp_path: Path
) -> None:
    run = begun(pages, tmp_path / "out", "--scheduler", cluster.address)
    cluster.kill(1)
    assert len(receipts(tmp_path / "out")) < PARTS, "killed too late to show anything"
    out, err = run.communicate(timeout=60)
    assert (0, "") == (run.returncode, err)
    assert f"{PARTS} parts" in out
    assert tree(one) == tree(tmp_path / "out")


def test_a_run_whose_scheduler_dies_ends_with_a_line_and_is_taken_up_again(
    pages: Path, one: Path, cluster: Cluster, tmp_path: Path
) -> None:
    run = begun(pages, tmp_path / "out", "--scheduler", cluster.address)
    cluster.kill(0)
    _, err = run.communicate(timeout=60)
    assert 1 == run.returncode
    assert ["E-SCHEDULER"] == [line.split()[1] for line in err.splitlines()]
    cluster.kill(1)  # else the workers may still be at their last parts
    cluster.kill(2)
    assert made(archived(pages, tmp_path / "out", "-j", 1)) in range(1, PARTS - 2)
    assert tree(one) == tree(tmp_path / "out")


def test_a_killed_run_is_taken_up_where_it_was(pages: Path, one: Path, tmp_path: Path) -> None:
    run = begun(pages, tmp_path / "out", "-j", "1")
    run.kill()
    run.communicate()
    assert json.loads((tmp_path / "out/archive.json").read_bytes())["complete"] is False
    left = tmp_path / "out/claims/.part-00001.parquet.0123.tmp"
    left.write_bytes(b"half")
    assert made(archived(pages, tmp_path / "out", "-j", 1)) in range(1, PARTS - 2)
    assert tree(one) == tree(tmp_path / "out")


def made(run: Run) -> int:
    return int(run.out.rpartition(" made")[0].split()[-1])


def test_only_what_has_changed_is_made_again(pages: Path, one: Path, tmp_path: Path) -> None:
    copy, out = tmp_path / "pages", tmp_path / "out"
    shutil.copytree(pages, copy)
    shutil.copytree(one, out)
    page = copy / "own/o01.txt"

    def changed(edit: Callable[[], object]) -> int:
        edit()
        return made(archived(copy, out, "-j", 1))

    assert 0 == made(archived(copy, out, "-j", 1))
    assert 1 == changed(lambda: (out / "claims/part-00007.parquet").write_bytes(b"damaged"))
    assert 1 == changed(lambda: (out / "people/part-00008.parquet").unlink())
    assert 1 == changed(lambda: (out / "receipts/part-00009.json").write_text("[]"))
    assert tree(one) == tree(out)
    assert 1 == changed(lambda: page.write_text(page.read_text("utf-8").replace("。", "！", 1), "utf-8"))
    assert 1 == changed((copy / "own/o02.txt").unlink)
    assert 1 == changed(lambda: (copy / "new.txt").write_text(PAGE, "utf-8"))
    archived(copy, tmp_path / "clean", "-j", 1)
    assert tree(tmp_path / "clean") == tree(out)


def test_another_program_makes_everything_again(
    pages: Path, one: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(one, tmp_path / "out")
    for module in ("sitegen.archive.part.version", "sitegen.archive.version"):
        monkeypatch.setattr(module, lambda: "another")
    assert PARTS == made(archived(pages, tmp_path / "out", "-j", 1))
    assert tree(one / "claims") == tree(tmp_path / "out/claims")


def test_fewer_parts_leave_none_of_the_old_ones(pages: Path, tmp_path: Path, one: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(one, out)
    assert 3 == made(sitegen("archive", pages, out, "--partitions", 3, "-j", 1, cwd=tmp_path))
    assert {f"part-0000{number}" for number in range(3)} == {path.stem for path in out.glob("*/part-*")}
    assert len(table(one, "claims")) == len(table(out, "claims"))
    assert 0 == made(sitegen("archive", pages, out, "-j", 1, cwd=tmp_path)), (
        "an archive keeps its number of parts"
    )


def plain(value: Any) -> Any:
    """What pandas gives, as JSON has it."""
    if isinstance(value, np.ndarray | list):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, np.generic):
        value = value.item()
    return None if value is None or value != value else value


def rows(out: Path, name: str) -> list[dict[str, Any]]:
    return [plain(row) for row in table(out, name).to_dict("records")]


def test_pandas_reads_what_extract_prints(pages: Path, one: Path) -> None:
    """Every record of every page, field by field; a page's records come in the order of its JSON."""
    found = {name: rows(one, name) for name in TABLES}
    compared = dict.fromkeys(TABLES, 0)
    for page in sorted(pages.glob("*/*.txt")):
        source = page.relative_to(pages).as_posix()
        said = json.loads(sitegen("extract", page, "--format", "json", cwd=pages).out)
        said["place_industries"] = [
            {"place": place["name"], "level": place["level"], **pair}
            for place in said["places"]
            for pair in place["industries"]
        ]
        for name in compared.keys() - {"problems"}:
            expected = [{**record, "source": source} for record in said[name]]
            mine = [row for row in found[name] if row["source"] == source]
            if name == "articles":
                expected = [{**record, "meta": None} for record in expected]
            if name == "warnings":
                optional = dict.fromkeys(("verdict", "working", "claims", "suggestion"))
                expected = [{**optional, **record} for record in expected]
            assert expected == mine, (source, name)
            compared[name] += len(mine)
    assert all(count > 20 for name, count in compared.items() if name != "problems"), compared
    assert compared == {name: sum("/" in row["source"] for row in found[name]) for name in TABLES}


def test_what_cannot_be_read_is_a_row_and_stops_nothing(pages: Path, one: Path) -> None:
    found = {(row["source"], row["code"]) for row in rows(one, "problems")}
    assert {
        ("noise.txt", "E-ENCODING"), ("empty.txt", "E-EMPTY"), ("article.md", "E-FRONT"), ("large.txt", "E-LARGE"),
        ("\\udcff.txt", "E-NAME"),
    } == found  # fmt: skip
    manifest = json.loads((one / "archive.json").read_bytes())
    assert (True, 31, 5) == (manifest["complete"], manifest["pages"], manifest["rows"]["problems"])


def test_a_fault_of_the_program_is_a_row_and_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pages").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "pages" / name).write_text(PAGE, "utf-8")

    def fail(name: str, data: bytes) -> object:
        return 1 / (name == "a.txt")

    from sitegen.archive import rows as module

    read = module.read_page
    monkeypatch.setattr(module, "read_page", lambda name, data: fail(name, data) and read(name, data))
    assert 0 == sitegen("archive", "pages", "out", "-j", 1, cwd=tmp_path).code
    (row,) = rows(tmp_path / "out", "problems")
    assert ("b.txt", "E-FAULT") == (row["source"], row["code"])
    assert "ZeroDivisionError in test_archive.py" in row["message"]
    assert {"a.txt"} == set(table(tmp_path / "out", "claims").source)


def test_a_machine_without_memory_makes_no_table_that_another_would_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/a.txt").write_text(PAGE, "utf-8")

    def full(name: str, data: bytes) -> object:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr("sitegen.archive.rows.read_page", full)
        done = sitegen("archive", "pages", "out", cwd=tmp_path)
    assert (1, True) == (done.code, "E-WORKER has no memory left for part 0" in done.err)
    assert {"archive.json"} == tree(tmp_path / "out").keys()
    assert 1 == made(sitegen("archive", "pages", "out", cwd=tmp_path))


def test_a_list_says_which_pages_are_read(pages: Path, one: Path, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("own/o01.txt\n./own/o02.txt\n\nown/o01.txt\nown/gone.txt\n", "utf-8")
    done = sitegen("archive", pages, "out", "--list", "list.txt", "-j", 1, cwd=tmp_path)
    assert (0, "") == (done.code, done.err)
    assert {"own/o01.txt", "own/o02.txt"} == set(table(tmp_path / "out", "articles").source)
    assert [("own/gone.txt", "E-READ")] == [
        (r["source"], r["code"]) for r in rows(tmp_path / "out", "problems")
    ]
    (tmp_path / "list.txt").write_text("own/o01.txt\n../secret.txt\n/etc/passwd\no\0.txt\n", "utf-8")
    done = sitegen("archive", pages, "out", "--list", "list.txt", cwd=tmp_path)
    assert 2 == done.code
    assert ["list.txt:2: E-LIST", "list.txt:3: E-LIST", "list.txt:4: E-LIST"] == [
        " ".join(line.split()[:2]) for line in done.err.splitlines()
    ]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["none", "out"], "E-READ"),
        (["no-pages", "out"], "E-EMPTY"),
        (["some", "taken"], "E-WRITE"),
        (["some", "some"], "E-WRITE"),
        (["some", "some/a.txt"], "E-WRITE"),
        (["some", "out", "--list", "none.txt"], "E-READ"),
        (["some", "out", "--scheduler", "nonsense"], "E-USAGE"),
        (["some", "out", "--scheduler", "tcp://127.0.0.1:1"], "E-SCHEDULER"),
        (["some", "out", "--scheduler", "tcp://127.0.0.1:1", "-j", "2"], "E-USAGE"),
    ],
)
def test_what_makes_no_sense_is_one_line(arguments: list[str], code: str, tmp_path: Path) -> None:
    for folder in ("no-pages", "some", "taken"):
        (tmp_path / folder).mkdir()
    (tmp_path / "some/a.txt").write_text(PAGE, "utf-8")
    (tmp_path / "taken/mine.txt").write_text("mine\n", "utf-8")
    before = tree(tmp_path)
    if "E-SCHEDULER" == code:  # a client of Dask leaves threads behind, and tries for ten seconds
        script = (
            "from sitegen.archive import cluster\ncluster._CONNECT = 1\nfrom sitegen.cli import main\nmain()"
        )
        done = sitegen_process("archive", *arguments, cwd=tmp_path, script=script)
    else:
        done = sitegen("archive", *arguments, cwd=tmp_path)
    assert 2 == done.code
    assert [code] == [line.split(" ")[1] for line in done.err.splitlines()]
    assert before == {name: data for name, data in tree(tmp_path).items() if not name.startswith("out/")}


def test_two_runs_on_one_archive_do_not_mix(pages: Path, tmp_path: Path) -> None:
    run = begun(pages, tmp_path / "out", "-j", "1")
    done = sitegen("archive", pages, tmp_path / "out", cwd=tmp_path)
    run.kill()
    run.communicate()
    assert 1 == done.code
    assert "E-LOCKED another run works on this archive" in done.err


@pytest.mark.parametrize("options", [(), ("--scheduler", "tcp://127.0.0.1:1")])
def test_without_the_extra_one_line_says_what_to_install(
    options: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "find_spec", lambda name: None)
    done = sitegen("archive", ".", "out", *options, cwd=tmp_path)
    assert 2 == done.code
    (line,) = done.err.splitlines()
    assert "E-EXTRA" in line
    assert "pip install 'sitegen[cluster]'" in line
    assert bool(options) == ("distributed" in line)


def test_a_machine_with_another_program_or_without_the_folders_is_refused(tmp_path: Path) -> None:
    here = str(tmp_path)
    with pytest.raises(SitegenError, match="E-WORKER has another sitegen"):
        make_part(Part(here, here, 0, (), "another"))
    with pytest.raises(SitegenError, match="E-WORKER does not see"):
        make_part(Part(here, f"{here}/none", 0, (), version()))
    assert [] == list(tmp_path.iterdir())


class Lost:
    """A part of Dask that raises."""

    key = "key"

    def __init__(self, error: Exception) -> None:
        self.error = error

    def result(self) -> object:
        raise self.error


def test_a_part_that_kills_its_workers_is_named_and_others_go_on() -> None:
    from distributed import KilledWorker

    from sitegen.archive import cluster

    found = cluster._result(Lost(KilledWorker("key", None, 3)), {"key": 7})
    assert "E-WORKER part 7 was not made" in str(found)
    with pytest.raises(
        SitegenError, match="E-WORKER a worker cannot do the work: ModuleNotFoundError: no sitegen"
    ):
        cluster._result(Lost(ModuleNotFoundError("no sitegen")), {"key": 7})
    problem = Problem("out", 0, 0, "E-WRITE", "cannot be written: the disk is full", "make room")
    travelled = pickle.loads(pickle.dumps(SitegenError(problem)))  # noqa: S301  our own
    with pytest.raises(SitegenError) as raised:
        cluster._result(Lost(travelled), {"key": 7})
    assert (problem,) == raised.value.problems


def test_a_scheduler_without_workers_is_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from sitegen.archive import cluster

    clients: list[Any] = []

    class Alone:
        def __init__(self, *_: object, **__: object) -> None:
            clients.append(self)
            self.closed = False

        def wait_for_workers(self, *_: object, **__: object) -> None:
            raise TimeoutError

        def close(self, **_: object) -> None:
            self.closed = True

    monkeypatch.setattr(cluster, "Client", Alone)
    with pytest.raises(ConfigError, match=r"E-SCHEDULER tcp://10\.0\.0\.5:8786 has no worker; start some"):
        list(cluster.over_cluster("tcp://10.0.0.5:8786", []))
    assert [True] == [each.closed for each in clients]


def test_the_part_of_a_page_is_a_matter_of_its_name(tmp_path: Path) -> None:
    for number in range(200):
        (tmp_path / f"{number}.txt").write_text("")
    groups = grouped(tmp_path, None, lambda count: 8)
    assert ("105.txt", "129.txt") == groups[0][:2]
    assert all(10 <= len(group) <= 40 for group in groups)
    assert 200 == len({name for group in groups for name in group})
    (tmp_path / "another.txt").write_text("")
    again = grouped(tmp_path, None, lambda count: 8)
    assert 1 == sum(old != new for old, new in zip(groups, again, strict=True))


def test_a_new_archive_has_about_as_many_parts_as_a_part_has_pages() -> None:
    assert [1, 2, 16, 128, 4096] == [partitions_for(pages) for pages in (1, 2, 100, 10_000, 10_000_000)]
