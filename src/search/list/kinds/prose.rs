//! Mails, chats, notes and records, in which people are merely mentioned.

use super::check;

#[test]
fn people_in_sentences_and_mails_are_questions() {
    check(&[
        (
            "On Tue, Nov 24, 2026 at 9:00 AM Rick Roe <rick.roe@example.com> wrote:\n> jane.doe@example.com\n> sam.poe@example.com",
            "",
            "rickroe janedoe sampoe",
            0,
        ),
        (
            "Am Di., 24. Nov. 2026 um 09:00 Uhr schrieb Rick Roe <rick.roe@example.com>:\n\njane.doe@example.com",
            "",
            "rickroe janedoe",
            0,
        ),
        (
            "Le mar. 24 nov. 2026 à 09:00, Rick Roe <rick.roe@example.com> a écrit :\njane.doe@example.com",
            "",
            "rickroe janedoe",
            0,
        ),
        (
            "El mar, 24 nov 2026 a las 9:00, Rick Roe (<rick.roe@example.com>) escribió:\njane.doe@example.com",
            "",
            "rickroe janedoe",
            0,
        ),
        ("2026年11月24日(火) 9:00 Rick Roe <rick.roe@example.com>:\njane.doe@example.com", "", "rickroe janedoe", 0),
        (
            "Von: Rick Roe\nGesendet: Dienstag\nAn: Maya Bossworth\nBetreff: Liste\n\nJane Doe",
            "",
            "rickroe boss janedoe",
            0,
        ),
        (
            "Od: Rick Roe <rick.roe@example.com>\nDo: Maya Bossworth <maya.boss@example.com>\nTemat: lista\n\njane.doe@example.com",
            "",
            "rickroe boss janedoe",
            0,
        ),
        (
            "От: Rick Roe <rick.roe@example.com>\nКому: Maya Bossworth <maya.boss@example.com>\nТема: список\n\njane.doe@example.com",
            "",
            "rickroe boss janedoe",
            0,
        ),
        (
            "差出人: Rick Roe <rick.roe@example.com>\n宛先: Maya Bossworth <maya.boss@example.com>\n件名: リスト\n\njane.doe@example.com",
            "",
            "rickroe boss janedoe",
            0,
        ),
        (
            "Rick Roe  9:41 AM\ncan you add jane.doe@example.com\nMaya Bossworth  9:42 AM\ndone",
            "",
            "rickroe janedoe boss",
            1,
        ),
        ("[09:41] Rick Roe: jane.doe@example.com\n[09:42] Maya Bossworth: ok", "", "janedoe rickroe boss", 0),
        ("Please add everyone except sam.poe@example.com:\njane.doe@example.com", "", "sampoe janedoe", 0),
        ("Add Jane Doe, but do not add Rick Roe.", "", "janedoe rickroe", 0),
        ("Attendees: Jane Doe, Sam Poe. Apologies: Rick Roe.", "", "janedoe sampoe rickroe", 0),
        ("Hello people,\nplease add jane.doe@example.com, rick.roe@example.com", "", "janedoe rickroe", 1),
        ("Send us name, email, and team.\nThanks, rick.roe@example.com, Rick", "", "rickroe", 1),
        (
            "Organizer: Maya Bossworth <maya.boss@example.com>\nJane Doe <jane.doe@example.com> - accepted\nRick Roe <rick.roe@example.com> - declined",
            "",
            "boss janedoe rickroe",
            0,
        ),
        ("<ul><li>jane.doe@example.com</li><li><s>rick.roe@example.com</s></li></ul>", "", "janedoe rickroe", 0),
        (
            "<tr><td>Jane Doe</td><td>jane.doe@example.com</td><td>rick.roe@example.com</td></tr>",
            "",
            "janedoe rickroe",
            0,
        ),
    ]);
}

#[test]
fn people_in_records_are_questions() {
    check(&[
        (
            "BEGIN:VCARD\nVERSION:3.0\nFN:Jane Doe\nEMAIL;TYPE=work:jane.doe@example.com\nRELATED;TYPE=manager:mailto:rick.roe@example.com\nEND:VCARD",
            "",
            "janedoe rickroe",
            0,
        ),
        (
            "BEGIN:VEVENT\nORGANIZER;CN=Maya:mailto:maya.boss@example.com\nATTENDEE;CN=Jane Doe;PARTSTAT=ACCEPTED:mailto:jane.doe@example.com\nEND:VEVENT",
            "",
            "boss janedoe",
            0,
        ),
        (
            "dn: cn=Jane Doe,ou=People,dc=example,dc=com\nmail: jane.doe@example.com\nmanager: cn=Rick Roe,ou=People,dc=example,dc=com\n",
            "",
            "janedoe",
            0,
        ),
        (
            "- name: Jane Doe\n  email: jane.doe@example.com\n  manager: rick.roe@example.com\n",
            "",
            "janedoe rickroe",
            0,
        ),
        ("- jane.doe@example.com\n- sam.poe@example.com\n", "janedoe sampoe", "", 0),
        (
            "jane.doe@example.com: rick.roe@example.com\nsam.poe@example.com: rick.roe@example.com\n",
            "",
            "janedoe rickroe sampoe",
            0,
        ),
        ("Name: Jane Doe\nEmail: jane.doe@example.com\nManager: Rick Roe\n", "", "janedoe rickroe", 0),
    ]);
}
