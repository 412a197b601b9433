//! Checks what the host does beside the console: other names, port 80, slow clients, its own errors, and the address for
//! reports.
//!
//! Invariant: no request carries the sign-in.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Result;

use super::{
    page::wrong_headers,
    report::Report,
    visitor::{Ask, Visitor},
};

/// A reserved name, which no host can have.
const OTHER_HOST: &str = "other.invalid";
/// Where everyone looks for the address for reports.
const SECURITY_TXT: &str = ".well-known/security.txt";

/// Checks the host.
pub fn check(visitor: &Visitor, report: &mut Report) -> Result<()> {
    let mut problems = Vec::new();
    if let Some(answer) = visitor.get_elsewhere(&format!("{}/", visitor.origin), Some(OTHER_HOST))
        && answer.status != 421
    {
        problems.push(format!("a request for {OTHER_HOST} returns {}", answer.status));
    }
    report.check("other host names are closed", &problems, "Close the connection, without a response.");

    if visitor.is_tls() && !visitor.origin.trim_start_matches("https://").contains(':') {
        check_plain(visitor, report);
    }

    let is_disconnected = visitor.is_slow_client_disconnected()?;
    let problem = (!is_disconnected).then(|| "the connection stays open for 30 seconds".to_owned());
    report.check(
        "slow clients are disconnected",
        &Vec::from_iter(problem),
        "Set timeouts for reading headers and bodies.",
    );

    let answer = visitor.ask(&Ask { method: "TRACE", is_signed_out: true, ..Ask::default() })?;
    report.check(
        "the host's own errors have the headers",
        &wrong_headers(&format!("TRACE, with status {},", answer.status), &answer),
        "nginx: include console/headers.conf in the server, not only in its locations.",
    );

    let answer = visitor.get_elsewhere(&format!("{}/{SECURITY_TXT}", visitor.origin), None);
    let text = answer.filter(|it| it.status == 200 && it.header("content-type").starts_with("text/plain"));
    let text = text.map(|it| it.text()).unwrap_or_default();
    report.check(
        "security.txt names an address for reports",
        &problems_of(&text, &today()),
        "Set both lines of security.txt, and copy it as the README says.",
    );
    Ok(())
}

/// Checks that port 80 only leads to TLS.
fn check_plain(visitor: &Visitor, report: &mut Report) {
    let mut problems = Vec::new();
    if let Some(answer) = visitor.get_elsewhere(&format!("http://{}/", visitor.host()), None) {
        let location = answer.header("location");
        if !matches!(answer.status, 301 | 308) || !location.starts_with(&format!("{}/", visitor.origin)) {
            problems.push(format!("http://{}/ returns {} {location}", visitor.host(), answer.status));
        }
        if answer.header("server").contains(|c: char| c.is_ascii_digit()) {
            problems.push(format!("Server is {:?}", answer.header("server")));
        }
    }
    report.check("port 80 only leads to TLS", &problems, "Redirect to the console, or close the port.");
}

/// Returns the problems of a `security.txt` on a day, such as `2026-01-31`.
fn problems_of(text: &str, today: &str) -> Vec<String> {
    let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).map(str::trim);
    let mut problems = Vec::new();
    match field("Contact") {
        None => problems.push(format!("/{SECURITY_TXT} has no Contact")),
        Some(contact) if !["mailto:", "https:", "tel:"].iter().any(|start| contact.starts_with(start)) => {
            problems.push(format!("Contact is {contact:?}"));
        }
        Some(_) => {}
    }
    match field("Expires") {
        None => problems.push(format!("/{SECURITY_TXT} has no Expires")),
        // Both begin with the year, the month and the day.
        Some(day) if day <= today => problems.push(format!("it expired on {day}")),
        Some(_) => {}
    }
    problems
}

/// Returns the day in UTC, such as `2026-01-31`.
fn today() -> String {
    let days = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() / 86_400);
    // The proleptic Gregorian calendar, in eras of 400 years that begin on 1 March.
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 { (0, month + 3) } else { (1, month - 9) };
    format!("{:04}-{month:02}-{day:02}", year_of_era + era * 400 + year)
}

#[cfg(test)]
mod tests {
    use super::problems_of;

    #[test]
    fn a_contact_and_a_date_to_come_are_required() {
        let text = "# Set both.\nContact: mailto:security@example.com\nExpires: 2027-01-01T00:00:00Z\n";
        assert!(problems_of(text, "2026-12-31").is_empty());
        assert_eq!(problems_of(text, "2027-01-02"), ["it expired on 2027-01-01T00:00:00Z"]);
        assert_eq!(problems_of(&text.replace("mailto:", ""), "2026-12-31"), ["Contact is \"security@example.com\""]);
        assert_eq!(problems_of("", "2026-12-31").len(), 2);
    }
}
