#!/bin/sh
# Installs Chromium and axe-core for the tests in a browser, where they are missing and can be had without asking anybody: Chromium as root,
# with apt-get; axe-core with npm, into build/axe. Elsewhere nothing is installed. It never fails: without them the tests that need them are
# skipped, and say what to install.
log=$(mktemp)
apt() {
    DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::http::Timeout=20 -o DPkg::Lock::Timeout=120 "$@" >"$log" 2>&1 </dev/null
}
install() {
    apt install -y --no-install-recommends chromium
}
if [ ! -x "${ACCORDING_TEST_CHROMIUM:-/usr/bin/chromium}" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing Debian's chromium for the tests" >&2
    install || { apt update && install; } || { echo "chromium could not be installed:" && tail -n 5 "$log"; } >&2
fi
if [ ! -f build/axe/axe.min.js ] && command -v npm >/dev/null; then
    echo "fetching axe-core for the tests" >&2
    mkdir -p build/axe && (cd build/axe && npm pack --silent axe-core@4.10.3 >"$log" 2>&1 && tar -xzf axe-core-*.tgz --strip-components=1 package/axe.min.js && rm -f axe-core-*.tgz) ||
        { echo "axe-core could not be fetched:" && tail -n 5 "$log"; } >&2
fi
rm -f "$log"
