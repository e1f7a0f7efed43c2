package dev.chainloop.token.diagnosis;

import java.util.Optional;

/**
 * Services whose tokens and keys are mistaken for Chainloop's, recognized by their prefixes. A new one is a constant
 * here.
 */
enum OtherService {
    GITHUB("GitHub", "(gh[pousr]_|github_pat_)\\w+"),
    GRAFANA("Grafana", "gl(sa|c)_\\w+"),
    GITLAB("GitLab", "gl[a-z]{2,6}-[\\w.-]+|GR1348941[\\w-]+"),
    VAULT("Vault", "hv[sbr]\\.[\\w-]+|[sbr]\\.\\w{24,}(\\.\\w+)?"),
    AWS("AWS", "(AKIA|ASIA)[A-Z0-9]{12,}"),
    AZURE("Azure", "\\w{3}\\dQ~[\\w.~-]+"),
    GOOGLE("Google", "AIza[\\w-]+|ya29\\.[\\w.-]+|GOCSPX-[\\w-]+"),
    SLACK("Slack", "xox[a-z]-[\\w.-]+|xapp-[\\w-]+"),
    NPM("npm", "npm_\\w+"),
    PYPI("PyPI", "pypi-[\\w-]+"),
    RUBYGEMS("RubyGems", "rubygems_\\w+"),
    DOCKER("Docker", "dckr_[a-z]{3}_[\\w-]+"),
    DIGITAL_OCEAN("DigitalOcean", "do[opr]_v1_\\w+"),
    HASHICORP("HashiCorp's Terraform", "\\w+\\.atlasv1\\.\\w+"),
    PULUMI("Pulumi", "pul-[0-9a-f]{16,}"),
    ATLASSIAN("Atlassian", "AT[A-Z]{2}T3[\\w=-]+"),
    SONAR("SonarQube", "sq[pau]_\\w+"),
    CIRCLECI("CircleCI", "CCIPAT_\\w+"),
    SENDGRID("SendGrid", "SG\\.[\\w-]+\\.[\\w-]+"),
    STRIPE("Stripe", "[srp]k_(live|test)_\\w+"),
    ANTHROPIC("Anthropic", "sk-ant-[\\w-]+"),
    OPENAI("OpenAI", "sk-[\\w-]+"),
    HUGGING_FACE("Hugging Face", "hf_\\w+"),
    NEW_RELIC("New Relic", "NRAK-\\w+"),
    ARTIFACTORY("Artifactory", "AKC[a-z]\\w{20,}|cmVmdGtu[\\w+/=]+"),
    BUILDKITE("Buildkite", "bk[a-z]{2}_\\w+"),
    DATABRICKS("Databricks", "dapi[0-9a-f]{32}(-\\d)?"),
    DOPPLER("Doppler", "dp\\.[a-z]{2,5}\\.[\\w.-]+"),
    HARNESS("Harness", "[ps]at\\.[\\w-]+\\.\\w+\\.\\w+"),
    HEROKU("Heroku", "HRKU-[\\w-]+"),
    LINEAR("Linear", "lin_api_\\w+"),
    NUGET("NuGet", "oy2[a-z0-9]{43}"),
    ONE_PASSWORD("1Password", "ops_ey[\\w-]+"),
    POSTMAN("Postman", "PMAK-[\\w-]+"),
    SENTRY("Sentry", "sntry[su]_[\\w+/=-]+"),
    SHOPIFY("Shopify", "shp[a-z]{2}_\\w+"),
    SNYK("Snyk", "snyk_[a-z]+\\.[\\w.-]+"),
    TAILSCALE("Tailscale", "tskey-[\\w-]+"),
    AGE("age", "AGE-SECRET-KEY-1\\w+"),
    BASIC("HTTP's Basic authentication", "(?i:basic) [\\w+/=]+");

    private final String title;
    private final String pattern;

    OtherService(String title, String pattern) {
        this.title = title;
        this.pattern = pattern;
    }

    /** The service whose token a value looks like. */
    static Optional<OtherService> of(String value) {
        for (OtherService service : values()) {
            if (value.matches(service.pattern)) {
                return Optional.of(service);
            }
        }
        return Optional.empty();
    }

    /** What people call it. */
    String title() {
        return title;
    }
}
