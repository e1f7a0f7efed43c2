package dev.chainloop.token.advice;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.diagnosis.Redaction;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.SourceReading;
import dev.chainloop.token.source.Surroundings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The Chainloop CLI's commands as they can be pasted, with the flags that they need; their names are those of its
 * reference. Besides constants, they hold names and IDs of the token at hand, if they are labels or UUIDs, the address in
 * use, and paths that were looked at. A word that only the reader knows is a placeholder of {@link Step}.
 */
record Commands(Situation situation) {
    /** Before a command that the variable is not to reach. */
    static final String WITHOUT_VARIABLE = "CHAINLOOP_TOKEN= ";

    /** A project whose name only the reader knows. */
    static final String PROJECT = "PROJECT";

    private static final int LONGEST_NAME = 63;

    private Surroundings there() {
        return situation.there();
    }

    String login() {
        return "chainloop auth login" + (there().browser() ? "" : " --skip-browser") + place();
    }

    String revoke(ApiToken token) {
        return "chainloop org api-token revoke --id " + (Form.isId(token.id()) ? Redaction.of(token.id(), "ID") : "ID")
                + org(token.organization().name()) + place();
    }

    String list() {
        Optional<String> demanded = situation.demand().organization();
        Optional<String> own = situation.evidence().used().organization();
        return "chainloop org api-token list --status all" + org(demanded.isPresent() ? demanded : own) + place();
    }

    /** Creates a token for a project and an organization, as far as they are named. */
    String create(String name, Optional<String> project, Optional<String> organization, String expiration) {
        return "chainloop org api-token create --name " + name
                + (project.isEmpty() ? "" : " --project " + name(project.get(), PROJECT))
                + org(organization) + " --expiration " + expiration + " -o token" + place();
    }

    /** A command that stores what another one prints, if that succeeds. */
    static String kept(String create, String store) {
        return "token=$(" + create + ") &&\n  " + store;
    }

    String of(String command) {
        return "chainloop " + command + place();
    }

    /** A name for a new token: that of the token at hand if it is free, else the next. */
    String name(boolean free) {
        Optional<ApiToken> api = situation.evidence().used().api();
        Optional<String> own = api.isPresent() ? api.get().name() : Optional.empty();
        if (own.isEmpty() || !Form.isLabel(own.get())) {
            return there().dependabot() ? "ci-dependabot" : "ci";
        }
        return free ? own.get() : successor(own.get());
    }

    private static String successor(String name) {
        int dash = name.lastIndexOf('-');
        String number = name.substring(dash + 1);
        boolean numbered = dash > 0 && number.length() < 4 && Form.isNumber(number);
        String stem = numbered ? name.substring(0, dash) : name;
        String end = "-" + (numbered ? Integer.parseInt(number) + 1 : 2);
        return stem.substring(0, Math.min(stem.length(), LONGEST_NAME - end.length())) + end;
    }

    private String org(Optional<String> name) {
        return name.isEmpty() ? "" : " --org " + name(name.get(), "ORG");
    }

    /** A name or an ID that can be no option and no other command. */
    private static String name(String word, String placeholder) {
        return Form.isId(word) ? Redaction.of(word, placeholder) : Form.isLabel(word) ? word : placeholder;
    }

    /**
     * The option that the CLI would not choose by itself: for the config file here, or, where somebody is logged in elsewhere,
     * for the control plane.
     */
    private String place() {
        if (situation.place().isAttended()) {
            return namedConfig();
        }
        Optional<String> host = host();
        return host.isEmpty() ? "" : " --control-plane " + ShellWord.of(host.get());
    }

    /** The control plane's address, unless it is the CLI's default or unknown; a placeholder if it is no address. */
    Optional<String> host() {
        Optional<Host> named = situation.evidence().seen().host();
        return named.isEmpty() || named.get().address().equals(Host.DEFAULT)
                ? Optional.empty()
                : Optional.of(named.get().isAddress() ? named.get().address() : "HOST:PORT");
    }

    /** The option for the config file that was looked at, unless the CLI reads that one anyway. */
    String namedConfig() {
        Optional<SourceReading> reading = situation.evidence().seen().reading(SourceKind.CONFIG);
        if (!situation.isHere() || reading.isEmpty() || there().config().isEmpty()) {
            return "";
        }
        String name = reading.get().origin().name();
        boolean own = there().config().get().toString().equals(name) || name.startsWith("$");
        return own ? "" : " --config " + (name.equals(Origin.NOT_FOUND) ? "FILE" : path(name));
    }

    /** The options that name the repository at GitHub, and whose secrets. */
    String repository() {
        return (there().dependabot() ? " --app dependabot" : "") + " --repo "
                + there().repository().orElse("OWNER/REPO");
    }

    /** A path as a shell word; under sudo the home folder is not the reader's. */
    String path(String path) {
        Optional<Path> home = there().sudo().isPresent() ? Optional.empty() : there().home();
        return Redaction.of(ShellWord.ofPath(path, home), "FILE");
    }
}
