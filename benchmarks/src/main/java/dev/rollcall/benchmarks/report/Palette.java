package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.peers.Subject;
import java.awt.Color;

/**
 * The colours of a chart, for light pages and for dark ones. The series are told apart by people
 * who see colours differently too (after M. Okabe and K. Ito, "Color Universal Design").
 */
enum Palette {
    LIGHT(
            Color.WHITE,
            new Color(0x1f2328),
            new Color(0xd0d7de),
            new Color(0x8c959f),
            new Color(0x0072b2),
            new Color(0xe69f00),
            new Color(0x009e73),
            new Color(0x56b4e9),
            new Color(0xcc79a7),
            new Color(0xd55e00),
            new Color(0x7a6a00),
            new Color(0x6a4c93),
            new Color(0x8d5524),
            new Color(0x5c6770),
            new Color(0x003b66)),
    DARK(
            new Color(0x0d1117),
            new Color(0xe6edf3),
            new Color(0x3d444d),
            new Color(0x9198a1),
            new Color(0x4aa3df),
            new Color(0xf0b429),
            new Color(0x2dc69a),
            new Color(0x8fd0f5),
            new Color(0xe3a3c6),
            new Color(0xf07b3f),
            new Color(0xc9b458),
            new Color(0xb39ddb),
            new Color(0xc68b59),
            new Color(0xa8b3bd),
            new Color(0xb7dcf7));

    private final Color page;
    private final Color text;
    private final Color grid;
    private final Color[] series;

    Palette(Color page, Color text, Color grid, Color... series) {
        this.page = page;
        this.text = text;
        this.grid = grid;
        this.series = series;
    }

    /** What is behind a picture that stands alone. */
    Color page() {
        return page;
    }

    Color text() {
        return text;
    }

    Color grid() {
        return grid;
    }

    /** A subject has the same colour in every chart. */
    Color of(Subject subject) {
        return series[
                switch (subject) {
                    case NONE -> 0;
                    case EXACT -> 1;
                    case ATOMIC -> 2;
                    case ADDER -> 3;
                    case TABLE -> 4;
                    case ATOMIC_WITHOUT_TALLIES,
                            ADDER_WITHOUT_TALLIES,
                            EXACT_SECURE_IDS,
                            EXACT_COUNTS,
                            EXACT_ALWAYS_WRITES -> 5;
                    case EXACT_COARSE -> 11;
                    case BARE_MAP, BARE_MAP_SKIPS, MAPPING_COUNT -> 6;
                    case STRIPED_MAP -> 4;
                    case LOCKED_MAP -> 10;
                    case CAFFEINE -> 7;
                    case TOMCAT -> 8;
                    case VERTX -> 9;
                    case JETTY -> 2;
                    case NETTY_WHEEL -> 3;
                }];
    }

    /** Of a replayed manager: the more it drifts, the warmer. */
    Color ofReplayed(int index) {
        return of(
                switch (index) {
                    case 0 -> Subject.BARE_MAP;
                    case 1 -> Subject.ATOMIC;
                    default -> Subject.EXACT;
                });
    }
}
