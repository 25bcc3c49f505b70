//! Contributors, each with a role: two fields of a record that are kept parallel.

use super::{Field, Record};

impl Record {
    /// Adds a contributor and its role, without the white space around them. The role is empty if
    /// the file does not say it. An empty name is not added.
    ///
    /// ```
    /// use fonds::record::{Field, Record};
    ///
    /// let mut record = Record::default();
    /// record.push_contributor("Brandt, Ida", "");
    /// record.push_contributor("Roth, Emil", "trl");
    /// assert!(record.contributors().eq([("Brandt, Ida", ""), ("Roth, Emil", "trl")]));
    /// assert!(record.all(Field::ContributorRole).eq(["", "trl"]));
    /// ```
    pub fn push_contributor(&mut self, name: &str, role: &str) {
        if !name.trim().is_empty() {
            // After a pair the fields are aligned: counting them each time would take quadratic time.
            let is_pair = |pair: &[(Field, String)]| {
                matches!(pair, [.., (Field::Contributor, _), (Field::ContributorRole, _)])
            };
            if !is_pair(&self.values) {
                self.align_contributor_roles();
            }
            self.push(Field::Contributor, name);
            self.push(Field::ContributorRole, role);
        }
    }

    /// Returns each contributor with its role, in the order of the file. The role is empty if the
    /// file does not say it.
    pub fn contributors(&self) -> impl Iterator<Item = (&str, &str)> {
        let roles = self.all(Field::ContributorRole).chain(std::iter::repeat(""));
        self.all(Field::Contributor).zip(roles)
    }

    /// Makes as many roles as contributors. A parser that adds them one field after the other calls
    /// it for a finished record.
    ///
    /// Roles without a contributor become own fields `contributor_role`. Returns how many these are.
    pub fn align_contributor_roles(&mut self) -> usize {
        let names = self.all(Field::Contributor).count();
        let roles = self.all(Field::ContributorRole).count();
        if roles < names {
            let missing = (roles..names).map(|_| (Field::ContributorRole, String::new()));
            self.values.extend(missing);
        }
        if roles <= names {
            return 0;
        }
        let (mut seen, mut surplus) = (0, Vec::new());
        self.values.retain_mut(|(field, role)| {
            let is_role = *field == Field::ContributorRole;
            seen += usize::from(is_role);
            let is_kept = !is_role || seen <= names;
            if !is_kept && !role.is_empty() {
                surplus.push((Field::ContributorRole.key().into(), std::mem::take(role)));
            }
            is_kept
        });
        let count = surplus.len();
        self.own.append(&mut surplus);
        count
    }

    /// Merges the contributors of another description of the same document into this one's. A
    /// contributor whose role is known only there gets this role.
    pub(super) fn merge_contributors(&mut self, other: &Record) {
        for (name, role) in other.contributors() {
            let known: Vec<&str> = self
                .contributors()
                .filter(|(known, _)| *known == name)
                .map(|(_, role)| role)
                .collect();
            let needs_role = known.contains(&"") && !known.contains(&role);
            if known.is_empty() || (!needs_role && !role.is_empty() && !known.contains(&role)) {
                self.push_contributor(name, role);
            } else if needs_role {
                self.align_contributor_roles();
                let index = self.contributors().position(|known| known == (name, ""));
                let mut roles =
                    self.values.iter_mut().filter(|(field, _)| *field == Field::ContributorRole);
                if let Some((_, known)) = index.and_then(|index| roles.nth(index)) {
                    role.clone_into(known);
                }
            }
        }
    }
}
