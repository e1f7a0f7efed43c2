package dev.chainloop.token.explain;

import dev.chainloop.token.advice.Detail;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * What the line around a message says of whose it is: the same words are about another server there.
 *
 * @param store what was done with the artifact store
 * @param lookup whether a name server was asked
 */
record Frame(Optional<String> store, boolean lookup) {
    static Frame of(String line) {
        Matcher store = Detail.STORE.matcher(line);
        return new Frame(
                store.find() ? Optional.of(store.group(1)) : Optional.empty(),
                Detail.RESOLVER.matcher(line).find());
    }

    /** What the words of a message mean there. */
    KnownMessage meaning(KnownMessage message) {
        if (store.isPresent() && message.row().isRefusal()) {
            return KnownMessage.STORE_REFUSES;
        }
        return switch (message) {
            case SERVER_UNREACHABLE, NO_WAY_TO_SERVER, CONNECTION_CUT -> lookup ? KnownMessage.NAME_UNKNOWN : message;
            default -> message;
        };
    }

    /** What a text says of the command, with what the line adds. */
    Testimony add(Testimony testimony) {
        return store.map(doing -> testimony.with(Detail.STORE, doing)).orElse(testimony);
    }
}
