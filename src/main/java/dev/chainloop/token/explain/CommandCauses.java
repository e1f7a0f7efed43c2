package dev.chainloop.token.explain;

import dev.chainloop.token.advice.Detail;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.explain.Cause.Weight;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.SourceKind;
import java.util.Optional;

/**
 * Causes that lie in the command itself: its words, its files and keys, and the machine that runs it. Each is a part of the
 * row that names it; the findings of the row's rules are among the causes already.
 */
final class CommandCauses {
    private CommandCauses() {}

    /** A command that the text shows tells for certain whether `--token` took a word of it. */
    static void emptyOption(Facts facts, Causes causes) {
        String taken = facts.detail(Detail.TAKEN_FOR_TOKEN);
        if (!taken.isEmpty()) {
            causes.certain(
                    "`--token` had no value, and took `" + taken
                            + "` as one, as the text shows: the variable after it was empty where the command ran.",
                    Cure.LEAVE_OUT_OPTION);
        } else if (facts.says("needs an argument")) {
            causes.certain(
                    "The variable after `--token`, where the command ends, was empty where it ran.",
                    Cure.LEAVE_OUT_OPTION);
        } else {
            causes.likely("The variable after `--token` was empty where the command ran.", Cure.LEAVE_OUT_OPTION);
            causes.likely("The word before this one is missing, such as `attestation`.", null);
        }
    }

    /** An image that the text shows pushed is there, so that only the login can be what the registry refuses. */
    static void registry(Facts facts, Causes causes) {
        String host = facts.detail(Detail.REGISTRY);
        String repository = facts.detail(Detail.REPOSITORY);
        String image = host + "/" + repository;
        if (!facts.detail(Detail.STORE).isEmpty()) {
            causes.certain(
                    "The artifact store logs in there with the credentials of its CAS backend, which are refused, or may"
                            + " not read and write that repository; a login of this machine has no part in it.",
                    Cure.LOG_IN_TO_REGISTRY);
        } else if (host.isEmpty()) {
            causes.certain(
                    "The image is private or its name is wrong, and this machine is not logged in to the registry.",
                    Cure.LOG_IN_TO_REGISTRY);
        } else if (image.equals(facts.detail(Detail.PUSHED))) {
            causes.certain(
                    "The CLI has no login at " + host + " that may read " + repository
                            + ", which the text shows pushed there, as with another login.",
                    Cure.LOG_IN_TO_REGISTRY);
        } else {
            causes.certain(
                    "The CLI has no login at " + host + " that may read "
                            + (repository.isEmpty() ? "the image" : repository)
                            + "; or no image has that name there.",
                    Cure.LOG_IN_TO_REGISTRY);
        }
    }

    static void killed(Facts facts, Causes causes) {
        if (facts.says("137") || facts.says("illed")) {
            causes.likely("There was not enough memory: that is what ends a command with 137 or `killed`.", null);
        } else if (facts.says("longer than")) {
            causes.certain("The job ran out of its time.", Cure.RUN_LONGER);
        } else if (facts.says("runner")) {
            causes.likely(
                    "The runner was shut down, or lost: its machine was taken away, or had no resources left.",
                    Cure.RUN_LONGER);
        } else {
            causes.likely("The job was canceled, or ran out of its time.", Cure.RUN_LONGER);
        }
    }

    static void notStarted(Facts facts, Causes causes) {
        if (facts.says("Permission denied")) {
            causes.certain("The user who runs it may not execute the file, or its file system forbids that.", null);
        } else if (facts.says("Exec format") || facts.says("cannot execute")) {
            causes.certain("The file is for another system or processor, or was not loaded whole.", null);
        } else if (facts.says("busy")) {
            causes.certain("The file was being written when it was started.", null);
        } else {
            causes.likely("It is not installed where that ran, or its folder is not in that PATH.", null);
        }
    }

