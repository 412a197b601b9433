//! Files to start from: workspaces as teams often set them up, with a name to fill in.

/// A file to start from.
#[derive(Debug, Clone, Copy)]
pub struct Template {
    pub name: &'static str,
    pub text: &'static str,
}

impl Template {
    pub const ALL: [Self; 3] = [
        Self { name: "Team", text: include_str!("templates/team.yaml") },
        Self { name: "Production", text: include_str!("templates/production.yaml") },
        Self { name: "Interns", text: include_str!("templates/interns.yaml") },
    ];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::read::read;

    #[test]
    fn every_template_is_a_file_with_one_workspace_and_limits() {
        for template in Template::ALL {
            let file = read(template.text).unwrap_or_else(|problems| panic!("{}: {problems:?}", template.name));
            assert_eq!((file.workspaces.len(), file.delete.len()), (1, 0), "{}", template.name);
            assert!(file.workspaces[0].budget.is_some(), "{}", template.name);
        }
    }
}
