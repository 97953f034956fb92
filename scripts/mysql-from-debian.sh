#!/usr/bin/env bash
# Gives the tests a real MySQL server on a Debian machine that has none, without touching the system: the packages of
# Debian unstable's mysql-server-core are unpacked into a folder and run with their own dynamic loader.
#
#   scripts/mysql-from-debian.sh [FOLDER]        unpacks once (default: .cache/mysql-server), prints the start script
#   FOLDER/start DATADIR SOCKET PORT [OPTION..]  runs a server in the foreground; an empty DATADIR is initialised
#                                                (root without a password, 127.0.0.1 only)
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-$here/.cache/mysql-server}
start=$folder/start
if [ -x "$start" ]; then echo "$start"; exit 0; fi

command -v apt-get >/dev/null || { echo 'This needs apt-get. Name a server instead: LEGACY_TEST_URL=mysql://root@127.0.0.1:3306/' >&2; exit 1; }
mirror=$({ cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null || true; } | grep -E "^(deb |URIs:)" | grep -oE "https?://[^ ]+" | sed -n 1p)
[ -n "$mirror" ] || { echo 'No Debian archive is configured on this machine.' >&2; exit 1; }

mkdir -p "$folder"/apt/lists/partial "$folder"/apt/archives/partial "$folder"/packages "$folder"/root
echo "deb $mirror sid main" >"$folder/apt/sources.list"
options=(
  -o "Dir::Etc::SourceList=$folder/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null
  -o "Dir::State::Lists=$folder/apt/lists" -o "Dir::Cache=$folder/apt" -o APT::Get::List-Cleanup=0
)
log=$folder/install.log
apt-get "${options[@]}" update >"$log" 2>&1
wanted=$(apt-cache "${options[@]}" depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks \
  --no-replaces --no-enhances mysql-server-core |
  grep -E '^[a-z]' | grep -vE '^(perl|debconf|dpkg|mysql-common|bash|coreutils)|^gcc-.*-base' | sort -u)
(
  cd "$folder/packages"
  for package in $wanted; do
    # Names of virtual packages have nothing to download.
    apt-get "${options[@]}" download "$package/sid" >>"$log" 2>&1 || true
  done
)
for package in "$folder"/packages/*.deb; do dpkg-deb -x "$package" "$folder/root"; done
rm -rf "$folder/packages" "$folder/apt/archives"
[ -x "$folder/root/usr/sbin/mysqld" ] || { echo "mysqld did not arrive; see $log" >&2; exit 1; }

cat >"$start.part" <<'START'
#!/usr/bin/env bash
set -euo pipefail
root=$(cd "$(dirname "$0")" && pwd)/root
data=$1 socket=$2 port=$3
shift 3
libraries=$(dirname "$(ls "$root"/usr/lib/*-linux-gnu/libc.so.6)")
loader=$(ls "$libraries"/ld-linux-*.so.* | head -n 1)
mysqld=("$loader" --library-path "$libraries" "$root/usr/sbin/mysqld" --no-defaults --datadir="$data"
  --basedir="$root/usr" --lc-messages-dir="$root/usr/share/mysql" --secure-file-priv=NULL)
mkdir -p "$data"
if [ "$(id -u)" = 0 ]; then
  id mysql >/dev/null 2>&1 || useradd --system --shell /usr/sbin/nologin mysql
  chown mysql "$data" "$(dirname "$socket")"
  mysqld+=(--user=mysql)
fi
[ -n "$(ls -A "$data")" ] || "${mysqld[@]}" --initialize-insecure
exec "${mysqld[@]}" --socket="$socket" --port="$port" --bind-address=127.0.0.1 --mysqlx=OFF --pid-file="$data/mysqld.pid" "$@"
START
chmod +x "$start.part"
mv "$start.part" "$start"
echo "$start"
