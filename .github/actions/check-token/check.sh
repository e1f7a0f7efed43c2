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

# fail TITLE TEXT
fail() {
    printf '::error title=chainloop-token%%3A %s::%s\n' "$1" "$2"
    exit 2
}

# given NAME VALUE: whether the input is there. An expectation must not get lost because a variable is unset.
given() {
    [ "$2" != '*' ] || return 1
    [ -n "$2" ] || fail "$1 is empty" "The input $1 must have a value; a variable may be unset. Leave the input out to accept any value."
}

[ -n "$CHECK_TOKEN" ] ||
    fail 'token is empty' 'The input `token` is empty: this repository has no secret of that name, or this run gets none.'
if [ "$CHECK_TOKEN" != '*' ]; then
    CHAINLOOP_TOKEN=$CHECK_TOKEN
    export CHAINLOOP_TOKEN
fi
unset CHECK_TOKEN
mask "${CHAINLOOP_TOKEN:-}"
mask "$CHECK_SIGNING_SECRET"

set -- check -o github
given type "$CHECK_TYPE" && set -- "$@" --type="$CHECK_TYPE"
given org "$CHECK_ORG" && set -- "$@" --org="$CHECK_ORG"
given project "$CHECK_PROJECT" && set -- "$@" --project="$CHECK_PROJECT"
given min-remaining "$CHECK_MIN_REMAINING" && set -- "$@" --min-remaining="$CHECK_MIN_REMAINING"
given signing-secret "$CHECK_SIGNING_SECRET" && set -- "$@" --secret-file=-
while IFS= read -r option; do
    option=${option#"${option%%[![:blank:]]*}"}
    case $option in
        '') ;;
        -*) set -- "$@" "$option" ;;
        *) fail 'an input is wrong' 'The token was not checked: each line of the input `args` must begin with an option, such as --require-exp.' ;;
    esac
done <<END
$CHECK_ARGS
END

status=0
# A secret goes through a pipe: an argument shows in `ps`.
if [ "$CHECK_SIGNING_SECRET" != '*' ]; then
    printf %s "$CHECK_SIGNING_SECRET" | "$CHECK_TOOL" "$@" || status=$?
else
    "$CHECK_TOOL" "$@" </dev/null || status=$?
fi
# The tool tells a mistake in one line without an annotation.
[ "$status" -ne 2 ] ||
    fail 'an input is wrong' 'The token was not checked: the line above that begins with "error:" says which input is wrong. In `args`, put each option on its own line.'
exit "$status"
