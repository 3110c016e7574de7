//! What changed about one record.

use std::collections::BTreeSet;

use appleports_model::{PortName, PortRange, PortSet, Registration, Transport};
use serde::Serialize;

use crate::facts::{Entry, Facts};
use crate::word::Word;

/// How the ports of a record changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// None of the old ports is left.
    Moved,
    /// All old ports and more.
    Grown,
    /// Some of the old ports and no other.
    Shrunk,
    /// Some old ports went, some new ones came.
    Shifted,
    /// The same ports in more ranges.
    Split,
    /// The same ports in fewer ranges.
    Merged,
    /// The same ports in as many ranges, cut elsewhere.
    Recut,
}

/// A value on both sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Both<T> {
    /// Before.
    pub old: T,
    /// After.
    pub new: T,
}

/// Members that a set gained and lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Members<T: Ord> {
    /// Only the new set has them.
    pub gained: BTreeSet<T>,
    /// Only the old set had them.
    pub lost: BTreeSet<T>,
}

/// Products that a record gained and lost. They did so only where the side that does not list
/// them has no [unknown words](Facts::words): else one of these words may be the product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProductMembers {
    /// Those of which that is certain.
    #[serde(flatten)]
    pub certain: Members<String>,
    /// Those that the new side lists and the old side may have listed in other words.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub perhaps_gained: BTreeSet<String>,
    /// Those that the old side lists and the new side may list in other words.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub perhaps_lost: BTreeSet<String>,
}

/// One difference between two versions of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Detail {
    /// Other ports.
    Ports {
        /// In which way.
        shape: Shape,
        /// The old ranges.
        old: Vec<PortRange>,
        /// The new ranges.
        new: Vec<PortRange>,
        /// How many ports came.
        gained: u32,
        /// How many ports went.
        lost: u32,
    },
    /// Transports gained or lost.
    Transports(Members<Transport>),
    /// Another service name: the record was renamed.
    ServiceName(Both<String>),
    /// Other names for single ports.
    PortNames(Both<Vec<PortName>>),
    /// RFCs gained or lost.
    Rfcs(Members<u32>),
    /// Another mark of the registration.
    Registration(Both<Registration>),
    /// The mark of deprecation came or went.
    Deprecated(Both<bool>),
    /// Products gained or lost.
    Products(ProductMembers),
    /// Words of the "used by" text that the vocabulary does not know came or went. It is
    /// wording where the captures have two languages.
    Words {
        /// The words and phrases.
        #[serde(flatten)]
        members: Members<Word>,
        /// Whether the captures are in two languages.
        translated: bool,
    },
    /// Another note. It is wording where the captures have two languages.
    Note {
        /// The old note.
        old: String,
        /// The new note.
        new: String,
        /// Whether both have a note and the captures are in two languages.
        translated: bool,
    },
    /// Another verdict of the registry on a record whose ports, transports and
    /// name are the same: the registry changed, not the article.
    Verdicts(Both<Vec<String>>),
    /// Other curated corrections, for a record with the same ports and name.
    Corrections(Both<Vec<String>>),
    /// Another wording of the title.
    Title(Both<String>),
    /// Another wording of the "used by" text.
    UsedBy(Both<String>),
}

/// How much a difference matters; smaller is more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// Ports or transports.
    Exposure,
    /// A row that one side could not read.
    Unread,
    /// Names.
    Identity,
    /// Everything else with a meaning.
    Metadata,
    /// Texts only.
    Wording,
}

impl Detail {
    /// How much it matters.
    pub fn weight(&self) -> Weight {
        match self {
            Self::Ports { .. } | Self::Transports(_) => Weight::Exposure,
            Self::ServiceName(_) | Self::PortNames(_) => Weight::Identity,
            Self::Title(_) | Self::UsedBy(_) => Weight::Wording,
            Self::Note { translated, .. } | Self::Words { translated, .. } if *translated => {
                Weight::Wording
            }
            _ => Weight::Metadata,
        }
    }

