//! The headings that exports put over columns of people, in the common languages.

use crate::search::fold::key;

/// What a column with a known heading holds, the most certain first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Heading {
    UserId,
    Email,
    /// A sign-in name, which is an address in most directories.
    SignIn,
    /// Some id. It may be one of something else.
    Id,
    FullName,
    FirstName,
    LastName,
}

const USER_ID: &str = "userid userids openrouteruserid";
const EMAIL: &str = "email emails emailaddress emailaddresses mail mails mailaddress primaryemail primaryemailaddress workemail \
     workemailaddress useremail useremailaddress memberemail emailorid emailoruserid emailadresse emailadressen mailadresse \
     courriel adresseemail adressemail adressedemessagerie adresseelectronique adresseélectronique email1value correo \
     correoelectronico correoelectrónico direcciondecorreo direccióndecorreo direcciondecorreoelectronico \
     direccióndecorreoelectrónico posta postaelettronica indirizzoemail indirizzodiposta indirizzodipostaelettronica emailadres \
     mailadres endereçodeemail enderecodeemail epost epostadress epostadresse epostadressa mejladress sähköposti \
     sähköpostiosoite adresemail emailováadresa eposta epostaadresi почта электроннаяпочта адресэлектроннойпочты имейл \
     メール メールアドレス 電子メール 邮箱 邮箱地址 电子邮件 电子邮箱 邮件地址 電子郵件 이메일 이메일주소 메일 البريدالإلكتروني";
const SIGN_IN: &str =
    "userprincipalname upn participantidupn memberobjectidoruserprincipalname loginname login signinname username";
const ID: &str = "id ids memberid";
const FULL_NAME: &str = "name names fullname displayname membername user users member members person people participant anzeigename \
     vollständigername nomcomplet nombrecompleto nomecompleto nomecognome naam volledigenaam namn fulltnamn navn nimi имяифамилия \
     фио 名前 氏名 姓名 お名前 이름 성명 الاسم";
const FIRST_NAME: &str = "firstname givenname forename vorname prénom prenom nombre nome primeironome voornaam förnamn fornavn etunimi \
     imię imie jméno имя 名";
const LAST_NAME: &str = "lastname surname familyname nachname familienname nom nomdefamille apellido apellidos cognome sobrenome \
     apelido achternaam efternamn etternavn sukunimi nazwisko příjmení фамилия 姓";

const TABLE: [(Heading, &str); 7] = [
    (Heading::UserId, USER_ID),
    (Heading::Email, EMAIL),
    (Heading::SignIn, SIGN_IN),
    (Heading::Id, ID),
    (Heading::FullName, FULL_NAME),
    (Heading::FirstName, FIRST_NAME),
    (Heading::LastName, LAST_NAME),
];

impl Heading {
    /// Reads a heading such as `Email Address [Required]`. A heading with another word, such as `Manager Email`, is none.
    pub(super) fn of(cell: &str) -> Option<Self> {
        // Longer cells hold text. The longest heading has 30 letters.
        if cell.len() > 120 {
            return None;
        }
        let whole = letters(cell);
        let brief = cell.split_once(['[', '(']).map(|(before, _)| letters(before)).unwrap_or_default();
        let is_in = |list: &str| list.split_whitespace().any(|it| it == whole || it == brief);
        TABLE.iter().find(|(_, list)| is_in(list)).map(|(heading, _)| *heading)
    }

    /// Whether the column holds addresses or ids.
    pub(super) fn is_address(self) -> bool {
        self <= Self::Id
    }
}

fn letters(text: &str) -> String {
    key(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a text before a colon is a label of people: of a mail program, or a heading.
pub(super) fn is_label(text: &str) -> bool {
    ["to", "cc", "bcc", "an", "kopie", "à", "a", "para", "aan"].contains(&letters(text).as_str())
        || Heading::of(text).is_some()
}

/// The first lines of a mail, as mail programs write them above a forwarded one.
const MAIL_LABELS: &str = "from to cc bcc sent date subject von an gesendet datum betreff de à a envoyé objet para enviado asunto da \
     inviato oggetto data van aan verzonden onderwerp från till skickat ämne fra til sendt emne";

/// Whether the text is a mail: two lines or more begin with a label such as `From:`.
pub(super) fn is_mail<'t>(lines: impl Iterator<Item = &'t str>) -> bool {
    let is_header = |line: &&str| {
        let line = line.trim_start_matches(['>', ' ', '*']);
        let label = line.split_once(':').map(|(label, _)| key(label.trim_end_matches('*'))).unwrap_or_default();
        MAIL_LABELS.split_whitespace().any(|it| it == label)
    };
    lines.filter(is_header).take(2).count() == 2
}

/// Whether a cell is the example row of a template, such as `Example: 9832aad8-…`.
pub(super) fn is_example(cell: &str) -> bool {
    let label = cell.split_once(':').map(|(label, _)| key(label)).unwrap_or_default();
    ["example", "beispiel", "exemple", "ejemplo", "esempio", "voorbeeld", "exemplo", "exempel"]
        .contains(&label.as_str())
}
