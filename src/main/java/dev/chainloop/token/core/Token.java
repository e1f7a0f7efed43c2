package dev.chainloop.token.core;

import java.util.Optional;

/**
 * A token of a known kind, with its identity; each kind has its record. What a kind does not name is empty.
 *
 * <pre>{@code
 * String recorded = token.audience().authType() + " " + token.id();
 * boolean ours = token.organization().isMeantBy("acme");
 * }</pre>
 */
public sealed interface Token permits ApiToken, UserToken, FederatedToken {
    /** Something that the server knows by ID, a UUID in practice, and people know by name; either may be missing. */
    record Named(Optional<String> id, Optional<String> name) {
        private static final Named NOTHING = new Named(Optional.empty(), Optional.empty());

        /** Whether a user means it: a word in the form of a UUID is an ID, in either case; any other word is a name. */
        public boolean isMeantBy(String wanted) {
            return Form.isId(wanted)
                    ? id.filter(wanted::equalsIgnoreCase).isPresent()
                    : name.filter(wanted::equals).isPresent();
        }

        /** Whether the token names it in either way. */
        public boolean isPresent() {
            return id.isPresent() || name.isPresent();
        }
    }

    /** The audience that decided the kind. */
    Audience audience();

    /** The value of the kind's {@linkplain Audience#identityClaim() identity claim}, as the server compares it. */
    String id();

    /** The name that its creator chose for an API token. */
    default Optional<String> name() {
        return Optional.empty();
    }

    /** The organization that an API token is for. */
    default Named organization() {
        return Named.NOTHING;
    }

    /** The project that an API token is for. */
    default Named project() {
        return Named.NOTHING;
    }

    /** The workflow that an API token is for. */
    default Named workflow() {
        return Named.NOTHING;
    }

    /** What an API token is for, in the server's words. */
    default Optional<String> scope() {
        return Optional.empty();
    }

    /** The ID that belongs to an API token's scope. */
    default Optional<String> scopeId() {
        return Optional.empty();
    }

    /** The owner of the repository that a federated token is for, by the CI provider's ID. */
    default Optional<String> namespaceId() {
        return Optional.empty();
    }

    /** The repository that a federated token is for. */
    default Optional<String> repository() {
        return Optional.empty();
    }
}
