"""`models list|install|remove|path` as functions: a local server stands for the Argos index, toys for packages."""

from __future__ import annotations

import http.server
import json
import os
import stat
import threading
import zipfile

import pytest
import translation_toys as toys

from aligner import models
from aligner.embed import bundled
from aligner.errors import ModelError, UsageError
from aligner.models import archive, download, manage
from aligner.translation import packages, shipped


@pytest.fixture(scope="module")
def toy(tmp_path_factory):
    return toys.write_package(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def file(toy, tmp_path_factory):
    return toys.zip_package(toy, tmp_path_factory.mktemp("zipped"))


@pytest.fixture(autouse=True)
def homes(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(shipped, "FOLDER", tmp_path / "nothing shipped")
    monkeypatch.setattr(download, "_PAUSE", 0.0)


class Server(http.server.BaseHTTPRequestHandler):
    """Serves `files`; paths in `cuts` break off in the middle that many times, those in `fails` say 503."""

    files: dict[str, bytes]
    cuts: dict[str, int]
    fails: dict[str, int]
    ranges: list[str]

    def do_GET(self):
        body = self.files.get(self.path)
        if self.fails.get(self.path, 0):
            self.fails[self.path] -= 1
            self.send_error(503)
            return
        if body is None:
            self.send_error(404)
            return
        start = 0
        if wanted := self.headers.get("Range"):
            self.ranges.append(wanted)
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        end = len(body)
        if self.cuts.get(self.path, 0):
            self.cuts[self.path] -= 1
            end = (start + end) // 2
        self.wfile.write(body[start:end])

    def log_message(self, *args):
        pass


@pytest.fixture
def server(file, monkeypatch):
    handler = type("Handler", (Server,), {"files": {}, "cuts": {}, "fails": {}, "ranges": []})
    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{made.server_port}"
    entry = {"type": "translate", "from_code": "nl", "to_code": "en", "package_version": "1.0"}
    handler.files["/nl_en.argosmodel"] = file.read_bytes()
    entries = [
        {**entry, "package_version": "0.9", "links": [f"{address}/old"]},
        {**entry, "links": ["ipfs://somewhere", f"{address}/nl_en.argosmodel"]},
        {**entry, "from_code": "de", "links": [f"{address}/nl_en.argosmodel"]},
        {"type": "sbd", "from_codes": ["nl"]},
    ]
    handler.files["/index.json"] = json.dumps(entries).encode()
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", address + "/")
    yield handler
    made.shutdown()
    made.server_close()


def test_install_a_direction_from_the_index(server, file):
    told = []
    (done,) = models.install(["nl-en"], progress=lambda *state: told.append(state))
    assert (done.name, done.version, done.state) == ("nl-en", "1.0", "installed")
    assert told[-1] == ("nl-en 1.0", file.stat().st_size, file.stat().st_size)
    record = json.loads((done.path / packages.RECORD).read_text())
    with file.open("rb") as handle:
        import hashlib

        assert record["sha256"] == hashlib.file_digest(handle, "sha256").hexdigest()
    assert record["from"].endswith("/nl_en.argosmodel")
    assert models.path("nl-en") == done.path
    (again,) = models.install(["nl-en"])
    assert again.state == "already there"
    assert not [p for p in done.path.parent.iterdir() if p.name.startswith(".aligner-")]


def test_a_cut_connection_is_taken_up_again(server):
    server.cuts["/nl_en.argosmodel"] = 2
    server.fails["/index.json"] = 1
    (done,) = models.install(["nl-en"])
    assert done.state == "installed"
    assert len(server.ranges) == 2


def test_the_wrong_package_is_refused(server):
    with pytest.raises(ModelError, match="holds nl-en"):
        models.install(["de-en"])
    assert packages.installed() == []


def test_trouble_with_the_network_is_one_line(server, monkeypatch):
    server.files.pop("/nl_en.argosmodel")
    with pytest.raises(ModelError, match="404"):
        models.install(["nl-en"])
    with pytest.raises(ModelError, match="no package for fr-en"):
        models.install(["fr-en"])
    server.files["/index.json"] = b"<html>"
    with pytest.raises(ModelError, match="not readable"):
        models.install(["nl-en"])
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", "http://127.0.0.1:9/")
    with pytest.raises(ModelError) as caught:
        models.install(["nl-en"])
    assert "\n" not in str(caught.value)
    assert "models install FILE" in caught.value.hint


def test_install_a_file_and_never_overwrite_it_silently(file):
    (done,) = models.install([str(file)])
    assert packages.installed()[0].direction == "nl-en"
    with pytest.raises(ModelError, match="installed already"):
        models.install([str(file)])
    (again,) = models.install([str(file)], replace=True)
    assert (again.path, again.state) == (done.path, "replaced")


def test_argostranslate_finds_what_we_install(file, tmp_path):
    import subprocess
    import sys

    models.install([str(file)])
    program = "from argostranslate import package; print([p.from_code for p in package.get_installed_packages()])"
    env = {**os.environ, "HOME": str(tmp_path / "theirs")}
    run = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=False)
    assert "['nl']" in run.stdout, run.stderr


def test_list_and_remove(file):
    states = {(model.name, model.state) for model in models.list_models()}
    assert {("e5-small", "bundled"), ("nl-en", "available"), ("en-nl", "available")} <= states
    models.install([str(file)])
    (here,) = [model for model in models.list_models() if model.state == "installed"]
    assert (here.name, here.version, here.kind) == ("nl-en", "1.0", "translation")
    assert here.bytes > 100_000
    (gone,) = models.remove("nl-en")
    assert not gone.exists()
    for call in (models.remove, models.path):
        with pytest.raises(ModelError) as caught:
            call("nl-en")
        assert caught.value.hint == "Type `aligner models install nl-en`."
    with pytest.raises(ModelError, match="stays"):
        models.remove("e5-small")


def test_shipped_package_is_listed_and_stays(file, monkeypatch):
    monkeypatch.setattr(shipped, "FOLDER", file.parent)
    assert ("nl-en", "bundled", "1.0") in {(m.name, m.state, m.version) for m in models.list_models()}
    with pytest.raises(ModelError, match="stays"):
        models.remove("nl-en")
    assert packages.read_package(models.path("nl-en")).direction == "nl-en"
    models.install([str(file)])
    assert models.path("nl-en").parent == packages.folders()[0]
    models.remove("nl-en")
    assert models.path("nl-en") == manage.shipped.bundled_folder(file)


def test_a_home_that_cannot_be_written(file, tmp_path, monkeypatch):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    monkeypatch.setenv("HOME", str(blocked))
    monkeypatch.delenv("ARGOS_PACKAGES_DIR")
    (done,) = models.install([str(file)])
    assert done.path.parent == tmp_path / "cache" / "packages"
    assert packages.installed()[0].path == done.path


def test_names_of_no_kind_stop_before_anything_is_done():
    with pytest.raises(UsageError):
        models.install(["nl-en", "not/a/model"])
    with pytest.raises(ModelError, match="there is no file"):
        models.install(["missing.argosmodel"])


def test_an_encoder_without_network_is_one_line(monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError) as caught:
        models.install(["sentence-transformers/LaBSE"])
    assert "\n" not in str(caught.value)
    assert bundled.bundled_path().parent.exists()
    assert not list(bundled.bundled_path().parent.glob("*LaBSE*"))


def members(path, change):
    """A copy of a package file with its members changed: `change(name, data)` gives (name or ZipInfo, data) pairs."""
    made = path.with_name(f"changed-{os.urandom(3).hex()}.argosmodel")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for info in old.infolist():
            for name, data in change(info.filename, old.read(info)):
                new.writestr(name, data)
    return made


def link(name, data):
    info = zipfile.ZipInfo(name + ".link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return [(name, data), (info, "/etc/passwd")]


TOP = "translate-nl_en-1_0"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda name, data: [(name, data), ("../outside" + name.replace("/", "-"), b"x")], "outside its folder"),
        (lambda name, data: [(name, data), ("/etc/x" + name.replace("/", "-"), b"x")], "outside its folder"),
        (lambda name, data: [(name, data), (f"{TOP}/a\\..\\b" + name.replace("/", "-"), b"x")], "outside its folder"),
        (lambda name, data: [(name, data), ("C:/x" + name.replace("/", "-"), b"x")], "outside its folder"),
        (lambda name, data: [(name, data), (".ssh/x" + name.replace("/", "-"), b"x")], "outside its folder"),
        (link, "link or device"),
        (lambda name, data: [(name, data), (name.upper(), data)], "holds"),
        (lambda name, data: [(name, data), ("other/x" + name.replace("/", "-"), b"x")], "2 folders"),
        (lambda name, data: [] if name.endswith("metadata.json") else [(name, data)], "no metadata.json"),
        (lambda name, data: [] if name.endswith("model.bin") else [(name, data)], "no model/model.bin"),
        (lambda name, data: [] if name.endswith("piece.model") else [(name, data)], "no tokenizer"),
        (lambda name, data: [(name, b"{}" if name.endswith("metadata.json") else data)], "names no from_code"),
        (lambda name, data: [(name, b"\xff" if name.endswith("metadata.json") else data)], "cannot be read"),
        (lambda name, data: [(name, b"no model" if name.endswith("model.bin") else data)], "does not work"),
        (lambda name, data: [(name, b"no model" if name.endswith("piece.model") else data)], "does not work"),
    ],
)
def test_hostile_and_broken_archives(file, change, said, tmp_path):
    with pytest.raises(ModelError, match=said):
        models.install([str(members(file, change))])
    place = tmp_path / "packages"
    assert not place.exists() or all(left.name.startswith(".") for left in place.iterdir())
    assert not list(tmp_path.rglob("outside*"))


def test_size_limits(file, monkeypatch):
    monkeypatch.setattr(archive, "MAX_BYTES", 1000)
    with pytest.raises(ModelError, match="too large"):
        models.install([str(file)])


def test_a_cut_or_foreign_file(file, tmp_path):
    cut = tmp_path / "cut.argosmodel"
    cut.write_bytes(file.read_bytes()[:-1000])
    with pytest.raises(ModelError, match="no package"):
        models.install([str(cut)])


def test_damage_inside_is_found(file, tmp_path):
    data = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as zipped:
        info = zipped.getinfo(f"{TOP}/model/model.bin")
    data[info.header_offset + 200 : info.header_offset + 260] = bytes(60)
    damaged = tmp_path / "damaged.argosmodel"
    damaged.write_bytes(data)
    with pytest.raises(ModelError, match="damaged"):
        models.install([str(damaged)])
    assert packages.installed() == []
