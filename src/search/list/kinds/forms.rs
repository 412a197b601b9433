//! Tables with quotes, commas and cells that do not fit.

use super::check;

#[test]
fn a_cell_out_of_place_adds_no_one() {
    check(&[
        // Commas without quotes move the columns.
        (
            "Name,Manager Email,Email\nDoe, Jane,rick.roe@example.com,jane.doe@example.com\nSam Poe,rick.roe@example.com,sam.poe@example.com\n",
            "sampoe",
            "rickroe janedoe",
            0,
        ),
        // Typographic quotes within a cell.
        (
            "Name,Notes,Manager Email,Email\nJane,\"calls it “new, good” now\",rick.roe@example.com,jane.doe@example.com\n",
            "janedoe",
            "",
            0,
        ),
        ("Name,Manager Email,Email\n“Doe, Jane”,rick.roe@example.com,jane.doe@example.com\n", "janedoe", "", 0),
        (
            "Name,Email,Notes\n\"Jane \"\"JD\"\" Doe\",jane.doe@example.com,\"a \"\"quoted, rick.roe@example.com\"\" note\"\n",
            "janedoe",
            "",
            0,
        ),
        (
            "Name,Email,Notes\nJane,jane.doe@example.com,5\" disk\nSam,sam.poe@example.com,\"none\n",
            "janedoe sampoe",
            "",
            0,
        ),
        ("sep=,\nEmail,Manager\njane.doe@example.com,rick.roe@example.com\n", "janedoe", "", 0),
        ("sep=|\r\nEmail|Manager\r\njane.doe@example.com|rick.roe@example.com\r\n", "janedoe", "", 0),
        ("Email;Manager\rjane.doe@example.com;rick.roe@example.com\rsam.poe@example.com;\r", "janedoe sampoe", "", 0),
    ]);
}

#[test]
fn a_cell_that_says_more_than_an_address_is_a_question() {
    check(&[
        (
            "Email,Team\nnora@example.com (was rick.roe@example.com),Sales\njane.doe@example.com,Sales\n",
            "janedoe",
            "rickroe",
            0,
        ),
        ("Email,Team\nn/a - ask rick.roe@example.com,Sales\njane.doe@example.com,Sales\n", "janedoe", "rickroe", 0),
        ("Email,Team\nnot rick.roe@example.com,Sales\njane.doe@example.com,Sales\n", "janedoe", "rickroe", 0),
        (
            "Email,Team\nJane Doe <jane.doe@example.com>,Sales\nmailto:sam.poe@example.com,Sales\n",
            "janedoe sampoe",
            "",
            0,
        ),
        ("Email,Team\njane.doe@example.com; jd@example.net,Sales\n", "janedoe", "", 0),
        ("Email,Team\njd@example.net; jane.doe@example.com,Sales\n", "", "janedoe", 0),
        ("Email,Email\nnora@example.com,rick.roe@example.com\n", "", "rickroe", 0),
        ("Email,Team\n#rick.roe@example.com,Sales\njane.doe@example.com,Sales\n", "janedoe", "rickroe", 0),
        ("Email,Team\nmanager:rick.roe@example.com,Sales\njane.doe@example.com,Sales\n", "janedoe", "rickroe", 0),
        (
            "Email,Action\njane.doe@example.com,add\n\"jane.doe@example.com, rick.roe@example.com\",add\n",
            "janedoe",
            "janedoe rickroe",
            0,
        ),
    ]);
}

#[test]
fn files_of_every_encoding_read_the_same() {
    let table =
        "Vollständiger Name;E-Mail;Führungskraft\r\nRenée;renee.exemplaire@example.com;rick.roe@example.com\r\n";
    let utf16 = |unit: fn(u16) -> [u8; 2]| table.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let latin: Vec<u8> = table.chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect();
    for bytes in [
        table.as_bytes().to_vec(),
        [b"\xef\xbb\xbf", table.as_bytes()].concat(),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
        [&[0xff, 0xfe][..], &utf16(u16::to_le_bytes)].concat(),
        latin,
        table.replace("\r\n", "\r").into_bytes(),
    ] {
        check(&[(&super::super::decode(&bytes), "renee", "", 0)]);
    }
}
