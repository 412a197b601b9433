//! Exports of tables, with the people in other columns.

use super::check;

#[test]
fn exports_name_the_people_of_their_address_column() {
    check(&[
        // Okta
        (
            "login,firstName,lastName,email,secondEmail,manager,managerId\njane.doe@example.com,Jane,Doe,jane.doe@example.com,jane@example.org,rick.roe@example.com,user_rb02rickroe\n",
            "janedoe",
            "",
            0,
        ),
        // Slack: its own ids are in the column of ids
        (
            "username,email,status,billing-active,has-2fa,has-sso,userid,fullname,displayname\njdoe,jane.doe@example.com,Member,1,0,1,U02ABCDE1,Jane Doe,jane\nrroe,rick.roe@example.com,Admin,1,0,1,U02ABCDE2,Rick Roe,rick\n",
            "janedoe rickroe",
            "",
            0,
        ),
        // Jira
        (
            "User id,User name,email,User status,Added to org,Last seen in Jira\n5b10a2844c20165700ede21g,Jane Doe,jane.doe@example.com,Active,01 Jan 2026,Never\n5b10a2844c20165700ede21h,Sam Poe,sam.poe@example.com,Active,02 Jan 2026,Never\n",
            "janedoe sampoe",
            "",
            0,
        ),
        // GitHub organization
        (
            "login\tname\temail\tinvited_by\njdoe\tJane Doe\tjane.doe@example.com\trick.roe@example.com\n",
            "janedoe",
            "",
            0,
        ),
        // BambooHR
        (
            "Employee #,Last name,First name,Work Email,Home Email,Supervisor,Supervisor email\n17,Doe,Jane,jane.doe@example.com,jane@example.org,\"Roe, Rick\",rick.roe@example.com\n18,New,Nora,nora.new@example.com,,\"Roe, Rick\",rick.roe@example.com\n",
            "janedoe",
            "",
            1,
        ),
        // Workday
        (
            "Worker,Employee ID,Email - Primary Work,Worker's Manager,Email - Manager\nJane Doe,100,jane.doe@example.com,Rick Roe,rick.roe@example.com\nNora New,101,nora.new@example.com,Rick Roe,rick.roe@example.com\n",
            "janedoe",
            "",
            1,
        ),
        // Notion
        (
            "Name,Person,Email,Created by,Last edited by\nOnboarding Jane,Jane Doe,jane.doe@example.com,Maya Bossworth,rick.roe@example.com\n",
            "janedoe",
            "",
            0,
        ),
        // Salesforce
        (
            "\"Full Name\",\"Email\",\"Account Owner\",\"Manager: Email\",\"Last Modified By\"\n\"Jane Doe\",\"jane.doe@example.com\",\"Rick Roe\",\"rick.roe@example.com\",\"Sam Poe\"\n\"Total\",\"\",\"\",\"\",\"\"\n",
            "janedoe",
            "",
            0,
        ),
        // Zoom: the first table is about the meeting and its host
        (
            "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n123 456 789,Budget,11/24/2026 09:00,11/24/2026 09:58,maya.boss@example.com,58,2\n\nName (Original Name),User Email,Total Duration (Minutes),Guest\nJane Doe,jane.doe@example.com,57,No\nSam Poe (Sam),sam.poe@example.com,50,No\n",
            "janedoe sampoe",
            "boss",
            0,
        ),
        // Google Meet
        (
            "* Attendance report\n* Created on 2026-11-24\nFirst name,Last name,Email,Duration,Time joined,Time exited\nJane,Doe,jane.doe@example.com,52 min,9:00 AM,9:52 AM\nSam,Poe,,52 min,9:00 AM,9:52 AM\n",
            "janedoe",
            "",
            1,
        ),
        // Outlook contacts
        (
            "First Name,Middle Name,Last Name,Company,Email Address,Email Type,Email 2 Address,Manager's Name,Assistant's Name,Notes\nJane,,Doe,Example,jane.doe@example.com,SMTP,jane@example.org,Rick Roe,Sam Poe,\"see rick.roe@example.com\"\n",
            "janedoe",
            "",
            0,
        ),
        // Google contacts
        (
            "Name,Given Name,Family Name,Email 1 - Type,Email 1 - Value,Email 2 - Type,Email 2 - Value,Relation 1 - Type,Relation 1 - Value\nJane Doe,Jane,Doe,* Work,jane.doe@example.com,Home,jane@example.org,Manager,Rick Roe\n",
            "janedoe",
            "",
            0,
        ),
        // Entra users
        (
            "userPrincipalName,displayName,mail,manager,creationType,otherMails\njane.doe@example.com,Jane Doe,jane.doe@example.com,rick.roe@example.com,,jane@example.org\n",
            "janedoe",
            "",
            0,
        ),
        // Teams with a member column of addresses
        ("Team\tMember\tOwner\nResearch\tjane.doe@example.com\trick.roe@example.com\n", "janedoe", "", 0),
        // The console's own export, one person without an address
        (
            "\u{feff}name,email,user_id,workspace,outcome,reason\r\nJane Doe,jane.doe@example.com,user_rb01janedoe,Interns,done,\r\nSam Poe,sam.poe@example.com,,Interns,done,asked by rick.roe@example.com\r\n",
            "janedoe sampoe",
            "",
            0,
        ),
    ]);
}

