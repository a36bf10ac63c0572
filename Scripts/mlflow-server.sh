#!/usr/bin/env bash
# Runs a real MLflow server in the foreground on 127.0.0.1, with everything it keeps in one folder.
#
#   Scripts/mlflow-server.sh ENVIRONMENT FOLDER --port PORT [--auth]
#
# ENVIRONMENT is mlflow3 or mlflow2 (Scripts/python-env.sh). The server is ready when GET /health
# answers 200. It has child processes: start it in a process group of its own and stop the group.
# --auth turns on MLflow's basic-auth app; its administrator is `admin` with the password in
# MLFLOW_AUTH_ADMIN_PASSWORD (at least 12 characters).
set -euo pipefail

scripts="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

fail() {
  echo "mlflow-server: $*" >&2
  exit 2
}

usage="usage: Scripts/mlflow-server.sh mlflow3|mlflow2 FOLDER --port PORT [--auth]"
[ $# -ge 2 ] || fail "$usage"
name="$1"
mkdir -p "$2"
folder="$(cd "$2" && pwd)"
shift 2

port=""
auth=false
while [ $# -gt 0 ]; do
  case "$1" in
  --port)
    [ $# -ge 2 ] || fail "$usage"
    port="$2"
    shift 2
    ;;
  --auth)
    auth=true
    shift
    ;;
  *) fail "unknown argument '$1'. $usage" ;;
  esac
done
[[ "$port" =~ ^[0-9]+$ ]] || fail "--port needs a number. $usage"

venv="$("$scripts/python-env.sh" "$name")"

# Nothing leaves this machine, and the job consumers (four processes, 2 GB) stay off.
export MLFLOW_DISABLE_TELEMETRY=true DO_NOT_TRACK=true MLFLOW_SERVER_ENABLE_JOB_EXECUTION=false

# Creating the schema takes MLflow about ten seconds. An empty store is made once an environment
# and copied from then on; moving it into place makes two first callers harmless.
if [ ! -f "$folder/mlflow.sqlite" ]; then
  empty="$venv/empty-store.sqlite"
  if [ ! -f "$empty" ]; then
    "$venv/bin/python" - "sqlite:///$empty.$$" >&2 <<'PYTHON'
import sys
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

SqlAlchemyStore(sys.argv[1], "mlflow-artifacts:/")
PYTHON
    mv "$empty.$$" "$empty"
  fi
  cp "$empty" "$folder/mlflow.sqlite"
fi

arguments=(
  --backend-store-uri "sqlite:///$folder/mlflow.sqlite"
  --artifacts-destination "$folder/artifacts"
  --host 127.0.0.1 --port "$port"
  # More workers make keep-alive requests ten times slower on 3.x.
  --workers 1
)

if $auth; then
  password="${MLFLOW_AUTH_ADMIN_PASSWORD:-}"
  [ ${#password} -ge 12 ] || fail "--auth needs MLFLOW_AUTH_ADMIN_PASSWORD, 12 characters or more"
  (
    umask 077
    cat >"$folder/auth.ini" <<INI
[mlflow]
default_permission = READ
database_uri = sqlite:///$folder/auth.sqlite
admin_username = admin
admin_password = $password
authorization_function = mlflow.server.auth:authenticate_request_basic_auth
auth_cache_ttl_seconds = 60
INI
  )
  export MLFLOW_AUTH_CONFIG_PATH="$folder/auth.ini"
  export MLFLOW_FLASK_SERVER_SECRET_KEY="${MLFLOW_FLASK_SERVER_SECRET_KEY:-$password}"
  arguments+=(--app-name basic-auth)
fi

cd "$folder"
exec "$venv/bin/mlflow" server "${arguments[@]}"
