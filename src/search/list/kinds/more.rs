//! Lists of several kinds at once.

use super::check;

#[test]
fn a_text_of_several_kinds_adds_only_its_rows() {
    check(&[
        (
            "Email,Name\n\"jane.doe@example.com\",\"Doe,\nJane\"\n\"sam.poe@example.com\",\"Poe\"\n",
            "janedoe sampoe",
            "",
            0,
        ),
        (
            "Name\tEmail\tOwner\nJane Doe\tjane.doe@example.com\trick.roe@example.com\n\nContact maya.boss@example.com for questions\n",
            "janedoe",
            "boss",
            0,
        ),
        (
            "id;email;created_by\nuser_rb01janedoe;jane.doe@example.com;user_rb02rickroe\nuser_rb03sampoe;sam.poe@example.com;user_rb02rickroe",
            "janedoe sampoe",
            "",
            0,
        ),
        (
            "workspace_id,user_id,added_by\nws_1,user_rb01janedoe,user_rb02rickroe\nws_1,user_rb03sampoe,user_rb02rickroe",
            "janedoe sampoe",
            "",
            0,
        ),
        ("created_by,role\nuser_rb02rickroe,admin\nuser_rb04boss,member\n", "", "rickroe boss", 0),
        (
            "Email Address,Recovery Email,Aliases\njane.doe@example.com,rick.roe@example.com,jd@example.net\n,rick.roe@example.com,\n",
            "janedoe",
            "",
            0,
        ),
        (
            "Email\njane.doe@example.com\n# rick.roe@example.com\n~~sam.poe@example.com~~\n",
            "janedoe",
            "rickroe sampoe",
            0,
        ),
        ("Email\njane.doe@example.com, sam.poe@example.com\n", "janedoe sampoe", "", 0),
        ("Name\nDoe, Jane\nPoe, Sam\nWalker, Jane\n", "janedoe sampoe", "", 1),
        ("Username,Email\nrick.roe@example.com,jane.doe@example.com\n", "janedoe", "", 0),
        (
            "jane.doe@example.com;rick.roe@example.com\nsam.poe@example.com;rick.roe@example.com\n",
            "",
            "janedoe rickroe sampoe",
            0,
        ),
        (
            "jane.doe@example.com, rick.roe@example.com,\nsam.poe@example.com, bob.sample@example.com\n",
            "janedoe rickroe sampoe bob",
            "",
            0,
        ),
        (
            "jane.doe@example.com;Research;requested by rick.roe@example.com\nsam.poe@example.com;Sales;requested by rick.roe@example.com\n",
            "",
            "janedoe rickroe sampoe",
            0,
        ),
        ("Team A: Jane Doe, Sam Poe", "", "janedoe sampoe", 0),
        ("In: Jane Doe\nOut: Rick Roe", "", "janedoe rickroe", 0),
        ("Leavers\nRick Roe\nJoiners\nJane Doe", "", "rickroe janedoe", 2),
        ("1\tjane.doe@example.com\n2\tsam.poe@example.com", "janedoe sampoe", "", 0),
        ("1\tJane Doe\n2\tSam Poe", "janedoe sampoe", "", 0),
        ("Jane Doe – Research\nSam Poe – Sales", "", "janedoe sampoe", 0),
        ("Jane Doe (she/her) <jane.doe@example.com>", "janedoe", "", 0),
        ("\"O'Tester, Orla\" <orla.o'tester@example.com>; 'Doe, Jane' <jane.doe@example.com>", "orla janedoe", "", 0),
        ("de la Doe, Jane <jane.doe@example.com>", "", "janedoe", 1),
        ("jane.doe@example.com,,,\n,,,\nsam.poe@example.com,,,\n", "janedoe sampoe", "", 0),
        ("cc: rick.roe@example.com", "rickroe", "", 0),
        ("jane.doe at example dot com", "", "", 1),
        ("jane.doe@example.com_old, jane.doe@example.com.example.org", "", "", 2),
        ("rick.roe@example.com (on leave)\njane.doe@example.com", "", "rickroe janedoe", 0),
        ("ex: rick.roe@example.com", "", "rickroe", 0),
        ("jane.doe@example.com | manager | rick.roe@example.com", "", "janedoe rickroe", 0),
        ("https://x.example/?to=rick.roe@example.com&from=jane.doe@example.com", "", "rickroe janedoe", 0),
        (
            "{\"users\":[{\"name\":\"Jane Doe\",\"email\":\"jane.doe@example.com\"},{\"name\":\"Jane Doe\",\"email\":\"jane.doe@example.com\"}]}",
            "janedoe",
            "",
            0,
        ),
        ("{\"createdBy\":\"rick.roe@example.com\",\"members\":[\"jane.doe@example.com\"]}", "janedoe", "", 0),
        (
            "{\"reviewers\":[],\"approvers\":[\"rick.roe@example.com\"],\"members\":[\"jane.doe@example.com\"]}",
            "janedoe",
            "rickroe",
            0,
        ),
        ("Navn;Email;Nærmeste leder\nJane Doe;jane.doe@example.com;rick.roe@example.com\n", "janedoe", "", 0),
        ("Приглашённые: jane.doe@example.com, sam.poe@example.com", "", "janedoe sampoe", 0),
    ]);
}
