//! Answers of other APIs as JSON.

use super::check;

#[test]
fn an_object_is_about_one_person() {
    check(&[
        // SCIM
        (
            r#"{"Resources":[{"id":"2819c223","userName":"jane.doe@example.com","emails":[{"value":"jane@example.org","primary":false}],"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":{"value":"user_rb02rickroe","displayName":"Rick Roe"}}}]}"#,
            "janedoe",
            "",
            0,
        ),
        (
            r#"[{"id":"2819c223","emails":[{"value":"jane@example.org","primary":false},{"value":"jane.doe@example.com","primary":true}],"manager":{"displayName":"Rick Roe"}}]"#,
            "janedoe",
            "",
            0,
        ),
        // Okta
        (
            r#"[{"id":"00ub0oNGTSWTBKOLGLNR","status":"ACTIVE","profile":{"firstName":"Jane","email":"jane.doe@example.com","login":"jane.doe@example.com","manager":"rick.roe@example.com"}}]"#,
            "janedoe",
            "",
            0,
        ),
        // Slack
        (
            r#"{"ok":true,"members":[{"id":"U012AB3CD","name":"jdoe","profile":{"real_name":"Jane Doe","email":"jane.doe@example.com"}}]}"#,
            "janedoe",
            "",
            0,
        ),
        (r#"[{"user_id":"U012AB3CD","email":"jane.doe@example.com"}]"#, "janedoe", "", 0),
        // GitHub
        (
            r#"[{"login":"jdoe","id":1,"email":"jane.doe@example.com","inviter":{"login":"rroe","email":"rick.roe@example.com"}}]"#,
            "janedoe",
            "",
            0,
        ),
        (
            r#"[{"employee":{"email":"jane.doe@example.com"},"manager":{"email":"rick.roe@example.com"}}]"#,
            "janedoe",
            "rickroe",
            0,
        ),
        (
            r#"{"groups":[{"name":"Research","createdBy":{"email":"rick.roe@example.com"},"members":[{"email":"jane.doe@example.com"},{"name":"Sam Poe"}]}]}"#,
            "janedoe sampoe",
            "rickroe",
            0,
        ),
        (r#"{"add":["jane.doe@example.com"],"remove":["rick.roe@example.com"]}"#, "janedoe", "rickroe", 0),
        (
            r#"[{"team":"A","notes":["ask rick.roe@example.com"],"people":["jane.doe@example.com"]}]"#,
            "janedoe",
            "rickroe",
            0,
        ),
        (r#"{"jane.doe@example.com":"admin","sam.poe@example.com":"member"}"#, "janedoe sampoe", "", 0),
        (
            "{\"email\":\"jane.doe@example.com\",\"manager\":\"rick.roe@example.com\"}\n{\"email\":\"sam.poe@example.com\",\"manager\":\"rick.roe@example.com\"}\n",
            "janedoe sampoe",
            "",
            0,
        ),
        (r#"["jane.doe\u0040example.com","Sam Poe","Jane","jane.doe@example.com"]"#, "janedoe sampoe", "jane", 0),
        (r#"[["jane.doe@example.com"],[["user_rb03sampoe"]]]"#, "janedoe sampoe", "", 0),
        (r#"{"email":"rick.roe@example.com or jane.doe@example.com"}"#, "", "rickroe janedoe", 0),
        (r#"{"email":null,"name":"Jane Doe","manager":{"name":"Rick Roe"}}"#, "janedoe", "", 0),
        (r#"{"total":3,"next":"abc"}"#, "", "", 0),
        (
            "{\n  \"email\": \"jane.doe@example.com\",\n  \"manager_email\": \"rick.roe@example.com\",\n",
            "",
            "janedoe rickroe",
            0,
        ),
    ]);
}
