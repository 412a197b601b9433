//! The columns that tables sort by, the filters that they offer, and the word for each in an address.

use crate::domain::Interval;

/// A direction of sorting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Direction {
    #[default]
    Ascending,
    Descending,
}

/// A column that workspaces can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "each is named like its column")]
pub enum SortKey {
    #[default]
    Name,
    Slug,
    Created,
    Updated,
}

/// A column that people can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PeopleSort {
    /// The person's name.
    #[default]
    Name,
    /// The person's email address.
    Email,
    /// The role.
    Role,
    /// The date on which the person was added.
    Since,
    /// The number of workspaces that the person is a member of.
    Workspaces,
}

/// People by their role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RoleFilter {
    /// All people.
    #[default]
    All,
    /// Administrators.
    Admin,
    /// People who are not administrators.
    Member,
}

/// A column that budgets can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BudgetSort {
    /// The limit with the highest share used.
    #[default]
    Worst,
    /// The workspace's name.
    Name,
    /// The share used of this interval's limit.
    Interval(Interval),
}

/// Workspaces by the state of their budgets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BudgetFilter {
    /// All workspaces.
    #[default]
    All,
    /// A limit is used up.
    Over,
    /// At least 80% of a limit is used.
    Near,
    /// No limit is set.
    Without,
}

impl Direction {
    const ALL: [Self; 2] = [Self::Ascending, Self::Descending];

    /// The opposite direction.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }

    /// The word in an address.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ascending => "asc",
            Self::Descending => "desc",
        }
    }

    /// Reads the word in an address.
    pub fn parse(word: &str) -> Option<Self> {
        find(&Self::ALL, Self::word, word)
    }
}

impl SortKey {
    const ALL: [Self; 4] = [Self::Name, Self::Slug, Self::Created, Self::Updated];

    /// The direction after the first press on the column's header: names from A, dates from the newest.
    pub fn first_direction(self) -> Direction {
        match self {
            Self::Name | Self::Slug => Direction::Ascending,
            Self::Created | Self::Updated => Direction::Descending,
        }
    }

    /// The word in an address.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Slug => "slug",
            Self::Created => "created",
            Self::Updated => "updated",
        }
    }

    /// Reads the word in an address. Returns the default for an unknown word.
    pub fn parse(word: &str) -> Self {
        find(&Self::ALL, Self::word, word).unwrap_or_default()
    }
}

impl PeopleSort {
    const ALL: [Self; 5] = [Self::Name, Self::Email, Self::Role, Self::Since, Self::Workspaces];

    /// The direction after the first press on the column's header: words from A, dates from the newest, counts from
    /// the highest.
    pub fn first_direction(self) -> Direction {
        match self {
            Self::Name | Self::Email | Self::Role => Direction::Ascending,
            Self::Since | Self::Workspaces => Direction::Descending,
        }
    }

    /// The word in an address.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Role => "role",
            Self::Since => "since",
            Self::Workspaces => "workspaces",
        }
    }

    /// Reads the word in an address. Returns the default for an unknown word.
    pub fn parse(word: &str) -> Self {
        find(&Self::ALL, Self::word, word).unwrap_or_default()
    }
}

impl RoleFilter {
    /// All filters, in the order of the page.
    pub const ALL: [Self; 3] = [Self::All, Self::Admin, Self::Member];

    /// The word in an address.
    pub fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Admin => "admin",
            Self::Member => "member",
        }
    }

    /// Reads the word in an address. Returns the default for an unknown word.
    pub fn parse(word: &str) -> Self {
        find(&Self::ALL, Self::word, word).unwrap_or_default()
    }
}

impl BudgetSort {
    /// The direction after the first press on the column's header: names from A, use from the highest.
    pub fn first_direction(self) -> Direction {
        if self == Self::Name { Direction::Ascending } else { Direction::Descending }
    }

    /// The word in an address.
    pub fn word(self) -> &'static str {
        match self {
            Self::Worst => "worst",
            Self::Name => "name",
            Self::Interval(interval) => interval.as_str(),
        }
    }

    /// Reads the word in an address. Returns the default for an unknown word.
    pub fn parse(word: &str) -> Self {
        match word {
            "name" => Self::Name,
            _ => Interval::parse(word).map_or(Self::Worst, Self::Interval),
        }
    }
}

impl BudgetFilter {
    /// All filters, in the order of the page.
    pub const ALL: [Self; 4] = [Self::All, Self::Over, Self::Near, Self::Without];

    /// The word in an address.
    pub fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Over => "over",
            Self::Near => "near",
            Self::Without => "none",
        }
    }

    /// Reads the word in an address. Returns the default for an unknown word.
    pub fn parse(word: &str) -> Self {
        find(&Self::ALL, Self::word, word).unwrap_or_default()
    }
}

fn find<T: Copy>(all: &[T], word_of: fn(T) -> &'static str, word: &str) -> Option<T> {
    all.iter().copied().find(|one| word_of(*one) == word)
}
