package dev.chainloop.token.cli;

import dev.chainloop.token.diagnosis.Survey;
import dev.chainloop.token.render.OutputFormat;
import dev.chainloop.token.render.SourcesReport;
import dev.chainloop.token.render.View;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.FileAccess;
import dev.chainloop.token.source.Search;
import dev.chainloop.token.source.SearchResult;
import dev.chainloop.token.source.SourceRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code sources}: which token is used, and why. */
final class SourcesCommand implements Command {
    private final SourceOptions source = SourceOptions.ofEverySource();
    private final OutputOptions output = OutputOptions.ofTextAndJson().withRedact();
    private final AtOption at = new AtOption();

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        source.addTo(spec);
        output.addTo(spec);
        at.addTo(spec);
        return spec;
    }

    @Override
    public OutputOptions output() {
        return output;
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        View view = output.view(world);
        OutputFormat format = output.format();
        SourceRequest request = source.request();
        Instant now = at.read(world.clock());
        Environment environment = world.environment();

        SearchResult search = new Search(environment, world.stdin(), world.pause(), console).survey(request);
        Optional<Path> path = request.config().or(environment::configFile);
        boolean githubCanMint = environment.isSet("ACTIONS_ID_TOKEN_REQUEST_URL")
                && environment.isSet("ACTIONS_ID_TOKEN_REQUEST_TOKEN");
        Survey survey = Survey.of(search, facts(path), githubCanMint, now);

        console.answer(
                format == OutputFormat.JSON
                        ? SourcesReport.renderJson(survey, view)
                        : SourcesReport.render(survey, view));
        return survey.used().isPresent() ? ExitCode.OK : ExitCode.NIL;
    }

    private static Survey.ConfigFacts facts(Optional<Path> path) {
        if (path.isEmpty()) {
            return new Survey.ConfigFacts(path, "", Optional.empty(), false);
        }
        return new Survey.ConfigFacts(
                path,
                FileAccess.mode(path.get()),
                FileAccess.written(path.get()),
                FileAccess.exists(path.get().resolveSibling("config.devel.toml")));
    }

    @Override
    public List<OptionGroup> groups() {
        return List.of(OptionGroup.ofToken(source), OptionGroup.ofOutput(output));
    }

    @Override
    public List<String> examples() {
        return List.of(
                "chainloop-token sources                which token is used, and why",
                "chainloop-token sources -o json        the same for a program");
    }

    @Override
    public Exits exits() {
        return new Exits("a source holds a token", "no source holds one", "", "");
    }
}
