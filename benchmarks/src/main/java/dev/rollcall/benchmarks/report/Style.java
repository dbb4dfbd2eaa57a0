package dev.rollcall.benchmarks.report;

/** The page's style sheet: light, dark, and on paper. */
final class Style {
    static final String CSS = """
            :root { --text: #1f2328; --soft: #59636e; --page: #ffffff; --line: #d0d7de; --raised: #f6f8fa;
              --good: #116329; --good-page: #dafbe1; --bad: #a40e26; --bad-page: #ffebe9; --link: #0969da; }
            @media screen and (prefers-color-scheme: dark) {
              :root { --text: #e6edf3; --soft: #9198a1; --page: #0d1117; --line: #3d444d; --raised: #151b23;
                --good: #56d364; --good-page: #12261e; --bad: #ff8182; --bad-page: #301618; --link: #58a6ff; } }
            body { margin: 0; background: var(--page); color: var(--text);
              font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
            main { max-width: 1120px; margin: 0 auto; padding: 24px 20px 64px; }
            h1 { font-size: 28px; margin: 0 0 12px; }
            h2 { font-size: 21px; margin: 44px 0 8px; padding-bottom: 4px; border-bottom: 1px solid var(--line); }
            h3 { font-size: 16px; margin: 28px 0 4px; }
            h4 { font-size: 14px; margin: 18px 0 4px; font-weight: normal; }
            p { margin: 6px 0 10px; max-width: 80ch; }
            li { max-width: 80ch; margin: 4px 0; }
            a { color: var(--link); }
            code { font: 13px/1.4 ui-monospace, "DejaVu Sans Mono", Consolas, monospace; }
            .note { color: var(--soft); font-size: 13px; }
            .good { color: var(--good); }
            .bad { color: var(--bad); font-weight: 600; }
            .banner { max-width: none; padding: 12px 16px; border-radius: 6px; font-size: 17px; font-weight: 600; }
            .banner.good { background: var(--good-page); }
            .banner.bad { background: var(--bad-page); }
            .chip { display: inline-block; padding: 0 7px; border-radius: 9px; font-size: 13px; white-space: nowrap; }
            .chip.good { background: var(--good-page); }
            .chip.bad { background: var(--bad-page); }
            .figures { display: flex; flex-wrap: wrap; gap: 12px 36px; margin-top: 14px; }
            .figures div { display: flex; flex-direction: column; }
            .figures b { font-size: 19px; font-variant-numeric: tabular-nums; }
            .figures span { color: var(--soft); font-size: 13px; }
            .scroll { overflow-x: auto; }
            table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
            th, td { padding: 5px 12px 5px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
            th { font-weight: 600; }
            tbody th { font-weight: normal; }
            .numbers td, .numbers thead th:not(:first-child), .right { text-align: right; }
            .numbers td, .numbers th { padding-left: 12px; }
            .numbers td { white-space: nowrap; }
            .goals td:last-child { white-space: normal; min-width: 10em; text-align: left; }
            .numbers thead th { vertical-align: bottom; }
            .numbers tbody th { min-width: 11em; max-width: 22em; }
            .numbers th:first-child { padding-left: 0; }
            figure { margin: 14px 0; }
            figure img { max-width: 100%; height: auto; }
            details { margin-top: 14px; }
            summary { cursor: pointer; color: var(--link); }
            dt { font-weight: 600; margin-top: 8px; }
            dd { margin: 0; overflow-wrap: anywhere; }
            @media print {
              body { font-size: 11px; } main { max-width: none; padding: 0; }
              table, code { font-size: 10px; } .scroll { overflow: visible; }
              h2, h3 { break-after: avoid; } tr, figure { break-inside: avoid; }
              .banner, .chip { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
            """;

    private Style() {}
}
