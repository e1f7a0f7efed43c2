package dev.chainloop.token.advice;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Redaction;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.SourceReading;
import dev.chainloop.token.source.Surroundings;
import dev.chainloop.token.source.Surroundings.ShellSyntax;
import dev.chainloop.token.source.Surroundings.Variable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The Chainloop CLI's commands as they can be pasted, with the flags that they need; their names are those of its
 * reference. Besides constants, they hold names and IDs of the token at hand, if they are labels or UUIDs, the address in
 * use, and paths that were looked at. A word that only the reader knows is a placeholder of {@link Step}.
 */
record Commands(PlanContext facts, Cure cure, SecretStore secrets) {
    /** Before a command that the variable must not reach. */
    static final String WITHOUT_VARIABLE = "CHAINLOOP_TOKEN= ";

    /** A project whose name only the reader knows. */
    static final String PROJECT = "PROJECT";

    private static final int LONGEST_NAME = 63;

    private Surroundings there() {
        return facts.there();
    }

    String login() {
        return "chainloop auth login" + (there().browser() ? "" : " --skip-browser") + place();
    }

    String revoke(ApiToken token) {
        return "chainloop org api-token revoke --id " + (Form.isId(token.id()) ? Redaction.of(token.id(), "ID") : "ID")
                + org(token.organization().name()) + place();
    }

    String list() {
        Optional<String> demanded = facts.wanted().organization();
        Optional<String> own = facts.evidence().used().organization();
        return "chainloop org api-token list --status all" + org(demanded.isPresent() ? demanded : own) + place();
    }

    /** Asks about the token at hand: without options, that is the one that the CLI sends. */
    String ask() {
        Optional<Origin> origin = facts.used().origin();
        boolean source = facts.evidence().inputs().asked()
                && origin.isPresent()
                && namedConfig().isEmpty();
        return "chainloop-token ask" + namedConfig()
                + (source ? " --source " + origin.get().kind().word() : "");
    }

    /** Creates a token for a project and an organization, as far as they are named. */
    String create(String name, Optional<String> project, Optional<String> organization) {
        return withoutVariable("chainloop org api-token create --name " + name
                + (project.isEmpty() ? "" : " --project " + name(project.get(), PROJECT))
                + org(organization) + " --expiration " + facts.wanted().expiration() + " -o token" + place());
    }

    String of(String command) {
        return "chainloop " + command + place();
    }

