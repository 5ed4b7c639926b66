use fentan_import::{Content, Corrections, Imported, Mapping, Table};

/// A file that is open, and how it is read.
#[derive(Debug)]
pub struct Opened {
    /// Its name.
    pub name: String,
    /// Its sheets.
    pub tables: Vec<Table>,
    /// What is read from it.
    pub content: Content,
    /// The mapping of each sheet that is read; none of those that are not.
    pub mappings: Vec<Option<Mapping>>,
    /// What comes of it.
    pub imported: Imported,
}

impl Opened {
    /// A file as it is understood, with what was corrected before.
    pub fn new(name: String, tables: Vec<Table>, corrections: &Corrections) -> Opened {
        let has = |content: Content, fields: &[&str]| {
            let sheets = content.sheets(&tables);
            sheets.iter().any(|(_, mapping)| fields.iter().all(|field| mapping.has(field)))
        };
        let is_works = has(Content::Works, &["name", "amount"]) && !has(Content::Roster, &["area"]);
        let content = if is_works { Content::Works } else { Content::Roster };
        let mut opened =
            Opened { name, tables, content, mappings: Vec::new(), imported: Imported::default() };
        opened.understand(content, corrections);
        opened
    }

    /// Looks at the file anew, as a roster or as works.
    pub fn understand(&mut self, content: Content, corrections: &Corrections) {
        let sheets = content.sheets(&self.tables);
        let mapping = |table: &Table| {
            let found = sheets.iter().find(|(one, _)| std::ptr::eq(*one, table));
            found.map(|(_, mapping)| {
                let mut mapping = mapping.clone();
                corrections.apply(content, &mut mapping);
                mapping
            })
        };
        self.mappings = self.tables.iter().map(mapping).collect();
        self.content = content;
        self.read();
    }

    /// Reads a sheet, or leaves it aside.
    pub fn choose(&mut self, sheet: usize, chosen: bool, corrections: &Corrections) {
        if let (Some(table), Some(mapping)) = (self.tables.get(sheet), self.mappings.get_mut(sheet))
        {
            *mapping = chosen.then(|| {
                let mut mapping = self.content.mapping(table);
                corrections.apply(self.content, &mut mapping);
                mapping
            });
        }
        self.read();
    }

    /// Takes another row of a sheet for its heading; 0 for none.
    pub fn head(&mut self, sheet: usize, row: u64, corrections: &Corrections) {
        if let (Some(table), Some(mapping)) = (self.tables.get(sheet), self.mappings.get_mut(sheet))
        {
            let mut found = self.content.mapping_at(table, Some(row).filter(|&row| row > 0));
            corrections.apply(self.content, &mut found);
            *mapping = Some(found);
        }
        self.read();
    }

    /// Makes a column a field, and remembers that for the next file with the same headings.
    pub fn assign(
        &mut self,
        sheet: usize,
        column: usize,
        field: Option<&str>,
        corrections: &mut Corrections,
    ) {
        if let Some(Some(mapping)) = self.mappings.get_mut(sheet) {
            mapping.assign(column, field);
            corrections.remember(self.content, mapping);
        }
        self.read();
    }

    fn read(&mut self) {
        let sheets: Vec<_> = self
            .tables
            .iter()
            .zip(&self.mappings)
            .filter_map(|(table, mapping)| Some((table, mapping.clone()?)))
            .collect();
        self.imported = self.content.read(&sheets);
        self.imported.sift(self.content, &sheets);
    }
}
