"""Builds the wheel by CMake and zipfile alone, so that nothing has to be fetched (PEP 517, PEP 427).

`pip wheel --no-build-isolation --no-deps ./python` configures and builds the project beside this folder; with
ENTENTE_BUILD=FOLDER in the environment an existing build folder is taken. The bundled tables go into the wheel where
the module looks for them (entente/data), those without an open licence left out.
"""

import base64
import hashlib
import os
import pathlib
import subprocess
import sysconfig
import tempfile
import tomllib
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
TABLES = ("economy", "economy-2022", "world")


def _built(into):
    folder = pathlib.Path(os.environ.get("ENTENTE_BUILD") or into)
    if not (folder / "CMakeCache.txt").exists():
        subprocess.run(["cmake", "-S", HERE.parent, "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
                        "-DENTENTE_TESTS=OFF"], check=True)
    subprocess.run(["cmake", "--build", folder, "--target", "entente_python_package"], check=True)
    return folder / "python" / "entente"


def _files(package):
    for path in sorted(package.iterdir()):
        if path.suffix in (".py", ".pyi", ".so") or path.name == "py.typed":
            yield f"entente/{path.name}", path
    for table in TABLES:
        for path in sorted((HERE.parent / "data" / table).rglob("*")):
            if path.is_file() and "restricted" not in path.relative_to(HERE.parent / "data").parts:
                yield f"entente/data/{path.relative_to(HERE.parent / 'data')}", path


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    project = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name, version = project["name"], project["version"]
    python = "cp" + sysconfig.get_config_var("py_version_nodot")
    tag = f"{python}-{python}-{sysconfig.get_platform().replace('-', '_').replace('.', '_')}"
    info = f"{name}-{version}.dist-info"
    metadata = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", f"Summary: {project['description']}",
                f"Requires-Python: {project['requires-python']}", f"License: {project['license']['text']}",
                *(f"Requires-Dist: {d}" for d in project["dependencies"])]
    wheel = ["Wheel-Version: 1.0", "Generator: entente", "Root-Is-Purelib: false", f"Tag: {tag}"]
    file = f"{name}-{version}-{tag}.whl"
    record = []
    with tempfile.TemporaryDirectory() as into, zipfile.ZipFile(
            pathlib.Path(wheel_directory) / file, "w", zipfile.ZIP_DEFLATED) as out:

        def put(place, content):
            entry = zipfile.ZipInfo(place, (1980, 1, 1, 0, 0, 0))  # the same files make the same wheel
            entry.external_attr = 0o644 << 16
            out.writestr(entry, content, zipfile.ZIP_DEFLATED)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            record.append(f"{place},sha256={digest},{len(content)}")

        for place, path in _files(_built(into)):
            put(place, path.read_bytes())
        put(f"{info}/METADATA", ("\n".join(metadata) + "\n").encode())
        put(f"{info}/WHEEL", ("\n".join(wheel) + "\n").encode())
        record.append(f"{info}/RECORD,,")
        out.writestr(zipfile.ZipInfo(f"{info}/RECORD", (1980, 1, 1, 0, 0, 0)), "\n".join(record) + "\n")
    return file
