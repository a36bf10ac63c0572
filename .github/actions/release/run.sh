#!/usr/bin/env bash
# Runs one verb of `release` with the inputs of the action, which come as variables.
#
#   run.sh PROGRAM
#
# `release` itself writes annotations, the job's summary and the step's outputs; this adds the exit
# code where it ended too early for that. The inputs become words of a list and are never read by a
# shell: an environment named `$(reboot)` is just one that does not exist.
set -uo pipefail

program="$1"
call=("$VERB")

case "$VERB" in
promote)
  [ -z "$MODEL" ] || call+=("$MODEL")
  [ -z "$ENVIRONMENT" ] || call+=("--to=$ENVIRONMENT")
  [ -z "$VERSION" ] || call+=("--version=$VERSION")
  [ -z "$FROM" ] || call+=("--from=$FROM")
  ;;
rollback)
  [ -z "$ENVIRONMENT" ] || call+=("$ENVIRONMENT")
  [ -z "$VERSION" ] || call+=("--to=$VERSION")
  ;;
*)
  [ -z "$ENVIRONMENT" ] || call+=("$ENVIRONMENT")
  [ -z "$VERSION" ] || call+=("--version=$VERSION")
  ;;
esac
[ -z "$REASON" ] || call+=("--reason=$REASON")
while IFS= read -r line; do
  [ -z "$line" ] || call+=("$line")
done <<<"$ARGUMENTS"

# In a container the checkout belongs to another user, and git would refuse to read it.
if ! git config --global --get-all safe.directory | grep -qxF "$GITHUB_WORKSPACE"; then
  git config --global --add safe.directory "$GITHUB_WORKSPACE"
fi

"$program" "${call[@]}"
status=$?
echo "exit=$status" >>"$GITHUB_OUTPUT"
exit "$status"
