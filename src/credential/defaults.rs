//! Which factory defaults an account may hold.

use crate::model::credential::Kind;
use crate::model::inventory::Inventory;
use crate::model::site::SystemKind;
use crate::rules::default::{DefaultRow, Defaults};
use std::collections::HashMap;
use std::sync::Arc;

/// The default list, matched to every system of the run once.
pub(super) struct Matched<'a> {
    rows: &'a [DefaultRow],
    systems: Vec<Vec<System>>,
}

struct System {
    kind: SystemKind,
    /// Whether the reader recognised a product.
    product_known: bool,
    /// Rows of its vendor or product.
    own: Arc<[bool]>,
}

impl<'a> Matched<'a> {
    /// Matches the list to the systems.
    pub(super) fn of(sites: &[Inventory], defaults: &'a Defaults) -> Self {
        let rows = defaults.rows();
        let mut products: HashMap<&str, Arc<[bool]>> = HashMap::new();
        let mut systems = Vec::with_capacity(sites.len());
        for site in sites {
            let of_site = site.systems.iter().map(|system| {
                let product = site.names.get(system.product);
                let fits = || rows.iter().map(|row| row.fits_product(product)).collect();
                let own = Arc::clone(products.entry(product).or_insert_with(fits));
                System { kind: system.kind, product_known: !product.is_empty(), own }
            });
            systems.push(of_site.collect());
        }
        Self { rows, systems }
    }

    /// Defaults that an account with this login may hold: those of its vendor or product, those of
    /// its user name, and where no product was recognised the whole list. Directories have none:
    /// there the same words count as list words.
    pub(super) fn rows<'s>(
        &'s self,
        site: u16,
        system: u16,
        kind: Kind,
        login: &'s str,
    ) -> impl Iterator<Item = &'a DefaultRow> + 's {
        let system = &self.systems[usize::from(site)][usize::from(system)];
        let fits = move |(index, row): &(usize, &DefaultRow)| {
            let applies = system.own[*index]
                || row.names_account(login)
                || !system.product_known
                || row.kind.is_some();
            applies && row.fits_kind(kind) && !row.password.is_empty()
        };
        let none = system.kind == SystemKind::Directory;
        let rows = if none { &[][..] } else { self.rows };
        rows.iter().enumerate().filter(fits).map(|(_, row)| row)
    }

    /// Every default password.
    pub(super) fn all(&self) -> impl Iterator<Item = &'a str> {
        self.rows.iter().map(|row| row.password.as_str()).filter(|word| !word.is_empty())
    }

    /// Stored forms that ship with products, with their passwords.
    pub(super) fn constants(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let known = self.rows.iter().filter(|row| !row.constant.is_empty());
        known.map(|row| (row.constant.as_str(), row.password.as_str()))
    }
}
