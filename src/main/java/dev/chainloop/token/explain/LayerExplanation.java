package dev.chainloop.token.explain;

import dev.chainloop.token.advice.Demand;
import dev.chainloop.token.advice.Detail;
import dev.chainloop.token.advice.Leaks;
import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.advice.Situation;
import dev.chainloop.token.advice.Subject;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.source.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a text of Chainloop's without a row proves by the layer where it arises.
 *
 * @param layer where it arises; if it may be one of several, the one that lets the token be the cause most
 * @param subjects what it is about
 * @param text the text; empty for lines of progress
 * @param open whether it goes on with the text of an error that is not known, so that it proves nothing
 * @param cleared whether the token was not the cause
 * @param sentences what that means
 * @param causes the causes of a refusal, weighed against the token here
 * @param plan what to do
 */
public record LayerExplanation(
        Layer layer,
        List<Subject> subjects,
        String text,
        boolean open,
        boolean cleared,
        List<String> sentences,
        List<Cause> causes,
        Optional<Plan> plan) {
    private static final String CLEARED = "The token did not cause it.";

    /**
     * What is said of a text, beside what the table of texts has.
     *
     * @param cleared whether the token was not the cause
     */
    private record Said(boolean cleared, List<String> sentences, List<Cause> causes, Optional<Plan> plan) {
        Said(List<String> sentences, Optional<Plan> plan) {
            this(false, sentences, List.of(), plan);
        }
    }

    private LayerExplanation(Layer layer, UpstreamTexts.Match match, Said said) {
        this(layer, match.subjects(), match.text(), match.open(), said.cleared, said.sentences, said.causes, said.plan);
    }

    /**
     * The text that says why a command failed, if Chainloop is known to say it.
     *
     * @param here the token here that would be sent now
     */
    public static Optional<LayerExplanation> of(MessageSearch search, Diagnosis here, Leaks leaks) {
        Diagnosis diagnosis = search.testimony().sentOf(here);
        LogLines lines = search.lines();
        if (lines.areProgress() || lines.tellSuccess()) {
            return Optional.of(ofProgress(lines.tellSuccess(), diagnosis, leaks));
        }
        Predicate<String> showable = here.evidence().surroundings().redacted() ? Form::isLabel : Form::isPlain;
        return lines.last()
                .flatMap(line ->
                        UpstreamTexts.read().find(lines, showable).map(match -> of(match, line, search, here, leaks)));
    }

    private static LayerExplanation ofProgress(boolean success, Diagnosis diagnosis, Leaks leaks) {
        String sentence = success
                ? "The last command succeeded: nothing that the text reports before that stopped it."
                : "The server refused nothing by this line. If the command failed, its error is in another line, with the"
                        + " level ERR.";
        Optional<Plan> plan = Plan.of(Optional.empty(), diagnosis.evidence(), leaks);
        UpstreamTexts.Match none = new UpstreamTexts.Match("", List.of(Layer.PROGRESS), List.of(), false, false);
        return new LayerExplanation(Layer.PROGRESS, none, new Said(List.of(sentence), plan));
    }

    private static LayerExplanation of(
            UpstreamTexts.Match match, String line, MessageSearch search, Diagnosis here, Leaks leaks) {
        Optional<Scene> arose = search.arose(here.evidence().surroundings());
        Testimony testimony = search.testimony().withLine(line);
        Facts facts = new Facts(testimony.sentOf(here), match.text(), Optional.empty(), testimony);
        List<Layer> layers = new ArrayList<>(match.layers());
        if (layers.size() > 1) {
            layers.remove(Layer.PROGRESS);
        }
        refusal(line).ifPresent(refusal -> layers.add(0, refusal));
        Layer layer = layers.get(0);
        if (match.open()) {
            boolean cleared = isOfSigningKey(match, layers);
            Optional<Plan> plan =
                    cleared ? Optional.empty() : UnknownText.of(search, here).plan(facts.diagnosis, testimony);
            return new LayerExplanation(
                    layer, match, new Said(cleared, opened(cleared), List.of(), Plan.of(plan, facts.evidence, leaks)));
        }
        if (layer.isRefusal()) {
            Row row = row(layer, match.subjects());
            Explanation.Weighed weighed = Explanation.weigh(row, facts, here, arose, leaks);
            return new LayerExplanation(
                    layer, match, new Said(false, List.of(row.meaning), weighed.causes(), weighed.plan()));
        }
        return new LayerExplanation(layer, match, judged(match, layers, facts, arose, leaks));
    }

    private static Said judged(
            UpstreamTexts.Match match, List<Layer> layers, Facts facts, Optional<Scene> arose, Leaks leaks) {
        boolean elsewhere = arose.filter(scene -> scene.isElsewhere(facts.evidence.surroundings()))
                .isPresent();
        boolean swallows = isGeneral(layers, match.subjects()) && facts.testimony.mayLackOption();
        boolean cleared = !match.lookup() && layers.stream().allMatch(Layer::clearsToken) && !swallows;
        List<String> sentences = new ArrayList<>();
        sentences.add(said(layers, words(match.subjects())));
        if (layers.contains(Layer.OTHER_SERVICE) && facts.testimony.tells(Detail.EXPIRED_THERE)) {
            sentences.add("What has expired are that service's own credentials.");
        }
        if (cleared) {
            sentences.add(CLEARED);
        } else if (swallows) {
            sentences.add(
                    "No token makes it say so, but one thing does: `--token` before an empty variable takes the next"
                            + " word for the token.");
        }
        if (match.lookup()) {
            sentences.add(where(elsewhere ? Optional.empty() : Optional.of(facts)));
            facts.testimony
                    .phrase()
                    .ifPresent(sent -> sentences.add("The command sent " + sent + ", as the text says."));
        }
        Situation situation = new Situation(
                facts.evidence, arose.orElse(null), !elsewhere, false, Demand.ANY, facts.testimony.told());
        Optional<Plan> plan = layers.get(0) == Layer.PROGRESS
                ? Optional.empty()
                : Plan.of(situation, match.subjects(), match.lookup());
        return new Said(cleared, sentences, List.of(), Plan.of(plan, facts.evidence, leaks));
    }

    /** A signing key is opened by the CLI itself; for a keyless signer, it calls the control plane. */
    private static boolean isOfSigningKey(UpstreamTexts.Match match, List<Layer> layers) {
        return match.text().contains("signer from keyref") && layers.stream().allMatch(Layer::clearsToken);
    }

    private static List<String> opened(boolean ofSigningKey) {
        String opened =
                "This only says what was being done. The reason comes after it, in words that are not known here.";
        return ofSigningKey
                ? List.of(opened, "The CLI itself was opening the key that `--key` names. " + CLEARED)
                : List.of(opened);
    }

    /** What a status around the text says of it: no text in it clears the token. */
    private static Optional<Layer> refusal(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        if (lower.contains("unauthenticated") || lower.contains("authentication error")) {
            return Optional.of(Layer.AUTHENTICATION);
        }
        return lower.contains("permissiondenied") || lower.contains("authorization error")
                ? Optional.of(Layer.AUTHORIZATION)
                : Optional.empty();
    }

    /** Whether what is wrong with the token here is not the cause, and worth a word: no server has accepted the one sent. */
    public boolean hasAsides() {
        boolean accepted = layer.isAfterAcceptance() || layer == Layer.CLI;
        return !open && !accepted && !layer.isRefusal() && (cleared || layer != Layer.COMMAND_LINE);
    }

    private static Row row(Layer layer, List<Subject> subjects) {
        return layer == Layer.AUTHENTICATION
                ? Row.anyone("Chainloop says this about who you are.")
                        .byRefusals()
                        .hidden("Only the server knows why it says so; `explain` has no more about this message.")
                        .cure(Cure.ASK_SERVER)
                : Row.genuine("The server says this about what you may do: the token is genuine. It is about "
                                + words(subjects) + ".")
                        .outOfScope()
                        .hidden("Only the server knows permissions and roles.")
                        .cure(Cure.ASK_SERVER);
    }

    /** Whether any program says it about its command line, which {@code --token} may have swallowed a word of. */
    private static boolean isGeneral(List<Layer> layers, List<Subject> subjects) {
        return layers.equals(List.of(Layer.COMMAND_LINE)) && subjects.contains(Subject.COMMAND);
    }

    private static String said(List<Layer> layers, String subject) {
        if (layers.size() > 1) {
            return layers.stream().allMatch(Layer::isAfterAcceptance)
                    ? accepted("A server says this about " + subject)
                    : "Chainloop says this about " + subject + ".";
        }
        return switch (layers.get(0)) {
            case PROGRESS -> "This is progress, about " + subject + ": the server refused nothing by this line.";
            case COMMAND_LINE -> "This is about the command line; it is said before the command does what was asked.";
            case CLI_FILES -> "The CLI says this about " + subject + " and its own files, on the machine where it ran.";
            case CLI -> "The CLI itself says this about " + subject + "; the server did not refuse anything by it.";
            case OTHER_SERVICE ->
                "This is about " + subject + ", which is not Chainloop's: no token of Chainloop's is judged there.";
            case CONNECTION -> "This is about the connection to a server; no token is judged by it.";
            case REQUEST -> "The server says this about " + subject + ": about what it was asked, not about who asked.";
            case CONTROL_PLANE -> accepted("The control plane says this about " + subject);
            case STORAGE -> accepted("A server, or a service that it uses, says this about " + subject);
            case AUTHENTICATION, AUTHORIZATION -> throw new IllegalArgumentException("is weighed");
        };
    }

    private static String accepted(String said) {
        return said + ", after the token that was sent had been accepted: that one is genuine.";
    }

    private static String words(List<Subject> subjects) {
        return String.join(" or ", subjects.stream().map(Subject::words).toList());
    }

    /**
     * Where something was looked for, as far as the token here tells.
     *
     * @param facts empty where another token was sent
     */
    private static String where(Optional<Facts> facts) {
        Optional<Token> token = facts.map(one -> one.inspection.token());
        Optional<Token> api = token.filter(one -> one.audience() == Audience.API_TOKEN);
        String organization = api.flatMap(one -> one.organization().name())
                .filter(Form::isLabel)
                .map(name -> "\"" + name + "\", the token's organization")
                .orElse(
                        token.isPresent() && api.isEmpty()
                                ? "the organization that the command or the config file names"
                                : "the organization that the token, the command or the config file names");
        String project = api.flatMap(one -> one.project().name())
                .filter(Form::isLabel)
                .map(name -> "\"" + name + "\", the token's project, in ")
                .orElse("");
        return "It was looked for in " + project + organization
                + facts.flatMap(Facts::otherOrganization)
                        .map(other ->
                                "; but " + other + ", which the server ignores with an API token: the likely cause")
                        .or(() -> facts.flatMap(Facts::otherProject)
                                .map(other -> "; but " + other + ": the likely cause"))
                        .orElse("")
                + ".";
    }
}
