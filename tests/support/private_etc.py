"""A machine's files, to write to as an administrator does without touching the machine's.

    problem = enter(empty=["/etc/dconf"], copied=["/etc/ssl/certs"])

The program starts again in a namespace of its own, where those directories are copies in
memory; it needs no rights where people may make namespaces.
"""

import os
import shutil
import subprocess
import sys
import tempfile

INSIDE = "SECURITY_INFO_PRIVATE_ETC"
# The second is for a container whose root may not make the first.
WAYS = [["unshare", "--map-root-user", "--mount"], ["unshare", "--mount"]]


def mount_memory(directory, before=(), check=True):
    return subprocess.run([*before, "mount", "-t", "tmpfs", "none", directory], check=check,
                          capture_output=not check)


def copy_to_memory(directory):
    with tempfile.TemporaryDirectory() as copy:
        shutil.copytree(directory, copy, symlinks=True, dirs_exist_ok=True)
        mount_memory(directory)
        shutil.copytree(copy, directory, symlinks=True, dirs_exist_ok=True)


def enter(empty, copied):
    """Returns why that is not possible, or None once it is so."""
    if os.environ.pop(INSIDE, None) is not None:
        for directory in empty:
            mount_memory(directory)
        for directory in copied:
            copy_to_memory(directory)
        return None

    missing = [path for path in [*empty, *copied] if not os.path.isdir(path)]
    if missing:
        return f"there is no {missing[0]}"
    if shutil.which("unshare") is None:
        return "unshare is not installed"
    ways = [way for way in WAYS if mount_memory(empty[0], way, check=False).returncode == 0]
    if not ways:
        return "a mount namespace can’t be made here"

    os.environ[INSIDE] = "yes"
    os.execvp("unshare", [*ways[0], sys.executable, *sys.argv])
