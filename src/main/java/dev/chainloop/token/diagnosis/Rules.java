package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.DecodedToken;
import org.jspecify.annotations.Nullable;

/** The methods of the rules, for one token's evidence. */
final class Rules {
    final SourceRules source;

    /** Both are {@code null} where no token could be decoded. */
    final @Nullable TokenRules token;

    final @Nullable SignatureRules signature;

    Rules(Evidence evidence) {
        Inspection inspection = evidence.inspection();
        @Nullable DecodedToken decoded = inspection.decoded();
        this.source = new SourceRules(evidence);
        this.token = decoded == null ? null : new TokenRules(inspection, decoded);
        this.signature = decoded == null ? null : new SignatureRules(inspection, decoded);
    }
}
