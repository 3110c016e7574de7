#!/bin/sh
# The comparison of action.yml: writes it to the summary of the job, and exits with 1 for the
# differences that FAIL_ON asks for. OLD is the base branch of the pull request if empty.
set -eu

if [ -z "${OLD:-}" ]; then
    if [ -z "${GITHUB_BASE_REF:-}" ]; then
        echo "compare: give \`old\`; only a pull request has a base branch" >&2
        exit 2
    fi
    git fetch --quiet --depth 1 origin "refs/heads/$GITHUB_BASE_REF"
    OLD=git:FETCH_HEAD
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
status=0
# The command's messages quote foreign files: no line of them may be a command to the runner.
stop=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
echo "::stop-commands::$stop"
appleports diff --format markdown --overflow "$folder/rest.md" --fail-on "$FAIL_ON" \
    -- "$OLD" "$NEW" >"$folder/body.md" || status=$?
echo "::$stop::"
case $status in
0) differs=false ;;
1) differs=true ;;
*) exit "$status" ;;
esac
cat "$folder/body.md" >>"${GITHUB_STEP_SUMMARY:-/dev/stdout}"
echo "differs=$differs" >>"${GITHUB_OUTPUT:-/dev/stdout}"
exit "$status"
