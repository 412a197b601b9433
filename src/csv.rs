//! Tables as CSV (RFC 4180), safe to open in a spreadsheet.
//!
//! Invariant: no cell that came from somebody else is run as a formula, and every cell reads back as it was written but
//! for the apostrophe that disarms it.

/// What makes a spreadsheet take a cell for a formula; the wide forms count as well.
const FORMULA: [char; 9] = ['=', '+', '-', '@', '\t', '＝', '＋', '－', '＠'];

/// Rows of cells as one text: commas between cells, CRLF after each row.
pub fn table(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut text = String::new();
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| quoted(&disarmed(cell))).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

/// The same for the clipboard, as spreadsheets take rows from it: tabs between cells, one line a row. What would break a
/// cell in two becomes a blank.
pub fn for_clipboard(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let cell = |cell: &String| {
        let line = disarmed(cell).replace(['\t', '\r', '\n'], " ");
        // A quote at its beginning would be taken for one around the cell.
        if line.starts_with('"') { format!("\"{}\"", line.replace('"', "\"\"")) } else { line }
    };
    let lines = rows.into_iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join("\t"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Where a spreadsheet that is set to another separator than the comma begins a cell, whatever the quotation marks say.
const ELSEWHERE: [char; 4] = [';', '\t', '\r', '\n'];

/// Puts an apostrophe before what would be a formula, also where blanks or line breaks stand before it, and also within a
/// cell that would be parted there.
fn disarmed(cell: &str) -> String {
    let mut text = String::new();
    if cell.starts_with(['\t', '\r', '\n']) || begins_formula(cell) {
        text.push('\'');
    }
    for (place, part) in cell.split_inclusive(ELSEWHERE).enumerate() {
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
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(
            line(&["plain", "a,b", "say \"hi\"", "two\nlines", ""]),
            "plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\r\n"
        );
        assert_eq!(line(&["1234.50", "42 %"]), "1234.50,42 %\r\n");
    }

    #[test]
    fn formulas_are_disarmed() {
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

    /// Reads what RFC 4180 says, for the test alone.
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
                rows.iter().map(|row| row.iter().map(|cell| disarmed(cell)).collect()).collect();
            prop_assert_eq!(read(&table(rows)), expected);
        }

        #[test]
        fn no_cell_begins_a_formula_with_another_separator(cells in prop::collection::vec("[-=+@a;\t\r\n\" ]{0,10}", 1..4)) {
            for cell in table([cells]).split(ELSEWHERE) {
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
