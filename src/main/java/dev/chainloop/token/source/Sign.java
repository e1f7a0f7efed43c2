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
    CRON,
    /** Where a person runs git at a terminal, the hook has the person's variables. */
    HOOK,
    PODMAN,
    NSPAWN,
    CONTAINER,
    /** A process that outlived its remote shell still has that shell's variables. */
    REMOTE,
    SYSTEMD_RUN,
    /** Other programs set INVOCATION_ID, too. */
    SERVICE,
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
            case CRON -> isStartedBy(here, CRONS) && !keepsVariables(here);
            case HOOK ->
                isUnattended(here)
                        && (here.isSet("GIT_DIR") || here.isSet("GIT_EXEC_PATH") || here.isSet("GIT_INDEX_FILE"))
                        && here.machine().ancestors().stream().anyMatch(name -> name.startsWith("git"));
            case PODMAN, NSPAWN, CONTAINER ->
                here.isContainer()
                        && this == container(here)
                        && (isUnattended(here)
                                || here.get(Environment.CHAINLOOP_TOKEN).equals(Optional.of("")));
            case REMOTE ->
                isUnattended(here)
                        && (isStartedBy(here, SERVERS)
                                || (here.machine().ancestors().isEmpty() && here.isSet("SSH_CONNECTION")));
            case SYSTEMD_RUN -> unit(here).startsWith("run-");
            case SERVICE -> !unit(here).isEmpty();
            case UNATTENDED -> here.platform() != Environment.Platform.WINDOWS && isUnattended(here);
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
                : engine.equals("systemd-nspawn") ? NSPAWN : CONTAINER;
    }

    /** The systemd service that this is a part of, unless a person is at its terminal; empty for none. */
    static String unit(Environment here) {
        if (here.machine().attended()) {
            return "";
        }
        String groups = here.machine().read("/proc/self/cgroup").orElse("").strip();
        String name = groups.substring(groups.lastIndexOf('/') + 1);
        return name.endsWith(".service") ? name : "";
    }

    /** The program that wanted this to run; empty when unknown. */
    static Optional<String> starter(Environment here) {
        return here.machine().ancestors().stream()
                .filter(name ->
                        !STARTERS.contains(name) && PROGRAM.matcher(name).matches())
                .findFirst();
    }

    private static boolean isUnattended(Environment here) {
        return !here.machine().attended();
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