    /// The way back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        match self.clone() {
            Self::Ports {
                shape,
                old,
                new,
                gained,
                lost,
            } => Self::Ports {
                shape: match shape {
                    Shape::Grown => Shape::Shrunk,
                    Shape::Shrunk => Shape::Grown,
                    Shape::Split => Shape::Merged,
                    Shape::Merged => Shape::Split,
                    same => same,
                },
                old: new,
                new: old,
                gained: lost,
                lost: gained,
            },
            Self::Transports(members) => Self::Transports(members.inverse()),
            Self::ServiceName(both) => Self::ServiceName(both.inverse()),
            Self::PortNames(both) => Self::PortNames(both.inverse()),
            Self::Rfcs(members) => Self::Rfcs(members.inverse()),
            Self::Registration(both) => Self::Registration(both.inverse()),
            Self::Deprecated(both) => Self::Deprecated(both.inverse()),
            Self::Products(members) => Self::Products(members.inverse()),
            Self::Words {
                members,
                translated,
            } => Self::Words {
                members: members.inverse(),
                translated,
            },
            Self::Note {
                old,
                new,
                translated,
            } => Self::Note {
                old: new,
                new: old,
                translated,
            },
            Self::Verdicts(both) => Self::Verdicts(both.inverse()),
            Self::Corrections(both) => Self::Corrections(both.inverse()),
            Self::Title(both) => Self::Title(both.inverse()),
            Self::UsedBy(both) => Self::UsedBy(both.inverse()),
        }
    }

    /// Makes the difference in `facts`. Verdicts and corrections are no facts.
    pub fn apply(&self, facts: &mut Facts) {
        match self.clone() {
            Self::Ports { new, .. } => facts.ports = new,
            Self::Transports(members) => members.apply(&mut facts.transports),
            Self::ServiceName(both) => facts.service_name = both.new,
            Self::PortNames(both) => facts.port_names = both.new,
            Self::Rfcs(members) => members.apply(&mut facts.rfcs),
            Self::Registration(both) => facts.registration = both.new,
            Self::Deprecated(both) => facts.deprecated = both.new,
            Self::Products(members) => members.all().apply(&mut facts.products),
            Self::Words { members, .. } => members.apply(&mut facts.words),
            Self::Note { new, .. } => facts.note = new,
            Self::Title(both) => facts.title = both.new,
            Self::UsedBy(both) => facts.used_by = both.new,
            Self::Verdicts(_) | Self::Corrections(_) => {}
        }
    }
}

impl<T> Both<T> {
    fn inverse(self) -> Self {
        Self {
            old: self.new,
            new: self.old,
        }
    }
}

impl<T: Ord + Clone> Both<T> {
    fn of(old: &T, new: &T) -> Option<Self> {
        (old != new).then(|| Self {
            old: old.clone(),
            new: new.clone(),
        })
    }
}

impl<T: Ord + Clone> Members<T> {
    fn of(old: &BTreeSet<T>, new: &BTreeSet<T>) -> Option<Self> {
        (old != new).then(|| Self {
            gained: new.difference(old).cloned().collect(),
            lost: old.difference(new).cloned().collect(),
        })
    }

    fn inverse(self) -> Self {
        Self {
            gained: self.lost,
            lost: self.gained,
        }
    }

    fn apply(self, set: &mut BTreeSet<T>) {
        set.retain(|member| !self.lost.contains(member));
        set.extend(self.gained);
    }
}

impl ProductMembers {
    fn of(old: &Facts, new: &Facts) -> Option<Self> {
        let Members { gained, lost } = Members::of(&old.products, &new.products)?;
        // Which of the two sets is certain, and which is not.
        let split = |set: BTreeSet<String>, other_side: &Facts| {
            if other_side.words.is_empty() {
                (set, BTreeSet::new())
            } else {
                (BTreeSet::new(), set)
            }
        };
        let (gained, perhaps_gained) = split(gained, old);
        let (lost, perhaps_lost) = split(lost, new);
        Some(Self {
            certain: Members { gained, lost },
            perhaps_gained,
            perhaps_lost,
        })
    }

