package dev.chainloop.token.explain;

import dev.chainloop.token.advice.PlanContext.Role;
import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Candidate;
import dev.chainloop.token.diagnosis.Phrases;
import dev.chainloop.token.diagnosis.Stage;
import java.util.List;
import java.util.Optional;

/**
 * A known message found in a text.
 *
 * @param text the known text that identified it, in this tool's own spelling
 * @param name what the message names, such as an issuer or a project; untrusted, with the form of an issuer or a label
 */
public record MessageMatch(KnownMessage message, String text, Optional<String> name) {
    /** The same with only those names that may be shown. */
    MessageMatch shown(Candidate token) {
        return message == KnownMessage.ISSUER_NOT_FOUND ? new MessageMatch(message, text, token.shown(name)) : this;
    }

    /** The message in short, as a user would search for it. */
    public String title() {
        if (name.isEmpty()) {
            return text;
        }
        return text + (message == KnownMessage.ISSUER_NOT_FOUND ? ": " + name.get() : " " + Phrases.quoted(name.get()));
    }

    List<Stage> stages() {
        return message.stages(text);
    }

    /** Whether the message names a CI provider, so that the provider's token was sent. */
    boolean isOfProvider() {
        return message == KnownMessage.ISSUER_NOT_FOUND && name.orElse("").startsWith("http");
    }

    /** Whether it has the CLI's words, not the server's. */
    boolean isOfCli() {
        return text.contains("authentication");
    }

    /** The kind of token that was sent, as far as the message tells; else the kind of the token here. */
    Optional<Audience> kind(Candidate token) {
        return isOfProvider() ? Optional.of(Audience.GENERIC) : token.matched();
    }

    boolean isOfContracts() {
        return text.startsWith("contract creation");
    }

    /** What the token is limited to, according to the message. */
    String limited() {
        return text.contains("workflow") ? "workflow" : "project";
    }

    Token.Named limit(ApiToken api) {
        return limited().equals("workflow") ? api.workflow() : api.project();
    }

    /** The role in the organization that it asks for. */
    Role role() {
        return text.contains("organization owners")
                ? Role.OWNER
                : text.contains("organization admins") ? Role.ADMIN : Role.ANY;
    }

    /** Its meaning, with the name in the message. */
    public String meaning() {
        if (text.startsWith("crypto/ecdsa")) {
            return "The artifact store and the control plane use different keys: the store could not verify the token that"
                    + " the control plane makes for each transfer.";
        }
        if (text.equals("API token revoked")) {
            return "The API token was revoked on the server.";
        }
        return message == KnownMessage.ISSUER_NOT_FOUND && name.isPresent()
                ? message.meaning.replace(KnownMessage.PROVIDER, "called " + name.get())
                : message.meaning;
    }
}
