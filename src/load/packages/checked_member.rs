//! Unpacks a file of a package within bounds.

use std::io::{self, Read};

use crate::formats::read::{UnpackExcess, UnpackLimit};

/// What one package may still give.
#[derive(Debug)]
pub(super) struct Budget {
    /// How many bytes the package may give.
    pub(super) limit: UnpackLimit,
    /// The size of the package itself.
    package_bytes: u64,
    /// The number of bytes that it gave so far.
    unpacked_bytes: u64,
}

impl Budget {
    /// The budget of a package of this size.
    pub(super) fn new(limit: UnpackLimit, package_bytes: u64) -> Budget {
        Budget { limit, package_bytes, unpacked_bytes: 0 }
    }

    /// Why the package is not read further; `None` while it may be.
    pub(super) fn excess(&self) -> Option<UnpackExcess> {
        self.limit.excess(self.unpacked_bytes, self.package_bytes)
    }
}

/// A file of a package that is unpacked within the budget of the package.
pub(super) struct CheckedMember<'m, 'b> {
    bytes: &'m mut dyn Read,
    budget: &'b mut Budget,
    /// The number of bytes that it takes in the package, at most.
    packed_bytes: u64,
    /// The number of bytes that it gave so far.
    unpacked_bytes: u64,
}

impl<'m, 'b> CheckedMember<'m, 'b> {
    /// A file that takes `packed_bytes` in the package, or an unknown part of it.
    pub(super) fn new(
        bytes: &'m mut dyn Read,
        packed_bytes: Option<u64>,
        budget: &'b mut Budget,
    ) -> CheckedMember<'m, 'b> {
        let packed_bytes = packed_bytes.unwrap_or(budget.package_bytes);
        CheckedMember { bytes, budget, packed_bytes, unpacked_bytes: 0 }
    }
}

impl Read for CheckedMember<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.bytes.read(buffer)?;
        self.unpacked_bytes += count as u64;
        self.budget.unpacked_bytes += count as u64;
        if let Some(excess) = self.budget.limit.excess(self.unpacked_bytes, self.packed_bytes) {
            // The other files are read as if this one were not there.
            self.budget.unpacked_bytes -= self.unpacked_bytes;
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, excess));
        }
        match self.budget.excess() {
            Some(excess) => Err(io::Error::new(io::ErrorKind::QuotaExceeded, excess)),
            None => Ok(count),
        }
    }
}
