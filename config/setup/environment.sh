#!/bin/sh
# A virtual environment with the newest Python at hand (3.11 or newer), and uv to fill it fast.
set -eu
for python in "${PYTHON:-}" python3.13 python3.12 python3.11 python3; do
    [ -n "$python" ] && command -v "$python" >/dev/null 2>&1 || continue
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    found=$python
    break
done
if [ -z "${found:-}" ]; then
    echo "Allting needs Python 3.11 or newer; none was found. Name one with: make PYTHON=/path/to/python3 …" >&2
    exit 1
fi
if [ ! -x .venv/bin/python ]; then
    echo "Making a virtual environment with $("$found" --version) …"
    "$found" -m venv --without-pip .venv
fi
# pip is needed only to bring uv: run from the wheel that Python carries, it need not be installed
pip=$(.venv/bin/python - <<'END' || true
import ensurepip, glob, os, sysconfig
beside = os.path.join(os.path.dirname(ensurepip.__file__), "_bundled")
print(*glob.glob(os.path.join(sysconfig.get_config_var("WHEEL_PKG_DIR") or beside, "pip-*.whl"))[:1])
END
)
if [ -z "$pip" ] && ! .venv/bin/python -m ensurepip >/dev/null; then
    rm -rf .venv
    echo "Python's venv module did not work. On Debian and Ubuntu: apt install python3-venv" >&2
    exit 1
fi
PYTHONPATH=$pip .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt
