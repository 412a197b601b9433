//! Lines of addresses and names, as mail programs and people write them.

use super::check;

#[test]
fn lines_of_mail_programs_name_everyone_in_them() {
    check(&[
        ("Jane Doe, jane.doe@example.com, removed", "", "janedoe", 0),
        // A name of one word in the directory is half of another's.
        ("Jane,Doe,jane.doe@example.com,Research", "janedoe", "", 0),
        ("Admins\njane.doe@example.com", "janedoe", "", 1),
        (
            "Doe, Jane <jane.doe@example.com>; Roe, Rick (Ext) <rick.roe@example.com>; sam.poe@example.com",
            "janedoe rickroe sampoe",
            "",
            0,
        ),
        (
            "To: Doe, Jane <jane.doe@example.com>; DL-Research <dl-research@example.com>; Rick Roe",
            "janedoe rickroe",
            "",
            1,
        ),
        (
            "\"Doe, Jane\" <jane.doe@example.com>, \"Roe, Rick (Ext)\" <rick.roe@example.com>, Sam <sam.poe@example.com>",
            "janedoe rickroe sampoe",
            "",
            0,
        ),
        ("Jane Doe via Slack <jane.doe@example.com>", "janedoe", "", 0),
        ("jane.doe@example.com (Jane Doe), sam.poe@example.com (Sam Poe)", "janedoe sampoe", "", 0),
        ("Jane Doe (jane.doe@example.com), Sam Poe (sam.poe@example.com)", "janedoe sampoe", "", 0),
        ("undisclosed-recipients:;", "", "", 1),
        ("Jane Doe <jane.doe@example.com>, Rick Roe, Sam Poe <sam.poe@example.com>", "janedoe rickroe sampoe", "", 0),
        ("Jane Doe <jane.doe@example.com>, Rick Roe", "janedoe rickroe", "", 0),
        ("IT Desk <duty@example.com>; JD <jane.doe@example.com>", "duty janedoe", "", 0),
        ("Jane.Doe@EXAMPLE.com.;SAM.POE@example.COM", "janedoe sampoe", "", 0),
        ("jane.doe@example.comさん、sam.poe@example.com様", "janedoe sampoe", "", 0),
        ("请添加jane.doe@example.com", "", "", 1),
        ("1) jane.doe@example.com\n2) Sam Poe\n(3) Rick Roe\n4 - Bob Sample", "janedoe sampoe rickroe bob", "", 0),
        ("- [ ] jane.doe@example.com\n- [ ] Sam Poe", "janedoe sampoe", "", 0),
        ("☐ jane.doe@example.com\n☐ Sam Poe", "janedoe sampoe", "", 0),
        ("bob.sample+ws@example.com\nbob.sample+x@example.com\nbob.sample@example.org", "bobws", "", 2),
        ("duty@example.com\n+duty@example.com", "duty plusduty", "", 0),
        (
            "xjane.doe@example.com\njane.doe@example.community\njane.doe@example.co\njane.doe@mail.example.com\ndoe@example.com",
            "",
            "",
            5,
        ),
        ("jane.doe%40example.com\nmailto:sam.poe%40example.com", "janedoe sampoe", "", 0),
        ("jane\u{200b}.doe@exam\u{ad}ple.com\nｓａｍ．ｐｏｅ＠ｅｘａｍｐｌｅ．ｃｏｍ", "janedoe sampoe", "", 0),
        ("jane.doe@exаmple.com", "", "", 1),
        ("user_rb01janedoe, user_rb03sampoe", "janedoe sampoe", "", 0),
        ("user_rb01janedoex\nuser_rb01\nws_rb01janedoe\nUSER_RB01JANEDOE", "", "", 4),
    ]);
}

#[test]
fn names_are_found_whole() {
    check(&[
        ("DOE Jane\nROE, Rick\nPoe  Sam", "janedoe rickroe sampoe", "", 0),
        ("Jane\u{a0}Doe\nJane\u{2009}Doe", "janedoe", "", 0),
        ("Jane M. Doe\nJane Doe-Smith\nMary Jane Doely\nDoe\nJ. Doe", "", "", 5),
        ("Jane", "", "jane", 0),
        ("Jane, Grace", "", "", 1),
        ("Dr. Jane Doe", "", "janedoe", 0),
        ("O`Tester, Orla\nO＇Tester Orla", "orla", "", 0),
        ("Anne–Marie Beispiel\nBEISPIEL Anne‐Marie", "anne", "", 0),
        ("ﬁona ﬁgura", "fiona", "", 0),
        ("Jаne Doe", "", "", 1),
        ("Rick Roe?", "", "rickroe", 0),
        ("例田 太郎\n花子 例田", "taro hanako", "", 0),
        ("مثال ليلى", "layla", "", 0),
        ("Rene\u{301}e Exemplaire\nJÜRGEN GROSSMUSTER", "renee juergen", "", 0),
        ("@Jane Doe @Rick Roe", "", "janedoe rickroe", 0),
    ]);
}

