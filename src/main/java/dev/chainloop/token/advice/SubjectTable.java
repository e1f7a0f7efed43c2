package dev.chainloop.token.advice;

import static dev.chainloop.token.advice.StepRow.haveDone;
import static dev.chainloop.token.advice.StepRow.step;
import static dev.chainloop.token.advice.Table.always;
import static dev.chainloop.token.advice.Table.provided;
import static dev.chainloop.token.advice.Table.rows;
import static dev.chainloop.token.advice.Table.unless;
import static dev.chainloop.token.advice.Table.when;

/** What to do about each subject that is not the token. */
final class SubjectTable {
    private SubjectTable() {}

    static Part of(Subject subject) {
        return switch (subject) {
            case API_TOKENS ->
                step("See which API tokens exist, and name the one that is meant")
                        .run(
                                state -> state.managing().list()
                                        + " -o json |\n  jq -r '.[] | [.id, .name, .scopedEntity.name // \"\", .expiresAt // \"never\"] | @tsv'");
            case ARTIFACTS ->
                step("See whether the organization has it, and how it was attested")
                        .chainloop("discover --digest sha256:DIGEST");
            case ATTESTATIONS -> step("See what the attestation still lacks").chainloop("attestation status --full");
            case CAS_BACKEND ->
                step("See which backend is invalid, or over its limit").chainloop("cas-backend list --full");
            case COMMAND ->
                rows(
                        when(State::cliVersionTold)
                                .also(provided(
                                        "newer versions know it",
                                        step(state -> "update the Chainloop CLI where that ran: it is "
                                                + state.cliVersion().orElseThrow()))),
                        always().also(step("See which arguments the command takes")
                                .run("chainloop COMMAND --help")),
                        unless(State::cliVersionTold)
                                .also(provided(
                                        "a document or a newer CLI has it",
                                        step("this CLI is too old for it; see which one it is")
                                                .run("chainloop version"))));
            case CONFIG_FILE ->
                step("See which config file is read, and what it holds").chainloop("config view");
            case CONNECTION ->
                step("See whether the control plane can be reached from here: its address, a proxy on the way, the"
                                + " certificate")
                        .run("chainloop-token ask");
            case CONTRACTS ->
                step("See what the contract demands; `attestation init --dry-run` tries it without recording anything")
                        .chainloop("workflow contract list");
            case LOGINS ->
                step("See who you are logged in as, and in which organization").chainloop("organization describe");
            case MATERIALS ->
                step("See which materials the contract demands, and give the kind by `--kind`")
                        .chainloop("attestation status --full");
            case ORGANIZATIONS ->
                step("See which organizations are yours, and which is chosen").chainloop("organization list");
            case PLUGINS -> step("See which plugins are installed").chainloop("config plugin list");
            case POLICIES -> step("See which policy is violated, and by what").chainloop("attestation status");
            case PROJECTS_AND_MEMBERS ->
                step("See who is a member, with which role").chainloop("organization member list");
            case PROJECT_VERSIONS -> step("Name the next version by `--version`: this one takes no more attestations");
            case RUNNERS ->
                step("Run it there, on the runner that the contract names, or try it here with `attestation init"
                        + " --dry-run`");
            case SIGNATURES -> step("Give the key that signed it, or is to sign, by `--key`");
            case STORED_CREDENTIALS ->
                haveDone("Ask whoever runs the control plane: it cannot use the store of its credentials");
            case WORKFLOWS ->
                step("See which workflows there are, and in which project").chainloop("workflow list");
            case WORKFLOW_RUNS ->
                step("See which runs there are, and in which state").chainloop("workflow workflow-run list");
        };
    }

    /** What is first done about something that is looked up where the token belongs. */
    static Part lookup() {
        return step("Compare the token's organization and project with those that the command means")
                .run("chainloop-token");
    }
}
