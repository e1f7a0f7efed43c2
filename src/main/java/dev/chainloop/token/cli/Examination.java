package dev.chainloop.token.cli;

import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Situation;
import dev.chainloop.token.render.View;
import dev.chainloop.token.source.CiSystem;
import dev.chainloop.token.source.FileAccess;
import dev.chainloop.token.source.FoundToken;
import dev.chainloop.token.source.Looked;
import dev.chainloop.token.source.Lookup;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.Search;
import dev.chainloop.token.source.SearchResult;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.verification.KeyException;
import dev.chainloop.token.verification.Verifier;
import java.nio.file.Path;
import java.util.Optional;

/** The way from a request to a diagnosis, for every command that looks at one token: find, decode, type, diagnose. */
final class Examination {
    private final Situation situation;
    private final Diagnosis diagnosis;

    private Examination(Situation situation) {
        this.situation = situation;
        this.diagnosis = Diagnosis.of(situation);
    }

    static Examination of(Request request, World world, Search.Notes notes) {
        SearchResult search =
                new Search(world.environment(), world.stdin(), world.pause(), notes).run(request.source());
        Inspection inspection = Inspection.of(search, request.at());
        String config = configName(inspection);
        Situation situation = new Situation(
                inspection,
                search,
                CiSystem.of(world.environment()),
                request.view().shellWord(config),
                !config.isEmpty() && FileAccess.isOpenToOthers(Path.of(config)));
        return new Examination(situation);
    }

    /** The same with a judgement on the signature, if there is one to judge. */
    Examination judgedBy(Verifier verifier) throws UnreadableKeyException {
        Optional<Looked> deciding = situation.search().deciding();
        Optional<DecodedToken> decoded = diagnosis.inspection().decoded();
        if (decoded.isEmpty() || deciding.isEmpty() || !(deciding.get().lookup() instanceof Lookup.Found found)) {
            return this;
        }
        try {
            return new Examination(situation.with(
                    verifier.verify(found.token().secret(), decoded.get().claims())));
        } catch (KeyException e) {
            throw new UnreadableKeyException(
                    new Fault("key-unreadable", verifier.option() + ": " + e.what(), e.next()));
        } catch (MalformedTokenException e) {
            throw new IllegalStateException("it was decoded before");
        }
    }

    /** The config file's path when the token is from there. */
    private static String configName(Inspection inspection) {
        Optional<Origin> origin = inspection.origin();
        return origin.isPresent() && origin.get().kind() == SourceKind.CONFIG
                ? origin.get().name()
                : "";
    }

    Diagnosis diagnosis() {
        return diagnosis;
    }

    SearchResult search() {
        return situation.search();
    }

    /** Says on stderr what was taken off the token. */
    void tellRemoved(View view, Console console) {
        Optional<Looked> deciding = search().deciding();
        if (deciding.isPresent() && deciding.get().lookup() instanceof Lookup.Found found) {
            FoundToken token = found.token();
            if (!token.removed().isEmpty()) {
                console.note(view.nameOf(token.origin()) + ": took off " + String.join(", ", token.removed())
                        + "; the Chainloop CLI would have sent it as is");
            }
        }
    }

    /** Says on stderr which sources behind the deciding one cannot be read, where no finding is shown that says so. */
    void tellUnreadable(View view, Console console) {
        for (Looked looked : search().unreadableBehind()) {
            if (looked.lookup() instanceof Lookup.Unreadable unreadable) {
                console.note(view.nameOf(looked.origin()) + ": " + unreadable.why() + "; not needed here");
            }
        }
    }

    /** Says on stderr why there is no answer, if there is none. */
    void tellFault(View view, Console console) {
        Optional<Fault> fault = diagnosis.inspection().fault();
        if (fault.isPresent()) {
            Optional<Origin> origin = diagnosis.inspection().origin();
            String where = origin.isPresent() ? view.nameOf(origin.get()) + ": " : "";
            console.error(where + fault.get().message(), fault.get().next());
        }
    }

    ExitCode status() {
        return switch (diagnosis.inspection().status()) {
            case TYPED -> ExitCode.OK;
            case UNRECOGNIZED, NONE -> ExitCode.NIL;
            case MALFORMED -> ExitCode.MALFORMED;
            case ERROR -> ExitCode.UNREADABLE;
        };
    }
}
