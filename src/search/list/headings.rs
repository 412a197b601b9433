//! The headings that exports put over columns of people, in the common languages.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::apart::{Words, is_of_others, tokens};
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
     メール メールアドレス 電子メール 邮箱 邮箱地址 电子邮件 电子邮箱 邮件地址 電子郵件 이메일 이메일주소 메일 البريدالإلكتروني عنوانالبريدالإلكتروني \
     דואל אימייל דואראלקטרוני כתובתדואל כתובתדואראלקטרוני כתובתאימייל 電子メールアドレス eメール 电子邮件地址 電子郵件地址 工作邮箱 公司邮箱 工作邮件 \
     업무용이메일 회사이메일 элпочта рабочаяпочта адресэлпочты адреспочты อีเมล ईमेल emailovaadresa služebníemail";
const SIGN_IN: &str =
    "userprincipalname upn participantidupn memberobjectidoruserprincipalname loginname login signinname username";
const ID: &str = "id ids memberid";
const FULL_NAME: &str = "name names fullname displayname membername participants attendee attendees invitee invitees guests teilnehmer mitglied mitglieder membres \
     miembros participantes partecipanti membri leden deelnemers user users member members person people participant anzeigename \
     vollständigername nomcomplet nombrecompleto nomecompleto nomecognome naam volledigenaam namn fulltnamn navn nimi имяифамилия \
     lastnamefirstname firstnamelastname familynamegivenname nachnamevorname vornamenachname namevorname vornamename nomprénom \
     prénomnom nomprenom apellidosynombre nombreyapellidos cognomenome adsoyad adısoyadı imięinazwisko jménoapříjmení \
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

/// Words for an address in a heading of several words.
static ADDRESS_WORDS: Words = Words::new(
    "email emails mail mails courriel correo sähköposti epost eposta почта почты почте emailadresse \
     emailadressen mailadresse emailadres mailadres",
);
/// Words beside them that leave it the address of the person whom the row is about.
static OWN_WORDS: Words = Words::new(
    "e el эл address addresses adresse adresa adres adress adresi adresa dirección endereço indirizzo адрес id \
     work business primary main company corporate official office organization organisation user users member members employee \
     employees worker participant attendee invitee guest student person people staff account login sign in or and the of de do du \
     del della des your smtp value required optional original name full first last upn display dienstlich dienstliche \
     geschäftlich geschäftliche arbeit firma mitarbeiter benutzer nutzer teilnehmer mitglied pflicht pflichtfeld erforderlich \
     professionnel professionnelle pro travail utilisateur employé membre obligatoire electrónico electrónica electronico \
     corporativo corporativa laboral trabajo usuario empleado obligatorio elettronica aziendale lavoro utente dipendente \
     obbligatorio eletrônico eletrónico trabalho usuário funcionário zakelijk zakelijke werk gebruiker medewerker verplicht \
     służbowy służbowa praca arbete arbets jobb arbejde arbeids työ pracovní práce iş рабочая рабочий электронная электронной \
     сотрудника пользователя 必須 任意 会社 仕事 工作 公司 必填 직장 회사 필수 العمل",
);

impl Heading {
    /// Reads a heading such as `Email Address [Required]`. A heading with another word, such as `Manager Email`, is none.
    pub(super) fn of(cell: &str) -> Option<Self> {
        // Longer cells hold text. The longest heading has 30 letters.
        if cell.len() > 120 {
            return None;
        }
        if let Some(heading) = Self::of_letters(&letters(cell)) {
            return Some(heading);
        }
        match cell.split_once(['[', '(']) {
            // What brackets say may be whose address it is.
            Some((before, after)) => {
                let is_plain = |word: &String| {
                    OWN_WORDS.contains(word) || ADDRESS_WORDS.contains(word) || Self::of_letters(word).is_some()
                };
                let is_own = if cell.contains('[') { !is_of_others(after) } else { tokens(after).iter().all(is_plain) };
                Self::of_words(before).filter(|_| is_own)
            }
            None => Self::of_words(cell),
        }
    }

    fn of_letters(letters: &str) -> Option<Self> {
        static HEADINGS: LazyLock<FxHashMap<&str, Heading>> = LazyLock::new(|| {
            // The first of two is kept.
            let words = TABLE.iter().rev().flat_map(|(heading, list)| list.split_whitespace().map(|it| (it, *heading)));
            words.collect()
        });
        HEADINGS.get(letters).copied()
    }

    /// Reads a heading of known letters, or of words of which one says that it is an address, as in `Employee Email`.
    fn of_words(text: &str) -> Option<Self> {
        if let Some(heading) = Self::of_letters(&letters(text)) {
            return Some(heading);
        }
        let words = tokens(text);
        let is_address = words.iter().any(|word| ADDRESS_WORDS.contains(word));
        let is_own = || words.iter().all(|word| ADDRESS_WORDS.contains(word) || OWN_WORDS.contains(word));
        let is_named = || words.iter().any(|word| word == "name" || word == "full" || word == "display");
        (is_address && is_own() && !is_named()).then_some(Self::Email)
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
static MAIL_LABELS: Words = Words::new(
    "from to cc bcc sent date subject von gesendet datum betreff de à envoyé objet para enviado asunto da \
     inviato oggetto data van aan verzonden onderwerp från till skickat ämne fra til sendt emne an kopie od do temat wysłano komu \
     předmět kimden kime konu lähettäjä vastaanottaja aihe от кому тема дата отправлено копия 差出人 宛先 件名 送信日時 日時 发件人 \
     收件人 主题 发送时间 抄送 寄件者 收件者 主旨 보낸사람 받는사람 제목 날짜 من إلى الموضوع מאת אל נושא",
);

/// Whether the text is a mail, a card, a calendar entry or LDIF: two lines or more begin with a label such as `From:`, or one with
/// `BEGIN:` or `dn:`.
pub(super) fn is_mail<'t>(lines: impl Iterator<Item = &'t str> + Clone) -> bool {
    let is_header = |line: &&str| {
        let line = line.trim_start_matches(['>', ' ', '*']);
        let label = line.split_once([':', '：']).map(|(label, _)| letters(label)).unwrap_or_default();
        !label.is_empty() && MAIL_LABELS.contains(&label)
    };
    let is_record = |line: &str| line.starts_with("BEGIN:V") || line.starts_with("dn: ");
    lines.clone().any(is_record) || lines.filter(is_header).take(2).count() == 2
}

/// Whether a cell is the example row of a template, such as `Example: 9832aad8-…`.
pub(super) fn is_example(cell: &str) -> bool {
    let label = cell.split_once(':').map(|(label, _)| key(label)).unwrap_or_default();
    ["example", "beispiel", "exemple", "ejemplo", "esempio", "voorbeeld", "exemplo", "exempel"]
        .contains(&label.as_str())
}
