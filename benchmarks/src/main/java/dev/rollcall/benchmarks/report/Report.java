package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.results.Provenance;
import dev.rollcall.benchmarks.results.ResultsFile;
import dev.rollcall.stress.Guarantee;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Puts the report together in its folder: {@code index.html} for people, {@code details.html} with the
 * long tables, and the raw results beside them. The drift replay and the benchmarks have left
 * theirs there; the stress module's are copied.
 */
public final class Report {
    /** In the report's folder: a results file that has what the subjects of the check cost, if that was measured apart. */
    public static final String COSTS = "subjects.json";

    static final String VERDICT = "verdict.json";

    private final Path stressResults;
    private final Path out;
    private final List<String> failures = new ArrayList<>();
    private final Map<String, Object> model = new HashMap<>();
    private List<Evidence> evidence = List.of();

    private Report(Path stressResults, Path out) {
        this.stressResults = stressResults;
        this.out = out;
    }

    /** What a report has to tell of. What is not there is a failure. */
    public enum Extent {
        /** Everything: the main job's report. */
        WHOLE,
        /** Everything but figures of speed, for which there is no time in every build. */
        WITHOUT_FIGURES
    }

    /**
     * What came of it.
     *
     * @param failures what makes the report red; empty if nothing does
     * @param evidence the kinds of evidence
     */
    public record Written(List<String> failures, List<Evidence> evidence) {}

    /**
     * Writes the report.
     *
     * @param stressResults where jcstress' results are, in the stress module's target folder; what the
     *     other kinds of evidence left is found from there
     * @param out the report's folder
     * @param benchmarkFailures what went wrong with the benchmarks
     */
    public static Written write(Path stressResults, Path out, Extent extent, List<String> benchmarkFailures)
            throws IOException {
        Files.createDirectories(out);
        Report report = new Report(stressResults, out);
        report.read(extent);
        report.copy();
        List<String> failures = Stream.concat(report.failures.stream(), benchmarkFailures.stream())
                .toList();
        report.model.put("failures", failures);
        report.model.put("hasFigures", extent == Extent.WHOLE);
        report.render("index");
        report.render("details");
        return new Written(failures, report.evidence);
    }

    /** What has no input is no part of the model; the reason is among the failures. */
    private void read(Extent extent) throws IOException {
        Path checked = stressResults.resolveSibling("check/check.json");
        Optional<DriftFile> drift = JsonFile.read(out.resolve("drift.json"), DriftFile.class, failures);
        Optional<VerdictFile> verdict = JsonFile.read(stressResults.resolve(VERDICT), VerdictFile.class, failures);
        Optional<ResultsFile> prices = extent == Extent.WHOLE
                ? JsonFile.read(out.resolve("jmh.json"), ResultsFile.class, failures)
                : Optional.empty();
        Optional<ResultsFile> costs = JsonFile.readIfThere(out.resolve(COSTS), ResultsFile.class, failures)
                .or(() -> prices);
        Optional<CheckFile> check = JsonFile.readIfThere(checked, CheckFile.class, failures);
        check.ifPresent(file -> failures.addAll(file.reasons()));
        drift.ifPresent(file -> failures.addAll(file.reasons()));
        verdict.ifPresent(file -> failures.addAll(file.reasons()));
        evidence = EvidenceFiles.read(stressResults, verdict, failures);
        if (extent == Extent.WHOLE) {
            evidence.stream()
                    .filter(each -> each.status() == Evidence.Status.NOT_RUN
                            && !each.kind().isInEveryBuild())
                    .forEach(each -> failures.add(each.kind().title() + ": not run"));
        }
        model.put("evidence", evidence);
        model.put("guarantees", Guarantee.values());
        model.put("run", prices.map(ResultsFile::run).orElseGet(() -> Provenance.here("")));
        drift.ifPresent(file -> model.put("drift", file));
        drift.ifPresent(file -> model.put("driftChart", Charts.drift(file)));
        check.ifPresent(file -> model.put("check", file));
        costs.flatMap(SubjectCosts::of).ifPresent(file -> model.put("costs", file));
        verdict.ifPresent(file -> model.put("verdict", file));
        model.put("sources", verdict.isPresent() ? sources(verdict.get()) : Map.of());
        prices.ifPresent(file -> model.put("price", Price.of(file)));
        // Broken or missing: a failure of its kind of evidence.
        JsonFile.readIfThere(stressResults.resolveSibling(EvidenceFiles.MUTANTS), MutantsFile.class, new ArrayList<>())
                .ifPresent(file -> model.put("mutants", file));
    }

    /** The source of each race, by its name, as far as the project's folder is at hand. */
    private Map<String, String> sources(VerdictFile verdict) throws IOException {
        Path folder = stressResults.toAbsolutePath().normalize().getParent().resolveSibling("src/main/java");
        Map<String, String> sources = new HashMap<>();
        for (VerdictFile.Test test : verdict.tests()) {
            Path source = folder.resolve(String.valueOf(test.file()).replace('.', '/') + ".java");
            if (Files.isRegularFile(source)) {
                sources.put(test.group(), Files.readString(source));
            }
        }
        return sources;
    }

    private void copy() throws IOException {
        for (String name : List.of("check.html", "check.json")) {
            copy(stressResults.resolveSibling("check").resolve(name), out.resolve(name));
        }
        copy(stressResults.resolve(VERDICT), out.resolve(VERDICT));
        if (Files.isDirectory(stressResults)) {
            try (Stream<Path> files = Files.walk(stressResults)) {
                for (Path file : files.filter(each -> !each.endsWith(VERDICT)).toList()) {
                    copy(
                            file,
                            out.resolve("jcstress")
                                    .resolve(stressResults.relativize(file).toString()));
                }
            }
        }
        List<String> raw = Stream.of("drift.json", "check.json", VERDICT, "jmh.json", COSTS, "jcstress/index.html")
                .filter(name -> Files.exists(out.resolve(name)))
                .toList();
        model.put("raw", raw);
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.isRegularFile(from)) {
            Files.createDirectories(to.getParent());
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void render(String page) throws IOException {
        Configuration templates = new Configuration(Configuration.VERSION_2_3_34);
        templates.setClassForTemplateLoading(Report.class, "");
        templates.setDefaultEncoding("UTF-8");
        templates.setLocale(Locale.ROOT);
        templates.setNumberFormat(",##0.##");
        templates.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        templates.setLogTemplateExceptions(false);
        try (Writer writer = Files.newBufferedWriter(out.resolve(page + ".html"))) {
            templates.getTemplate(page + ".ftlh").process(model, writer);
        } catch (TemplateException e) {
            throw new IllegalStateException(e);
        }
    }
}
