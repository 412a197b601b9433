//! The text of a file, as spreadsheets and mail programs write files.

/// Decodes UTF-8 and UTF-16 with or without a byte order mark. Other bytes are read as Windows-1252.
pub fn decode(bytes: &[u8]) -> String {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        // Text of the Latin alphabet in UTF-16 has a zero in every second byte.
        _ if zeros(bytes, 1) => utf16(bytes, u16::from_le_bytes),
        _ if zeros(bytes, 0) => utf16(bytes, u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|byte| windows_1252(*byte)).collect(),
        },
    }
}

/// Whether more than half of every second byte is zero.
fn zeros(bytes: &[u8], start: usize) -> bool {
    let pairs = bytes.len() / 2;
    pairs > 0 && bytes.iter().skip(start).step_by(2).filter(|byte| **byte == 0).count() * 2 > pairs
}

fn windows_1252(byte: u8) -> char {
    const ABOVE: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => ABOVE[usize::from(byte - 0x80)],
        byte => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_in_its_encoding() {
        let little: Vec<u8> = "Zoë;日".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "Zoë;日".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [
            "Zoë;日".as_bytes().to_vec(),
            [b"\xef\xbb\xbf", "Zoë;日".as_bytes()].concat(),
            [&[0xff, 0xfe][..], &little].concat(),
            [&[0xfe, 0xff][..], &big].concat(),
            little,
            big,
        ] {
            assert_eq!(decode(&bytes), "Zoë;日", "{bytes:?}");
        }
        assert_eq!(decode(b"Zo\xeb \x96 10 \x80"), "Zoë – 10 €");
        assert_eq!((decode(b""), decode(b"\0")), (String::new(), "\0".to_owned()));
    }
}
