package dev.chainloop.token.advice;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Candidate;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Malformed;
import dev.chainloop.token.diagnosis.Malformed.Extraction;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.Surroundings;
import dev.chainloop.token.source.Surroundings.Variable;
import java.util.Optional;

/** How the right value gets to where the CLI reads it: a stored value is passed on, and a wrong value is stored again. */
record HandIn(PlanContext facts, Draft plan, Commands cli, Renewal renewal) {
    private static final String STORED = "kubectl get secret SECRET -o 'jsonpath={.data.KEY}' | base64 -d | ";

    // ---------- no value

    /** Whether a job's variable is empty, so that a login on its machine is sent in place of the token that is demanded. */
    boolean isBehindEmptyVariable() {
        boolean sent = facts.isHere() && !facts.hasPerson() && facts.used().isFrom(SourceKind.CONFIG);
        return sent
                && facts.there().variable() == Variable.EMPTY
                && !facts.wanted().accepts(Audience.USER);
    }

    /** First the secret that may exist; a new token is the second step. */
    Draft missing() {
        Surroundings there = facts.there();
        SecretStore secrets = cli.secrets();
        Optional<Candidate> other = facts.other();
        if (other.isPresent()) {
            return renewal.use(other.get());
        }
        // On Azure, the line stays, because an undefined variable there stays as it is written.
        boolean azure = facts.place() == Place.AZURE;
        if (there.variableSet() && !azure) {
            plan.behind("remove the line that now sets CHAINLOOP_TOKEN. ");
        }
        if (there.fork()) {
            return renewal.skipFork();
        }
        if (there.dependabot()) {
            return renewal.newToken();
        }
        boolean empty = there.variable() == Variable.EMPTY;
        String hindrance = facts.isUnseen() ? secrets.ofRun() : "";
        if (there.unprotected()) {
            plan.here(
                    "this branch is not protected, and a protected CI/CD variable reaches only protected branches and tags:"
                            + " unprotect CHAINLOOP_TOKEN (Settings > CI/CD > Variables), or protect the branch"
                            + " (Settings > Repository)");
        } else if (empty || (azure && cli.cure() == Cure.EXPAND)) {
            plan.behind(isBehindEmptyVariable() ? "CHAINLOOP_TOKEN is empty. " : "");
            plan.put(secrets.empty() + hindrance);
        } else if (facts.isHere() || facts.place() == Place.ELSEWHERE || there.variable() == Variable.UNSET) {
            plan.put(secrets.unset(), secrets.lines());
        } else {
            plan.provided("the command ran without CHAINLOOP_TOKEN").put(secrets.unset(), secrets.lines());
            plan.provided("CHAINLOOP_TOKEN was empty").put(secrets.empty() + hindrance);
        }
        if (facts.place() == Place.ELSEWHERE) {
            return plan;
        }
        plan.provided("no token is stored yet");
        renewal.newToken();
        return there.variable() == Variable.UNSET && !there.unprotected() && canEnroll()
                ? plan.provided("the repository is enrolled")
                        .put("for attestations, use these lines instead of a secret", secrets.federated())
                : plan;
    }

    /** Whether a token that the job requests would do. GitHub's tokens expire after minutes, GitLab's when the job times out. */
    private boolean canEnroll() {
        Surroundings there = facts.there();
        boolean github = facts.place() == Place.GITHUB && !there.ownGithub() && !there.canMint();
        return facts.wanted().allows(Audience.GENERIC)
                && (github ? facts.wanted().remaining() == 0 : facts.place() == Place.GITLAB);
    }

    /** The value's name is in its place. */
    Draft expand() {
        boolean person = facts.hasPerson();
        if (facts.used().isFrom(SourceKind.CONFIG) && person) {
            return renewal.token();
        }
        return facts.used().isFrom(SourceKind.ENVIRONMENT) && !person
                ? missing()
                : plan.here(
                        "pass the value, not its name: a shell expands `$NAME`, except in single quotes; a GitHub workflow"
                                + " expands `${{ secrets.NAME }}`; a config file expands nothing and must hold the token itself");
    }

