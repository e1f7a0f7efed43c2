package dev.chainloop.token.source;

import java.util.Optional;

/** A token in a variable of the environment. */
final class VariableSource implements TokenSource {
    static final String CHAINLOOP_TOKEN = "CHAINLOOP_TOKEN";
    static final String GITLAB_OIDC = "GITLAB_OIDC";

    private final Origin origin;
    private final Environment environment;

    private VariableSource(SourceKind kind, String variable, Environment environment) {
        this.origin = new Origin(kind, variable);
        this.environment = environment;
    }

    static VariableSource chainloop(Environment environment) {
        return new VariableSource(SourceKind.ENVIRONMENT, CHAINLOOP_TOKEN, environment);
    }

    static VariableSource gitlab(Environment environment) {
        return new VariableSource(SourceKind.GITLAB, GITLAB_OIDC, environment);
    }

    @Override
    public Look look() {
        if (origin.kind() == SourceKind.GITLAB && !environment.isSet("GITLAB_CI")) {
            return new Look.Absent(origin, "not in a GitLab job");
        }
        Optional<String> value = environment.get(origin.name());
        if (value.isEmpty()) {
            return new Look.Absent(origin, "not set");
        }
        if (value.get().isEmpty()) {
            return new Look.Absent(origin, "set, but empty");
        }
        Cleaned cleaned = Cleaned.of(value.get());
        return cleaned.text().isEmpty()
                ? new Look.Blank(origin, "set, but blank; the Chainloop CLI would send it")
                : new Look.Found(origin, cleaned);
    }
}