    /** A name for a new token: the name of the token at hand if it is free, else the next name. */
    String name(boolean free) {
        Optional<ApiToken> api = facts.evidence().used().api();
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

    /** A name or an ID that cannot be an option or another command. */
    private static String name(String word, String placeholder) {
        return Form.isId(word) ? Redaction.of(word, placeholder) : Form.isLabel(word) ? word : placeholder;
    }

    /**
     * The option that the CLI would not choose by itself: for the config file here, or, if somebody is logged in elsewhere,
     * for the control plane.
     */
    private String place() {
        if (facts.hasPerson()) {
            return namedConfig();
        }
        Optional<String> host = host();
        return host.isEmpty() ? "" : " --control-plane " + ShellWord.of(host.get());
    }

    /** The control plane's address, unless it is the CLI's default or unknown; a placeholder if it is not an address. */
    Optional<String> host() {
        Optional<Host> named = facts.evidence().inputs().host();
        return named.isEmpty() || named.get().address().equals(Host.DEFAULT)
                ? Optional.empty()
                : Optional.of(named.get().isAddress() ? named.get().address() : "HOST:PORT");
    }

    /** The option for the config file that was looked at, unless the CLI reads that one anyway. */
    String namedConfig() {
        Optional<SourceReading> reading = facts.evidence().inputs().reading(SourceKind.CONFIG);
        if (!facts.isHere() || reading.isEmpty()) {
            return "";
        }
        String name = reading.get().origin().name();
        Optional<Path> config = there().config();
        boolean own = (config.isPresent() && config.get().toString().equals(name)) || name.startsWith("$");
        return own ? "" : " --config " + (name.equals(Origin.NOT_FOUND) ? "FILE" : path(name));
    }

    /** The options that name the repository at GitHub, and whose secrets. */
    String repository() {
        return (there().dependabot() ? " --app dependabot" : "") + " --repo "
                + there().repository().orElse("OWNER/REPO");
    }

    // ---------- the variable

    /** Whether it is left as it is: its token still works, or is not the one at hand. */
    boolean staysInUse() {
        boolean beside = cure == Cure.USE_IN_SCOPE || cure == Cure.USE_OWN_PROJECT || cure == Cure.WIDEN_SCOPE;
        return facts.tokenWorks() || facts.isKeptElsewhere() || beside;
    }

    /** A command for the login: without the variable, which would take precedence, if the shell that runs it still has it. */
    String withoutVariable(String command) {
        Surroundings reader = facts.evidence().here();
        // Both get the variable of the machine that starts them.
        boolean handed = facts.place() == Place.CONTAINER || facts.place() == Place.DAGGER;
        boolean stillSet =
                facts.hasPerson() ? staysInUse() : handed || reader.place().isAttended();
        return stillSet && reader.variableSet() ? WITHOUT_VARIABLE + command : command;
    }

    /** Commands after the removal of a variable from the reader's shell, if a command can do that. */
    String[] unset(String variable, String... commands) {
        List<String> run = new ArrayList<>(List.of(commands));
        if (facts.hasPerson() && there().shell() != ShellSyntax.OTHER) {
            run.add(0, (there().shell() == ShellSyntax.FISH ? "set -e " : "unset ") + variable);
        }
        return run.toArray(commands);
    }

    // ---------- where the token is kept

    /** A command that prints a token, and stores it if a command can do that. */
    String stored(String command) {
        Optional<String> store = store();
        return store.isEmpty() ? command : "token=$(" + command + ") &&\n  " + store.get();
    }

    /** Stores the shell's {@code $token}, and has it read; empty if a person does it. */
    Optional<String> store() {
        String store = isFirst() ? secrets.first() : secrets.again();
        if (store.isEmpty() || facts.isKeptElsewhere() || !there().posix()) {
            return Optional.empty();
        }
        boolean restarts = !isFirst() && !secrets.restart().isEmpty();
        return Optional.of(store
                + (facts.place() == Place.GITHUB ? repository() : "")
                + (restarts ? " &&\n  " + secrets.restart() : ""));
    }

    /** What a person does with the command's output if no command stores it. */
    String storing() {
        if (facts.isKeptElsewhere()) {
            return "; store the output in place of the old token";
        }
        if (store().isPresent()) {
            boolean kept = facts.hasPerson() && there().variableSet() && facts.tokenWorks();
            return kept ? "; also store it wherever CHAINLOOP_TOKEN is set" : "";
        }
        if (facts.hasPerson()) {
            return "; set CHAINLOOP_TOKEN to the output";
        }
        return "; store the output as " + secrets.kept()
                + (secrets.restart().isEmpty() ? "" : ", then run `" + secrets.restart() + "`");
    }

    /** Whether nothing is stored yet that the new value replaces. */
    boolean isFirst() {
        // What runs here may have got a stored value that was empty when it started.
        boolean named = there().variable() == Variable.EMPTY;
        // The job itself sets it to a token that its provider made.
        boolean provided = facts.isHere() && facts.used().issuer().orElse("").startsWith("http");
        return provided || (!named && (cure.isOfNoValue() || (facts.isHere() && !there().variableSet())));
    }

    // ---------- words

    /** A path as a shell word; under sudo the home folder is not the reader's. */
    String path(String path) {
        Optional<Path> home = there().sudo().isPresent() ? Optional.empty() : there().home();
        return Redaction.of(ShellWord.ofPath(path, home), "FILE");
    }
}
