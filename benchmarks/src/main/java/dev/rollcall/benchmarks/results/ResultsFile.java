package dev.rollcall.benchmarks.results;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A file of results: what tables need and no more, a line for each cell.
 *
 * @param run where the numbers come from
 * @param unused forks that failed or never became steady, each with the reason
 * @param cells the numbers
 */
public record ResultsFile(Provenance run, List<String> unused, List<Measured> cells) {
    private static final MathContext DIGITS = new MathContext(5);
    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .registerTypeAdapter(Double.class, (JsonSerializer<Double>)
                    (number, type, context) -> new JsonPrimitive(new BigDecimal(number, DIGITS)))
            .create();

    /**
     * A cell's numbers.
     *
     * @param cell what was measured
     * @param series by name
     */
    public record Measured(Cell cell, Map<String, Series> series) {}

    /** Nothing measured. */
    public static ResultsFile none() {
        return new ResultsFile(new Provenance("", "", "", "", ""), List.of(), List.of());
    }

    /** Reads a file that {@link #write} wrote. */
    public static ResultsFile read(Path file) throws IOException {
        ResultsFile read;
        try {
            read = GSON.fromJson(Files.readString(file), ResultsFile.class);
        } catch (JsonParseException e) {
            throw new IOException(file + " is no results file: " + e.getMessage(), e);
        }
        if (read == null || read.run() == null || read.unused() == null || read.cells() == null) {
            throw new IOException(file + " is no results file: it needs \"run\", \"unused\" and \"cells\"");
        }
        return read;
    }

    /** Writes the file. */
    public void write(Path file) throws IOException {
        Files.writeString(file, """
                {"run": %s,
                "unused": [
                %s],
                "cells": [
                %s]}
                """.formatted(GSON.toJson(run), lines(unused), lines(cells)));
    }

    private static String lines(List<?> elements) {
        return elements.stream().map(GSON::toJson).collect(Collectors.joining(",\n"));
    }

    /** The numbers of a cell; none if it was not measured. */
    public List<Double> passes(Cell cell, String series) {
        return find(cell, series).map(Series::passes).orElse(List.of());
    }

    /** Whether any cell has such numbers. */
    public boolean has(String series) {
        return cells.stream().anyMatch(each -> each.series().containsKey(series));
    }

    /** Whether a cell was run, be it in vain. */
    public boolean hasTried(Cell cell) {
        return cells.stream().anyMatch(each -> each.cell().equals(cell))
                || unused.stream().anyMatch(fork -> fork.contains(" " + cell + " "));
    }

    /** What a cell's numbers are in; empty if it was not measured. */
    public String unit(Cell cell, String series) {
        return find(cell, series).map(Series::unit).orElse("");
    }

    private Optional<Series> find(Cell cell, String series) {
        return cells.stream()
                .filter(each -> each.cell().equals(cell))
                .findFirst()
                .map(each -> each.series().get(series));
    }
}
