//! Reads and writes tables as CSV (RFC 4180). What is written is safe to open in a spreadsheet.
//!
//! Invariant: no cell is run as a formula. Every cell reads back as it was written, except for the apostrophe that prevents
//! this.

/// A row of a table, with the numbers of its first and last line, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub first_line: usize,
    pub last_line: usize,
    pub cells: Vec<String>,
}

/// Reads rows of cells. A cell in quotes may contain separators, line breaks and doubled quotes; spaces before its first quote
/// are dropped. Lines end with LF, CR or both. A quote that is never closed is an ordinary character.
pub fn rows(text: &str, separator: char) -> Vec<Row> {
    let mut rows = Vec::new();
    let (mut rest, mut line) = (text, 1);
    while !rest.is_empty() {
        let first_line = line;
        let mut cells = Vec::new();
        loop {
            let (cell, after) = cell(rest, separator);
            line += rest[..rest.len() - after.len()].matches('\n').count();
            cells.push(cell);
            rest = after;
            match rest.strip_prefix(separator) {
                Some(after) => rest = after,
                None => break,
            }
        }
        rows.push(Row { first_line, last_line: line, cells });
        rest = rest.strip_prefix('\r').unwrap_or(rest);
        rest = rest.strip_prefix('\n').unwrap_or(rest);
        line += 1;
    }
    rows
}

/// The first cell, and the text from the separator or line end after it.
fn cell(text: &str, separator: char) -> (String, &str) {
    let is_end = |c: char| c == separator || matches!(c, '\r' | '\n');
    let mut cell = String::new();
    let mut rest = text;
    if let Some(mut quoted) = text.trim_start_matches(' ').strip_prefix('"') {
        while let Some((inside, after)) = quoted.split_once('"') {
            cell.push_str(inside);
            match after.strip_prefix('"') {
                Some(after) => {
                    cell.push('"');
                    quoted = after;
                }
                None => {
                    rest = after;
                    break;
                }
            }
        }
        if rest.len() == text.len() {
            cell.clear();
        }
    }
    let end = rest.find(is_end).unwrap_or(rest.len());
    cell.push_str(&rest[..end]);
    (cell, &rest[end..])
}

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
pub fn escaped(cell: &str) -> String {
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

    fn cells(text: &str, separator: char) -> Vec<Vec<String>> {
        rows(text, separator).into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn rows_know_their_lines() {
        let text = "a,\"b\nc\"\r\n\r\nd,e";
        let found: Vec<_> = rows(text, ',').into_iter().map(|row| (row.first_line, row.last_line, row.cells)).collect();
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        assert_eq!(found, [(1, 2, row(&["a", "b\nc"])), (3, 3, row(&[""])), (4, 4, row(&["d", "e"]))]);
    }

    #[test]
    fn a_quote_that_is_never_closed_swallows_no_line() {
        assert_eq!(cells("\"a,b\nc", ','), [vec!["\"a".to_owned(), "b".to_owned()], vec!["c".to_owned()]]);
        assert_eq!(cells("a \"b, \"c,d\"", ','), [vec!["a \"b".to_owned(), "c,d".to_owned()]]);
    }

    proptest! {
        #[test]
        fn every_table_reads_back(rows in prop::collection::vec(prop::collection::vec("(?s).{0,12}", 1..4), 0..5)) {
            let expected: Vec<Vec<String>> =
                rows.iter().map(|row| row.iter().map(|cell| escaped(cell)).collect()).collect();
            prop_assert_eq!(cells(&table(rows), ','), expected);
        }

        /// Blank lines, which the crate leaves out, spaces before a quote, which it keeps, and quotes that are never closed aside.
        #[test]
        fn rows_are_read_as_the_csv_crate_reads_them(
            rows in prop::collection::vec(
                (prop::collection::vec("[a;]{0,2}|a\"|\"[a,\n]{0,3}(\"\")?a?\"", 1..4), "\n|\r\n"),
                0..4,
            )
        ) {
            let text: String = rows.iter().map(|(cells, end)| [&cells.join(","), end.as_str()].concat()).collect();
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let read = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>());
            let is_full = |cells: &Vec<String>| !matches!(&cells[..], [cell] if cell.is_empty());
            let expected: Vec<Vec<String>> = read.filter(is_full).collect();
            let found: Vec<Vec<String>> = cells(&text, ',').into_iter().filter(is_full).collect();
            prop_assert_eq!(found, expected);
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
