//! Whole numbers: counts, floors, years.

use super::{Scalar, is_whole, units};
use crate::problem::{Cause, Expected};

/// The largest count of anything in a programme.
const MOST_COUNT: u64 = 1_000_000_000;
const MOST_PIECES: u32 = 10_000;
const MOST_STOREYS: u32 = 200;
const MOST_YEARS_OF_LIFE: u32 = 100;

/// Reads a whole number that is not below zero.
pub(crate) fn count(scalar: Scalar<'_>) -> Result<u64, Cause> {
    let text = match scalar {
        Scalar::Number(written) if is_whole(written) => written,
        Scalar::Number(_) => return Err(Cause::Float),
        _ => return Err(Cause::BadType { expected: Expected::Whole }),
    };
    if text.starts_with('-') {
        return Err(Cause::Negative);
    }
    text.parse().map_err(|_| Cause::TooLarge { most: u64::MAX.into() })
}

/// Reads of how many pieces a line is.
pub(crate) fn pieces(scalar: Scalar<'_>) -> Result<u32, Cause> {
    counted(scalar, MOST_PIECES)
}

/// Reads the storeys of a building.
pub(crate) fn storeys(scalar: Scalar<'_>) -> Result<u32, Cause> {
    counted(scalar, MOST_STOREYS)
}

/// Reads for how many years what a line paid for serves.
pub(crate) fn years_of_life(scalar: Scalar<'_>) -> Result<u32, Cause> {
    counted(scalar, MOST_YEARS_OF_LIFE)
}

/// Reads how many there are of a thing that is there: a whole number from one to the most.
fn counted(scalar: Scalar<'_>, most: u32) -> Result<u32, Cause> {
    let too_large = Cause::TooLarge { most: most.into() };
    match count(scalar) {
        Ok(0) | Err(Cause::Negative) => Err(Cause::NotOne),
        Ok(count) => u32::try_from(count).ok().filter(|&count| count <= most).ok_or(too_large),
        Err(Cause::TooLarge { .. }) => Err(too_large),
        Err(cause) => Err(cause),
    }
}

/// Reads a whole number that is not below one.
pub(crate) fn from_one(scalar: Scalar<'_>) -> Result<u64, Cause> {
    match count(scalar)? {
        0 => Err(Cause::BelowOne),
        count => Ok(count),
    }
}

/// Reads how many there are of something: a whole number, quoted or not.
pub(crate) fn whole(scalar: Scalar<'_>) -> Result<u64, Cause> {
    let units = units(scalar.written()?, 0, MOST_COUNT)?;
    u64::try_from(units).map_err(|_| Cause::TooLarge { most: MOST_COUNT.into() })
}

/// Reads a floor: a whole number, basements negative.
pub(crate) fn floor(scalar: Scalar<'_>) -> Result<i32, Cause> {
    small(scalar)
}

/// Reads a year: a whole number that is not below zero.
pub(crate) fn year(scalar: Scalar<'_>) -> Result<u32, Cause> {
    u32::try_from(small(scalar)?).map_err(|_| Cause::Negative)
}

/// Reads an unquoted whole number of 32 bits, or one in a cell.
fn small(scalar: Scalar<'_>) -> Result<i32, Cause> {
    let text = match scalar {
        Scalar::Cell(text) => text,
        Scalar::Number(written) if is_whole(written) => written,
        Scalar::Number(_) => return Err(Cause::Float),
        Scalar::Text(_) | Scalar::Other => {
            return Err(Cause::BadType { expected: Expected::Whole });
        }
    };
    if !is_whole(text) {
        return Err(Cause::BadNumber);
    }
    text.parse().map_err(|_| Cause::TooLarge { most: i32::MAX.unsigned_abs().into() })
}