    /// All of them, certain or not.
    pub(crate) fn all(&self) -> Members<String> {
        Members {
            gained: &self.certain.gained | &self.perhaps_gained,
            lost: &self.certain.lost | &self.perhaps_lost,
        }
    }

    fn inverse(self) -> Self {
        Self {
            certain: self.certain.inverse(),
            perhaps_gained: self.perhaps_lost,
            perhaps_lost: self.perhaps_gained,
        }
    }
}

/// The differences between two versions of a record, most important first.
pub fn details(old: &Entry, new: &Entry) -> Vec<Detail> {
    let (a, b) = (&old.facts, &new.facts);
    let same_places = a.ports == b.ports && a.transports == b.transports;
    let same_names = a.ports == b.ports && a.has_names_of(b);
    let same_identity = same_places && (same_names || a.service_name == b.service_name);
    let found = [
        ports(&a.ports, &b.ports),
        Members::of(&a.transports, &b.transports).map(Detail::Transports),
        Both::of(&a.service_name, &b.service_name)
            .filter(|_| !same_names)
            .map(Detail::ServiceName),
        Both::of(&a.port_names, &b.port_names)
            .filter(|_| !same_names)
            .map(Detail::PortNames),
        ProductMembers::of(a, b).map(Detail::Products),
        Members::of(&a.words, &b.words).map(|members| Detail::Words {
            members,
            translated: in_two_languages(old, new),
        }),
        Both::of(&a.deprecated, &b.deprecated).map(Detail::Deprecated),
        Both::of(&a.registration, &b.registration).map(Detail::Registration),
        Members::of(&a.rfcs, &b.rfcs).map(Detail::Rfcs),
        note(old, new),
        Both::of(&old.verdicts, &new.verdicts)
            .filter(|_| same_identity)
            .map(Detail::Verdicts),
        Both::of(&old.corrections, &new.corrections)
            .filter(|_| same_identity && a.rfcs == b.rfcs && a.registration == b.registration)
            .map(Detail::Corrections),
        Both::of(&a.title, &b.title).map(Detail::Title),
        Both::of(&a.used_by, &b.used_by).map(Detail::UsedBy),
    ];
    found.into_iter().flatten().collect()
}

/// Whether the two captures are known to be in different languages.
fn in_two_languages(old: &Entry, new: &Entry) -> bool {
    match (old.language(), new.language()) {
        (Some(a), Some(b)) => a != b,
        _ => false,
    }
}

fn note(old: &Entry, new: &Entry) -> Option<Detail> {
    let Both {
        old: before,
        new: after,
    } = Both::of(&old.facts.note, &new.facts.note)?;
    let translated = in_two_languages(old, new) && !before.is_empty() && !after.is_empty();
    Some(Detail::Note {
        old: before,
        new: after,
        translated,
    })
}

fn ports(old: &[PortRange], new: &[PortRange]) -> Option<Detail> {
    if old == new {
        return None;
    }
    let (before, after): (PortSet, PortSet) =
        (old.iter().copied().collect(), new.iter().copied().collect());
    let (gained, lost) = (
        after.difference(&before).count(),
        before.difference(&after).count(),
    );
    let shape = match (gained, lost) {
        (0, 0) => match new.len().cmp(&old.len()) {
            std::cmp::Ordering::Greater => Shape::Split,
            std::cmp::Ordering::Less => Shape::Merged,
            std::cmp::Ordering::Equal => Shape::Recut,
        },
        (_, 0) => Shape::Grown,
        (0, _) => Shape::Shrunk,
        _ if lost == before.count() => Shape::Moved,
        _ => Shape::Shifted,
    };
    Some(Detail::Ports {
        shape,
        old: old.to_vec(),
        new: new.to_vec(),
        gained,
        lost,
    })
}
