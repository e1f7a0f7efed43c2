package dev.chainloop.token.source;

import dev.chainloop.token.core.Form;
import dev.chainloop.token.source.Environment.Platform;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The place where the Chainloop CLI would run here, and what is known of it. */
public final class Surroundings {
    /** A variable with a longer name is not mentioned: a name can be a token, too. */
    private static final int LONGEST_NAME = 40;

    /** Where each pod finds the name of its namespace. */
    private static final String NAMESPACE = "/var/run/secrets/kubernetes.io/serviceaccount/namespace";

    /** A class of its own, so that a run that needs none does not load the machinery of patterns. */
    private static final class Patterns {
        static final Pattern UNIT = Pattern.compile("[A-Za-z0-9:_.@-]+");

        /** A name, a hash of its template, and a random end, both in the letters of Kubernetes; a CronJob has digits there. */
        static final Pattern DEPLOYMENT =
                Pattern.compile("^([a-z0-9]([a-z0-9.-]*[a-z0-9])?)-(?=[0-9]*[a-z])[bcdfghjklmnpqrstvwxz2456789]{6,10}"
                        + "-[bcdfghjklmnpqrstvwxz2456789]{5}");

        static final Pattern CRONJOB =
                Pattern.compile("([a-z0-9][a-z0-9.-]{0,51})-\\d{8}-[bcdfghjklmnpqrstvwxz2456789]{5}");

        static final Pattern ADDRESS = Pattern.compile("https?://[A-Za-z0-9][A-Za-z0-9.-]{0,120}(:\\d{1,5})?");

