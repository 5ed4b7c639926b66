//! A county (县) as large as is asked for, generated: the same bytes on every machine.

#![forbid(unsafe_code)]

#[cfg(not(target_family = "wasm"))]
use std::{fs, io, path::Path};

/// How large a county is.
#[derive(Debug, Clone, Copy)]
pub struct County {
    /// How many compounds.
    pub compounds: usize,
    /// How many households each has.
    pub households: usize,
    /// How many lines each plan has.
    pub lines: usize,
}

impl County {
    /// The county that the run is measured by: 240,000 households, 4.8 million cells.
    pub const MEASURED: County = County { compounds: 300, households: 800, lines: 20 };

    /// Writes the programme, its table, and a folder with plan and roster for each compound.
    ///
    /// # Errors
    /// Those of writing.
    #[cfg(not(target_family = "wasm"))]
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        fs::write(folder.join("programme.toml"), self.programme())?;
        fs::write(folder.join("compounds.csv"), self.table())?;
        for compound in 0..self.compounds {
            let folder = folder.join(id(compound));
            fs::create_dir_all(&folder)?;
            fs::write(folder.join("plan.toml"), self.plan(compound))?;
            fs::write(folder.join("households.csv"), self.roster(compound))?;
        }
        Ok(())
    }

    /// The programme file: two pots.
    pub fn programme(&self) -> String {
        let central = self.compounds * self.households * 9_000;
        let city = self.compounds * 150_000;
        format!(
            "fentan_programme = 1\nname = \"Generated\"\nyear = 2020\ndate = \"2020-07-07\"\n\
             by = \"generator\"\ncompounds = \"compounds.csv\"\n\n\
             [[pots]]\nid = \"central\"\nkind = \"central\"\namount = \"{central}\"\n\
             weights = {{ area = \"0.4\", households = \"0.3\", buildings = \"0.1\", \
             compounds = \"0.1\", performance = \"0.1\" }}\n\
             per_household = \"12000\"\nround_down_to = \"10000\"\n\n\
             [[pots]]\nid = \"city\"\nkind = \"city\"\namount = \"{city}\"\n\
             weights = {{ households = \"1\" }}\n\
             assessment = {{ excellent = \"1.2\", good = \"1\", poor = \"80%\" }}\n\
             least = \"50000\"\nmost = \"400000\"\n"
        )
    }

    /// The table of compounds.
    pub fn table(&self) -> String {
        let mut table = String::from(
            "id,name,county,plan,area,households,buildings,difficulty,performance,assessment\n",
        );
        for compound in 0..self.compounds {
            let centimetres: usize =
                (0..self.households).map(|household| self.area(compound, household)).sum();
            let grade = ["excellent", "good", "good", "poor"][compound % 4];
            table += &format!(
                "{id},Compound {compound},County {},{id}/plan.toml,{}.{:02},{},{},1.{:02},{},{grade}\n",
                compound % 5,
                centimetres / 100,
                centimetres % 100,
                self.households,
                self.households.div_ceil(60),
                compound % 17,
                60 + compound * 13 % 41,
                id = id(compound),
            );
        }
        table
    }

    /// A compound's plan: most lines by area, some by household, one by floors, one for each
    /// lift's unit.
    pub fn plan(&self, compound: usize) -> String {
        let mut plan = format!(
            "fentan = 1\nname = \"Compound {compound}\"\n\n\
             [tables]\nlift = {{ 1 = \"0\", 2 = \"0.5\", 3 = \"1\", 4 = \"1.1\", 5 = \"1.2\", 6 = \"1.3\" }}\n\n\
             [relief.rates]\ndibao = \"1\"\nlow_income = \"50%\"\n\n\
             [maintenance]\nfirst_per_area = \"60\"\n\n"
        );
        for line in 0..self.lines {
            let yuan = 90_000 + 977 * line + 13 * (compound % 300);
            let fen = (7 * line + compound) % 100;
            let share_by = match line % 20 {
                3 | 9 | 14 => "\"household\"",
                11 => "{ table = \"lift\", within = \"area\" }",
                17 => "{ table = \"lift\", times = \"area\" }",
                _ => "\"area\"",
            };
            let tier = ["basic", "basic", "improved"][line % 3];
            plan += &format!(
                "[[lines]]\nid = \"line-{line}\"\namount = \"{yuan}.{fen:02}\"\ntier = \"{tier}\"\n\
                 share_by = {share_by}\n\n"
            );
        }
        plan + "[[sources]]\nid = \"central\"\nkind = \"central\"\n\
                covers = { tiers = [\"basic\"] }\nrate = \"60%\"\namount = \"0\"\n\n\
                [[sources]]\nid = \"city\"\nkind = \"city\"\namount = \"0\"\n\n\
                [[sources]]\nid = \"county\"\nkind = \"county\"\nrate = \"20%\"\n\n\
                [[channels]]\nkind = \"public_revenue\"\namount = \"20000\"\n\n\
                [[channels]]\nkind = \"maintenance_fund\"\nkeep = \"30%\"\n"
    }

    /// A compound's roster.
    pub fn roster(&self, compound: usize) -> String {
        let mut roster = String::from("id,building,unit,floor,area,hardship,fund_balance\n");
        for household in 0..self.households {
            let (building, in_building) = (1 + household / 60, household % 60);
            let (unit, floor, door) =
                (1 + in_building / 20, 1 + in_building % 20 / 4 % 6, 1 + in_building % 4);
            let area = self.area(compound, household);
            let hardship = match household % 67 {
                5 => "dibao",
                23 => "low_income",
                _ => "",
            };
            let balance = 100_000 + (household * 7_919 + compound * 31) % 400_000;
            roster += &format!(
                "{building}-{unit}-{floor}{door:02}-{household},{building},{unit},{floor},\
                 {}.{:02},{hardship},{}.{:02}\n",
                area / 100,
                area % 100,
                balance / 100,
                balance % 100
            );
        }
        roster
    }

    /// In hundredths of a square metre.
    fn area(&self, compound: usize, household: usize) -> usize {
        4_000 + (household * 571 + compound * 37) % 7_000
    }
}

/// What a compound and its folder are called.
pub fn id(compound: usize) -> String {
    format!("c{compound:06}")
}
