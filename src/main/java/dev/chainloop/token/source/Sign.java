package dev.chainloop.token.source;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What places are known by where a single name does not do: variables, files, a terminal, and the processes that started
 * this one. An enum, since a lambda for each would cost a class at each start.
 */
enum Sign {
    /** Chainloop itself knows Jenkins by these two. */
    JENKINS,
    /** It sets GitHub's variables, too; its own name alone may mean anything. */
    ACT,
    /** It names itself in the variable that others only set. */
    WOODPECKER,
    /** People set CI by hand, too, at their terminals. */
    CI,
    CRON,
    /** Where a person runs git at a terminal, the hook has the person's variables. */
    HOOK,
    PODMAN,
    NSPAWN,
    LXC,
    CONTAINER,
    /** A process that outlived its remote shell still has that shell's variables. */
    REMOTE,
    SYSTEMD_RUN,
    SERVICE,
    /** In a container, where its services get only what they ask for. */
    S6,
    /** A shell in a window of macOS has its variable, too, as 0 or with the name of the window's program. */
    LAUNCHD,
    /** Nobody is there, and nothing else is known. Windows has no such sign. */
    UNATTENDED,
    SSH;

    private static final List<String> CRONS = List.of("cron", "crond", "anacron");
    private static final List<String> SERVERS = List.of("sshd", "sshd-session", "dropbear");

    /** They only start what somebody else wants to run. */
    private static final List<String> STARTERS = List.of(
            "sh bash dash ash zsh ksh fish busybox env timeout nohup setsid xargs sudo su runuser script init systemd"
                    .split(" ", -1));

    private static final Pattern PROGRAM = Pattern.compile("[A-Za-z][A-Za-z0-9._+-]{0,15}");

    boolean holds(Environment here) {
        return switch (this) {
            case JENKINS -> here.isSet("JENKINS_HOME") && here.isSet("BUILD_URL");
            case ACT -> here.isOn("ACT") && here.isOn("GITHUB_ACTIONS");
            case WOODPECKER -> here.get("CI").equals(Optional.of("woodpecker"));
            case CI -> here.isOn("CI") && (isUnattended(here) || hasOneOf(here, "CI_") || hasOneOf(here, "BUILD_"));
            case CRON -> isStartedBy(here, CRONS) && !keepsVariables(here);
            case HOOK ->
                isUnattended(here)
                        && (here.isSet("GIT_DIR") || here.isSet("GIT_EXEC_PATH") || here.isSet("GIT_INDEX_FILE"))
                        && here.machine().ancestors().stream().anyMatch(name -> name.startsWith("git"));
            case PODMAN, NSPAWN, LXC, CONTAINER ->
                here.isContainer()
                        && this == container(here)
                        && (isUnattended(here)
                                || here.get(Environment.CHAINLOOP_TOKEN).equals(Optional.of("")));
            case REMOTE ->
                isUnattended(here)
                        && !Keeper.isAgent(here)
                        && (isStartedBy(here, SERVERS)
                                || (here.machine().ancestors().isEmpty() && here.isSet("SSH_CONNECTION")));
            case SYSTEMD_RUN -> unit(here).startsWith("run-");
            case SERVICE -> !unit(here).isEmpty() || isToldToBeService(here);
            case S6 ->
                isUnattended(here)
                        && here.isContainer()
                        && here.machine().ancestors().contains("s6-supervise");
            case LAUNCHD ->
                isUnattended(here)
                        && here.platform() == Environment.Platform.MACOS
                        && here.isSet("XPC_SERVICE_NAME")
                        && !here.get("XPC_SERVICE_NAME").equals(Optional.of("0"))
                        && !isOfWindow(here);
            case UNATTENDED ->
                here.platform() != Environment.Platform.WINDOWS && isUnattended(here) && !isOfWindow(here);
            case SSH ->
                here.isSet("SSH_CONNECTION")
                        || here.isSet("SSH_TTY")
                        || here.isContainer()
                        || isStartedBy(here, SERVERS);
        };
    }

    /** Which container it is, where it is one. */
    static Sign container(Environment here) {
        String engine = here.get("container").orElse("");
        return engine.equals("podman") || here.machine().exists("/run/.containerenv")
                ? PODMAN
                : engine.equals("systemd-nspawn") ? NSPAWN : engine.equals("lxc") ? LXC : CONTAINER;
    }

    /** The systemd service that this is a part of, unless a person is at its terminal; empty for none. */
    static String unit(Environment here) {
        if (here.machine().attended()) {
            return "";
        }
        String group = group(here);
        String credentials = here.get("CREDENTIALS_DIRECTORY").orElse("");
        String name = group.isEmpty() ? credentials.substring(credentials.lastIndexOf('/') + 1) : group;
        return name.endsWith(".service") ? name : "";
    }

    /** The last part of the name of its control group; empty where that is the root, as in most containers. */
    private static String group(Environment here) {
        String groups = here.machine().read("/proc/self/cgroup").orElse("").strip();
        return groups.substring(groups.lastIndexOf('/') + 1);
    }

    /** Where the control group says nothing, two variables do; other programs set INVOCATION_ID, too. */
    private static boolean isToldToBeService(Environment here) {
        return isUnattended(here)
                && here.isSet("INVOCATION_ID")
                && (here.isSet("JOURNAL_STREAM") || here.isSet("CREDENTIALS_DIRECTORY"))
                && group(here).isEmpty();
    }

    /** The program that wanted this to run; empty when unknown. */
    static Optional<String> starter(Environment here) {
        return here.machine().ancestors().stream()
                .filter(name -> !STARTERS.contains(name)
                        && !name.equals(first(here))
                        && PROGRAM.matcher(name).matches())
                .findFirst();
    }

    /** The machine's first process, or the container's: nobody wrote down there what this is to run with. */
    private static String first(Environment here) {
        return here.machine().read("/proc/1/comm").orElse("").strip();
    }

    private static boolean hasOneOf(Environment here, String prefix) {
        for (String name : here.variables().keySet()) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUnattended(Environment here) {
        return !here.machine().attended();
    }

    /** Whether a terminal's window or a person's program started it, without handing it a terminal. */
    private static boolean isOfWindow(Environment here) {
        return here.isSet("TERM_PROGRAM") || Keeper.of(here).isPresent();
    }

    private static boolean isStartedBy(Environment here, List<String> names) {
        for (String name : here.machine().ancestors()) {
            if (names.contains(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is BusyBox's crond, whose crontab sets no variables. */
    private static boolean keepsVariables(Environment here) {
        return here.machine().ancestors().contains("crond") && here.machine().exists("/etc/alpine-release");
    }
}
