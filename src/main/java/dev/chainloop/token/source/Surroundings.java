package dev.chainloop.token.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.chainloop.token.core.Form;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The place where the Chainloop CLI would run here, and what is known of it.
 *
 * @param repository GitHub's name of the repository, with the host unless that is github.com; empty if unknown
 * @param unprotected whether GitLab runs this for an unprotected branch, so that it gets no protected variables
 * @param fork whether this runs for a change from a fork, as GitHub or GitLab says, and so gets no secrets
 * @param dependabot whether this is GitHub's run for Dependabot, which gets its own secrets
 * @param variable what {@code $CHAINLOOP_TOKEN} is
 * @param store what a CI system without a place of its own calls the secret; empty for any other place
 * @param direnv whether direnv has set variables from a file that {@code $DIRENV_FILE} names
 * @param ownGithub whether GitHub runs on a host other than github.com; the CLI drops the federated tokens of such a host
 * @param canMint whether this is a GitHub job that may ask for a federated token
 * @param browser whether a login could open a browser, as far as the variables tell
 * @param shell what the reader's shell understands
 * @param sudo the user as whom somebody else runs this with {@code sudo}; empty if nobody does
 * @param config the config file that the CLI reads unless an option names another; empty when no home folder is known
 * @param configHome whether {@code XDG_CONFIG_HOME} names the folder for config files
 * @param configHomeIgnored whether it is set, but the CLI ignores it because it is not absolute
 */
