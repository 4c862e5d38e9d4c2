"""The app as a Flatpak that is just large enough to read its settings.

    problem = install(directory, prefix, env)

Its runtime is made of this machine's gsettings and what that needs: nothing is downloaded.
"""

import pathlib
import re
import shutil
import subprocess

APP = "io.github.security_info.SecurityInfo"
RUNTIME = "io.github.security_info.TestRuntime"
BRANCH = "test"
# The interpreter of programs, too: it is named by its path alone.
LIBRARY = re.compile(r"(/\S+)")


def run(*command, env):
    subprocess.run(command, env=env, check=True, capture_output=True, text=True)


def copy(file, root):
    """To the same place below root, of which /usr is all that there is."""
    path = root / re.sub(r"^/(usr/)?", "", str(file))
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(file, path)


def find_libraries(program):
    output = subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout
    return LIBRARY.findall(re.sub(r"\(0x.*?\)", "", output))


def make_runtime(directory, ref):
    """Returns the folder, whose part "usr" becomes its files."""
    usr = directory / "usr"
    for name in ["gsettings", "true"]:
        program = shutil.which(name)
        copy(program, usr)
        for library in find_libraries(program):
            copy(library, usr)
    (directory / "files").mkdir()
    (directory / "metadata").write_text(f"[Runtime]\nname={RUNTIME}\nruntime={ref}\nsdk={ref}\n",
                                        encoding="utf-8")


def make_app(directory, ref, prefix):
    schemas = "share/glib-2.0/schemas"
    shutil.copytree(pathlib.Path(prefix) / schemas, directory / "files" / schemas)
    (directory / "export").mkdir()
    (directory / "metadata").write_text(
        f"[Application]\nname={APP}\nruntime={ref}\nsdk={ref}\ncommand=true\n", encoding="utf-8")


def build_and_install(directory, prefix, env):
    arch = subprocess.run(["flatpak", "--default-arch"], check=True, capture_output=True,
                          text=True).stdout.strip()
    runtime, app, repository = (directory / name for name in ["runtime", "app", "repository"])
    make_runtime(runtime, f"{RUNTIME}/{arch}/{BRANCH}")
    make_app(app, f"{RUNTIME}/{arch}/{BRANCH}", prefix)
    run("flatpak", "build-export", "--runtime", "--files=usr", repository, runtime, BRANCH, env=env)
    run("flatpak", "build-export", repository, app, BRANCH, env=env)
    run("flatpak", "--user", "remote-add", "--no-gpg-verify", "test", repository, env=env)
    run("flatpak", "--user", "install", "--noninteractive", "test", RUNTIME, APP, env=env)


def install(directory, prefix, env):
    """Installs it for the user of env; returns why it can't be used, or None."""
    if shutil.which("flatpak") is None:
        return "flatpak is not installed"

    try:
        build_and_install(directory, prefix, env)
        run("flatpak", "run", APP, env=env)
    except subprocess.CalledProcessError as error:
        return f"{' '.join(map(str, error.cmd))} does not work here: {error.stderr.strip()}"
    return None
