#!/bin/sh
# Make .venv with readinglist in it (and, with the argument "test", what its tests need). Safe to run again.
set -eu
cd "$(dirname "$0")/.."
PATH=$PATH:/usr/sbin:/sbin
extra=${1:-}
case $extra in
'' | test) ;;
*) echo "usage: sh resources/setup.sh [test]" >&2 && exit 2 ;;
esac

# Install Debian packages, as root or through sudo; where neither is possible, print the line to run.
install_packages() {
	line="apt-get install -y --no-install-recommends $*"
	if [ "$(id -u)" = 0 ]; then
		as_root="env"
	elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
		as_root="sudo env"
	else
		echo "This needs packages of your system. Run: sudo $line" >&2
		return 1
	fi
	echo "Installing $*" >&2
	# The lists of packages may be missing or old: fetch them if it does not work without.
	$as_root DEBIAN_FRONTEND=noninteractive $line >/dev/null 2>&1 ||
		{ $as_root apt-get update -qq >/dev/null && $as_root DEBIAN_FRONTEND=noninteractive $line >/dev/null; } ||
		{ echo "That did not work. Run: sudo $line" >&2 && return 1; }
}

# 1. Libraries that Qt needs; the last five for a screen under X11.
libraries='libGL.so.1:libgl1 libEGL.so.1:libegl1 libxkbcommon.so.0:libxkbcommon0 libdbus-1.so.3:libdbus-1-3
libfontconfig.so.1:libfontconfig1 libglib-2.0.so.0:libglib2.0-0 libxcb-cursor.so.0:libxcb-cursor0
libxkbcommon-x11.so.0:libxkbcommon-x11-0 libxcb-icccm.so.4:libxcb-icccm4 libxcb-keysyms.so.1:libxcb-keysyms1
libxcb-shape.so.0:libxcb-shape0'
if command -v apt-get >/dev/null && present=$(ldconfig -p 2>/dev/null); then
	lacking=
	for pair in $libraries; do
		case $present in
		*"${pair%%:*} "*) ;;
		*) lacking="$lacking ${pair#*:}" ;;
		esac
	done
	# Without them only the window does not open.
	[ -z "$lacking" ] || install_packages $lacking || true
fi

# 2. A Python of at least 3.11 that can make an environment.
fits() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
find_python() {
	for python in python3.13 python3.12 python3.11 python3 python; do
		if fits "$python"; then return 0; fi
	done
	return 1
}
state="$(cksum pyproject.toml resources/setup.sh) $(pwd)"
done_with() { [ "$(cat ".venv/.set-up$1" 2>/dev/null)" = "$state" ] && .venv/bin/python -c 'import readinglist' 2>/dev/null; }
if done_with -test || { [ -z "$extra" ] && done_with ""; }; then
	exit 0
fi
if ! find_python && command -v apt-get >/dev/null; then
	install_packages python3 python3-venv || exit 1
fi
find_python || { echo "Python 3.11 or newer is needed, with its venv module: see https://www.python.org/downloads/" >&2 && exit 1; }

# 3. The environment; made anew where it is of another Python, broken, or was moved here.
if ! .venv/bin/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
	! grep -qsF "$(pwd)/.venv" .venv/bin/activate; then
	"$python" -m venv --clear .venv
fi
rm -f .venv/.set-up .venv/.set-up-test
.venv/bin/python -m pip install --quiet --disable-pip-version-check --editable ".${extra:+[$extra]}"
printf '%s\n' "$state" >".venv/.set-up${extra:+-$extra}"
echo "Ready. Start it with: .venv/bin/readinglist"