#[test]
fn headings_say_whose_address_it_is() {
    check(&[
        (
            "Email (manager),Email\nrick.roe@example.com,jane.doe@example.com\nrick.roe@example.com,nora@example.com\n",
            "janedoe",
            "",
            1,
        ),
        (
            "Name,E-Mail (Vorgesetzte),E-Mail (dienstlich)\nDoe,rick.roe@example.com,jane.doe@example.com\nNew,rick.roe@example.com,nora@example.com\n",
            "janedoe",
            "",
            1,
        ),
        ("Team,Manager Email\nResearch,rick.roe@example.com\nSales,maya.boss@example.com\n", "", "rickroe boss", 0),
        ("Projekt;Vorgesetzter\nAlpha;rick.roe@example.com\nBeta;maya.boss@example.com\n", "", "rickroe boss", 0),
        ("Ticket\tCreated by\nA-1\trick.roe@example.com\nA-2\tmaya.boss@example.com\n", "", "rickroe boss", 0),
        // Two rows of headings
        (
            "Employee,,Manager,\nName,Email,Name,Email\nJane Doe,jane.doe@example.com,Rick Roe,rick.roe@example.com\nNora New,nora@example.com,Rick Roe,rick.roe@example.com\n",
            "",
            "janedoe rickroe",
            0,
        ),
        (
            "Manager,,Employee,\nName,Email,Name,Email\nRick Roe,rick.roe@example.com,Nora New,nora@example.com\n",
            "",
            "rickroe",
            0,
        ),
        // A cell that happens to be a heading
        (
            "Name,Email,Role,Manager\nNora New,,Member,Rick Roe\nJane Doe,jane.doe@example.com,Member,Rick Roe\nSam Poe,sam.poe@example.com,User,Rick Roe\n",
            "janedoe sampoe",
            "",
            1,
        ),
        // Titles above, totals below
        (
            "Staff list 2026\nConfidential; do not share\n\n\nContact: rick.roe@example.com\n\nNo.;Surname;Forename;Email address;Line manager\n1;Doe;Jane;jane.doe@example.com;rick.roe@example.com\nTotal: 1\n",
            "janedoe",
            "rickroe",
            0,
        ),
        ("Members\nName,Email,Sponsor\nJane Doe,jane.doe@example.com,rick.roe@example.com\n", "janedoe", "", 0),
        (
            " email                | manager\n----------------------+----------------------\n jane.doe@example.com | rick.roe@example.com\n(1 row)\n",
            "janedoe",
            "",
            0,
        ),
        (
            "+----+----------------------+----------------------+\n| id | email                | created_by           |\n+----+----------------------+----------------------+\n|  1 | jane.doe@example.com | rick.roe@example.com |\n+----+----------------------+----------------------+\n1 row in set (0.00 sec)\n",
            "janedoe",
            "",
            0,
        ),
        (
            "| Name | Email | Lead |\n|:--|:--|--:|\n| Jane Doe | jane.doe@example.com | rick.roe@example.com |\n| ~~Sam Poe~~ | ~~sam.poe@example.com~~ | rick.roe@example.com |\n",
            "janedoe",
            "sampoe",
            0,
        ),
    ]);
}

