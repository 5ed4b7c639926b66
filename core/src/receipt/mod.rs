//! The receipt of a result: by which anyone can tell that it came from this plan, and that
//! nothing in it was changed since. See `docs/receipt.md`.

mod canonical;
mod posted;
mod verify;

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::document::Document;
use crate::plan::RosterFile;
use crate::split::Split;

use canonical::Canonical;
pub use posted::posted_digest;
pub use verify::{Mismatch, Verification, verify};

/// The version of this engine, and of the policy packs that come with it.
pub(crate) const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// The SHA-256 (FIPS 180-4) of something in its canonical form; written as 64 lowercase
/// hexadecimal digits.
///
/// ```
/// use fentan_core::Document;
/// use fentan_core::receipt::{Digest, plan_digest};
/// let digest = plan_digest(&Document::from_json(b"{}")?, None);
/// let written = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
/// assert_eq!(digest.to_string(), written);
/// assert_eq!(written.parse(), Ok(digest));
/// assert_eq!("44136fa3".parse::<Digest>().is_err(), true);
/// # Ok::<(), fentan_core::Problems>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Digest([u8; 32]);

/// A text is not the 64 lowercase hexadecimal digits of a [`Digest`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoDigest;

impl fmt::Display for NoDigest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not 64 lowercase hexadecimal digits")
    }
}

impl std::error::Error for NoDigest {}

impl From<Digest> for [u8; 32] {
    fn from(digest: Digest) -> [u8; 32] {
        digest.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl FromStr for Digest {
    type Err = NoDigest;

    fn from_str(written: &str) -> Result<Digest, NoDigest> {
        let lowercase = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if written.len() != 64 || !written.bytes().all(lowercase) {
            return Err(NoDigest);
        }
        let mut bytes = [0; 32];
        for (byte, digits) in bytes.iter_mut().zip(written.as_bytes().chunks(2)) {
            let digits = std::str::from_utf8(digits).map_err(|_| NoDigest)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| NoDigest)?;
        }
        Ok(Digest(bytes))
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Digest, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// The digest of a plan with its roster: of all that was written, in whatever order of keys,
/// whether as JSON or TOML, and with the households in the plan or in a table apart from it.
///
/// Meant for a plan that can be read; of any other the digest says nothing.
///
/// ```
/// use fentan_core::{Document, RosterFile};
/// use fentan_core::receipt::plan_digest;
/// let whole = Document::from_json(
///     br#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": "100" }],
///           "households": [{ "id": "101", "floor": 1, "area": "60" }] }"#,
/// )?;
/// let rules = Document::from_toml(b"fentan = 1\n[[lines]]\namount = \"100\"\nid = \"gate\"\n")?;
/// let roster = RosterFile { file: "households.csv", bytes: b"id,area,floor\n101,60,1\n" };
/// assert_eq!(plan_digest(&whole, None), plan_digest(&rules, Some(roster)));
/// # Ok::<(), fentan_core::Problems>(())
/// ```
pub fn plan_digest(document: &Document<'_>, roster: Option<RosterFile<'_>>) -> Digest {
    let mut canonical = Canonical::default();
    match roster {
        Some(roster) => canonical.plan(document, roster),
        None => canonical.value(document.root()),
    }
    canonical.digest()
}

/// The digest of a document as it stands, but for one of its outermost fields: that which holds the digest.
pub(crate) fn digest_without(document: &Document<'_>, name: &str) -> Digest {
    let mut canonical = Canonical::default();
    canonical.without(document.root(), name);
    canonical.digest()
}

/// What a result carries so that it can be checked: serialized, the member `receipt` beside those
/// of spec §4.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The digest of the plan with its roster.
    pub plan: Digest,
    /// The version of the engine.
    pub engine: String,
    /// The digest of the result's own content, the members of spec §4.
    pub content: Digest,
}

impl Receipt {
    /// The receipt of a plan's split.
    ///
    /// ```
    /// use fentan_core::{Document, Plan, split};
    /// use fentan_core::receipt::{Receipt, plan_digest};
    /// let document = Document::from_json(br#"{ "fentan": 1, "lines": [], "households": [] }"#)?;
    /// let split = split(&Plan::read(&document, None)?)?;
    /// let receipt = Receipt::of(&document, None, &split);
    /// assert_eq!(receipt.plan, plan_digest(&document, None));
    /// # Ok::<(), fentan_core::Error>(())
    /// ```
    pub fn of(document: &Document<'_>, roster: Option<RosterFile<'_>>, split: &Split) -> Receipt {
        Receipt {
            plan: plan_digest(document, roster),
            engine: ENGINE.to_owned(),
            content: content_digest(split),
        }
    }
}

fn content_digest(split: &Split) -> Digest {
    let mut canonical = Canonical::default();
    canonical.value(document_of(split).root());
    canonical.digest()
}

/// A split as spec §4 writes it.
fn document_of(split: &Split) -> Document<'static> {
    // A split can always be written.
    Document::of_own_json(&serde_json::to_string(split).unwrap_or_default())
}