    /** What the text last shows of the attestation tells whether it was begun, and whether it had ended. */
    static void attestationNotFound(Facts facts, Causes causes) {
        boolean onServer = facts.says("attestation state");
        Optional<String> last = Optional.ofNullable(facts.testimony.details().get(Detail.ATTESTATION))
                .filter(shown -> !onServer);
        if (last.isEmpty()) {
            causes.certain("`attestation init` was not run here, or its state is kept elsewhere.", null);
        } else if (!last.get().contains("nitialized")) {
            causes.certain("The attestation had ended before: the text shows \"" + last.get() + "\".", null);
        } else {
            causes.certain(
                    facts.testimony.details().containsKey(Detail.REMOTE_STATE)
                            ? "The attestation's state is on the server, and the command looked for a local one, as it does without"
                                    + " `--attestation-id`."
                            : facts.testimony.tells(Detail.CONTAINER_RUN)
                                    ? "The attestation's state is a file, by default in the folder for temporary files of the container in"
                                            + " which `attestation init` ran. The later command ran in another container, which has"
                                            + " none of that one's files."
                                    : "The attestation's state is a file, by default in the folder for temporary files where `attestation init` ran."
                                            + " The later command ran where that file is not: in another step, container, job or"
                                            + " machine, or with another path.",
                    Cure.HAND_ON_STATE);
            causes.ruledOut("a missing `attestation init`: the text shows that it succeeded");
        }
    }

    /** The CLI says so of whatever call the control plane does not know. */
    static void keylessSigning(Facts facts, Causes causes) {
        String server =
                "The control plane" + facts.controlPlane().map(" "::concat).orElse("");
        if (facts.detail(Detail.ARGUMENTS).contains(" --key")) {
            causes.likely(
                    server
                            + " is older than the CLI: the command named a key, so it lacks another call that a push makes.",
                    Cure.MATCH_VERSIONS);
        } else {
            causes.certain(
                    server
                            + " answered \"Unimplemented\" to the request for a certificate, which `attestation push` makes"
                            + " where no `--key` is given.",
                    Cure.SIGN_WITH_KEY);
        }
    }

    /** The key's passphrase is in a variable of Chainloop's own; what else is wrong with it lies in the key. */
    static void signingKey(Facts facts, Causes causes) {
        String variable = facts.detail(Detail.KEY_VARIABLE);
        if (facts.says("env var")) {
            causes.certain(
                    "`--key` names " + (variable.isEmpty() ? "a variable" : "$" + variable)
                            + ", which is not set where the command ran.",
                    Cure.GIVE_SIGNING_KEY);
        } else if (!facts.says("decrypt") && !facts.says("pass phrase")) {
            causes.certain(
                    "What `--key` names is not a private key in PEM: a public key or another file, or its line ends were lost.",
                    Cure.GIVE_SIGNING_KEY);
        } else if (facts.lacksVariable("CHAINLOOP_SIGNING_PASSWORD")) {
            causes.likely(
                    "The key's passphrase is missing: $CHAINLOOP_SIGNING_PASSWORD is not set here"
                            + (facts.lacksVariable("COSIGN_PASSWORD")
                                    ? ""
                                    : ", and the CLI does not read $COSIGN_PASSWORD, which is")
                            + ".",
                    Cure.GIVE_SIGNING_PASSWORD);
        } else {
            causes.likely(
                    "The key's passphrase, which the CLI reads from $CHAINLOOP_SIGNING_PASSWORD, is missing or is that of"
                            + " another key.",
                    Cure.GIVE_SIGNING_PASSWORD);
        }
    }

    static void loginWithoutTerminal(Facts facts, Causes causes) {
        causes.certain("Nobody can log in where there is no terminal.", null);
        if (facts.isKind(Audience.API_TOKEN)) {
            causes.ruledOut("the token here: it is an API token, which needs no login");
        }
    }

    static Optional<Cause> homeAtRoot(Facts facts) {
        return facts.testimony.tells(Detail.ROOT)
                ? Optional.of(new Cause(
                        Weight.CERTAIN,
                        "HOME is / or not set there: the CLI's folder would be /.config/chainloop.",
                        null))
                : Optional.empty();
    }

    static void configBroken(Facts facts, Causes causes) {
        if (facts.evidence.search().looked(SourceKind.CONFIG).orElse(null) instanceof Look.Unreadable broken) {
            causes.certain("The config file here cannot be used: " + broken.why() + ".", Cure.of(broken.obstacle()));
            return;
        }
        causes.clear(new Alibi("the config file here: it is not broken"));
        causes.likely(
                "A different file was read: another user's, one in another HOME, or the one given with `--config`.",
                Cure.LOOK_THERE);
        causes.likely(
                "Another chainloop command was writing the file just then: the CLI rewrites it in place.",
                Cure.TRY_AGAIN);
    }
}