public record Surroundings(
        Place place,
        Optional<String> repository,
        boolean unprotected,
        boolean fork,
        boolean dependabot,
        Variable variable,
        Optional<String> store,
        boolean direnv,
        boolean ownGithub,
        boolean canMint,
        boolean browser,
        ShellSyntax shell,
        Optional<String> sudo,
        Optional<Path> home,
        Optional<Path> config,
        boolean configHome,
        boolean configHomeIgnored) {

    public enum Variable {
        /** Of another place, of which nobody knows. */
        UNSEEN,
        UNSET,
        /** Set to an empty value, as CI systems do if a secret is missing. */
        EMPTY,
        /** Not empty; the token's variable then takes precedence over any login. */
        SET
    }

    /** The syntaxes of shells in which a plan has commands. */
    public enum ShellSyntax {
        POSIX,
        FISH,
        OTHER
    }

    /** A variable with a longer name is not mentioned: a name can be a token, too. */
    private static final int LONGEST_NAME = 40;

    private static final List<String> POSIX = List.of("sh", "bash", "dash", "zsh", "ash", "ksh", "mksh", "busybox");

    private static final String HTTPS = "https://";
    private static final String GITHUB = HTTPS + "github.com";

    /** A place other than this one; the variables here say nothing about it, but its log may show the token's. */
    public static Surroundings elsewhere(Place place, Variable shown) {
        return of(place, new Environment(Map.of(), false, new Machine()), shown);
    }

    /** What is known of the place that a user names: this one, or another of the kind. */
    public Surroundings in(Place named) {
        return named.isLike(place) ? this : elsewhere(named, Variable.UNSEEN);
    }

    static Surroundings of(Place place, Environment environment) {
        Variable unset = environment.get(Environment.CHAINLOOP_TOKEN).isPresent() ? Variable.EMPTY : Variable.UNSET;
        return of(place, environment, environment.isSet(Environment.CHAINLOOP_TOKEN) ? Variable.SET : unset);
    }

    private static Surroundings of(Place place, Environment environment, Variable variable) {
        boolean github = place == Place.GITHUB;
        String path = environment.nonEmpty("SHELL").orElse("sh");
        String shell = path.substring(path.lastIndexOf('/') + 1);
        String user = environment.get("USER").orElse("");
        return new Surroundings(
                place,
                github ? repository(environment) : Optional.empty(),
                place == Place.GITLAB
                        && environment.get("CI_COMMIT_REF_PROTECTED").equals(Optional.of("false")),
                isFork(place, environment),
                github && environment.get("GITHUB_ACTOR").equals(Optional.of("dependabot[bot]")),
                variable,
                place == Place.CI ? store(environment) : Optional.empty(),
                environment.isSet("DIRENV_FILE"),
                github && isOwnGithub(environment),
                canMint(environment),
                place != Place.SSH || environment.isSet("DISPLAY") || environment.isSet("WAYLAND_DISPLAY"),
                POSIX.contains(shell) ? ShellSyntax.POSIX : shell.equals("fish") ? ShellSyntax.FISH : ShellSyntax.OTHER,
                environment.isSet("SUDO_USER") ? Optional.of(Form.isLabel(user) ? user : "root") : Optional.empty(),
                environment.home(),
                environment.configFile(),
                environment.isSet("XDG_CONFIG_HOME") && !environment.ignoresConfigHome(),
                environment.ignoresConfigHome());
    }

    public boolean variableSet() {
        return variable == Variable.SET;
    }

    public boolean posix() {
        return shell == ShellSyntax.POSIX;
    }

    private static boolean canMint(Environment environment) {
        return environment.isSet("CI")
                && environment.isSet("GITHUB_REPOSITORY")
                && environment.isSet("GITHUB_RUN_ID")
                && environment.isSet("ACTIONS_ID_TOKEN_REQUEST_URL")
                && environment.isSet("ACTIONS_ID_TOKEN_REQUEST_TOKEN")
                && !isOwnGithub(environment);
    }

    private static Optional<String> store(Environment environment) {
        if (environment.isSet("BITBUCKET_BUILD_NUMBER")) {
            return Optional.of("the variable CHAINLOOP_TOKEN (Repository settings > Repository variables)");
        }
        if (environment.isSet("BUILDKITE")) {
            return Optional.of("the Buildkite secret CHAINLOOP_TOKEN (or in the agent's environment hook)");
        }
        return environment.isSet("DRONE") ? Optional.of("the repository's secret CHAINLOOP_TOKEN") : Optional.empty();
    }

    private static boolean isOwnGithub(Environment environment) {
        return !environment.nonEmpty("GITHUB_SERVER_URL").orElse(GITHUB).equals(GITHUB);
    }

    private static Optional<String> repository(Environment environment) {
        String repository = environment.get("GITHUB_REPOSITORY").orElse("");
        String server = environment.get("GITHUB_SERVER_URL").orElse("");
        String host = server.startsWith(HTTPS) ? server.substring(HTTPS.length()) : "";
        boolean known = server.isEmpty() || Form.isHost(host) || Form.isAddress(host);
        if (!known || !Form.isRepository(repository)) {
            return Optional.empty();
        }
        // Without a host, `gh` would store the secret at github.com.
        boolean usual = host.isEmpty() || host.equals("github.com");
        return Optional.of(usual ? repository : host + "/" + repository);
    }

    private static boolean isFork(Place place, Environment environment) {
        if (place == Place.GITLAB) {
            // A fork's change may run in the parent project, with its variables.
            Optional<String> parent = environment.get("CI_MERGE_REQUEST_PROJECT_ID");
            return parent.isPresent() && !parent.equals(environment.get("CI_PROJECT_ID"));
        }
        // GitHub says it in the event's file, and passes secrets to such a run if the event is pull_request_target.
        Optional<String> path = environment.nonEmpty("GITHUB_EVENT_PATH");
        boolean asked = environment.get("GITHUB_EVENT_NAME").equals(Optional.of("pull_request"));
        if (place != Place.GITHUB || path.isEmpty() || !asked) {
            return false;
        }
        String event = environment.machine().read(path.get()).orElse("");
        Optional<String> head = text(event, "/pull_request/head/repo/full_name");
        return head.isPresent() && !head.equals(environment.get("GITHUB_REPOSITORY"));
    }

    /** The string at a JSON Pointer (RFC 6901). */
    private static Optional<String> text(String json, String pointer) {
        int depth = pointer.split("/").length - 1;
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                // The depth is compared first, because the pointer of a deeply nested value takes long.
                if (parser.currentToken() == JsonToken.VALUE_STRING
                        && parser.getParsingContext().getNestingDepth() == depth
                        && parser.getParsingContext().pathAsPointer().toString().equals(pointer)) {
                    return Optional.of(parser.getText());
                }
            }
        } catch (IOException e) {
            // Then nothing is known.
        }
        return Optional.empty();
    }

    /** Whether no variable names a home folder, nor a folder for config files. */
    public boolean homeUnknown() {
        return home.isEmpty() && !configHome;
    }

    /** The variables that hold what looks like a JWT but that neither the CLI nor this tool reads. */
    static List<SourceReading.Found> strays(Environment environment) {
        List<SourceReading.Found> strays = new ArrayList<>();
        for (String name : new TreeSet<>(environment.variables().keySet())) {
            String value = environment.get(name).orElse("");
            boolean read = name.length() > LONGEST_NAME
                    || name.equals(Environment.CHAINLOOP_TOKEN)
                    || (name.equals(Environment.GITLAB_OIDC) && environment.isSet("GITLAB_CI"));
            if (!read && looksLikeJwt(value)) {
                strays.add(new SourceReading.Found(new Origin(SourceKind.ENVIRONMENT, name), value));
            }
        }
        return strays;
    }

    /** Whether it looks like a JWT: an object in base64url begins like this, and two dots separate three segments. */
    private static boolean looksLikeJwt(String value) {
        int start = value.indexOf("eyJ");
        int first = start < 0 || start > 40 || value.length() > 20_000 ? -1 : value.indexOf('.', start);
        return first > 0 && value.indexOf('.', first + 1) > 0;
    }
}
