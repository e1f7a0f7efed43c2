package dev.chainloop.token.source;

/** A kind of name that a text gives the place where it arose. */
public enum PlaceName {
    UNIT("UNIT"),
    POD(""),
    DEPLOYMENT("DEPLOYMENT"),
    CONTAINER("CONTAINER"),
    SERVICE("SERVICE"),
    PROCESS("PROCESS"),
    JOB("JOB"),
    APP("APP"),
    NAMESPACE(""),
    /** The CronJob of Kubernetes whose job it is. */
    CRONJOB(""),
    /** The Kubernetes secret that holds the token, and the key in it. */
    SECRET("SECRET"),
    KEY("KEY"),
    REPOSITORY("OWNER/NAME"),
    USER(""),
    HOST("HOST"),
    /** The file of a unit's variables. */
    VARIABLES("the file that the unit's EnvironmentFile= names"),
    BRANCH("this branch"),
    /** Which of GitHub's stores a job got its secrets from; {@code None} for a change from a fork. */
    SECRETS(""),
    /** What shows that a CI system's job ran for a change that is only proposed. */
    CHANGE(""),
    /** {@code macOS} or {@code Windows}. */
    SYSTEM(""),
    /** The program of a shell, by the prompt that only that one has. */
    SHELL("");

    private final String placeholder;

    PlaceName(String placeholder) {
        this.placeholder = placeholder;
    }

    /** The word that stands for it in a plan's commands; empty for none. */
    public String placeholder() {
        return placeholder;
    }
}
