#!/bin/sh
# The comparison of action.yml: writes it to the summary of the job, and exits with 1 for the
# differences that FAIL_ON asks for. OLD is the base branch of the pull request if empty.
set -eu

folder=$(mktemp -d "${RUNNER_TEMP:-/tmp}/appleports.XXXXXX")
trap 'rm -f "$folder/body.md" "$folder/base.json"' EXIT
if [ -z "${OLD:-}" ]; then
    if [ -z "${GITHUB_BASE_REF:-}" ]; then
        echo "compare: give \`old\`; only a pull request has a base branch" >&2
        exit 2
    fi
    # In a whole clone, `--depth` would cut the history that is there.
    depth=
    if [ "$(git rev-parse --is-shallow-repository)" = true ]; then depth=--depth=1; fi
    git fetch --quiet ${depth:+"$depth"} origin "refs/heads/$GITHUB_BASE_REF"
    # `git:FETCH_HEAD` is refused where the configuration includes files, as actions/checkout has it
    # do since v6. That configuration is the runner's own, and has just been used.
    case $NEW in
    *.json | *.csv) file=$NEW ;;
    *) file=$NEW/ports.json ;;
    esac
    OLD=$folder/base.json
    if ! git cat-file blob "FETCH_HEAD:./$file" >"$OLD"; then
        echo "compare: the branch $GITHUB_BASE_REF has no $file; give \`old\`" >&2
        exit 2
    fi
fi
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
summary=${GITHUB_STEP_SUMMARY:-/dev/stdout}
cat "$folder/body.md" >>"$summary"
# A summary may have 1 MiB. What is longer than that stays in the file.
if ! grep -qx "Nothing was left out." "$folder/rest.md"; then
    if [ "$(wc -c <"$folder/rest.md")" -lt 900000 ]; then
        printf '\n## `rest.md`\n\n' >>"$summary"
        cat "$folder/rest.md" >>"$summary"
    else
        printf '\n`rest.md` is too long to be shown here; the output `rest` of the step names it.\n' >>"$summary"
    fi
fi
{
    echo "differs=$differs"
    echo "rest=$folder/rest.md"
} >>"${GITHUB_OUTPUT:-/dev/stdout}"
exit "$status"