#[test]
fn names_of_a_table_are_whole() {
    check(&[
        ("Nombre\tDepartamento\nJane Doe\tVentas\nRick Roe\tTI\n", "janedoe rickroe", "", 0),
        ("Nom;Service\nDoe Jane;Ventes\nWalker Jane;Ventes\n", "janedoe", "", 1),
        ("Nachname, Vorname;Abteilung\nDoe, Jane;Vertrieb\nWalker, Jane;Vertrieb\n", "janedoe", "", 1),
        ("Nachname, Vorname;E-Mail;Vorgesetzter\nDoe, Jane;jane.doe@example.com;Roe, Rick\n", "janedoe", "", 0),
        ("First name,Team\nJane,Sales\n", "", "jane", 0),
        ("Members:\njane.doe@example.com\nrick.roe@example.com\n", "janedoe rickroe", "", 0),
        (
            "Participants\nJane Doe\nsam.poe@example.com\nRick Roe <rick.roe@example.com>\n",
            "janedoe sampoe rickroe",
            "",
            0,
        ),
        ("Name\nJane Doe (manager: rick.roe@example.com)\n", "", "rickroe janedoe", 0),
        ("氏名,部署\n例田 花子,研究\n", "hanako", "", 0),
        ("Имя,Фамилия\nJane,Doe\n", "janedoe", "", 0),
        // Someone else's name in the row
        (
            "Jane Doe,jane.doe@example.com,Rick Roe\nSam Poe,sam.poe@example.com,Rick Roe\n",
            "",
            "janedoe rickroe sampoe",
            0,
        ),
        ("Jane Doe\tRick Roe\nSam Poe\tRick Roe\n", "", "janedoe rickroe sampoe", 0),
        ("Jane Doe\tSales\nSam Poe\tResearch\n", "janedoe sampoe", "", 0),
        (
            "jane.doe@example.com\trick.roe@example.com\nsam.poe@example.com\trick.roe@example.com\n",
            "",
            "janedoe rickroe sampoe",
            0,
        ),
        (
            "Jane Doe <jane.doe@example.com>\tRick Roe <rick.roe@example.com>\nSam Poe <sam.poe@example.com>\tRick Roe <rick.roe@example.com>\n",
            "",
            "janedoe rickroe sampoe",
            0,
        ),
    ]);
}

#[test]
fn a_row_that_contradicts_itself_or_takes_a_person_back_is_a_question() {
    check(&[
        ("user_id,email\nuser_rb01janedoe,jane.doe@example.com\n", "janedoe", "", 0),
        ("user_id,email\nuser_rb01janedoe,rick.roe@example.com\n", "", "janedoe rickroe", 0),
        ("user_id,email\nuser_rb01janedoe,nora.new@example.com\n", "janedoe", "", 0),
        ("email,Action\njane.doe@example.com,add\nrick.roe@example.com,remove\n", "janedoe", "rickroe", 0),
        ("E-Mail;Aktion\njane.doe@example.com;hinzufügen\nrick.roe@example.com;löschen\n", "janedoe", "rickroe", 0),
        ("email,admin\njane.doe@example.com,no\n", "janedoe", "", 0),
    ]);
}
