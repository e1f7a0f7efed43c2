package dev.chainloop.token.explain;

import dev.chainloop.token.advice.Detail;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the line around a message says of whose it is: the same words are about another server there.
 *
 * @param store what was done with the artifact store
 * @param resolver the name server that was asked; hostile
 */
record Frame(Optional<String> store, Optional<String> resolver) {
    /** What Go puts before whatever went wrong with a name server. */
    private static final Pattern LOOKUP = Pattern.compile("\\blookup [^ ]{1,253} on ([^ ]{1,99}:53): ");

    static Frame of(String line) {
        Matcher lookup = LOOKUP.matcher(line);
        Matcher store = Detail.STORE.matcher(line);
        return new Frame(
                store.find() ? Optional.of(store.group(1)) : Optional.empty(),
                lookup.find() ? Optional.of(lookup.group(1)) : Optional.empty());
    }

    /** What the words of a message mean there. */
    KnownMessage meaning(KnownMessage message) {
        if (store.isPresent() && message.row().isRefusal()) {
            return KnownMessage.STORE_REFUSES;
        }
        return switch (message) {
            case SERVER_UNREACHABLE, NO_WAY_TO_SERVER, CONNECTION_CUT ->
                resolver.isPresent() ? KnownMessage.NAME_UNKNOWN : message;
            default -> message;
        };
    }

    /** What a text says of the command, with what the line adds. */
    Testimony add(Testimony testimony) {
        return store.map(doing -> testimony.with(Detail.STORE, doing)).orElse(testimony);
    }
}
