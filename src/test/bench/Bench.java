import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Times whole processes in turn, and makes the tokens for it. Run by bench.sh, as a single source file.
 *
 * <pre>
 * Bench log MEGABYTES FILE          a log with a token every thousand lines, the same at each run
 * Bench time ROUNDS WARMUPS SPEC    each line of the file SPEC: name, tab, stdin, tab, command (split at blanks)
 * </pre>
 *
 * The first command of a SPEC is the one that the others are compared with. Peak memory is that of one more run by
 * /usr/bin/time, where there is one.
 */
final class Bench {
    private record Command(String name, File stdin, List<String> words) {}

    public static void main(String[] args) throws Exception {
        if (args[0].equals("log")) {
            log(Integer.parseInt(args[1]) * 1_000_000L, Path.of(args[2]));
        } else {
            time(Integer.parseInt(args[1]), Integer.parseInt(args[2]), Path.of(args[3]));
        }
    }

    private static void time(int rounds, int warmups, Path spec) throws Exception {
        List<Command> commands = new ArrayList<>();
        for (String line : Files.readAllLines(spec)) {
            String[] parts = line.split("\t", 3);
            commands.add(new Command(parts[0], new File(parts[1]), List.of(parts[2].split(" "))));
        }
        double[][] times = new double[commands.size()][rounds];
        for (int round = -warmups; round < rounds; round++) {
            for (int i = 0; i < commands.size(); i++) {
                double taken = run(commands.get(i), commands.get(i).words());
                if (round >= 0) {
                    times[i][round] = taken;
                }
            }
        }
        System.out.printf("%-44s %9s %9s %9s %7s %8s%n", "", "min ms", "median", "max", "ratio", "MiB");
        for (int i = 0; i < commands.size(); i++) {
            Arrays.sort(times[i]);
            System.out.printf(
                    "%-44s %9.1f %9.1f %9.1f %7.2f %8s%n",
                    commands.get(i).name(),
                    times[i][0],
                    median(times[i]),
                    times[i][rounds - 1],
                    median(times[i]) / median(times[0]),
                    memory(commands.get(i)));
        }
    }

    private static double run(Command command, List<String> words) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectInput(command.stdin())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        long start = System.nanoTime();
        int status = builder.start().waitFor();
        double taken = (System.nanoTime() - start) / 1e6;
        if (status > 1) { // An expired token is an answer.
            throw new IllegalStateException("status " + status + " from " + command.name());
        }
        return taken;
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static String memory(Command command) throws IOException, InterruptedException {
        if (!new File("/usr/bin/time").canExecute()) {
            return "-";
        }
        Path file = Files.createTempFile("peak", "");
        List<String> words = new ArrayList<>(List.of("/usr/bin/time", "-f", "%M", "-o", file.toString()));
        words.addAll(command.words());
        run(command, words);
        List<String> lines = Files.readAllLines(file);
        Files.delete(file);
        return String.format("%.1f", Integer.parseInt(lines.get(lines.size() - 1)) / 1024.0);
    }