    /** The name of the file that has it stands in its place. */
    Draft readFile() {
        if (facts.place() == Place.GITLAB) {
            return plan.put(
                    "set the type of the CI/CD variable CHAINLOOP_TOKEN to Variable, not File (Settings > CI/CD >"
                            + " Variables)");
        }
        if (!facts.used().isFrom(SourceKind.ENVIRONMENT) || !facts.there().posix()) {
            return storeWhole("the token in that file");
        }
        String line = "export CHAINLOOP_TOKEN=\"$(cat \"$CHAINLOOP_TOKEN\")\"";
        String sentence = "replace the path with what the file holds";
        return facts.hasPerson() ? plan.here(sentence, line) : plan.put(sentence, line);
    }

    // ---------- another value

    /** The token is in the value, perhaps encoded or beside another, so no new token is made. */
    Draft storeAlone() {
        Candidate used = facts.used();
        boolean person = facts.hasPerson();
        if (used.isFrom(SourceKind.CONFIG)) {
            return person
                    ? renewal.token()
                    : plan.here("store only the token in the config file, between one pair of quotes");
        }
        boolean broken = extraction().equals(Optional.of(Extraction.JOIN));
        if (facts.isKeptElsewhere()) {
            return broken
                    ? plan.here("join the lines of the token", "tr -d '\\n' <FILE")
                    : plan.here("pass only the token");
        }
        boolean pod = facts.place() == Place.POD || facts.place() == Place.TEKTON;
        if ((person || pod) && facts.there().posix() && extraction().isPresent()) {
            String alone = (pod ? STORED : "printf %s \"$CHAINLOOP_TOKEN\" | ")
                    + filter(extraction().get());
            String where = pod ? " in " + cli.secrets().kept() : " in CHAINLOOP_TOKEN, here and in whatever sets it";
            return plan.atVariable("keep only the token" + where, cli.stored(alone));
        }
        return store(
                broken
                        ? "store the token on one line"
                        : used.contained().isPresent()
                                ? "store the token"
                                : "store one token, decoded and on one line,");
    }

    /** No command returns the value: whoever kept the token stores it again, and anyone else uses another token or makes one. */
    Draft storeWhole(String what) {
        Candidate used = facts.used();
        if (used.isFrom(SourceKind.CONFIG)) {
            return renewal.token();
        }
        boolean asked = facts.evidence().inputs().asked();
        if (used.isFrom(SourceKind.STDIN) && !asked && facts.there().variableSet()) {
            return plan.here(
                    "add `</dev/null` or `--source env`, so that $CHAINLOOP_TOKEN is used and stdin is ignored");
        }
        if (facts.isKeptElsewhere()) {
            return plan.here(
                    "pass " + what + " and nothing else, exactly as it was printed when the token was created");
        }
        store("store " + what).provided("nobody kept a copy");
        Optional<Candidate> other = facts.other();
        if (other.isPresent()) {
            return renewal.use(other.get());
        }
        return facts.wanted().accepts(Audience.USER) ? renewal.logIn() : renewal.newToken();
    }

    private Optional<Extraction> extraction() {
        Optional<Malformed> malformed = facts.used().malformed();
        return malformed.isPresent() ? malformed.get().extraction() : Optional.empty();
    }

    private static String filter(Extraction extraction) {
        return switch (extraction) {
            // The bare token, or failure.
            case FIND -> "grep -oE 'eyJ[A-Za-z0-9_-]+([.][A-Za-z0-9_-]+){2}'";
            // Without the characters that no token has.
            case JOIN -> "tr -cd 'A-Za-z0-9._-'";
            case DECODE -> "base64 -d";
        };
    }

    private Draft store(String what) {
        SecretStore secrets = cli.secrets();
        String alone = what + " as " + secrets.kept() + ", and nothing else";
        if (facts.place() == Place.GITHUB) {
            String asking = "gh secret set CHAINLOOP_TOKEN" + cli.repository();
            boolean filtered = extraction().isPresent() && extraction().get() != Extraction.FIND;
            return plan.atVariable(
                    alone + (filtered ? "; paste it, then press Enter and Ctrl-D" : "; this command prompts for it"),
                    (filtered ? filter(extraction().get()) + " | " : "") + asking);
        }
        String exactly = alone + ", not even a line break (`echo` adds one, `printf %s` does not)";
        return secrets.restart().isEmpty()
                ? plan.atVariable(exactly)
                : plan.atVariable(exactly + ". Then restart what uses it", secrets.restart());
    }
}
