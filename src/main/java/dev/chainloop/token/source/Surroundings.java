package dev.chainloop.token.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The environment that the Chainloop CLI would run in here, which decides which remedies are possible.
 *
 * @param ci the CI system that runs this, if any
 * @param repository GitHub's name of the repository, {@code owner/name}; empty elsewhere
 * @param variableSet whether {@code $CHAINLOOP_TOKEN} is not empty, and so wins over any login
 * @param variableEmpty whether it is set, but to nothing, as CI systems set it when a secret is missing
 * @param canMint whether this is a GitHub job that may ask for a federated token
 * @param browser whether a login could open a browser, as far as the variables tell
 * @param sudo the user who ran this by {@code sudo}; empty when nobody did
 * @param home the home folder, for paths as words of a shell
 * @param config the config file that the CLI reads unless an option names another; empty when no home folder is known
 * @param homeUnknown whether the variable that names the home folder is missing
 * @param configHome whether {@code XDG_CONFIG_HOME} names the folder for config files
 * @param redacted whether the output is for the public: no names, ids and paths in commands
 */
public record Surroundings(
        Optional<CiSystem> ci,
        String repository,
        boolean variableSet,
        boolean variableEmpty,
        boolean canMint,
        boolean browser,
        Optional<String> sudo,
        Optional<Path> home,
        Optional<Path> config,
        boolean homeUnknown,
        boolean configHome,
        boolean redacted) {

    private static final String CHAINLOOP_TOKEN = Environment.CHAINLOOP_TOKEN;

    /**
     * CI systems, each with the variable that it sets in its jobs. The first variable that is set decides; the generic one
     * comes last.
     */
    public enum CiSystem {
        GITHUB("GITHUB_ACTIONS", "GitHub Actions"),
        GITLAB("GITLAB_CI", "GitLab CI"),
        AZURE("TF_BUILD", "Azure Pipelines"),
        JENKINS("JENKINS_URL", "Jenkins"),
        CIRCLECI("CIRCLECI", "CircleCI"),
        TEAMCITY("TEAMCITY_VERSION", "TeamCity"),
        BUILDKITE("BUILDKITE", "Buildkite"),
        BITBUCKET("BITBUCKET_BUILD_NUMBER", "Bitbucket Pipelines"),
        TRAVIS("TRAVIS", "Travis CI"),
        OTHER("CI", "a CI system");

        private final String variable;
        private final String title;

        CiSystem(String variable, String title) {
            this.variable = variable;
            this.title = title;
        }

        /** The CI system that runs this process, judging by its variables. */
        static Optional<CiSystem> of(Environment environment) {
            for (CiSystem system : values()) {
                String value = environment.get(system.variable).orElse("");
                if (!value.isEmpty() && !value.equalsIgnoreCase("false")) {
                    return Optional.of(system);
                }
            }
            return Optional.empty();
        }

        /** Its name. */
        public String title() {
            return title;
        }
    }

    /** For one token of many, where nothing is known about the place of its use. */
    public static Surroundings unknown(boolean redacted) {
        return new Surroundings(
                Optional.empty(),
                "",
                false,
                false,
                false,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                redacted);
    }

    /** Where this runs, by its variables. */
    public static Surroundings of(Environment environment, boolean redacted) {
        Optional<CiSystem> ci = CiSystem.of(environment);
        return new Surroundings(
                ci,
                ci.isPresent() && ci.get() == CiSystem.GITHUB
                        ? environment.get("GITHUB_REPOSITORY").orElse("")
                        : "",
                environment.isSet(CHAINLOOP_TOKEN),
                environment.get(CHAINLOOP_TOKEN).isPresent() && !environment.isSet(CHAINLOOP_TOKEN),
                environment.isSet("ACTIONS_ID_TOKEN_REQUEST_URL")
                        && environment.isSet("ACTIONS_ID_TOKEN_REQUEST_TOKEN"),
                hasBrowser(environment),
                environment.nonEmpty("SUDO_USER"),
                environment.home(),
                environment.configFile(),
                environment.configFile().isEmpty(),
                environment.isSet("XDG_CONFIG_HOME"),
                redacted);
    }

    /** Over a secure shell without a display there is none; elsewhere the CLI finds one, or says that it cannot. */
    private static boolean hasBrowser(Environment environment) {
        boolean remote = environment.isSet("SSH_CONNECTION") || environment.isSet("SSH_TTY");
        return !remote || environment.isSet("DISPLAY") || environment.isSet("WAYLAND_DISPLAY");
    }

    /** Whether this is the job of a CI system. */
    public boolean isIn(CiSystem system) {
        return ci.isPresent() && ci.get() == system;
    }

    /**
     * The variables that hold what looks like a JWT but that neither the CLI nor this tool reads.
     *
     * @return each with its text, as a source is looked at
     */
    public static List<Look.Found> strays(Environment environment) {
        List<Look.Found> strays = new ArrayList<>();
        for (String name : environment.names()) {
            String value = environment.get(name).orElse("");
            if (!isRead(name, environment) && looksLikeJwt(value)) {
                strays.add(new Look.Found(new Origin(SourceKind.ENVIRONMENT, name), Cleaned.of(value)));
            }
        }
        return strays;
    }

    private static boolean isRead(String name, Environment environment) {
        return name.equals(CHAINLOOP_TOKEN) || (name.equals(Environment.GITLAB_OIDC) && environment.isSet("GITLAB_CI"));
    }

    /** Whether it looks like a JWT: an object in base64url begins like this, and two dots separate three segments. */
    private static boolean looksLikeJwt(String value) {
        int start = value.indexOf("eyJ");
        if (start < 0 || start > 40 || value.length() > 20_000) {
            return false;
        }
        int first = value.indexOf('.', start);
        return first > 0 && value.indexOf('.', first + 1) > 0;
    }
}
