package dev.chainloop.token.advice;

import static dev.chainloop.token.advice.StepRow.haveDone;
import static dev.chainloop.token.advice.StepRow.step;

import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import java.util.Optional;

/**
 * What a message of Chainloop is about besides the token, by the words of {@code explain/upstream.txt}, and the one thing to
 * do about it. The commands are those of Chainloop v1.106.1.
 */
public enum Subject {
    API_TOKENS(
            "API tokens",
            step("See which API tokens exist, and name the one that is meant")
                    .run(
                            state -> state.own().list()
                                    + " -o json |\n  jq -r '.[] | [.id, .name, .scopedEntity.name // \"\", .expiresAt // \"never\"] | @tsv'")),
    ARTIFACTS(
            "artifacts",
            step("See whether the organization has it, and how it was attested")
                    .chainloop("discover --digest sha256:DIGEST")),
    ATTESTATIONS("attestations", step("See what the attestation still lacks").chainloop("attestation status --full")),
    CAS_BACKEND(
            "the CAS backend",
            step("See which backend is invalid, or over its limit").chainloop("cas-backend list --full")),
    COMMAND("the command", step("See which arguments the command takes").run("chainloop COMMAND --help")),
    CONFIG_FILE(
            "the config file",
            step("See which config file is read, and what it holds").chainloop("config view")),
    CONNECTION(
            "the connection",
            step("See whether the control plane can be reached from here: its address, a proxy on the way, the certificate")
                    .run("chainloop-token ask")),
    CONTRACTS(
            "contracts",
            step("See what the contract demands; `attestation init --dry-run` tries it without recording anything")
                    .chainloop("workflow contract list")),
    LOGINS(
            "logins",
            step("See who you are logged in as, and in which organization").chainloop("organization describe")),
    MATERIALS(
            "materials",
            step("See which materials the contract demands, and give the kind by `--kind`")
                    .chainloop("attestation status --full")),
    ORGANIZATIONS(
            "organizations",
            step("See which organizations are yours, and which is chosen").chainloop("organization list")),
    PLUGINS("plugins", step("See which plugins are installed").chainloop("config plugin list")),
    POLICIES("policies", step("See which policy is violated, and by what").chainloop("attestation status")),
    PROJECTS(
            "projects and members", step("See who is a member, with which role").chainloop("organization member list")),
    RELEASES("project versions", step("Name the next version by `--version`: this one takes no more attestations")),
    RUNNERS(
            "runners",
            step(
                    "Run it there, on the runner that the contract names, or try it here with `attestation init --dry-run`")),
    SIGNATURES("signatures", step("Give the key that signed it, or is to sign, by `--key`")),
    CREDENTIALS(
            "stored credentials",
            haveDone("Ask whoever runs the control plane: it cannot use the store of its credentials")),
    WORKFLOWS(
            "workflows",
            step("See which workflows there are, and in which project").chainloop("workflow list")),
    WORKFLOW_RUNS(
            "workflow runs",
            step("See which runs there are, and in which state").chainloop("workflow workflow-run list"));

    private final String words;

    @SuppressWarnings("ImmutableEnumChecker") // A row is not changed once it is here.
    private final Part part;

    Subject(String words, Part part) {
        this.words = words;
        this.part = part;
    }

    /** By its words; empty for a subject that is not known. */
    public static Optional<Subject> of(String words) {
        for (Subject subject : values()) {
            if (subject.words.equals(words)) {
                return Optional.of(subject);
            }
        }
        return Optional.empty();
    }

    public String words() {
        return words;
    }

    /** What to do about it where this runs. */
    public Plan plan(Diagnosis diagnosis) {
        Situation situation = Situation.here(diagnosis.evidence(), Demand.ANY);
        State state = new State(situation, Cure.MEND_SUBJECT);
        return new Plan(situation.place(), state.shell(), part.steps(state));
    }
}
