//! Headings in many languages.

use super::check;

#[test]
fn headings_are_known_in_many_languages() {
    for (email, manager) in [
        ("E-Mail-Adresse", "Vorgesetzter"),
        ("Geschäftliche E-Mail", "Führungskraft"),
        ("Adresse e-mail", "Responsable"),
        ("Courriel professionnel", "Supérieur hiérarchique"),
        ("Correo electrónico", "Jefe"),
        ("Correo electrónico corporativo", "Supervisor"),
        ("Indirizzo e-mail", "Responsabile"),
        ("Email aziendale", "Responsabile"),
        ("Endereço de e-mail", "Gestor"),
        ("Email corporativo", "Gestor"),
        ("Emailadres", "Leidinggevende"),
        ("Zakelijk e-mailadres", "Leidinggevende"),
        ("Adres e-mail", "Przełożony"),
        ("E-postadress", "Chef"),
        ("Emailadresse", "Leder"),
        ("Sähköposti", "Esimies"),
        ("Emailová adresa", "Nadřízený"),
        ("Pracovní e-mail", "Nadřízený"),
        ("E-posta adresi", "Yönetici"),
        ("E-POSTA ADRESİ", "YÖNETİCİ"),
        ("Электронная почта", "Руководитель"),
        ("Эл. почта", "Руководитель"),
        ("メールアドレス", "上司"),
        ("電子メールアドレス", "上司"),
        ("电子邮件地址", "经理"),
        ("工作邮箱", "经理"),
        ("이메일 주소", "관리자"),
        ("البريد الإلكتروني", "المدير"),
        ("عنوان البريد الإلكتروني", "المدير"),
        ("דוא\"ל", "מנהל"),
        ("אימייל", "מנהל"),
        ("כתובת דואר אלקטרוני", "מנהל"),
        ("E‑Mail\u{a0}Address*", "Manager"),
        ("Corporate email", "Manager"),
        ("Employee Email", "Manager"),
        ("email_address", "manager_email"),
        ("workEmail", "managerEmail"),
    ] {
        for separator in [";", "\t", ","] {
            let quoted = email.replace('"', "\"\"");
            let text = format!(
                "\"{quoted}\"{separator}{manager}\njane.doe@example.com{separator}rick.roe@example.com\nnora@example.com{separator}rick.roe@example.com\n"
            );
            check(&[(&text, "janedoe", "", 1)]);
        }
    }
}
