package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.DecodedToken;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The methods of the rules, which add what they find in one token's evidence. */
final class Rules {
    final SourceRules source;
    private final @Nullable TokenRules token;
    private final @Nullable SignatureRules signature;

    Rules(Evidence evidence, List<Finding> findings) {
        Inspection inspection = evidence.inspection();
        @Nullable DecodedToken decoded = inspection.decoded();
        this.source = new SourceRules(evidence, findings);
        this.token = decoded == null ? null : new TokenRules(inspection, decoded, findings);
        this.signature = decoded == null ? null : new SignatureRules(inspection, decoded, findings);
    }

    /** Whether a rule can be applied to what there is. */
    boolean cover(Rule rule) {
        return token != null || rule.about() == Rule.About.SOURCE;
    }

    TokenRules token() {
        return Objects.requireNonNull(token);
    }

    SignatureRules signature() {
        return Objects.requireNonNull(signature);
    }
}
