package dev.chainloop.token.advice;

import dev.chainloop.token.core.Keyword;
import java.util.Arrays;

/** What a message is about. The names are those in {@code upstream.txt}. */
public enum Subject implements Keyword {
    ANOTHER_SERVER("another server"),
    ANOTHER_SERVICE("another service"),
    API_TOKENS("API tokens"),
    ARTIFACTS("artifacts"),
    ATTESTATIONS("attestations"),
    CAS_BACKEND("the CAS backend"),
    COMMAND("the command"),
    CONFIG_FILE("the config file"),
    CONNECTION("the connection"),
    CONTRACTS("contracts"),
    FILES("files"),
    LOGINS("logins"),
    MATERIALS("materials"),
    ORGANIZATIONS("organizations"),
    PLUGINS("plugins"),
    POLICIES("policies"),
    PROJECT_VERSIONS("project versions"),
    PROJECTS("projects"),
    PROJECTS_AND_MEMBERS("projects and members"),
    REGISTRY("a registry"),
    REQUEST("the request"),
    RUNNERS("runners"),
    SIGNATURES("signatures"),
    STORED_CREDENTIALS("stored credentials"),
    WORKFLOW_RUNS("workflow runs"),
    WORKFLOWS("workflows");

    private final String words;

    Subject(String words) {
        this.words = words;
    }

    /** What it is called in a sentence. */
    public String words() {
        return words;
    }

    /** The subject of that name. */
    public static Subject of(String words) {
        return Arrays.stream(values())
                .filter(one -> one.words.equals(words))
                .findFirst()
                .orElseThrow();
    }
}
