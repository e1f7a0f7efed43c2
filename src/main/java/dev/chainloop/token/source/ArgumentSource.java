package dev.chainloop.token.source;

import java.util.Optional;

/** A token on the command line. */
final class ArgumentSource implements TokenSource {
    private final Optional<SourceRequest.Argument> argument;
    private final Origin origin;

    ArgumentSource(Optional<SourceRequest.Argument> argument) {
        this.argument = argument;
        this.origin = new Origin(
                SourceKind.ARGUMENT, argument.isPresent() ? argument.get().name() : "TOKEN");
    }

    @Override
    public Look look() {
        if (argument.isEmpty()) {
            return new Look.Absent(origin, "not given");
        }
        Cleaned cleaned = Cleaned.of(argument.get().secret());
        // The CLI ignores an empty --token. Here an explicit token is the only one considered.
        return cleaned.text().isEmpty() ? new Look.Blank(origin, "blank") : new Look.Found(origin, cleaned);
    }
}
