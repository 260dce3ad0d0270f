#!/bin/sh
# Installs PostgreSQL's server for the tests, where it is missing and can be had without asking anybody: as root, with apt-get.
# Elsewhere nothing is installed. It never fails: without a server the tests that need one are skipped, and say what to install.
[ -z "${ACCORDING_TEST_POSTGRES:-}" ] || exit 0
for initdb in "$(pg_config --bindir 2>/dev/null)/initdb" /usr/lib/postgresql/*/bin/initdb "$(command -v initdb)"; do
    [ ! -x "$initdb" ] || exit 0
done
[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || exit 0

log=$(mktemp)
apt() {
    DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::http::Timeout=20 -o DPkg::Lock::Timeout=120 "$@" >"$log" 2>&1 </dev/null
}
install() {
    apt install -y --no-install-recommends postgresql
}
echo "installing Debian's postgresql for the tests" >&2
install || { apt update && install; } || { echo "postgresql could not be installed:" && tail -n 5 "$log"; } >&2
rm -f "$log"
