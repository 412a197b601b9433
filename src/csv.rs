//! Writes tables as CSV (RFC 4180), safe to open in a spreadsheet.
//!
//! Invariant: no cell is run as a formula. Every cell reads back as it was written, except for the apostrophe that prevents
//! this.

/// Characters at the start of a formula, including the full-width forms.
const FORMULA: [char; 9] = ['=', '+', '-', '@', '\t', '＝', '＋', '－', '＠'];

/// Rows as CSV: commas between cells, CRLF after each row.
pub fn table(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut text = String::new();
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| quoted(&escaped(cell))).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

/// Rows for the clipboard, as spreadsheets paste them: tabs between cells, one line for each row. Tabs and line breaks within
/// a cell become spaces.
pub fn for_clipboard(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let cell = |cell: &String| {
        let line = escaped(cell).replace(['\t', '\r', '\n'], " ");
        // Spreadsheets read a quote at the start as the quote around a cell.
        if line.starts_with('"') { format!("\"{}\"", line.replace('"', "\"\"")) } else { line }
    };
    let lines = rows.into_iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join("\t"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Characters after which a spreadsheet with another separator than the comma begins a cell, even within quotes.
const OTHER_SEPARATORS: [char; 4] = [';', '\t', '\r', '\n'];

/// Puts an apostrophe before a formula, also after white space, and also within a cell that another separator would split.
fn escaped(cell: &str) -> String {
    let mut text = String::new();
    if cell.starts_with(['\t', '\r', '\n']) || begins_formula(cell) {
        text.push('\'');
    }
    for (place, part) in cell.split_inclusive(OTHER_SEPARATORS).enumerate() {
        if place > 0 && begins_formula(part) {
            text.push('\'');
        }
        text.push_str(part);
    }
    text
}

fn begins_formula(text: &str) -> bool {
    text.trim_start_matches(|c: char| c.is_whitespace() || c == '"').starts_with(FORMULA)
}

fn quoted(cell: &str) -> String {
    let needs_quotes = cell.contains([',', '"', '\r', '\n']) || cell.trim() != cell;
    if needs_quotes { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(cells: &[&str]) -> String {
        table([cells.iter().map(|cell| (*cell).to_owned()).collect()])
    }

    #[test]
    fn cells_are_quoted_only_if_necessary() {
        assert_eq!(
            line(&["plain", "a,b", "say \"hi\"", "two\nlines", ""]),
            "plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\r\n"
        );
        assert_eq!(line(&["1234.50", "42 %"]), "1234.50,42 %\r\n");
    }

    #[test]
    fn formulas_are_escaped() {
        assert_eq!(line(&["=1+1", "+SUM(A1)", "-2", "@cmd", "  =1"]), "'=1+1,'+SUM(A1),'-2,'@cmd,'  =1\r\n");
        assert_eq!(line(&["\t=1", "＝1"]), "'\t'=1,'＝1\r\n");
        assert_eq!(line(&["=HYPERLINK(\"x\",\"y\")"]), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"\r\n");
        assert_eq!(line(&["\r=1"]), "\"'\r'=1\"\r\n");
        assert_eq!(line(&["a;=1", "b\n\"+1", "c;d-1"]), "a;'=1,\"b\n'\"\"+1\",c;d-1\r\n");
    }

    #[test]
    fn a_copied_cell_stays_one_cell_and_begins_no_formula() {
        let row = ["a\tb", "two\r\nlines", "=1+1", "\t=2", "\"x\""].map(str::to_owned).to_vec();
        assert_eq!(for_clipboard([row, vec!["z".to_owned()]]), "a b\ttwo  lines\t'=1+1\t' '=2\t\"\"\"x\"\"\"\nz");
    }

    /// Reads CSV by RFC 4180.
    fn read(text: &str) -> Vec<Vec<String>> {
        let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
        let mut is_quoted = false;
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '"' if is_quoted && letters.peek() == Some(&'"') => cell.push(letters.next().unwrap()),
                '"' => is_quoted = !is_quoted,
                ',' if !is_quoted => row.push(std::mem::take(&mut cell)),
                '\r' if !is_quoted && letters.peek() == Some(&'\n') => {
                    letters.next();
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                other => cell.push(other),
            }
        }
        rows
    }

    proptest! {
        #[test]
        fn every_table_reads_back(rows in prop::collection::vec(prop::collection::vec("(?s).{0,12}", 1..4), 0..5)) {
            let expected: Vec<Vec<String>> =
                rows.iter().map(|row| row.iter().map(|cell| escaped(cell)).collect()).collect();
            prop_assert_eq!(read(&table(rows)), expected);
        }

        #[test]
        fn no_cell_begins_a_formula_with_another_separator(cells in prop::collection::vec("[-=+@a;\t\r\n\" ]{0,10}", 1..4)) {
            for cell in table([cells]).split(OTHER_SEPARATORS) {
                prop_assert!(!begins_formula(cell), "{:?}", cell);
            }
        }

        #[test]
        fn no_cell_begins_a_formula(cell in "[ \t\r\n]{0,2}[=+@-].{0,8}") {
            let text = table([vec![cell]]);
            prop_assert!(text.trim_start_matches('"').starts_with('\''));
        }
    }
}