#[test]
fn a_line_that_says_more_is_a_question() {
    check(&[
        ("jane.doe@example.com - manager is rick.roe@example.com", "", "janedoe rickroe", 0),
        ("jane.doe@example.com (replaces rick.roe@example.com)", "", "janedoe rickroe", 0),
        ("jane.doe@example.com (rick.roe@example.com)", "", "janedoe rickroe", 0),
        ("nora@example.com (rick.roe@example.com)", "", "rickroe", 1),
        ("jane.doe@example.com -> rick.roe@example.com", "", "janedoe rickroe", 0),
        ("jane.doe@example.com → rick.roe@example.com", "", "janedoe rickroe", 0),
        ("jane.doe@example.com: rick.roe@example.com", "", "janedoe rickroe", 0),
        ("jane.doe@example.com - rick.roe@example.com", "", "janedoe rickroe", 0),
        ("jane.doe@example.com manager:rick.roe@example.com", "", "janedoe rickroe", 0),
        ("jane.doe@example.com manager=user_rb02rickroe", "", "janedoe rickroe", 0),
        ("not:rick.roe@example.com", "", "rickroe", 0),
        ("jane.doe@example.com?", "", "janedoe", 0),
        ("jane.doe@example.com\nNOT Rick Roe <rick.roe@example.com>", "", "janedoe rickroe", 0),
        ("jane.doe@example.com\nexcept Rick Roe <rick.roe@example.com>", "", "janedoe rickroe", 0),
        ("Jane Doe <jane.doe@example.com> (replaces Rick Roe <rick.roe@example.com>)", "", "janedoe rickroe", 0),
        ("Jane Doe <jane.doe@example.com>; Manager: Rick Roe <rick.roe@example.com>", "", "janedoe rickroe", 0),
        ("From: Rick Roe <rick.roe@example.com>\n\njane.doe@example.com", "", "rickroe janedoe", 0),
        ("jane.doe@example.com, Rick Roe", "", "janedoe rickroe", 0),
        ("Jane,jane.doe@example.com,Rick Roe", "", "janedoe rickroe", 0),
        ("~~rick.roe@example.com~~\njane.doe@example.com", "janedoe", "rickroe", 0),
        ("~~Rick Roe~~\nJane Doe", "janedoe", "rickroe", 0),
        ("# rick.roe@example.com\njane.doe@example.com", "janedoe", "rickroe", 0),
        ("#rick.roe@example.com\njane.doe@example.com", "janedoe", "rickroe", 0),
        ("// rick.roe@example.com\njane.doe@example.com", "janedoe", "rickroe", 0),
        ("<!-- rick.roe@example.com -->\njane.doe@example.com", "janedoe", "rickroe", 0),
        ("# Rick Roe\nJane Doe", "janedoe", "rickroe", 0),
        ("❌ rick.roe@example.com\n✅ jane.doe@example.com", "janedoe", "rickroe", 0),
        ("- [x] rick.roe@example.com\n- [ ] jane.doe@example.com", "", "rickroe janedoe", 0),
        ("☑ rick.roe@example.com\n☐ jane.doe@example.com", "", "rickroe janedoe", 0),
        ("+ jane.doe@example.com\n- rick.roe@example.com", "", "janedoe rickroe", 0),
        ("> rick.roe@example.com\njane.doe@example.com", "janedoe", "rickroe", 0),
        ("Add:\njane.doe@example.com\nRemove:\nrick.roe@example.com", "", "janedoe rickroe", 2),
        ("jane.doe@example.com\n\nRemove\nrick.roe@example.com", "", "janedoe rickroe", 1),
        ("## Nicht hinzufügen\nRick Roe\n## Hinzufügen\nJane Doe", "", "rickroe janedoe", 0),
        ("mailto:jane.doe@example.com?cc=rick.roe@example.com,sam.poe@example.com&subject=x", "janedoe", "", 0),
        ("mailto:jane.doe@example.com?cc=rick.roe@example.com;sam.poe@example.com", "janedoe", "", 0),
        ("mailto:jane.doe@example.com,sam.poe@example.com?bcc=rick.roe@example.com", "janedoe sampoe", "", 0),
        ("https://console.example.com/people/user_rb01janedoe", "", "janedoe", 0),
        ("jane.doe@example.com's manager", "", "janedoe", 0),
    ]);
}
