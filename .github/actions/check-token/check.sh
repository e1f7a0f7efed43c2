#!/bin/sh
# Last step of the action beside it: runs the program $CHECK_TOOL on the token. $CHECK_TOKEN and so on are the action's
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
mask "${CHECK_SIGNING_SECRET:-}"

refuse() {
    printf '::error title=chainloop-token%%3A %s::%s\n' "$1 is $2" \
        "The input $1 must be $3; a variable may be unset. Leave the input out if any will do."
    exit 2
}

# An expectation must not get lost because a variable is unset.
refuse_empty() {
    [ -n "$2" ] || refuse "$1" empty 'a value'
}

# is_true NAME VALUE
is_true() {
    case $2 in
        true) return 0 ;;
        false) return 1 ;;
        *) refuse "$1" invalid 'true or false' ;;
    esac
}

refuse_empty type "$CHECK_TYPE"
refuse_empty org "$CHECK_ORG"
refuse_empty project "$CHECK_PROJECT"
refuse_empty issuer "$CHECK_ISSUER"
refuse_empty min-remaining "$CHECK_MIN_REMAINING"
refuse_empty max-remaining "$CHECK_MAX_REMAINING"
refuse_empty warn-remaining "$CHECK_WARN_REMAINING"
refuse_empty fail-on "$CHECK_FAIL_ON"
set -- check -o github --fail-on="$CHECK_FAIL_ON"
[ "$CHECK_TYPE" = '*' ] || set -- "$@" --type="$CHECK_TYPE"
[ "$CHECK_ORG" = '*' ] || set -- "$@" --org="$CHECK_ORG"
[ "$CHECK_PROJECT" = '*' ] || set -- "$@" --project="$CHECK_PROJECT"
[ "$CHECK_ISSUER" = '*' ] || set -- "$@" --issuer="$CHECK_ISSUER"
[ "$CHECK_MIN_REMAINING" = 0s ] || set -- "$@" --min-remaining="$CHECK_MIN_REMAINING"
[ "$CHECK_MAX_REMAINING" = '*' ] || set -- "$@" --max-remaining="$CHECK_MAX_REMAINING"
[ "$CHECK_WARN_REMAINING" = 0s ] || set -- "$@" --warn-remaining="$CHECK_WARN_REMAINING"
! is_true exact-scope "$CHECK_EXACT_SCOPE" || set -- "$@" --exact-scope
! is_true require-exp "$CHECK_REQUIRE_EXP" || set -- "$@" --require-exp
! is_true allow-federated "$CHECK_ALLOW_FEDERATED" || set -- "$@" --allow-federated
[ -z "$CHECK_SIGNING_SECRET" ] || set -- "$@" --secret-env=CHECK_SIGNING_SECRET

status=0
"$CHECK_TOOL" "$@" </dev/null || status=$?
# The tool tells a mistake in one line without an annotation.
[ "$status" -ne 2 ] || printf '::error title=chainloop-token%%3A %s::%s\n' 'an input is wrong' \
    'The token was not checked: the line above that begins with "error:" says which input cannot be used.'
exit "$status"