        static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,40}");
        static final Pattern ASSIGNMENT =
                Pattern.compile("(?m)^[ \\t]*(export[ \\t]+|set[ \\t]+(-\\w+[ \\t]+)+)?CHAINLOOP_TOKEN[= \\t]");
    }

    /** The folders in which places mount secrets as files; a name without a slash is the variable that names one. */
    private static final List<String> MOUNTS = List.of(
            "CREDENTIALS_DIRECTORY", "NOMAD_SECRETS_DIR", "/run/secrets", "/vault/secrets", "/mnt/secrets-store");

    private static final int MOST_FILES = 20;
    private static final int LONGEST_FILE = 20_000;

    /** How many ancestors are asked for what a shell was started by. */
    private static final int NEAR = 4;

    /** Null until somebody asks: a token in order needs no more than what variables tell. */
    private @Nullable Place place;

    private final Environment environment;
    private final boolean redacted;

    private Surroundings(@Nullable Place place, Environment environment, boolean redacted) {
        this.place = place;
        this.environment = environment;
        this.redacted = redacted;
    }

    /** For one token of many, where nothing is known about the place of its use. */
    public static Surroundings unknown(boolean redacted) {
        return redacted ? Unknown.REDACTED : Unknown.PLAIN;
    }

    /** A class of its own, so that a run on one token does not load it. */
    private static final class Unknown {
        private static final Environment NONE = new Environment(Map.of(), Platform.LINUX);
        private static final Surroundings PLAIN = new Surroundings(Place.TERMINAL, NONE, false);
        private static final Surroundings REDACTED = new Surroundings(Place.TERMINAL, NONE, true);
    }

    /** Where this runs. */
    public static Surroundings of(Environment environment, boolean redacted) {
        return new Surroundings(null, environment, redacted);
    }

    /** The same place, where {@code $CHAINLOOP_TOKEN} is not set. */
    public Surroundings withoutVariable() {
        Map<String, String> others = new HashMap<>(environment.variables());
        others.remove(Environment.CHAINLOOP_TOKEN);
        Environment other = new Environment(others, environment.platform(), environment.machine());
        return new Surroundings(place, other, redacted);
    }

    public Place place() {
        Place known = place;
        if (known == null) {
            known = Place.of(environment);
            place = known;
        }
        return known;
    }

    /** Whether a person is there, or starts what runs there, and so can log in again. */
    public boolean isStartedByPerson() {
        return place().isAttended() || place() == Place.REMOTE || place() == Place.HOOK || isStartedAtTerminal();
    }

    /** Whether a person's own command runs this on this machine, so that a login at another terminal of theirs serves it. */
    public boolean isOfPersonsCommand() {
        boolean ofServer =
                ancestors().stream().anyMatch(name -> name.startsWith("sshd") || name.startsWith("git-receive"));
        return (place() == Place.HOOK && !ofServer) || isStartedAtTerminal();
    }

    private boolean isStartedAtTerminal() {
        boolean tool = place() == Place.TOX || place() == Place.TURBO || place() == Place.TERRAFORM;
        return tool && (environment.machine().attended() || keeper().isPresent());
    }

    /** Whether the output is for the public: no IDs and no paths in commands. */
    public boolean redacted() {
        return redacted;
    }

    /** GitHub's name of the repository, {@code owner/name}; empty elsewhere, and when it is none. */
    public String repository() {
        String named = environment.get("GITHUB_REPOSITORY").orElse("");
        return place() == Place.GITHUB && Form.isRepository(named) ? named : "";
    }

    /** Whether this runs for a change from a fork, as its CI system says, and so gets no secrets. */
    public boolean fork() {
        return place().isFork(environment);
    }

    /** What to do if the token may be there already, less what a variable shows to be done; empty for nothing. */
    public String perhapsDo() {
        return place().perhapsDo(environment);
    }

    /** Whether this is GitHub's run for Dependabot, which gets secrets of its own. */
    public boolean dependabot() {
        return place() == Place.GITHUB && environment.get("GITHUB_ACTOR").equals(Optional.of("dependabot[bot]"));
    }

    /** Whether GitHub made this runner for the one job. */
    public boolean runnerIsThrownAway() {
        return environment.get("RUNNER_ENVIRONMENT").equals(Optional.of("github-hosted"));
    }

    /** Whether a variable is set, if only to nothing. */
    public boolean sets(String name) {
        return environment.get(name).isPresent();
    }

    /** Whether Codex runs this in a sandbox without network, as its variable says. */
    public boolean inAgentsSandbox() {
        return environment.get("CODEX_SANDBOX_NETWORK_DISABLED").equals(Optional.of("1"));
    }

    /** The variable of two names for one that has a value here, the first before the other. */
    public Optional<String> either(String name, String other) {
        return environment.isSet(name) ? Optional.of(name) : Optional.of(other).filter(environment::isSet);
    }

    /** The value of a variable that is no secret, if a command or a line can have it and it may be shown. */
    public Optional<String> shown(String variable) {
        return environment.nonEmpty(variable).filter(value -> !redacted && Form.isPlain(value));
    }

    /** Whether {@code $CHAINLOOP_TOKEN} is not empty, and so wins over any login. */
    public boolean variableSet() {
        return environment.isSet(Environment.CHAINLOOP_TOKEN);
    }

    /** Whether it is set, but to nothing, as CI systems set it when a secret is missing. */
    public boolean variableEmpty() {
        return environment.get(Environment.CHAINLOOP_TOKEN).equals(Optional.of(""));
    }

    /** Whether this is a GitHub job in which the Chainloop CLI requests a token. */
    public boolean canMint() {
        return canMint(environment);
    }

    /** The same of an environment. */
    public static boolean canMint(Environment environment) {
        return Grant.GITHUB.isWhole(environment);
    }

    /** The CI provider's token that was granted to the job, where the CLI cannot see that. */
    public Optional<Grant.Part> partialGrant() {
        return Grant.part(environment);
    }

    /** The lines in startup files of shells that set {@code $CHAINLOOP_TOKEN}; read at each call. */
    public List<Startup.Assignment> assignments() {
        return Startup.assignments(environment);
    }

    /** The line of another program's file that sets {@code $CHAINLOOP_TOKEN} to a value; read at each call. */
    public Optional<SettingFile.Line> setting(String value) {
        return SettingFile.setting(value, environment);
    }

    /** The lines in files of the project here that set {@code $CHAINLOOP_TOKEN} once they are loaded; read at each call. */
    public List<ProjectFile.Line> projectLines() {
        return ProjectFile.lines(environment);
    }

    /** The folder here, as the shell names it; empty when it does not. */
    public String workingFolder() {
        return environment.get("PWD").orElse("");
    }

    /** Whether a login could open a browser, as far as the variables tell. */
    public boolean browser() {
        return !place().isAway() || environment.isSet("DISPLAY") || environment.isSet("WAYLAND_DISPLAY");
    }

    /** The address of Vault that a variable names, if it can be pasted and shown. */
    public Optional<String> vault() {
        return environment
                .nonEmpty("VAULT_ADDR")
                .filter(address -> Patterns.ADDRESS.matcher(address).matches());
    }

    /** Whether make runs this. */
    public boolean make() {
        return environment.isSet("MAKELEVEL");
    }

    /** The profile that the AWS CLI uses here. */
    public Optional<String> awsProfile() {
        return environment.get("AWS_PROFILE");
    }

    /** Whether this is Linux within Windows. */
    public boolean wsl() {
        return environment.isSet("WSL_DISTRO_NAME");
    }

    /** Whether this is Windows itself, for which there is no Chainloop CLI. */
    public boolean onWindows() {
        return environment.platform() == Platform.WINDOWS;
    }

    /** The names of the processes that started this one, nearest first. */
    public List<String> ancestors() {
        return environment.machine().ancestors();
    }

    /** The name of the shell that a login starts, which need not be the one that runs; empty when unknown. */
    public String loginShell() {
        String shell = environment.get("SHELL").orElse("");
        return shell.substring(shell.lastIndexOf('/') + 1);
    }

    /** Whether this is a service of a user's own systemd. */
    public boolean userUnit() {
        return environment.isSet("MANAGERPID");
    }

    /** The systemd service that this is a part of; empty when it is none, or has an odd name. */
    public Optional<String> unit() {
        return Optional.of(Sign.unit(environment))
                .filter(name -> Patterns.UNIT.matcher(name).matches());
    }

    /** The Deployment that this pod is of, as its name tells; empty for other pods. */
    public Optional<String> deployment() {
        return deployment(environment.get("HOSTNAME").orElse(""));
    }

    /** The Deployment that a pod is of, as its name tells; empty for other pods. */
    static Optional<String> deployment(String pod) {
        Matcher name = Patterns.DEPLOYMENT.matcher(pod);
        return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
    }

    /** The CronJob that a pod is of, as its name tells, by the minute of its start. */
    static Optional<String> cronJob(String pod) {
        Matcher name = Patterns.CRONJOB.matcher(pod);
        return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
    }

    /** What the place here is called, as far as it tells. */
    public Map<PlaceName, String> names() {
        Map<PlaceName, String> names = new EnumMap<>(PlaceName.class);
        names.putAll(place().names(environment));
        unit().ifPresent(unit -> names.put(PlaceName.UNIT, unit));
        deployment().ifPresent(deployment -> names.put(PlaceName.DEPLOYMENT, deployment));
        environment
                .machine()
                .read(NAMESPACE)
                .map(String::strip)
                .filter(namespace -> place().isOfKubernetes() && Form.isLabel(namespace))
                .ifPresent(namespace -> names.put(PlaceName.NAMESPACE, namespace));
        switch (environment.platform()) {
            case MACOS -> names.put(PlaceName.SYSTEM, "macOS");
            case WINDOWS -> names.put(PlaceName.SYSTEM, "Windows");
            case LINUX -> names.put(PlaceName.SYSTEM, "Linux");
        }
        return names;
    }

    /** Whether that is a name of the user as whom this runs, or who started it. */
    boolean isUser(String name) {
        return name.equals(user())
                || sudo().equals(Optional.of(name))
                || home().map(Path::getFileName)
                        .filter(folder -> folder.toString().equals(name))
                        .isPresent();
    }

    /** Whether that is a name of this machine, with or without its domain; empty where its own is not known. */
    Optional<Boolean> isHost(String name) {
        return environment
                .machine()
                .read("/proc/sys/kernel/hostname")
                .map(own -> first(own.strip()).equalsIgnoreCase(first(name)));
    }

    private static String first(String host) {
        int dot = host.indexOf('.');
        return dot < 0 ? host : host.substring(0, dot);
    }

    /** The program that wanted this to run; empty when unknown. */
    public Optional<String> starter() {
        return Sign.starter(environment);
    }

    /** The container at whose terminal a person is; empty elsewhere. */
    public Optional<Place> attendedContainer() {
        return place() == Place.SSH && environment.isContainer()
                ? Optional.of(Place.container(environment))
                : Optional.empty();
    }

    /** Whether this was started in a container that runs already. */
    public boolean entered() {
        return environment.isContainer() && environment.machine().entered();
    }

    /** The user who ran this by {@code sudo}; empty when nobody did. */
    public Optional<String> sudo() {
        return environment.nonEmpty("SUDO_USER");
    }

    /** The user as whom this runs, as the variables say. */
    public String user() {
        return environment
                .nonEmpty("USER")
                .or(() -> environment.nonEmpty("LOGNAME"))
                .orElse("root");
    }

    /** Whether {@code su} started this shell. */
    public boolean su() {
        return environment.machine().ancestors().stream().limit(NEAR).anyMatch("su"::equals);
    }

    /** The Nix shell that this is in, {@code pure} or {@code impure}; empty for none. */
    public String nixShell() {
        return environment.get("IN_NIX_SHELL").orElse("");
    }

    /** The nearest program that keeps the variables that it was started with; empty for none. */
    public Optional<Keeper> keeper() {
        return Keeper.of(environment);
    }

    /** Whether this is a CI system's run for a proposed change, which may get fewer secrets. */
    public boolean change() {
        return place().isChange(environment);
    }

    /** Whether the config file that exists cannot be written. */
    public boolean readOnly(String file) {
        return !environment.machine().writable(Path.of(file));
    }

    /** Whether the permissions of a file can be changed. */
    public boolean owns(String file) {
        return environment.machine().owns(Path.of(file));
    }

    public Optional<Path> home() {
        return environment.home();
    }

    /** The config file that the CLI reads unless an option names another; empty when no home folder is known. */
    public Optional<Path> config() {
        return environment.configFile();
    }

    /** The authority that the CLI trusts here, by a variable or the config file. */
    public Optional<Authority> authority(ConfigReading config) {
        return Authority.of(environment, config);
    }

    /** The artifact store that the CLI uploads to here. */
    public Host store(ConfigReading config) {
        return Host.ofStore(environment, config);
    }

    /** Whether {@code XDG_CONFIG_HOME} names the folder for config files. */
    public boolean configHome() {
        return environment.isSet("XDG_CONFIG_HOME") && !environment.ignoresConfigHome();
    }

    /** Whether it is set, and the CLI ignores it, as it is not absolute. */
    public boolean configHomeIgnored() {
        return environment.ignoresConfigHome();
    }

    /** The home folder of the user as whom this runs, where {@code HOME} names another; empty elsewhere, and when unknown. */
    public Optional<String> ownHome() {
        return environment
                .machine()
                .home()
                .filter(own -> own.startsWith("/"))
                .filter(own -> environment
                        .nonEmpty("HOME")
                        .filter(named -> !Path.of(named).equals(Path.of(own)))
                        .isPresent());
    }

    /** Whether no variable names a home folder, nor a folder for config files. */
    public boolean homeUnknown() {
        return home().isEmpty() && !configHome();
    }

    /**
     * The variables that hold what looks like a JWT but that neither the CLI nor this tool reads.
     *
     * @param mounted whether the files count, too, that the place mounts for its secrets
     */
    public static List<Look.Found> strays(Environment environment, boolean mounted) {
        List<Look.Found> strays = new ArrayList<>();
        for (String name : new TreeSet<>(environment.variables().keySet())) {
            String value = environment.get(name).orElse("");
            boolean read = name.length() > LONGEST_NAME
                    || name.equals(Environment.CHAINLOOP_TOKEN)
                    || (name.equals(Environment.GITLAB_OIDC) && environment.isSet("GITLAB_CI"));
            if (!read && looksLikeJwt(value)) {
                Cleaned cleaned = Cleaned.of(value);
                if (cleaned.wrapped() == null) {
                    strays.add(new Look.Found(new Origin(SourceKind.ENVIRONMENT, name), cleaned));
                }
            }
        }
        for (String name : new TreeSet<>(environment.variables().keySet())) {
            if (Environment.namesTokenFile(name)) {
                fileInVariable(environment, name).ifPresent(strays::add);
            }
        }
        if (mounted) {
            for (String folder : MOUNTS) {
                for (Look.Found file : mounted(environment, folder)) {
                    if (strays.stream().noneMatch(known -> known.secret().equals(file.secret()))) {
                        strays.add(file);
                    }
                }
            }
        }
        return strays;
    }

    /** The tokens in the files of a folder for secrets, each alone or in lines that assign variables. */
    private static List<Look.Found> mounted(Environment environment, String folder) {
        String path = folder.startsWith("/") ? folder : environment.get(folder).orElse("");
        List<Look.Found> found = new ArrayList<>();
        List<String> names = path.startsWith("/") ? environment.machine().files(path) : List.of();
        for (String name : names.subList(0, Math.min(names.size(), MOST_FILES))) {
            String text = environment.machine().read(path + "/" + name).orElse("");
            boolean read =
                    text.length() <= LONGEST_FILE && Patterns.FILE.matcher(name).matches();
            String token = read && text.contains("eyJ") ? Cleaned.of(text).text() : "";
            if (looksLikeJwt(token)) {
                found.add(new Look.Found(new Origin(SourceKind.ENVIRONMENT, folder + "/" + name), Cleaned.of(token)));
            }
        }
        return found;
    }

    /** Whether a file assigns the token's variable, in a shell's words. */
    public boolean assigns(String path) {
        return Patterns.ASSIGNMENT
                .matcher(environment.machine().read(path).orElse(""))
                .find();
    }

    /** The same of a file that the place mounts. */
    public boolean assigns(Origin mounted) {
        int end = mounted.name().indexOf('/');
        return assigns(environment.get(mounted.name().substring(0, end)).orElse("")
                + mounted.name().substring(end));
    }

    /** The script that the place runs before a job, if that sets the token's variable: its path as a shell names it. */
    public Optional<String> assigningScript() {
        Origin script = new Origin(SourceKind.ENVIRONMENT, place().assignedIn());
        return script.isMounted() && assigns(script) ? Optional.of(script.path()) : Optional.empty();
    }

    /** The token in the file that a variable such as {@code CHAINLOOP_TOKEN_FILE} names; a shell drops its line end. */
    private static Optional<Look.Found> fileInVariable(Environment environment, String name) {
        return environment
                .nonEmpty(name)
                .filter(path -> !looksLikeJwt(path) && path.indexOf('\0') < 0 && !path.startsWith(Machine.PROC))
                .flatMap(environment.machine()::read)
                .filter(text -> text.length() <= LONGEST_FILE)
                .map(text -> Cleaned.of(text.stripTrailing()))
                .filter(cleaned -> looksLikeJwt(cleaned.text()))
                .map(cleaned -> new Look.Found(new Origin(SourceKind.ENVIRONMENT, name), cleaned));
    }

    /** Whether it looks like a JWT: an object in base64url begins like this, and two dots separate three segments. */
    private static boolean looksLikeJwt(String value) {
        int start = value.indexOf("eyJ");
        int first = start < 0 || start > 40 || value.length() > 20_000 ? -1 : value.indexOf('.', start);
        return first > 0 && value.indexOf('.', first + 1) > 0;
    }
}