    private static void log(long length, Path file) throws IOException {
        Random random = new Random(1713);
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
            long written = 0;
            for (int i = 0; written < length; i++) {
                String line = i % 1000 == 999 ? lineWithToken(i, random) : line(i, random);
                out.write(line);
                out.write('\n');
                written += line.length() + 1;
            }
        }
    }

    /** A line as jobs print them: of the CLI, a server, a runner, Go's tests, Maven, Docker, Java, and now and then base64. */
    private static String line(int i, Random random) {
        String second = "2026-01-09T00:" + (10 + i / 60 % 50) + ":" + (10 + i % 50);
        return switch (random.nextInt(24)) {
            case 0, 1, 2, 3 -> second + "Z INF attestation/push.go:" + i % 700 + " material " + id(random)
                    + " uploaded to https://cas.example/v1/blobs/sha256:" + hex(64, random) + " in " + i % 977 + " ms";
            case 4, 5, 6, 7, 8 -> "{\"level\":\"info\",\"ts\":\"" + second + ".417Z\",\"caller\":\"middleware/logging.go:" + i % 90
                    + "\",\"msg\":\"request finished\",\"operation\":\"/controlplane.v1.AttestationService/Store\",\"code\":200,"
                    + "\"trace_id\":\"" + hex(32, random) + "\",\"latency\":0.0" + i % 9973 + "}";
            case 9, 10, 11 -> second + ".1234567Z ##[debug]Evaluating condition for step: 'Upload the SBOM of component " + i % 77 + "'";
            case 12, 13, 14 -> "[INFO] Downloaded from central: https://repo.maven.apache.org/maven2/org/apache/maven/maven-artifact-"
                    + i % 40 + "/3.9." + i % 9 + "/maven-artifact-3.9." + i % 9 + ".jar (" + i % 900 + " kB at 1.2 MB/s)";
            case 15, 16 -> "    --- PASS: TestWorkflowContract/revision_" + i % 40 + "_of_an_organization_without_a_project (0.0" + i % 9 + "s)";
            case 17 -> "ok  \tgithub.com/chainloop-dev/chainloop/app/controlplane/pkg/biz\t" + i % 60 + ".042s";
            case 18, 19 -> "#" + i % 30 + " sha256:" + hex(64, random) + " " + i % 90 + ".3MB / 104.86MB " + i % 60 + ".1s";
            case 20, 21 -> "\tat org.springframework.web.servlet.FrameworkServlet.processRequest(FrameworkServlet.java:" + i % 1000 + ")";
            case 22 -> "remote: Compressing objects: " + i % 100 + "% (" + i % 4000 + "/4000)\t\u001b[32mdone\u001b[0m";
            default -> Base64.getEncoder().encodeToString(bytes(48, random));
        };
    }

    private static String lineWithToken(int i, Random random) {
        String token = token(i / 1000, random);
        return switch (i / 1000 % 3) {
            case 0 -> "> Authorization: Bearer " + token;
            case 1 -> "{\"level\":\"debug\",\"msg\":\"request\",\"headers\":{\"authorization\":\"Bearer " + token + "\"},\"code\":200}";
            default -> "  token: " + Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.US_ASCII));
        };
    }

    private static String hex(int letters, Random random) {
        return HexFormat.of().formatHex(bytes(letters / 2, random));
    }

    private static byte[] bytes(int length, Random random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String token(int i, Random random) {
        String header = "{\"alg\":\"" + (i % 4 == 3 ? "RS256" : "HS256") + "\",\"typ\":\"JWT\"}";
        return segment(header.getBytes(StandardCharsets.UTF_8)) + "."
                + segment(payload(i, random).getBytes(StandardCharsets.UTF_8)) + "."
                + segment(bytes(i % 4 == 3 ? 256 : 32, random));
    }

    private static String payload(int i, Random random) {
        return switch (i % 4) {
            case 0 -> "{\"user_id\":\"" + id(random) + "\",\"iss\":\"cp.chainloop\",\"aud\":[\"user-auth.chainloop\"],"
                    + "\"exp\":" + (4_000_000_000L + i) + "}";
            case 3 -> "{\"iss\":\"https://token.actions.githubusercontent.com\",\"aud\":\"chainloop\",\"sub\":\"repo:acme/web-"
                    + i + ":ref:refs/heads/main\",\"repository\":\"acme/web-" + i + "\",\"repository_owner_id\":\"" + i
                    + "\",\"actor\":\"octocat\",\"workflow\":\"release\",\"ref\":\"refs/heads/main\",\"run_id\":\""
                    + (i * 7L) + "\",\"iat\":1730000000,\"exp\":"
                    + (4_000_000_000L + i) + "}";
            default -> {
                String project = id(random);
                yield "{\"org_id\":\"" + id(random) + "\",\"org_name\":\"acme-" + i % 50 + "\",\"token_name\":\"ci-" + i
                        + "\",\"project_id\":\"" + project + "\",\"project_name\":\"web-" + i % 200
                        + "\",\"scope\":\"project\",\"scope_id\":\"" + project
                        + "\",\"iss\":\"cp.chainloop\",\"aud\":[\"api-token-auth.chainloop\"],\"jti\":\"" + id(random) + "\"}";
            }
        };
    }

    private static String id(Random random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private static String segment(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
