#!/bin/sh
# Second step of the action beside it: runs the program $CHECK_TOOL on the token. $CHECK_TOKEN and so on are the action's
# inputs.
# No trace: it would show the token before it is masked.
set -eu +x

# Masks each line of $1 as it stands, and what in it looks like a token, which may have quotes or `Bearer` around it.
# Through pipes: an argument shows in `ps`.
mask() {
    printf '%s\n' "$1" | tr '\r' '\n' |
        LC_ALL=C sed 's/^[[:blank:]]*//; s/[[:blank:]]*$//; /.\{8\}/!d; s/%/%25/g; s/^/::add-mask::/'
    printf '%s\n' "$1" | LC_ALL=C tr -c 'A-Za-z0-9._-' '\n' | LC_ALL=C sed -n 's/^.\{20,\}$/::add-mask::&/p'
}

if [ -n "${CHECK_TOKEN:-}" ]; then
    CHAINLOOP_TOKEN=$CHECK_TOKEN
    export CHAINLOOP_TOKEN
fi
unset CHECK_TOKEN
mask "${CHAINLOOP_TOKEN:-}"

# tell TITLE TEXT
tell() {
    printf '::error title=chainloop-token%%3A %s::%s\n' "$1" "$2"
}

# Stops if the input $1 has the value $2 and that is empty: an expectation must not get lost with a variable.
refuse_empty() {
    [ -z "$2" ] || return 0
    tell "$1 is empty" "The input $1 has an empty value; a variable may be unset. Leave the input out if any will do."
    exit 2
}

types=$(printf '%s' "$CHECK_TYPES" | tr -s ', \t\r\n' ',')
types=${types#,}
types=${types%,}
refuse_empty types "$types"
refuse_empty org "$CHECK_ORG"
refuse_empty project "$CHECK_PROJECT"
refuse_empty min-remaining "$CHECK_MIN_REMAINING"

set -- check -o github
[ "$types" = '*' ] || set -- "$@" --type="$types"
[ "$CHECK_ORG" = '*' ] || set -- "$@" --org="$CHECK_ORG"
[ "$CHECK_PROJECT" = '*' ] || set -- "$@" --project="$CHECK_PROJECT"
[ "$CHECK_MIN_REMAINING" = 0s ] || set -- "$@" --min-remaining="$CHECK_MIN_REMAINING"

status=0
"$CHECK_TOOL" "$@" </dev/null || status=$?

is_from_fork() {
    case ${GITHUB_EVENT_NAME:-} in
        pull_request | pull_request_review | pull_request_review_comment) [ "${HEAD_REPOSITORY:-}" != "$GITHUB_REPOSITORY" ] ;;
        *) return 1 ;;
    esac
}

# What the tool cannot know, or says without an annotation. Status 2, a wrong input, has one of its own.
if [ "$status" -ge 64 ]; then
    tell 'did not work' "chainloop-token ended with the status $status, so the token was not checked; the lines above say why."
elif [ "$status" -ne 0 ] && [ "$status" -ne 2 ] && [ -z "${CHAINLOOP_TOKEN:-}" ]; then
    if is_from_fork; then
        tell 'forked pull request' 'This pull request comes from a fork, and GitHub gives such runs no secrets, so there is no token to check. Skip the step for forks, with if: github.event.pull_request.head.repo.full_name == github.repository, and check the token where secrets are, such as on a push.'
    elif [ "${GITHUB_ACTOR:-}" = 'dependabot[bot]' ]; then
        tell 'Dependabot' 'GitHub gives runs that Dependabot started only the secrets that are set for Dependabot. Add the token there too, or skip the step with if: github.actor != '\''dependabot[bot]'\''.'
    fi
fi
exit "$status"
