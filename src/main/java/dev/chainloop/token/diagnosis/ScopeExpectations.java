package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.ApiToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether an API token is for the organization and project that are expected. */
final class ScopeExpectations {
    private static final String OTHER_TOKEN = "Use a token of that ";

    private final Inspection inspection;
    private final Expectations expectations;
    private final List<Check.Failure> failures = new ArrayList<>();

    private ScopeExpectations(Inspection inspection, Expectations expectations) {
        this.inspection = inspection;
        this.expectations = expectations;
    }

    static List<Check.Failure> unmet(Inspection inspection, Expectations expectations) {
        ScopeExpectations scope = new ScopeExpectations(inspection, expectations);
        scope.organization();
        scope.project();
        scope.exactOrganization();
        return scope.failures;
    }

    private void organization() {
        if (expectations.organization().isEmpty()) {
            return;
        }
        String wanted = expectations.organization().get();
        ApiToken api = apiToken("org", "organization " + wanted);
        if (api != null && !is(api.organization(), wanted)) {
            unmet(
                    "org",
                    "organization " + wanted,
                    nameOf(api.organization()),
                    nameOf(api.organization())
                            .map(name -> "this token is for " + name)
                            .orElse("this token names no organization"),
                    OTHER_TOKEN + "organization.");
        }
    }

    private void project() {
        if (expectations.project().isEmpty()) {
            return;
        }
        String wanted = expectations.project().get();
        ApiToken api = apiToken("project", "project " + wanted);
        if (api == null || is(api.project(), wanted)) {
            return;
        }
        boolean product = api.scope().equals(Optional.of("product"));
        if (api.project().isPresent()) {
            unmet(
                    "project",
                    "project " + wanted,
                    nameOf(api.project()),
                    nameOf(api.project())
                            .map(name -> "this token is for project " + name)
                            .orElse("this token is for another project"),
                    OTHER_TOKEN + "project, or of its whole organization.");
        } else if (expectations.exactScope()) {
            unmet(
                    "project",
                    "a token of project " + wanted + " only",
                    api.scope(),
                    "this token is not limited to a project",
                    OTHER_TOKEN + "project only.");
        } else if (product || !api.organization().isPresent()) {
            unmet(
                    "project",
                    "project " + wanted,
                    api.scope(),
                    product
                            ? "this token is for a product, and what belongs to it is not known offline"
                            : "this token names no organization that it could be part of",
                    OTHER_TOKEN + "project, or of its whole organization.");
        }
    }

    /** With an exact scope and nothing narrower named, the token must be for the organization as a whole. */
    private void exactOrganization() {
        if (!expectations.exactScope()) {
            return;
        }
        if (!(inspection.token() instanceof ApiToken api)) {
            return;
        }
        boolean anyProject = expectations.project().isEmpty();
        boolean product = anyProject && api.scope().equals(Optional.of("product"));
        boolean narrower =
                (anyProject && api.project().isPresent()) || api.workflow().isPresent();
        if (product || narrower) {
            unmet(
                    "scope",
                    "exactly the given scope",
                    product ? api.scope() : nameOf(api.workflow().isPresent() ? api.workflow() : api.project()),
                    "this token is for a part of it",
                    "Use a token of just that scope.");
        }
    }

    /** The API token, or null after a failure: only an API token says what it is for. */
    private @Nullable ApiToken apiToken(String expectation, String expected) {
        if (inspection.token() instanceof ApiToken api) {
            return api;
        }
        unmet(
                expectation,
                expected,
                Optional.empty(),
                inspection.token() != null
                        ? "that cannot be told from "
                                + inspection.token().audience().one()
                        : "there is no typed token to tell it from",
                "Use an API token, which names what it is for.");
        return null;
    }

    private static boolean is(ApiToken.Named named, String wanted) {
        return wanted.equalsIgnoreCase(named.name().orElse(null))
                || wanted.equalsIgnoreCase(named.id().orElse(null));
    }

    /** Its name; IDs are private. */
    private static Optional<String> nameOf(ApiToken.Named named) {
        return named.name().or(() -> named.id().map(id -> "one without a name"));
    }

    private void unmet(String expectation, String expected, Optional<String> actual, String found, String remedy) {
        failures.add(Check.Failure.unmet(expectation, expected, actual, found, remedy));
    }
}
