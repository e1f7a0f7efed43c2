package dev.chainloop.token.cli;

import dev.chainloop.token.core.Audience;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Reads kinds of token: {@code user}, {@code api-token}, {@code federated}, or Chainloop's names for them. */
final class TypeOption {
    private TypeOption() {}

    /** The kinds that an option names; none when it is not given. */
    static Set<Audience> read(OptionSpec option) throws UsageException {
        Set<Audience> types = EnumSet.noneOf(Audience.class);
        @Nullable String words = option.getValue();
        if (words == null) {
            return types;
        }
        for (String word : words.split(",", -1)) {
            types.add(type(option, word.toLowerCase(Locale.ROOT)));
        }
        return types;
    }

    private static Audience type(OptionSpec option, String word) throws UsageException {
        for (Audience audience : Audience.values()) {
            if (word.equals(audience.kind()) || word.equals(audience.authType().toLowerCase(Locale.ROOT))) {
                return audience;
            }
        }
        throw new UsageException(
                option.longestName() + " knows user, api-token and federated, also as AUTH_TYPE_USER and the like");
    }
}
